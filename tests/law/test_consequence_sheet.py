"""The sheet as plain data: kept however incomplete, refused with every mistake when wrong."""

from datetime import date

import pytest

from law import sheets
from ppid.errors import BadInput
from ppid.law.consequence_sheet import renewed
from ppid.law.consequence_test import (
    ConsequenceTest,
    MemoHarm,
    Moment,
    Part,
    Participant,
    as_dict,
    from_dict,
    is_complete,
    missing,
)
from ppid.law.term import PeriodTerm


def test_an_empty_sheet_survives_as_plain_data():
    assert from_dict(as_dict(ConsequenceTest())) == ConsequenceTest() == from_dict({})


def test_a_full_sheet_survives_as_plain_data():
    full = sheets.sheet(
        memo_harms=["kejujuran", "negosiasi"], reason_whole="x", consent=None, public_office=True
    )

    assert from_dict(as_dict(full)) == full


def test_plain_data_becomes_the_field_s_own_kinds():
    found = sheets.sheet(memo_harms=["prematur"])

    assert (found.part, found.moment) == (Part.PART, Moment.BEFORE_REQUEST)
    assert found.memo_harms == (MemoHarm.PREMATURE,)
    assert found.term == PeriodTerm(date(2026, 3, 20), years=5)
    assert found.tested_on == date(2026, 3, 16)
    assert found.participants[1] == Participant("Peserta Dua", "Arsiparis")


def test_empty_values_are_empty_fields():
    blank = dict.fromkeys(
        ["document", "statutes", "part", "moment", "term", "tested_on", "participants", "consent"]
    )

    assert from_dict(blank | {"part": "", "statutes": ["", " "]}) == ConsequenceTest()


def test_a_sheet_does_not_change_with_the_answers_it_was_made_of():
    answers = {"a": False}
    sheet = ConsequenceTest(never_exempt_checked=answers)

    answers["a"] = True

    assert sheet.never_exempt_checked == {"a": False}
    assert sheet in {sheet}


def test_an_incomplete_participant_is_told_by_number():
    people = [{"name": "Peserta Satu", "position": "PPID"}, {"name": "Peserta Dua"}]

    found = missing(sheets.sheet(participants=people), on=sheets.DETERMINED_ON)

    assert ["ke-2" in each.message for each in found] == [True]


def test_a_sheet_is_complete_when_nothing_is_missing():
    assert is_complete(sheets.sheet(), on=sheets.DETERMINED_ON)
    assert not is_complete(sheets.sheet(document=""), on=sheets.DETERMINED_ON)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("document", 5, ("text_invalid", "document")),
        ("statutes", "UU 14/2008", ("list_invalid", "statutes")),
        ("statutes", [5], ("text_invalid", "statutes")),
        ("part", "semua", ("choice_unknown", "part")),
        ("moment", "kemarin", ("choice_unknown", "moment")),
        ("memo_harms", ["malu"], ("choice_unknown", "memo_harms")),
        ("tested_on", "16 Maret", ("date_invalid", "tested_on")),
        ("consent", "ya", ("answer_invalid", "consent")),
        ("never_exempt_checked", ["a"], ("list_invalid", "never_exempt_checked")),
        ("never_exempt_checked", {"b": None}, ("answer_invalid", "never_exempt_checked.b")),
        ("participants", ["Peserta"], ("list_invalid", "participants")),
        ("participants", [{"name": 1}], ("text_invalid", "participants.name")),
        ("term", "selamanya", ("list_invalid", "term")),
        ("term", {"kind": "date", "starts_on": "x"}, ("date_missing", "term.ends_on")),
        ("keterangan", "x", ("key_unknown", "keterangan")),
    ],
)
def test_a_wrong_value_is_a_mistake_at_its_place(field, value, problem):
    with pytest.raises(BadInput) as refused:
        sheets.sheet(**{field: value})

    assert problem in {(each.code, each.place) for each in refused.value.findings}


def test_every_mistake_is_told_at_once():
    with pytest.raises(BadInput) as refused:
        from_dict({"document": 5, "part": "semua", "x": 1, "consent": "ya"})

    assert refused.value.codes == (
        "answer_invalid",
        "text_invalid",
        "choice_unknown",
        "key_unknown",
    )


def test_a_new_test_takes_over_the_words_and_asks_the_rest_anew():
    old = sheets.sheet()

    new = renewed(old)

    assert (new.information, new.ground, new.statutes) == (
        old.information,
        old.ground,
        old.statutes,
    )
    assert (new.term, new.moment, new.tested_on, new.participants) == (None, None, None, ())
    assert (dict(new.never_exempt_checked), new.consent, new.public_office) == ({}, None, None)
