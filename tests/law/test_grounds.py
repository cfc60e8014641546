"""The grounds of Pasal 17 and the never-exempt list of Pasal 18, as dated data."""

from collections import Counter
from datetime import date

import pytest

from ppid.errors import BadInput
from ppid.law.grounds import TermRule, TermSetBy, ground, grounds, never_exempt
from ppid.law.reference import parse

TODAY = date(2026, 1, 15)
POINTS = {"a": 5, "b": 0, "c": 7, "d": 0, "e": 7, "f": 4, "g": 0, "h": 5, "i": 0, "j": 0}


def test_ten_letters_and_their_points_make_thirty_eight_grounds():
    found = grounds(on=TODAY)

    points = Counter(each.letter for each in found if each.number)
    assert len(found) == len({each.code for each in found}) == 38
    assert {each.letter: points[each.letter] for each in found} == POINTS
    assert all(each.has_points == (POINTS[each.letter] > 0) for each in found)


def test_a_ground_prints_its_code_its_label_and_its_citation():
    found = ground("a.2", on=TODAY)

    assert (found.code, found.label) == ("a.2", "Pasal 17 huruf a angka 2")
    assert found.citation == "UU 14/2008 ps. 17 huruf a angka 2"
    assert ground("b", on=TODAY).label == "Pasal 17 huruf b"


def test_every_source_reads_back_as_the_citation_of_its_ground():
    for each in grounds(on=TODAY):
        assert str(parse(each.source)) == each.citation
        assert parse(each.term_source).article


@pytest.mark.parametrize(
    ("letters", "rule", "years", "by"),
    [
        ("a", TermRule.MAX_YEARS, 30, TermSetBy.PPID),
        ("bgi", TermRule.BY_LEGISLATION, None, TermSetBy.PPID),
        ("cdef", TermRule.AS_NEEDED, None, TermSetBy.HEAD),
        ("h", TermRule.AS_NEEDED, None, TermSetBy.PPID),
        ("j", TermRule.PER_CITED_ACT, None, TermSetBy.PPID),
    ],
)
def test_each_letter_has_the_term_rule_of_the_government_regulation(letters, rule, years, by):
    for each in grounds(on=TODAY):
        if each.letter in letters:
            assert (each.term_rule, each.max_years, each.term_set_by) == (rule, years, by)


def test_only_a_to_f_are_never_permanent():
    found = {each.letter for each in grounds(on=TODAY) if each.never_permanent}

    assert found == set("abcdef")


def test_only_a_g_h_and_i_open_early():
    found = {each.letter for each in grounds(on=TODAY) if each.opens_early}

    assert found == set("aghi")


def test_the_grounds_hold_from_the_day_the_act_took_effect():
    assert grounds(on=date(2010, 4, 29)) == ()
    assert len(grounds(on=date(2010, 4, 30))) == 38


def test_the_thirty_years_hold_from_the_day_of_the_government_regulation():
    before, since = (ground("a.1", on=date(2010, 8, day)) for day in (22, 23))

    assert (before.term_rule, before.max_years) == (TermRule.UNREGULATED, None)
    assert (since.term_rule, since.max_years) == (TermRule.MAX_YEARS, 30)


@pytest.mark.parametrize("code", ["", "k", "a.6", "b.1", "A", "a.0"])
def test_a_ground_that_the_act_does_not_have_is_bad_input(code):
    with pytest.raises(BadInput) as refused:
        ground(code, on=TODAY)

    assert refused.value.codes == ("ground_unknown",)


def test_seven_kinds_are_never_exempt_each_with_its_article():
    found = never_exempt(on=TODAY)

    assert [each.code for each in found] == list("abcdefg")
    assert [parse(each.source).letter for each in found] == list("abcdefg")
    assert never_exempt(on=date(2010, 4, 29)) == ()
