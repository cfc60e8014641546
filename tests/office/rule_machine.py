"""Random officers, days and acts in a small office; the witness judges whatever is accepted.

Most draws are lawful, so that items get far; the others try one thing that the law forbids. An act
that is refused must leave nothing behind.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case as Switch
from django.db.models import When
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from office.rule_requests import NUMBERS, Asking, mostly
from office.rule_witness import Witness, demand
from ppid.errors import PpidError
from ppid.law.consequence_test import Part
from ppid.law.determination import OpeningReason
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm
from ppid.office.actions.approvals import APPROVE, REFUSE, RETURN, Decision, approve_as_head, decide
from ppid.office.actions.archive import file_item
from ppid.office.actions.bodies import add_agency, create_body
from ppid.office.actions.cases import open_case
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.determinations import Letter, determine
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.items import add_item, change_item, take_up_item
from ppid.office.actions.openings import declare_open
from ppid.office.actions.people import add_person, end_appointment, make_appointment
from ppid.office.actions.sops import adopt_sop
from ppid.office.actions.steps import act_on_step
from ppid.office.demo.samples import SAMPLES, sample_sheet
from ppid.office.models import Appointment, Body, Case, Event, Item, Log, SopVersion, Task
from ppid.office.queries.term_ends import is_open
from ppid.office.rebuild import check_all

START = date(2026, 3, 2)
MOST_ITEMS, MOST_CASES = 8, 6
HEADS = ["pimpinan_badan_publik", "atasan_ppid"]
OFFICERS = {
    "clerk": ("petugas_ppid",),
    "ppid": ("ppid_utama",),
    "head": ("pimpinan_badan_publik",),
    "superior": ("atasan_ppid",),
    "team": ("tim_pertimbangan",),
    "branch": ("ppid_pelaksana",),
    "keeper": ("arsiparis",),
    # Two offices in one hand: what the law wants apart must stay apart.
    "clerk-head": ("petugas_ppid", "pimpinan_badan_publik"),
    "ppid-head": ("ppid_utama", "pimpinan_badan_publik"),
}
DAY = timedelta(days=1)
SOP = """
format = 1
kode = "singkat"
nama = "Pengecualian Informasi"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[pelaksana]]
kode = "tim"
nama = "Tim Pertimbangan"
peran = ["tim_pertimbangan"]
[[langkah]]
kegiatan = "Mengumpulkan"
pelaksana = ["petugas"]
aksi = "kumpulkan"
[[langkah]]
kegiatan = "Menyetujui"
pelaksana = ["tim"]
aksi = "setujui"
keputusan = { Ya = 3, Tidak = 1 }
[[langkah]]
kegiatan = "Mengumumkan"
pelaksana = ["petugas"]
aksi = "umumkan"
"""
DECIDING = 2


def ask(name: str, value: Any, *others: Any) -> dict[str, Any]:
    """Return the answers of the never-exempt list with one of them given otherwise."""
    answers = dict.fromkeys("abcdefg", False) | {name: value}
    return {key: answer for key, answer in answers.items() if answer is not None}


def flaws(today: date) -> dict[str, dict[str, Any]]:
    """Return what may be wrong with a sheet: a name, and the fields that are then otherwise."""
    blank = ("document", "information", "consequence_if_open", "consequence_if_closed")
    five, six = today.replace(day=1), date(today.year + 6, 1, 1)
    return {
        **{f"no {name}": {name: " "} for name in (*blank, "public_interest", "place")},
        "no statutes": {"statutes": ()},
        "no participants": {"participants": ()},
        "no term": {"term": None},
        "no day": {"tested_on": None},
        "tomorrow": {"tested_on": today + DAY},
        "long ago": {"tested_on": today - 400 * DAY},
        "no angka": {"ground": "a"},
        "no such ground": {"ground": "k"},
        "a judgment": {"never_exempt_checked": ask("a", True)},
        "unanswered": {"never_exempt_checked": ask("c", None)},
        "consent": {"ground": "h.3", "consent": True, "public_office": False},
        "office": {"ground": "g", "consent": False, "public_office": True},
        "for ever": {
            "ground": "b",
            "term": EventTerm(five, "selamanya", today + 300 * DAY),
        },
        "late review": {"term": EventTerm(five, "kontrak selesai", six)},
        "no review": {"ground": "b", "term": ActTerm(five, "UU 30/2000 ps. 3", None)},
        "31 years": {"ground": "a.2", "term": PeriodTerm(today, years=31)},
        "over": {"term": DateTerm(today - 40 * DAY, today - 2 * DAY)},
        "whole for a part": {"part": Part.WHOLE, "parts": "KENARI", "reason_whole": "Sebab"},
        "which part": {"part": Part.PART, "parts": ""},
        "PP under j": {"ground": "j", "statutes": ("PP 61/2010 ps. 3 (1)",)},
        "itself under j": {"ground": "j", "statutes": ("UU 14/2008 ps. 17 huruf j",)},
    }


FLAWS = tuple(flaws(START))
LAWFUL = {
    "flaw": "",
    "sample": 0,
    "years": 1,
    "tester": "clerk",
    "approver": "head",
    "official": "ppid",
    "wrong": "",
}
OFFICER = st.sampled_from(tuple(OFFICERS))


class Setting:
    """An office that every run starts from: people, two agencies, one SOP."""

    def __init__(self) -> None:
        morning = datetime.combine(START, time(7)).astimezone()
        self.body: Body = create_body(
            "kota",
            name="Pemerintah Kota",
            unit="Dinas Kominfo",
            place="Kota",
            timezone="Asia/Makassar",
            at=morning,
            choices={"head_roles": HEADS},
        )
        self.agencies = [
            add_agency(self.body, code=code, name=name, at=morning)
            for code, name in (("dinkes", "Dinas Kesehatan"), ("bkd", "Badan Kepegawaian"))
        ]
        self.people = {name: add_person(self.body, name=name, at=morning) for name in OFFICERS}
        for name, roles in OFFICERS.items():
            for role in roles:
                self.appoint(name, role, on=START, at=morning)
        self.version: SopVersion = adopt_sop(self.body, text=SOP, at=morning)
        self.counts: Counter[str] = Counter()

    def appoint(self, name: str, role: str, *, on: date, at: datetime) -> None:
        """Appoint an officer from a day on."""
        make_appointment(
            self.people[name],
            role=role,
            starts_on=on,
            decree_number=f"SK/{role}/{on}",
            decree_date=on,
            at=at,
            agency=self.agencies[0] if role == "ppid_pelaksana" else None,
        )


class Office(Asking, RuleBasedStateMachine):
    """One run: acts by random officers on a clock of its own.

    forced: draws of `bring` and `open_early` that are no longer random. sound_at_end: whether the
    whole log is checked after each run.
    """

    setting: Setting
    forced: Mapping[str, Any] = {}
    sound_at_end = True

    def __init__(self) -> None:
        super().__init__()
        self.body = self.setting.body
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = datetime.combine(START, time(8), tzinfo=self.body.zone)
        self.witness = Witness(self.body.zone)
        self.number = 0
        self.refresh()

    def teardown(self) -> None:
        """Check the whole log and every table, then leave the office as it was."""
        try:
            if self.sound_at_end:
                demand("log", check_all().findings == (), "log or tables are not sound")
            self.setting.counts["runs"] += 1
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # What stands now

    @property
    def today(self) -> date:
        """Return the body's local date."""
        return self.now.astimezone(self.body.zone).date()

    def refresh(self) -> None:
        """Show the witness what is new, and compare what is there and what is open today."""
        for event in Event.objects.filter(seq__gte=self.witness.events).order_by("seq"):
            self.witness.see(event)
        open_now = Switch(When(is_open(self.today), then=True), default=False)
        items = dict(Item.objects.order_by().values_list("pk", open_now))
        demand("R20", {str(pk) for pk in items} == set(self.witness.items), "an item is gone")
        found = {str(pk) for pk, is_open_now in items.items() if is_open_now}
        is_right = found == self.witness.open_items(self.today)
        demand("R10", is_right, "open today is not what the terms say")

    def attempt(self, act: Callable[..., Any], *given: Any, who: str, **more: Any) -> bool:
        """Let an officer act: it is accepted with an event, or refused without a trace."""
        self.now += timedelta(minutes=7)
        before, accepted = self.witness.events, False
        try:
            act(*given, by=self.setting.people[who].pk, at=self.now, **more)
            accepted = True
        except PpidError as error:
            self.setting.counts.update(f"  {act.__name__}: {code}" for code in set(error.codes))
        after = Log.objects.values_list("size", flat=True).get(body=self.body.pk)
        demand("log", (after > before) == accepted, f"{act.__name__}: {after - before} events")
        self.setting.counts["accepted" if accepted else "refused"] += 1
        self.setting.counts[f"{'+' if accepted else '-'}{act.__name__}"] += 1
        if accepted:
            self.refresh()
        return accepted

    def item(self, pick: int) -> Item | None:
        """Return one of the items."""
        known = list(self.witness.items)
        pick = self.forced.get("pick", pick)
        return Item.objects.get(pk=known[pick % len(known)]) if known else None

    def case(self) -> Case | None:
        """Return the running case, opened by the clerk where there is none."""
        running = Case.objects.filter(ended_at=None).order_by("number").last()
        if running is None and Case.objects.count() < MOST_CASES:
            title = f"Berkas {Case.objects.count() + 1}"
            self.attempt(open_case, self.setting.version, who="clerk", title=title)
            running = Case.objects.filter(ended_at=None).first()
        return running

    def sheet(self, flaw: str, *, sample: int, years: int, days: int = 40) -> Any:
        """Return a sheet of today with a flaw; days: of the term when it has no years."""
        whole = sample_sheet(
            SAMPLES[sample % len(SAMPLES)],
            tested_on=self.today,
            place="Kota",
            term=PeriodTerm(self.today, years=years, days=0 if years else days),
        )
        secret = {"document": "KENARI", "information": "KENARI", "consequence_if_open": "KENARI"}
        return replace(whole, **secret | flaws(self.today).get(flaw, {}))

    # The acts

    @initialize()
    def begin(self) -> None:
        """Start with a case that has an item of each kind of proposer, one of them determined."""
        for who in ("clerk", "branch", "clerk-head", "ppid-head"):
            self.add(who, 0)
        self.bring(1, **LAWFUL)

    @rule(who=mostly("clerk", "clerk-head", "branch", "ppid", "head"), agency=NUMBERS)
    def add(self, who: str, agency: int) -> None:
        """Propose an item."""
        case, count = self.case(), len(self.witness.items)
        if case and count < MOST_ITEMS:
            where = self.setting.agencies[agency % 2]
            words = {"title": f"KENARI {count}", "public_title": f"Informasi {count}"}
            self.attempt(add_item, case, who=who, agency=where, **words)

    @rule(pick=NUMBERS, who=OFFICER, title=mostly("Judul", "", "KENARI"))
    def change(self, pick: int, who: str, title: str) -> None:
        """Change an item's words."""
        if item := self.item(pick):
            words = {"title": title, "public_title": f"Informasi {pick}", "summary": ""}
            self.attempt(change_item, item, who=who, **words)

    @rule(
        pick=NUMBERS,
        sample=NUMBERS,
        years=st.integers(0, 5),
        flaw=mostly("", *FLAWS),
        tester=mostly("clerk", "clerk-head", "branch", "ppid"),
        approver=mostly("head", "clerk-head", "ppid-head", "superior"),
        official=mostly("ppid", "ppid-head", "clerk"),
        wrong=mostly("", "number", "place", "unit", "determined_on", "tomorrow", "yesterday"),
    )
    def bring(self, pick: int, **drawn: Any) -> None:
        """Test, approve and determine one item, with what may be wrong on the way."""
        item, way = self.item(pick), drawn | dict(self.forced)
        if item is None:
            return
        if item.stage == "dikecualikan":
            self.wait(1)
            self.take_up(pick, "clerk")
        term = {"years": way["years"], "days": way.get("days", 40)}
        sheet = self.sheet(way["flaw"], sample=way["sample"], **term)
        self.attempt(write_test, item, who=way["tester"], sheet=sheet, publishable=("reason",))
        self.head_approves([item], way["approver"], APPROVE)
        self.determine([item], way["official"], way["wrong"])

    @rule(
        pick=NUMBERS,
        sample=NUMBERS,
        years=st.integers(0, 5),
        flaw=mostly("", *FLAWS),
        who=OFFICER,
    )
    def test(self, pick: int, sample: int, years: int, flaw: str, who: str) -> None:
        """Write a sheet."""
        if item := self.item(pick):
            sheet = self.sheet(flaw, sample=sample, years=years)
            self.attempt(write_test, item, who=who, sheet=sheet, publishable=("reason",))

    @rule(
        who=OFFICER, decision=mostly(APPROVE, REFUSE, RETURN), picks=st.lists(NUMBERS, max_size=3)
    )
    def approve(self, who: str, decision: str, picks: list[int]) -> None:
        """Say yes or no as the head."""
        self.head_approves(self.some(picks), who, decision)

    @rule(
        who=OFFICER, decision=mostly(APPROVE, REFUSE, RETURN), picks=st.lists(NUMBERS, max_size=3)
    )
    def decide_in_step(self, who: str, decision: str, picks: list[int]) -> None:
        """Say yes or no in the SOP's own step."""
        given = tuple(Decision(one.pk, decision, "Sebab") for one in self.some(picks))
        if given and (case := self.case()):
            self.attempt(decide, case, who=who, decisions=given)

    @rule(
        who=OFFICER,
        picks=st.lists(NUMBERS, min_size=1, max_size=3),
        wrong=mostly("", "number", "twice", "determined_on", "tomorrow", "yesterday"),
    )
    def determine_some(self, who: str, picks: list[int], wrong: str) -> None:
        """Determine whatever stands there."""
        self.determine(self.some(picks), who, wrong)

    @rule(
        pick=NUMBERS,
        who=mostly("ppid", "head", "clerk"),
        offset=st.integers(-3, 60),
        reason=st.sampled_from(OpeningReason),
        document=mostly("12/2026", ""),
    )
    def open_early(self, pick: int, who: str, offset: int, **drawn: Any) -> None:
        """Declare an item open from a day near today."""
        closed = list(Item.objects.filter(stage="dikecualikan").order_by("public_title"))
        item = closed[pick % len(closed)] if closed else self.item(pick)
        if item:
            way = drawn | {name: self.forced[name] for name in drawn if name in self.forced}
            day = self.today + timedelta(days=offset)
            self.attempt(declare_open, item, who=who, opened_on=day, **way)

    @rule(pick=NUMBERS, who=mostly("clerk", "head", "branch"))
    def take_up(self, pick: int, who: str) -> None:
        """Bring an item of the register under the running case."""
        item, case = self.item(pick), self.case()
        if item and case:
            self.attempt(take_up_item, case, who=who, item=item)

    @rule(pick=NUMBERS, who=OFFICER)
    def file(self, pick: int, who: str) -> None:
        """File an item."""
        if item := self.item(pick):
            self.attempt(file_item, item, who=who, soft_copy="KENARI", hard_copy="KENARI")

    @rule(who=mostly("ppid", "clerk", "head"))
    def publish(self, who: str) -> None:
        """Publish an edition."""
        self.attempt(publish_edition, self.body, who=who)

    @rule(lawful=mostly(True, False), who=OFFICER, outcome=mostly("Ya", "Tidak"))
    def step(self, lawful: bool, who: str, outcome: str) -> None:
        """Do the step that waits; lawful: by its own officer, with the work that it asks for."""
        task = Task.objects.filter(case__ended_at=None).first()
        if task is None:
            return
        if lawful:
            who = "team" if task.step == DECIDING else "clerk"
            self.work_of(task)
        more = {"outcome": outcome if task.step == DECIDING else None, "reason": "Sebab"}
        self.attempt(act_on_step, task.case_id, who=who, step=task.step, **more)

    @rule(days=st.sampled_from((1, 1, 3, 10, 35, 100, 400)))
    def wait(self, days: int) -> None:
        """Let days go by; nobody acts."""
        if self.today.year < START.year + 25:
            self.now = datetime.combine(
                self.today + timedelta(days=days), time(8), tzinfo=self.body.zone
            )
            self.refresh()

    @rule(pick=NUMBERS, chance=st.integers(0, 3))
    def end(self, pick: int, chance: int) -> None:
        """End an appointment today, now and then."""
        rows = list(Appointment.objects.filter(ends_on=None).order_by("decree_number", "pk"))
        if chance == 0 and rows:
            one = rows[pick % len(rows)]
            end_appointment(one, ends_on=max(self.today, one.starts_on), at=self.now, by=None)
            self.refresh()

    @rule(who=OFFICER)
    def appoint(self, who: str) -> None:
        """Give an officer back what the office began with."""
        held = Appointment.objects.filter(person=self.setting.people[who], ends_on=None)
        for role in set(OFFICERS[who]) - {one.role for one in held}:
            self.setting.appoint(who, role, on=self.today, at=self.now)
        self.refresh()

    # Parts of acts

    def work_of(self, task: Task) -> None:
        """Do what the waiting step asks for, as far as it is the officer's own."""
        if task.step == DECIDING:
            items = Item.objects.filter(case=task.case_id, stage="usulan")
            given = tuple(Decision(one.pk, APPROVE) for one in items)
            if given:
                self.attempt(decide, task.case, who="team", decisions=given)
        elif task.step > DECIDING:
            self.attempt(publish_edition, self.body, who="clerk")

    def some(self, picks: list[int]) -> list[Item]:
        """Return some of the items, each once."""
        found = {item.pk: item for item in map(self.item, picks) if item}
        return list(found.values())

    def head_approves(
        self, items: list[Item], who: str, decision: str, reason: str = "Sebab"
    ) -> None:
        """Decide items as the head."""
        if items and (case := self.case()):
            given = tuple(Decision(one.pk, decision, reason) for one in items)
            self.attempt(approve_as_head, case, who=who, decisions=given)

    def determine(self, items: list[Item], who: str, wrong: str) -> None:
        """Issue a letter; wrong: what is amiss with it."""
        if not items or (case := self.case()) is None:
            return
        self.number += wrong != "twice"
        days = {"determined_on": None, "tomorrow": self.today + DAY, "yesterday": self.today - DAY}
        letter = Letter(
            number=f"{self.number}/PPID",
            determined_on=days.get(wrong, self.today),
            place="Kota",
            unit="Dinas Kominfo",
        )
        if wrong in ("number", "place", "unit"):
            letter = replace(letter, **{wrong: " "})
        self.attempt(determine, case, who=who, items=items, letter=letter)
