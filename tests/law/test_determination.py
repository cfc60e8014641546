"""Determinations of several items: places, and what concerns the letter as a whole."""

from law import sheets
from ppid.law.determination import (
    DISPUTE_REASONS,
    OpeningReason,
    obstacles,
)


def test_an_obstacle_of_an_item_names_the_item_and_the_field():
    bad = sheets.item(item="B-8", changes={"document": ""})

    found = obstacles(sheets.determination(sheets.item(), bad))

    assert [(each.code, each.place) for each in found] == [("document_missing", "B-8: document")]


def test_an_obstacle_of_an_item_as_a_whole_names_the_item_alone():
    found = obstacles(sheets.determination(sheets.item(opened_in_dispute=True)))

    assert [(each.code, each.place) for each in found] == [("opened_in_dispute", "B-7")]


def test_an_item_may_stand_in_a_determination_once():
    line, other = sheets.item(), sheets.item(item="B-8")

    found = obstacles(sheets.determination(line, other, line))

    assert [(each.code, each.place) for each in found] == [("item_twice", "B-7: item")]


def test_two_wrong_items_do_not_hide_each_other():
    bad = [sheets.item(item=name, approval=None) for name in ("B-1", "B-2")]

    found = obstacles(sheets.determination(*bad))

    assert [each.place for each in found] == ["B-1: approval", "B-2: approval"]


def test_an_undated_letter_without_today_still_names_what_needs_no_date():
    found = obstacles(sheets.determination(sheets.item(approval=None), determined_on=None))

    assert {each.code for each in found} == {"place_and_date_missing", "approval_missing"}


def test_objection_commission_and_court_are_what_pasal_18_calls_a_dispute():
    dispute = {OpeningReason.OBJECTION, OpeningReason.COMMISSION, OpeningReason.COURT}

    assert dispute == DISPUTE_REASONS
