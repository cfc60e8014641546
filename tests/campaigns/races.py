"""Races: several threads do the same thing at the same moment, on a real database.

    python tests/campaigns/races.py 100                 # each kind of race a hundred times
    python tests/campaigns/races.py 100 --without-lock  # the positive control: must go wrong

Prints one line of JSON: races, wrong ones and their kinds. A race is right when exactly as many
threads win as may win, every loser is told so in a sentence, exactly the winners' events stand in
the log, and numbers have no gap. At the end the log is verified and every table rebuilt.
"""

import argparse
import json
import shutil
import sys
import threading
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from campaigns.place import start

FOLDER = start()

from django.db import connections  # noqa: E402

from office import offices  # noqa: E402
from ppid.errors import BadInput, PpidError, Refused  # noqa: E402
from ppid.office import log, statements, writing  # noqa: E402
from ppid.office.actions.cases import open_case  # noqa: E402
from ppid.office.actions.editions import publish_edition  # noqa: E402
from ppid.office.actions.people import add_person  # noqa: E402
from ppid.office.actions.sops import adopt_sop  # noqa: E402
from ppid.office.actions.steps import act_on_step, decline_step  # noqa: E402
from ppid.office.authority import holders  # noqa: E402
from ppid.office.models import Case, Edition, Event, Item, Log, SopVersion  # noqa: E402
from ppid.office.rebuild import check_all  # noqa: E402
from ppid.public import models as public  # noqa: E402
from ppid.reading import Reading  # noqa: E402

THREADS = 8
RACE_SOP = """
format = 1
kode = "lomba"
nama = "Lomba"
[[pelaksana]]
kode = "petugas"
nama = "Petugas"
peran = ["petugas_ppid"]
[[pelaksana]]
kode = "tim"
nama = "Tim"
peran = ["tim_pertimbangan"]
[[langkah]]
kegiatan = "Satu"
pelaksana = ["petugas"]
[[langkah]]
kegiatan = "Dua"
pelaksana = ["petugas", "tim"]
[[langkah]]
kegiatan = "Tiga"
pelaksana = ["petugas"]
"""


@dataclass
class Race:
    """What the threads do, and how many may win. also: a judgement of its own, a complaint each."""

    acts: list
    winners: int = 1
    also: object = field(default=list)


class Ground:
    """An office with enough people to race, and the clock of the races."""

    def __init__(self):
        self.walk = offices.office("lomba")
        self.clock = threading.Lock()
        for role in ("petugas_ppid", "tim_pertimbangan", "ppid_utama"):
            for number in range(THREADS - 1):
                offices.appoint(self.walk, role, name=f"{role} {number}")
        self.people = {
            role: [one.person_id for one in holders("lomba", [role], on=self.walk.today)]
            for role in ("petugas_ppid", "tim_pertimbangan", "ppid_utama")
        }
        self.version = adopt_sop(self.walk.body, text=RACE_SOP, at=self.walk.now)

    def now(self):
        with self.clock:
            return self.walk.tick(minutes=1)

    def case(self):
        by = self.people["petugas_ppid"][0]
        return open_case(self.version, title="Lomba", by=by, at=self.now())

    def approved_item(self, case=None):
        case = case or self.case()
        item = offices.item_in(self.walk, case, title=f"Informasi {uuid4()}")
        offices.write_sheet(self.walk, item)
        offices.approved(self.walk, case, item)
        return case, item


def one_person_twice(ground):
    case, form, by = ground.case(), uuid4(), ground.people["petugas_ppid"][0]
    at = ground.now()
    return Race([lambda: act_on_step(case.pk, step=1, by=by, at=at, act=form)] * THREADS)


def several_people_on_one_step(ground):
    case, at = ground.case(), ground.now()
    return Race(
        [
            lambda by=by: act_on_step(case.pk, step=1, by=by, at=at)
            for by in ground.people["petugas_ppid"]
        ]
    )


def confirm_against_decline(ground):
    case, clerks, team = ground.case(), ground.people["petugas_ppid"], ground.people
    for step in (1, 2):
        act_on_step(case.pk, step=step, by=clerks[step - 1], at=ground.now())
    at, team = ground.now(), team["tim_pertimbangan"]

    def confirm(by):
        act_on_step(case.pk, step=2, by=by, at=at)

    def decline(by):
        decline_step(case.pk, step=2, by=by, at=at, reason="Belum lengkap.")

    return Race(
        [
            lambda by=by, act=(confirm, decline)[number % 2]: act(by)
            for number, by in enumerate(team)
        ]
    )


def one_decree_number(ground):
    items = [ground.approved_item() for _ in range(THREADS)]
    number = f"{uuid4()}"
    return Race([lambda pair=pair: determine(ground, *pair, number) for pair in items])


def one_item_by_several_letters(ground):
    case, item = ground.approved_item()
    return Race([lambda: determine(ground, case, item, f"{uuid4()}")] * THREADS)


def determine(ground, case, item, number):
    offices.determined(ground.walk, case, item, number=number, by=ground.people["ppid_utama"][0])


