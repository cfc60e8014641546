"""The history of a case or an item, in words: every kind of event has its sentence."""

import pytest

from office.offices import case_in, item_in, office, opened, register_item, write_sheet
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Event
from ppid.office.projections import KINDS
from ppid.office.projections.cases import definition_of
from ppid.office.queries.history import WORDS, in_words

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_every_kind_of_event_has_its_words():
    assert set(WORDS) == set(KINDS)


def test_every_event_of_an_office_can_be_told():
    walk = office()
    item = register_item(walk)
    list(walk_to_end(walk, item.case))
    opened(walk, item)
    write_sheet(walk, item_in(walk, case_in(walk), title="Lagi"))
    sop = definition_of(item.case.sop.text)

    told = [in_words(event, sop) for event in Event.objects.order_by("id")]

    assert all(told)
    assert not [text for text in told if "{" in text]
    assert any("1/PPID/2026" in text for text in told)
