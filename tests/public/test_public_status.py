"""Status follows from the date where the body is, whether or not anybody acts."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from ppid.public import status as status_of_day
from ppid.public.intake import accept
from ppid.public.models import Body, Entry
from ppid.public.status import Status, status, status_column, today, with_status, zone_name
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
T = date(2027, 7, 1)
MIDNIGHTS = [
    ("Asia/Jakarta", datetime(2027, 6, 30, 17, tzinfo=UTC)),
    ("Asia/Pontianak", datetime(2027, 6, 30, 17, tzinfo=UTC)),
    ("Asia/Makassar", datetime(2027, 6, 30, 16, tzinfo=UTC)),
    ("Asia/Jayapura", datetime(2027, 6, 30, 15, tzinfo=UTC)),
]


def published(timezone="Asia/Jakarta", **values):
    accept(edition_in(entry_in("A", **values), body=body_in(timezone=timezone)))
    return Entry.objects.select_related("body").get()


@pytest.mark.parametrize(("timezone", "midnight"), MIDNIGHTS)
def test_information_opens_at_local_midnight_even_if_nobody_acts(client, timezone, midnight):
    published(timezone, term_ends_on=T)

    with time_machine.travel(midnight.timestamp() - 1, tick=False):
        before = client.get("/kota-contoh/informasi/A/").content.decode()
    with time_machine.travel(midnight, tick=False):
        after = client.get("/kota-contoh/informasi/A/").content.decode()

    assert "ppid-status--exempt" in before
    assert "ppid-status--open" not in before
    assert "ppid-status--open" in after
    assert "1 Juli 2027" in after


@pytest.mark.parametrize(
    ("values", "on", "expected"),
    [
        ({"term_ends_on": T}, date(2027, 6, 30), Status.EXEMPT),
        ({"term_ends_on": T}, T, Status.OPEN),
        ({"term_ends_on": T, "opens_on": date(2026, 5, 1)}, date(2026, 4, 30), Status.EXEMPT),
        ({"term_ends_on": T, "opens_on": date(2026, 5, 1)}, date(2026, 5, 1), Status.OPEN),
        ({"term_ends_on": None, "event": "perkara diputus"}, date(2099, 1, 1), Status.EXEMPT),
        (
            {"term_ends_on": None, "event": "perkara diputus", "opens_on": T},
            T,
            Status.OPEN,
        ),
        (
            {"term_ends_on": T, "opens_soon_from": date(2027, 5, 19)},
            date(2027, 5, 18),
            Status.EXEMPT,
        ),
        ({"term_ends_on": T, "opens_soon_from": date(2027, 5, 19)}, date(2027, 5, 19), Status.SOON),
        ({"term_ends_on": T, "opens_soon_from": date(2027, 5, 19)}, T, Status.OPEN),
    ],
)
def test_status_on_a_day(values, on, expected):
    entry = published(**values)

    assert status(entry, on=on) is expected
    assert Entry.objects.values_list(status_column(on=on)).get() == (expected,)
    assert Entry.objects.filter(with_status(expected, on=on)).exists()
    if expected is not Status.SOON:
        other = Status.EXEMPT if expected is Status.OPEN else Status.OPEN
        assert not Entry.objects.filter(with_status(other, on=on)).exists()


def test_today_and_its_beginning_are_the_bodys():
    body = Body(timezone="Asia/Jayapura")

    with time_machine.travel(datetime(2027, 6, 30, 15, 0, 10, tzinfo=UTC), tick=False):
        assert today(body) == T
    assert status_of_day.midnight(body.timezone, T) == datetime(2027, 6, 30, 15, 0, tzinfo=UTC)
    assert zone_name(body) == "WIT"


def test_the_list_says_for_which_day_and_zone_it_holds(client):
    published("Asia/Makassar")

    with time_machine.travel(datetime(2027, 6, 30, 16, tzinfo=UTC), tick=False):
        page = client.get("/kota-contoh/").content.decode()

    assert "1 Juli 2027 WITA" in page
