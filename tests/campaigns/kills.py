"""Kills: several processes act; all are killed with SIGKILL at a random moment; again and again.

    python tests/campaigns/kills.py 200                        # two hundred kills
    python tests/campaigns/kills.py 20 --without-transaction   # the positive control

Each process writes a line to a pipe after an act has returned: that act is acknowledged. After
every kill each acknowledged act must be in the log and in the tables exactly once, and the log must
verify; what the public site lacks must be made up. Prints one line of JSON.
"""

import argparse
import json
import os
import random
import shutil
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from campaigns import clients
from campaigns.place import start

FOLDER = start()

from django.db import connections  # noqa: E402

from office import offices  # noqa: E402
from ppid.errors import PpidError  # noqa: E402
from ppid.office import writing  # noqa: E402
from ppid.office.actions.archive import file_item  # noqa: E402
from ppid.office.actions.editions import publish_edition  # noqa: E402
from ppid.office.models import ArchiveEntry, Edition, Event, Item  # noqa: E402
from ppid.office.rebuild import check_all, check_log  # noqa: E402
from ppid.office.tasks import make_up_deliveries  # noqa: E402
from ppid.public import models as public  # noqa: E402

CLIENTS = 4
CHECK_EVERY = 20
EVERY_PUBLISHES = 7
KINDS = {"item": "item.added", "archive": "archive.filed", "edition": "edition.published"}


def act_for_ever(walk, case, out):
    """Act in a loop; one line to the pipe for each act that has returned."""
    connections.close_all()
    number = 0
    while True:
        number += 1
        item = offices.item_in(walk, case, title=f"Informasi {os.getpid()} {number}")
        os.write(out, f"item {item.pk}\n".encode())
        at = walk.tick(minutes=0)
        by = offices.who(walk, "arsiparis")
        file_item(item, soft_copy="Brankas", hard_copy="", by=by, at=at)
        os.write(out, f"archive {item.pk}\n".encode())
        if number % EVERY_PUBLISHES == 0:
            by = offices.who(walk, "ppid_utama")
            edition = publish_edition(walk.body, by=by, at=walk.tick(minutes=0))
            os.write(out, f"edition {edition.pk}\n".encode())


def lost(lines):
    """Return what is wrong with the acknowledged acts: lost, doubled, or failed while alive."""
    acts = [line.split(" ", 1) for line in lines]
    complaints = [f"{kind} {rest}" for kind, rest in acts if kind == "error"]
    ids = {kind: {UUID(key) for one, key in acts if one == kind} for kind in KINDS}
    kept = {
        "item": Item.objects.filter(pk__in=ids["item"]).count(),
        "archive": ArchiveEntry.objects.filter(pk__in=ids["archive"]).count(),
        "edition": Edition.objects.filter(pk__in=ids["edition"]).count(),
    }
    complaints += [
        f"{kind}: {len(ids[kind])} told, {kept[kind]} kept"
        for kind in KINDS
        if kept[kind] != len(ids[kind])
    ]
    events = Event.objects.filter(kind="item.added", item__in=ids["item"]).count()
    if events != len(ids["item"]):
        complaints.append(f"{len(ids['item'])} items told, {events} events")
    return complaints


def caught_up(walk):
    """Make up what the public site lacks; return a complaint unless both sides agree."""
    make_up_deliveries(at=walk.now)
    office = list(Edition.objects.order_by("number").values_list("number", "content_hash"))
    there = list(public.Edition.objects.order_by("number").values_list("number", "content_hash"))
    return [] if office == there else [f"{len(office)} editions, {len(there)} arrived"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int)
    parser.add_argument("--without-transaction", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    began = time.monotonic()
    walk = offices.office("bunuh")
    case = offices.case_in(walk)
    if arguments.without_transaction:
        writing.transaction.atomic = lambda *args, **options: nullcontext()
    told, complaints = 0, []
    for number in range(1, arguments.kills + 1):
        connections.close_all()
        lines = clients.killed(lambda _, out: act_for_ever(walk, case, out), count=CLIENTS)
        told += len(lines)
        whole = number % CHECK_EVERY == 0 or number == arguments.kills
        try:
            complaints += lost(lines) + caught_up(walk)
            found = check_all().findings if whole else check_log("bunuh")
        except PpidError as error:
            found = error.findings
        complaints += [str(one) for one in found]
        if complaints:
            break
        print(f"{number} of {arguments.kills}", file=sys.stderr)
    result = {
        "vendor": connections["default"].vendor,
        "kills": number,
        "clients": CLIENTS,
        "acknowledged": told,
        "events": Event.objects.count(),
        "complaints": complaints[:10],
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(result))
    connections.close_all()
    shutil.rmtree(FOLDER)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
