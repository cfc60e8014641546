"""A witness of the office: reads the raw events and judges them by R01-R21 in its own words.

It asks nothing of ppid.law and nothing of the office's actions and queries, so a rule that those
forget is still seen. What each rule says: docs/law.md.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from law.independent import next_day, years_later
from office.rule_requests import RequestWitness

HEAD_ROLES = {"pimpinan_badan_publik", "atasan_ppid"}
TERM_ROLES = {"pimpinan_badan_publik"}
POINTS = {"a": 5, "b": 0, "c": 7, "d": 0, "e": 7, "f": 4, "g": 0, "h": 5, "i": 0, "j": 0}
GROUNDS = {letter for letter, count in POINTS.items() if not count} | {
    f"{letter}.{number}" for letter, count in POINTS.items() for number in range(1, count + 1)
}
NEEDED = (
    *("document", "information", "ground", "statutes", "term", "moment", "place", "tested_on"),
    *("consequence_if_open", "consequence_if_closed", "public_interest", "part", "participants"),
)
LETTER = ("number", "determined_on", "place", "unit", "official", "official_name")
FOREVER = re.compile(r"selamanya|permanen|tidak terbatas|seumur hidup", re.IGNORECASE)
DISPUTE = {"keberatan", "putusan_komisi_informasi", "putusan_pengadilan"}
REVIEW_YEARS, LONGEST_A = 5, 30


class Broken(AssertionError):
    """A rule was broken by an act that the office accepted."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule}: {what}")
        self.rule = rule


