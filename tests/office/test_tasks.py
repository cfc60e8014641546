"""Background work: what fails for one body does not hold up the others."""

import pytest

from office.offices import office, register_item, who
from ppid.law.term import DateTerm
from ppid.office.actions.editions import publish_edition
from ppid.office.models import Edition, Event
from ppid.office.tasks import make_up_deliveries, watch_bodies
from ppid.public import models as public

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_what_cannot_be_delivered_for_one_body_does_not_hold_up_the_others(caplog):
    for slug in ("aaa", "bbb"):
        walk = office(slug)
        publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    Edition.objects.filter(body="aaa").update(content_hash="0" * 64)

    assert make_up_deliveries(at=walk.tick()) == 1

    assert public.Edition.objects.get().body.slug == "bbb"
    assert any("aaa" in line.getMessage() for line in caplog.records)


def test_what_cannot_be_watched_for_one_body_does_not_hold_up_the_others(keys_folder, caplog):
    for slug in ("aaa", "bbb"):
        walk = office(slug)
        for number in range(11):  # enough events that a checkpoint has to be signed
            register_item(
                walk,
                number=f"{number}/2026",
                title=f"Informasi {number}",
                term=DateTerm(walk.today, walk.today.replace(year=2027)),
            )
    (keys_folder / "aaa.key").unlink()
    later = walk.now.replace(year=2028)

    watched = [body.pk for body, _, _ in watch_bodies({}, at=later)]

    assert watched == ["bbb"]
    assert {one.body for one in Event.objects.filter(kind="item.lapsed")} == {"bbb"}
    assert any("aaa" in line.getMessage() for line in caplog.records)