def sheet_against_letter(ground):
    case, item = ground.approved_item()

    def write():
        offices.write_sheet(ground.walk, item, place=f"Aula {uuid4()}")

    def letter():
        determine(ground, case, item, f"{uuid4()}")

    def also():
        row = Item.objects.select_related("determined_test").get(pk=item.pk)
        relied_on = row.determined_test
        return [] if relied_on is None or relied_on.version == 1 else ["unapproved sheet"]

    # A sheet may always be written; the letter wins only if it came before every sheet.
    return Race([write] * 4 + [letter], winners=-1, also=also)


def case_numbers(ground):
    def gaps():
        numbers = Case.objects.filter(body="lomba").values_list("number", flat=True)
        found = sorted(int(number.split("/")[0]) for number in numbers)
        return [] if found == list(range(1, len(found) + 1)) else ["gap in case numbers"]

    return Race([ground.case] * THREADS, winners=THREADS, also=gaps)


def edition_numbers(ground):
    body, at = ground.walk.body, ground.now()

    def gaps():
        found = sorted(Edition.objects.filter(body=body).values_list("number", flat=True))
        arrived = public.Edition.objects.filter(body__slug=body.pk).count()
        whole = found == list(range(1, len(found) + 1)) and arrived == len(found)
        return [] if whole else [f"editions {found[-1]} of {len(found)}, arrived {arrived}"]

    return Race(
        [lambda by=by: publish_edition(body, by=by, at=at) for by in ground.people["ppid_utama"]],
        winners=THREADS,
        also=gaps,
    )


def one_nip(ground):
    nip = f"{uuid4().int % 10**18:018d}"
    at = ground.now()
    return Race([lambda: add_person(ground.walk.body, name="Orang", nip=nip, at=at)] * THREADS)


def one_sop(ground):
    text = RACE_SOP.replace('kode = "lomba"', f'kode = "lomba-{uuid4().hex[:12]}"')
    before = SopVersion.objects.count()

    def also():
        return [] if SopVersion.objects.count() == before + 1 else ["adopted twice"]

    body, at = ground.walk.body, ground.now()
    return Race([lambda: adopt_sop(body, text=text, at=at)] * THREADS, winners=-1, also=also)


KINDS = (
    one_person_twice,
    several_people_on_one_step,
    confirm_against_decline,
    one_decree_number,
    one_item_by_several_letters,
    sheet_against_letter,
    case_numbers,
    edition_numbers,
    one_nip,
    one_sop,
)


def run(race):
    """Let every thread act at the same moment; return what is wrong with how it ended."""
    barrier = threading.Barrier(len(race.acts))
    ends = []
    before = Log.objects.get(body="lomba").size

    def take_part(act):
        barrier.wait()
        try:
            act()
            ends.append("won")
        except (Refused, BadInput) as error:
            ends.append(error.codes[0])
        except Exception as error:  # noqa: BLE001  whatever a user would meet
            ends.append(f"{type(error).__name__}: {error}".split("\n")[0][:80])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take_part, args=(act,)) for act in race.acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return judged(race, ends, appended=Log.objects.get(body="lomba").size - before)


def judged(race, ends, *, appended):
    """Return every complaint about one race."""
    won = ends.count("won")
    complaints = [end for end in ends if ":" in end]
    if race.winners >= 0 and won != race.winners:
        complaints.append(f"{won} winners")
    if race.winners >= 0 and appended != race.winners:
        complaints.append(f"{appended} events for {race.winners}")
    if Event.objects.filter(body="lomba").count() != Log.objects.get(body="lomba").size:
        complaints.append("log and events differ")
    return complaints + list(race.also())


def without_lock():
    """Take away what makes writers wait for one another."""
    log.lock = lambda body: Log.objects.get_or_create(body=body)[0]
    unlocked = Reading(
        lambda case: Log.objects.filter(
            body__in=Case.objects.filter(pk=case).order_by().values("body_id")
        ).values_list(*statements.columns(Log)),
        case=UUID(int=0),
    )
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("ppid.office.actions"):
            if hasattr(module, "lock"):
                module.lock = log.lock
            if hasattr(module, "LOG_OF_CASE"):
                module.LOG_OF_CASE = unlocked
    writing._turn = nullcontext
    connections["default"].settings_dict["OPTIONS"].pop("transaction_mode", None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("races", type=int)
    parser.add_argument("--without-lock", action="store_true")
    arguments = parser.parse_args()
    began = time.monotonic()
    ground = Ground()
    if arguments.without_lock:
        without_lock()
    wrong, complaints = Counter(), Counter()
    for number in range(arguments.races):
        for kind in KINDS:
            try:
                found = run(kind(ground))
            except PpidError as error:  # without the lock even the preparation may break
                found = [str(error)]
            wrong[kind.__name__] += bool(found)
            complaints.update(found)
        print(f"{number + 1} of {arguments.races}", file=sys.stderr)
    findings = [str(one) for one in check_all().findings[:5]]
    result = {
        "vendor": connections["default"].vendor,
        "races": arguments.races * len(KINDS),
        "threads": THREADS,
        "wrong": sum(wrong.values()),
        "kinds": {name: count for name, count in wrong.items() if count},
        "complaints": complaints.most_common(10),
        "check": findings,
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(result))
    connections.close_all()
    shutil.rmtree(FOLDER)
    return 1 if result["wrong"] or findings else 0


if __name__ == "__main__":
    sys.exit(main())
