"""What is put back is what the actions wrote."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from office.offices import START, assert_sound, office, register_item
from office.remembered import KNOWN, remembered, rows
from ppid.office import log
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Event
from ppid.office.tasks import make_up_deliveries

pytestmark = pytest.mark.django_db(databases=["default", "public"])
BUILT = []
WRITTEN = []


@remembered
def finished(on):
    """A case that ran to its end, with its edition on the public site."""
    BUILT.append(on)
    walk = office(on=on)
    item = register_item(walk)
    list(walk_to_end(walk, item.case))
    make_up_deliveries(at=walk.now)
    return walk


def written():
    """Every record, whatever its place in its table, and the keys."""
    records = set()
    for _, statement in rows():
        table, _, values = statement.removesuffix(")").partition(" VALUES (")
        records |= {f"{table}: {one}" for one in values.split("), (")}
    return records, {file.name: file.read_bytes() for file in settings.KEYS.iterdir()}


@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_second_time_is_the_first_row_for_row_and_goes_on(turn):
    walk = finished(START)
    WRITTEN.append(written())

    assert_sound()
    register_item(walk, title="Lain", number="2/PPID/2026")
    assert_sound()
    assert BUILT == [START]
    assert WRITTEN[0] == WRITTEN[-1]
    assert any("INTO public_search" in one for one in WRITTEN[-1][0])


def test_what_was_given_out_is_nobody_elses():
    office().tick()
    (kept,) = [one for key, one in KNOWN.items() if key[1:] == ("office", "()", "[]")]
    assert kept.made.now == office_now()


def office_now():
    return datetime.combine(START, time(8), tzinfo=ZoneInfo("Asia/Jakarta"))


def test_beside_another_office_the_actions_build_themselves():
    office()
    before = Event.objects.count()
    office("kedua")
    assert Event.objects.count() > before
    assert_sound()


def test_once_something_is_patched_the_actions_build_themselves(monkeypatch):
    def broken(*given, **more):
        raise ZeroDivisionError

    monkeypatch.setattr(log, "_insert_event", broken)
    with pytest.raises(ZeroDivisionError):
        office()
