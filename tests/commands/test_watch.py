"""`ppid watch`: says what it wrote for each body; with a day it only shows, and writes nothing."""

from datetime import date, datetime, time

import pytest
import time_machine
from click.testing import CliRunner

from office.offices import office, register_item
from ppid.commands.watch import watch
from ppid.law.term import DateTerm
from ppid.office.models import Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])
END = date(2026, 9, 1)


@pytest.fixture
def ending(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.DATA = tmp_path
    walk = office()
    return walk, register_item(walk, term=DateTerm(walk.today, END))


def run(walk, day, *arguments):
    at = datetime.combine(day, time(6), tzinfo=walk.body.zone)
    with time_machine.travel(at, tick=False):
        return CliRunner().invoke(watch, arguments)


def test_it_says_for_each_body_what_it_wrote(ending):
    walk, _ = ending

    first, second = run(walk, END), run(walk, END)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == "kota: 1 terbuka demi hukum, 0 pengingat.\n"
    assert second.output == "kota: 0 terbuka demi hukum, 0 pengingat.\n"


def test_with_a_day_it_shows_what_would_be_due_and_writes_nothing(ending):
    walk, item = ending
    size = Event.objects.count()

    shown = run(walk, date(2026, 3, 9), "--on", "2026-08-31")

    assert item.title in shown.output
    assert Event.objects.count() == size


def test_a_clock_that_went_backwards_is_told_on_standard_error(ending):
    walk, _ = ending
    run(walk, END)

    late = run(walk, date(2026, 3, 9))

    assert "Jam mesin mundur" in late.stderr
    assert Event.objects.filter(kind="item.lapsed").count() == 1


def test_a_day_that_is_none_is_refused(ending):
    walk, _ = ending
    assert run(walk, END, "--on", "besok").exit_code == 2
