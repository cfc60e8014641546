"""Old terms, old grounds and dates as they are written: their cases, and the readings' limits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_cases import cases
from ppid.law.ground_text import read_grounds
from ppid.law.reference import parse
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm, describe, ends_on
from ppid.law.term_kinds import in_words
from ppid.law.term_text import TermText, Wording, read_term, suggest_term
from ppid.law.written_date import find_dates, first_day

ON, DECREED = date(2026, 1, 15), date(2023, 1, 5)


@pytest.mark.parametrize("case", cases("term_texts"))
def test_old_terms(case):
    read = read_term(case["teks"])
    decreed_on = case.get("penetapan", DECREED) or None

    found = suggest_term(read, decreed_on=decreed_on, on=ON)

    assert read.wording == case["bunyi"]
    assert (describe(found) if found else "") == case.get("saran", "")


@pytest.mark.parametrize("case", cases("ground_texts"))
def test_old_grounds(case):
    found = read_grounds(case["teks"], legal_basis=case.get("dasar_hukum", ""))

    assert list(found) == case["huruf"]


@pytest.mark.parametrize("name", ["term_texts", "ground_texts"])
def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own(name):
    found = [parameter.values[0] for parameter in cases(name)]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_read_in_each_way_in_which_it_is_written(day):
    ways = (in_words(day), f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", day.isoformat())

    assert [first_day(f"SK 12 tanggal {way}.") for way in ways] == [day] * 4


def test_a_number_within_a_longer_one_is_no_year():
    assert find_dates("NIP 198501012010011001") == ()


def test_a_day_that_no_calendar_has_is_not_replaced_by_its_month():
    assert find_dates("31 Februari 2027") == ()


def test_a_text_without_a_day_names_none():
    assert first_day("SK Nomor 12 Tahun 2023") is None


def test_a_date_alone_cannot_end_before_the_term_begins():
    read = TermText(wording=Wording.DATE, starts_on=date(2026, 1, 1), ends_on=date(2025, 1, 1))

    assert suggest_term(read, decreed_on=None, on=ON) is None


@given(years=st.integers(1, 60), months=st.integers(0, 11))
def test_a_suggestion_never_lasts_longer_than_the_words_say(years, months):
    words = f"{years} tahun {months} bulan" if months else f"{years} tahun"

    found = suggest_term(read_term(words), decreed_on=DECREED, on=ON)

    end = ends_on(found)
    assert (end.year - 2023) * 12 + end.month - 1 == years * 12 + months


STARTS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 1, 14))
COMING = st.dates(min_value=date(2026, 1, 16), max_value=date(2060, 12, 31))


def read_back(term):
    """What is suggested for a term in the words in which this program exports it."""
    return suggest_term(read_term(describe(term)), decreed_on=None, on=ON)


@given(starts_on=STARTS, end=COMING)
def test_an_exported_end_is_read_back_as_it_was(starts_on, end):
    assert read_back(DateTerm(starts_on, end)) == DateTerm(starts_on, end)


@given(starts_on=STARTS, years=st.integers(1, 30), months=st.integers(0, 11))
def test_an_exported_period_is_read_back_with_its_end(starts_on, years, months):
    term = PeriodTerm(starts_on, years, months)

    found = read_back(term)

    assert (found.starts_on, ends_on(found)) == (starts_on, ends_on(term))


@given(starts_on=STARTS, review_on=COMING)
@pytest.mark.parametrize("event", ["putusan berkekuatan hukum tetap", "kontrak nomor 12 berakhir"])
def test_the_review_of_an_exported_event_is_not_taken_for_its_end(event, starts_on, review_on):
    term = EventTerm(starts_on, event, review_on)

    assert read_back(term) == term


@given(starts_on=STARTS, review_on=COMING)
def test_an_exported_act_is_read_back_with_its_review(starts_on, review_on):
    term = ActTerm(starts_on, "UU 43/2009", review_on)

    assert read_back(term) == term


@given(starts_on=STARTS, end=COMING, review_on=COMING)
def test_the_end_that_an_exported_act_names_is_read_back(starts_on, end, review_on):
    found = read_back(ActTerm(starts_on, "UU 43/2009", review_on, end))

    assert found == DateTerm(starts_on, end)