def demand(rule: str, holds: object, what: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(rule, what)


@dataclass
class Written:
    """A sheet as it last stood, who wrote in it, and when."""

    key: str
    values: dict[str, Any]
    seq: int
    writers: set[str] = field(default_factory=set)


@dataclass
class Word:
    """A yes or no to an item."""

    by: str
    on: date
    yes: bool
    seq: int


@dataclass
class Known:
    """What the witness knows of one item. determined: the days, with the sheet of each."""

    proposer: str
    title: str
    public_id: str
    sheets: list[Written] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    determined: list[tuple[date, Written]] = field(default_factory=list)
    opened: list[tuple[date, str]] = field(default_factory=list)

    def opens(self) -> date | None:
        """Return the first open day: the term's end, a declaration, or 30 years of huruf a."""
        if not self.determined:
            return None
        values = self.determined[-1][1].values
        days = [end_of(values["term"]), *(day for day, _ in self.opened)]
        if values["ground"].startswith("a"):
            days.append(later(values["term"]["starts_on"], LONGEST_A))
        return min((day for day in days if day), default=None)


def later(start: str, years: int) -> date:
    """Return the day so many years after an ISO date."""
    day = date.fromisoformat(start)
    return date(*years_later((day.year, day.month, day.day), years))


def end_of(term: dict[str, Any]) -> date | None:
    """Return the first open day of a term as the log has it; None when only a review is known."""
    if term["kind"] != "period":
        return date.fromisoformat(term["ends_on"]) if term.get("ends_on") else None
    assert not term["months"], "the machine gives years and days only"
    end = later(term["starts_on"], term["years"])
    day = (end.year, end.month, end.day)
    for _ in range(term["days"]):
        day = next_day(day)
    return date(*day)


class Witness(RequestWitness):
    """What has happened in one body, from its events alone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.items: dict[str, Known] = {}
        self.appointments: dict[str, dict[str, Any]] = {}
        self.events = 0
        self.letters: set[str] = set()
        self.requests: dict[str, dict[str, Any]] = {}
        self.objections: dict[str, list[str]] = {}

    demand = staticmethod(demand)

    def see(self, event: Any) -> None:
        """Take in one event and judge it."""
        demand("log", event.seq == self.events, "the numbers of the events have a gap")
        self.events += 1
        entry = json.loads(bytes(event.entry).split(b"\n", 1)[1])
        values = entry["payload"] | {name: one["value"] for name, one in event.sealed.items()}
        on = datetime.fromisoformat(entry["at"]).astimezone(self.zone).date()
        reader = getattr(self, "_" + event.kind.replace(".", "_"), None)
        if reader:
            reader(values, entry["actor"], on)

    def holds(self, person: str, roles: set[str], on: date) -> bool:
        """Return whether somebody holds one of the roles on a day, by the decrees seen."""
        return any(
            one["person_id"] == person
            and one["role"] in roles
            and one["starts_on"] <= on.isoformat() <= (one["ends_on"] or "9999")
            for one in self.appointments.values()
        )

    def open_items(self, on: date) -> set[str]:
        """Return the items that are open on a day."""
        days = {key: item.opens() for key, item in self.items.items()}
        return {key for key, day in days.items() if day and day <= on}

    def _appointment_made(self, values: dict[str, Any], actor: str, on: date) -> None:
        self.appointments[values["id"]] = values

    def _appointment_ended(self, values: dict[str, Any], actor: str, on: date) -> None:
        self.appointments[values["id"]]["ends_on"] = values["ends_on"]

    def _item_added(self, values: dict[str, Any], actor: str, on: date) -> None:
        self.items[values["item"]] = Known(actor, values["title"], values["public_id"])

    def _test_written(self, values: dict[str, Any], actor: str, on: date) -> None:
        item = self.items[values["item"]]
        if item.sheets and item.sheets[-1].key == values["id"]:
            sheet = item.sheets[-1]
            demand("R12", not self._rests_on(item, sheet), "a determined sheet was changed")
            sheet.values, sheet.seq = values["sheet"], self.events
        else:
            sheet = Written(values["id"], values["sheet"], self.events)
            item.sheets.append(sheet)
        sheet.writers.add(actor)

    def _rests_on(self, item: Known, sheet: Written) -> bool:
        return any(sheet is each for _, each in item.determined)

    def _approval_given(self, values: dict[str, Any], actor: str, on: date) -> None:
        yes = values["decision"] == "setuju"
        demand("R18", yes or values["reason"].strip(), "a refusal without a reason")
        if self.holds(actor, HEAD_ROLES, on):
            self.items[values["item"]].words.append(Word(actor, on, yes, self.events))

    def _item_opened(self, values: dict[str, Any], actor: str, on: date) -> None:
        item = self.items[values["item"]]
        day, by_law = date.fromisoformat(values["opened_on"]), item.opens()
        demand("R10", item.determined, "opened what was never closed")
        demand("R10", by_law is None or day <= by_law, "an opening after the term's end")
        demand("R18", values["reason"].strip(), "an opening without a reason")
        by_itself = values["reason"] == "masa_berakhir"
        demand("R10", by_itself or day <= on, "what opens at once was put off")
        roles = {"ppid_utama", "tim_pertimbangan"}
        roles |= {"atasan_ppid"} if values["reason"] == "keberatan" else set()
        demand("R10", self.holds(actor, roles, on), "not by the PPID")
        item.opened.append((day, values["reason"]))

    def _determination_made(self, values: dict[str, Any], actor: str, on: date) -> None:
        blank = [name for name in LETTER if not str(values[name] or "").strip()]
        demand("R03", not blank and values["official_position"].strip(), f"letter without {blank}")
        demand("R03", values["number"] not in self.letters, "a number used twice")
        self.letters.add(values["number"])
        day = date.fromisoformat(values["determined_on"])
        demand("R03", day <= on, "a letter of tomorrow")
        roles = {"ppid_utama"}
        demand("R02", self.holds(values["official"], roles, on), "determined by no PPID")
        demand("R02", values["official"] == actor, "signed for somebody else")
        demand("R03", values["lines"], "a letter without items")
        for line in values["lines"]:
            item = self.items[line["item"]]
            self._judge_line(item, day, official=actor)
            item.determined.append((day, item.sheets[-1]))
            given = item.opens() if not item.opened else end_or_limit(item)
            told = date.fromisoformat(line["opens_on"]) if line["opens_on"] else None
            demand("R10", told == given, f"the log says it opens {told}, not {given}")

    def _judge_line(self, item: Known, day: date, *, official: str) -> None:
        demand("R01", item.sheets, "determined without a test")
        sheet = item.sheets[-1]
        judge_sheet(sheet.values, day)
        last = item.words[-1] if item.words else None
        demand("R02", last and last.yes, "determined without the head's yes")
        demand("R02", last.seq > sheet.seq, "the sheet was written after the approval")
        demand("R02", last.on <= day, "approved after the letter's day")
        demand("R01", sheet.values["tested_on"] <= last.on.isoformat(), "approved before the test")
        demand("R02", last.by != official, "the PPID approved")
        demand("R02", last.by not in sheet.writers, "a tester approved")
        demand("R02", last.by != item.proposer, "the proposer approved")
        if sheet.values["ground"][0] in "cdef":
            demand("R09", self.holds(last.by, TERM_ROLES, last.on), "a term not set by the highest")
        disputed = any(reason in DISPUTE for _, reason in item.opened)
        demand("R16", not disputed, "closed again what a dispute opened")
        if item.determined:
            self._judge_change(item, sheet, last, day)
        judge_longest(item, sheet.values, day)

    def _judge_change(self, item: Known, sheet: Written, last: Word, day: date) -> None:
        before, old = item.determined[-1]
        demand("R12", sheet is not old, "changed without a new test")
        demand("R12", sheet.values["tested_on"] > before.isoformat(), "changed on an old test")
        demand("R12", last.on > before, "changed on an old approval")
        opens = item.opens()
        demand("R10", opens is None or day < opens, "closed again what is open")

    def _edition_published(self, values: dict[str, Any], actor: str, on: date) -> None:
        listed = {one["public_id"]: one for one in values["content"]["entries"]}
        closed = {one.public_id: one for one in self.items.values() if one.determined}
        demand("R17", set(listed) == set(closed), "the list is not what was determined")
        text = json.dumps(values["content"])
        demand("R17", "KENARI" not in text, "the list shows what is confidential")
        for key, item in closed.items():
            shown = listed[key]["opens_on"]
            opens = item.opens()
            demand("R10", shown == (opens.isoformat() if opens else None), "the list errs in a day")
            demand("R11", not item.opened or listed[key]["opened_reason"], "an opening unlisted")


def end_or_limit(item: Known) -> date | None:
    """Return the first open day of the newest determination, openings left aside."""
    return Known("", "", "", determined=item.determined[-1:]).opens()


def judge_sheet(sheet: dict[str, Any], day: date) -> None:
    """Demand that a sheet was complete on the day of its determination: R01, R04-R07, R13, R21."""
    gaps = [name for name in NEEDED if not sheet[name] or not str(sheet[name]).strip()]
    demand("R01", not gaps, f"a sheet without {gaps}")
    demand("R01", sheet["tested_on"] <= day.isoformat(), "determined before the test")
    ground = sheet["ground"]
    demand("R04", ground in GROUNDS, f"no ground {ground}")
    answers = sheet["never_exempt_checked"]
    demand("R05", answers == dict.fromkeys("abcdefg", False), "Pasal 18 (1) not all answered no")
    if ground[0] in "gh":
        no = (sheet["consent"], sheet["public_office"]) == (False, False)
        demand("R06", no, "consent or public office opens it")
    demand("R13", sheet["part"] != "seluruh" or not sheet["parts"], "whole closed for a part")
    demand("R13", sheet["part"] != "sebagian" or sheet["parts"].strip(), "which part is not said")
    if ground == "j":
        acts = [one for one in sheet["statutes"] if re.match(r"UU (?!14/2008)\d+/\d{4} ps", one)]
        demand("R21", acts, "huruf j without another Act")
    judge_term(sheet["term"], day, ground=ground)


def judge_term(term: dict[str, Any], day: date, *, ground: str) -> None:
    """Demand a lawful term: R07, and R10 for one that is over."""
    end = end_of(term)
    if end is not None:
        demand("R10", end > day and end.isoformat() > term["starts_on"], "a term that is over")
        return
    review = term.get("review_on") or ""
    limit = later(day.isoformat(), REVIEW_YEARS).isoformat()
    demand("R07", day.isoformat() < review <= limit, "no end and no review within five years")
    forever = ground[0] in "abcdef" and FOREVER.search(term.get("event", ""))
    demand("R07", not forever, "a permanent term")


def judge_longest(item: Known, sheet: dict[str, Any], day: date) -> None:
    """Demand that huruf a closes for at most 30 years from the first time: R08."""
    if not sheet["ground"].startswith("a"):
        return
    before = [old.values for _, old in item.determined if old.values["ground"].startswith("a")]
    starts = [one["term"]["starts_on"] for one in (*before, sheet)]
    limit = later(min(*starts, day.isoformat()), LONGEST_A)
    end = end_of(sheet["term"]) or later(sheet["term"]["starts_on"], LONGEST_A)
    demand("R08", end <= limit, "huruf a for more than 30 years")
