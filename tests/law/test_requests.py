"""Requests, answers, objections and disputes: their cases, and every clock day by day."""

from datetime import date, timedelta
from typing import Any

import pytest

from law.test_cases import cases, codes, filled, kinds
from ppid.law.consequence_sheet import Part
from ppid.law.objection import (
    Objection,
    ObjectionAnswer,
    ObjectionOutcome,
    answering_obstacles,
    decision_obstacles,
    dispute_obstacles,
    dispute_remarks,
    filing_obstacles,
    filing_remarks,
)
from ppid.law.reference import parse
from ppid.law.request import ObjectionGround, answer_due
from ppid.law.request_answer import Answer, AskedItem, Outcome, Standing, answer_obstacles
from ppid.law.request_record import RequestRecord, day_obstacles, record_obstacles
from ppid.law.request_stage import RequestFacts, Stage, standings
from ppid.law.workdays import is_workday, national_calendar

RECEIVED, TODAY = date(2026, 3, 10), date(2026, 3, 20)
LATER = date(2026, 7, 1)
CALENDAR = national_calendar()
RECORD = {
    "number": "001/PI/2026",
    "received_on": RECEIVED,
    "requester": "Pemohon contoh",
    "address": "Jalan Contoh 1",
    "subject": "Data perkara",
    "form": "Salinan elektronik",
    "delivery": "Surat elektronik",
}
ANSWER = {
    "outcome": "dikabulkan",
    "answered_on": TODAY,
    "given": "Halaman 1 sampai 4",
    "delivery": "Salinan elektronik lewat surat elektronik",
}


@pytest.mark.parametrize("case", kinds("request_answers", "catatan"))
def test_records(case):
    record = RequestRecord(**RECORD | filled(case["catatan"]))

    found = record_obstacles(record, on=TODAY)

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(each.hint and each.place for each in found)


@pytest.mark.parametrize("case", kinds("request_answers", "jawaban"))
def test_answers(case):
    given = ANSWER | filled(case["jawaban"])
    outcome = Outcome(given.pop("outcome")) if given["outcome"] else given.pop("outcome")
    items = tuple(asked(one) for one in case.get("butir", ()))

    found = answer_obstacles(
        Answer(outcome=outcome, items=items, **given), received_on=RECEIVED, on=TODAY
    )

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(each.hint and each.place for each in found)


def asked(given: dict[str, Any]) -> AskedItem:
    part = Part(given["part"]) if "part" in given else None
    standing = Standing(given["standing"])
    return AskedItem(title="Data", standing=standing, ground=given.get("ground", ""), part=part)


@pytest.mark.parametrize("case", kinds("objections", "keberatan"))
def test_objections(case):
    given = {"filed_on": date(2026, 4, 10), "found_on": date(2026, 3, 31), "grounds": ["a"]}
    given |= filled(case["keberatan"])
    objection = Objection(**given | {"grounds": grounds(given["grounds"])})

    found = filing_obstacles(
        objection, received_on=RECEIVED, refused=case.get("ditolak", True), on=LATER
    )

    assert codes(found) == sorted(case.get("hambatan", []))
    assert codes(filing_remarks(objection, CALENDAR)) == case.get("catatan", [])


def grounds(letters: list[str]) -> tuple[ObjectionGround, ...]:
    return tuple(ObjectionGround(letter) for letter in letters)


@pytest.mark.parametrize("case", kinds("objections", "tanggapan"))
def test_answers_to_objections(case):
    given = {"outcome": "dikabulkan", "answered_on": date(2026, 5, 1), "exempt": 2, "opened": 2}
    given |= filled(case["tanggapan"])
    given["outcome"] = ObjectionOutcome(given["outcome"]) if given["outcome"] else None
    letters = case.get("keberatan_atas", ["a"])
    objection = Objection(filed_on=date(2026, 4, 10), grounds=grounds(letters))

    found = answering_obstacles(ObjectionAnswer(**given), objection=objection, on=LATER)

    assert codes(found) == sorted(case.get("hambatan", []))


@pytest.mark.parametrize("case", kinds("objections", "sengketa"))
def test_disputes(case):
    day, answered = case["sengketa"], case.get("ditanggapi", date(2026, 5, 1))

    found = dispute_obstacles(day, filed_on=date(2026, 4, 10), on=LATER)

    assert codes(found) == sorted(case.get("hambatan", []))
    remarks = dispute_remarks(day, answered_on=answered, calendar=CALENDAR)
    assert codes(remarks) == case.get("catatan", [])


@pytest.mark.parametrize("case", kinds("objections", "putusan"))
def test_decisions_of_disputes(case):
    found = decision_obstacles(case["putusan"], registered_on=date(2026, 5, 20), on=LATER)

    assert codes(found) == sorted(case.get("hambatan", []))


@pytest.mark.parametrize("case", cases("request_stages"))
def test_where_a_request_stands(case):
    facts = RequestFacts(**{"received_on": RECEIVED} | case.get("fakta", {}))

    found = standings(facts, on=case["pada"], calendar=CALENDAR)

    assert [one.stage for one in found] == case["tahap"]
    first = found[0]
    assert first.due == case.get("batas")
    assert first.workdays_left == case.get("sisa", 0)
    assert (first.overdue, first.workdays_late) == ("lewat" in case, case.get("lewat", 0))
    assert first.provisional == case.get("sementara", False)


@pytest.mark.parametrize("extended", [False, True])
def test_the_days_left_fall_by_one_each_working_day_until_the_clock_has_run_out(extended):
    facts = RequestFacts(received_on=RECEIVED, extended=extended)
    day, left = RECEIVED, 17 if extended else 10
    last = answer_due(RECEIVED, CALENDAR, extended=extended).day
    while day <= last:
        (found,) = standings(facts, on=day, calendar=CALENDAR)
        assert (found.workdays_left, found.overdue) == (left, False)
        day += timedelta(days=1)
        left -= is_workday(day, CALENDAR)
    (found,) = standings(facts, on=day, calendar=CALENDAR)
    assert found.overdue


def test_every_stage_outcome_and_ground_has_its_words():
    for kind in (Stage, Outcome, ObjectionOutcome, ObjectionGround):
        assert len({one.label for one in kind}) == len(kind)


def test_a_clock_names_the_article_it_comes_from():
    for stage in Stage:
        named = stage.source.partition(" dan ")[0]
        assert not named or parse(named).article


def test_only_two_stages_wait_for_the_office():
    assert [one for one in Stage if one.waits_for_office] == [Stage.ANSWER, Stage.OBJECTION_ANSWER]


def test_an_outcome_that_gives_a_part_also_refuses():
    assert [one for one in Outcome if one.gives] == [Outcome.GRANTED, Outcome.PART]
    assert [one for one in Outcome if one.refuses] == [Outcome.PART, Outcome.REFUSED]


def test_a_day_needs_no_day_before_it():
    assert day_obstacles(TODAY, place="on", on=TODAY) == ()
