"""Kills of those who store soft copies and change the vault's keys, again and again.

    python tests/campaigns/vault.py 200                 # two hundred kills
    python tests/campaigns/vault.py 200 --program       # all through the age program
    python tests/campaigns/vault.py 40 --delete-first   # the positive control: must go wrong

Each process writes a line to a pipe after a soft copy is stored: that copy is acknowledged. After
every kill each acknowledged copy must be there and open to the same bytes; what was not
acknowledged must be whole or leave nothing once swept; no plain byte may lie on the disk. Prints
one line of JSON.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from campaigns import clients, engines
from campaigns.place import start

FOLDER = start()

from django.db import connections  # noqa: E402

from office import offices, vaults  # noqa: E402
from ppid.errors import Conflict, PpidError  # noqa: E402
from ppid.office import vault  # noqa: E402
from ppid.office.actions import vault as acts  # noqa: E402
from ppid.office.models import Event, SoftCopy  # noqa: E402
from ppid.office.queries.vault import faults, nobodys  # noqa: E402
from ppid.office.rebuild import check_all, check_log  # noqa: E402

STORING = 3
CHECK_EVERY = 20
LARGEST = 300_000
CANARY = b"KENARI-VAULT-7QX "


def store_for_ever(walk, item, out):
    """Store in a loop; one line for each copy that is stored."""
    while True:
        size = random.choice((0, 1, 65_536, random.randrange(LARGEST), 2_250_000))
        data = (CANARY * (size // len(CANARY) + 1))[:size] + os.urandom(16)
        try:
            copy = vaults.store(walk, item, data)
        except Conflict:  # the keys were changed meanwhile; the officer sends it again
            continue
        digest = hashlib.sha256(data).hexdigest()
        os.write(out, f"stored {copy.document} {digest}\n".encode())


def rotate_for_ever(walk, out):
    """Change the service key in a loop; one line for each time it was changed."""
    while True:
        acts.begin_rotation(walk.body, at=walk.tick(minutes=0))
        for copy in acts.waiting(walk.body)[:40]:
            acts.reseal(walk.body, copy, at=walk.tick(minutes=0))
        acts.end_rotation(walk.body)
        os.write(out, b"rotated\n")


def lost(lines):
    """Return what is wrong with the acknowledged copies."""
    complaints = [line for line in lines if line.startswith("error ")]
    for line in lines:
        if line.startswith("stored "):
            _, document, digest = line.split()
            copy = SoftCopy.objects.filter(document=document).first()
            if copy is None:
                complaints.append(f"{document} is lost")
            elif hashlib.sha256(vaults.content(copy)).hexdigest() != digest:
                complaints.append(f"{document} has changed")
    return complaints


def left_over(now):
    """Sweep what nobody names; return a complaint unless files and rows agree then."""
    soon = now + timedelta(days=36_500)
    strays = nobodys(before=soon)
    for one in strays:
        vault.storage().remove(one.name)
    begun = vault.storage().sweep(before=soon)
    agree = vaults.names() == sorted(SoftCopy.objects.values_list("name", flat=True))
    few = len(strays) + begun <= 2 * (STORING + 1)
    return [] if agree and few else [f"{len(strays)} strays, {begun} begun, agree: {agree}"]


def plain_bytes():
    """Return the files in the data folder that hold plain bytes."""
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    return [f"plain bytes in {path.name}" for path in files if CANARY in path.read_bytes()]


def judged(walk, lines, *, whole):
    """Return every complaint about one kill. whole: look at everything, not the new alone."""
    complaints = lost(lines) + plain_bytes() + left_over(walk.now)
    found = [*check_all().findings, *faults()] if whole else check_log(walk.body.pk)
    return complaints + [str(one) for one in found]


def delete_first():
    """Take away the order of sealing anew: the old file goes before the log knows the new one."""
    real = acts.reseal_copy

    def careless(copy, *, storage, **more):
        new = real(copy, storage=storage, **more)
        storage.remove(copy.name)
        time.sleep(0.005)
        return new

    acts.reseal_copy = careless


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int)
    parser.add_argument("--delete-first", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    engines.add_choice(parser)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    engine = engines.choose(arguments)
    began = time.monotonic()
    walk = offices.office("brankas")
    item = offices.item_in(walk, offices.case_in(walk))
    vaults.recovery_key(walk)
    if arguments.delete_first:
        delete_first()
    told, complaints = [], []

    def act(number, out):
        connections.close_all()
        random.seed(os.urandom(8))
        if number == 0:
            rotate_for_ever(walk, out)
        store_for_ever(walk, item, out)

    for number in range(1, arguments.kills + 1):
        connections.close_all()
        lines = clients.killed(act, count=STORING + 1)
        told += lines
        try:
            whole = number % CHECK_EVERY == 0 or number == arguments.kills
            complaints += judged(walk, lines, whole=whole)
        except PpidError as error:
            complaints += [str(one) for one in error.findings]
        if complaints:
            break
        print(f"{number} of {arguments.kills}", file=sys.stderr)
    print(json.dumps({"engine": engine} | _result(number, told, complaints, began)))
    connections.close_all()
    shutil.rmtree(FOLDER)
    return 1 if complaints else 0


def _result(number, told, complaints, began):
    return {
        "vendor": connections["default"].vendor,
        "kills": number,
        "acknowledged": sum(line.startswith("stored") for line in told),
        "resealed": Event.objects.filter(kind="document.resealed").count(),
        "rotations": sum(line == "rotated" for line in told),
        "copies": SoftCopy.objects.count(),
        "complaints": complaints[:10],
        "seconds": round(time.monotonic() - began, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
