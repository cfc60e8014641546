"""Drafts of a sheet: the writer's own, offered again, gone with the save, in no event."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from office.factories import sign_in
from office.offices import (
    appoint,
    approved,
    case_in,
    codes,
    determined,
    item_in,
    office,
    who,
    write_sheet,
)
from office.pages import send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.sheet_drafts import MOST_LETTERS, keep_sheet_draft, sheet_draft
from ppid.office.models import Draft, Event, Person

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TYPED = {"information": ["Diagnosis pasien"], "memo_harms": ["kejujuran", "negosiasi"]}


@pytest.fixture
@remembered
def desk():
    walk = office()
    case = case_in(walk)
    return walk, case, item_in(walk, case)


def kept(walk, item, role="petugas_ppid", *, content=TYPED):
    keep_sheet_draft(item, content=content, by=who(walk, role), at=walk.tick())


def test_a_draft_is_kept_for_its_writer_alone_and_in_no_event(desk):
    walk, _, item = desk
    before = Event.objects.count()

    kept(walk, item)

    assert sheet_draft(item, by=who(walk, "petugas_ppid")).content == TYPED
    assert sheet_draft(item, by=who(walk, "ppid_utama")) is None
    assert Event.objects.count() == before


def test_the_newest_draft_takes_the_place_of_the_one_before(desk):
    walk, _, item = desk
    kept(walk, item)
    kept(walk, item, content={"information": ["Lain"]})
    assert Draft.objects.get().content == {"information": ["Lain"]}


def test_a_sheet_that_was_saved_later_overtakes_the_draft(desk):
    walk, _, item = desk
    kept(walk, item)
    write_sheet(walk, item, by=who(walk, "ppid_utama"))
    assert sheet_draft(item, by=who(walk, "petugas_ppid")) is None


def test_a_determination_ends_everybody_s_drafts(desk):
    walk, case, item = desk
    write_sheet(walk, item)
    approved(walk, case, item)
    kept(walk, item)
    kept(walk, item, "ppid_utama")
    determined(walk, case, item)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik", "tim_pertimbangan"])
def test_who_may_not_write_the_sheet_keeps_no_draft_of_it(desk, role):
    walk, _, item = desk
    with pytest.raises(Refused) as error:
        kept(walk, item, role)
    assert codes(error) == {"not_authorised"}


def test_a_draft_has_an_end(desk):
    walk, _, item = desk
    with pytest.raises(BadInput) as error:
        kept(walk, item, content={"information": ["x" * MOST_LETTERS]})
    assert codes(error) == {"draft_too_long"}


@pytest.fixture
def writing(client, desk):
    """The desk on its day, with the clerk signed in."""
    walk, case, item = desk
    with time_machine.travel(walk.now, tick=False) as clock:
        sign_in(client, Person.objects.get(pk=who(walk, "petugas_ppid")))
        yield walk, item, clock


HALF = {
    "information": "Diagnosis pasien",
    "term_kind": "date",
    "starts_on_hari": "31",
    "starts_on_bulan": "2",
    "starts_on_tahun": "",
    "memo_harms": ["kejujuran", "negosiasi"],
}


def test_the_script_is_answered_without_content(client, writing):
    _, item, _ = writing
    address = reverse("sheet_draft", args=[item.pk])
    answer = client.post(address, HALF, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert "act" not in Draft.objects.get().content


def test_the_button_keeps_the_draft_and_the_page_goes_on_from_it(client, writing):
    _, item, _ = writing

    answer = send(client, "sheet_draft", item.pk, **HALF)
    form = client.get(answer.url).context["form"]

    assert form["information"].value() == "Diagnosis pasien"
    assert [box.value for box in form["starts_on"].date_boxes] == ["31", "2", ""]
    assert form["memo_harms"].value() == ["kejujuran", "negosiasi"]
    assert form.errors == {}


def test_coming_back_the_draft_is_offered_and_not_forced(client, writing):
    _, item, _ = writing
    send(client, "sheet_draft", item.pk, **HALF)

    page = visit(client, "sheet", item.pk)
    chosen = visit(client, "sheet", item.pk, draf="pakai")

    assert page.context["draft"] is not None
    assert page.context["form"]["information"].value() == ""
    assert (chosen.context["draft"], chosen.context["taken_up"]) == (None, True)


def test_nobody_else_is_offered_the_draft(client, writing):
    walk, item, _ = writing
    send(client, "sheet_draft", item.pk, **HALF)

    sign_in(client, Person.objects.get(pk=who(walk, "ppid_utama")))
    page = visit(client, "sheet", item.pk)

    assert page.context["draft"] is None
    assert page.context["form"]["information"].value() == ""


def test_saving_the_sheet_ends_the_draft(client, writing):
    _, item, clock = writing
    send(client, "sheet_draft", item.pk, **HALF)
    clock.shift(timedelta(minutes=1))

    send(client, "sheet", item.pk, information="Diagnosis pasien")

    assert not Draft.objects.exists()


def test_a_sheet_with_a_mistake_keeps_the_draft(client, writing):
    _, item, _ = writing
    send(client, "sheet_draft", item.pk, **HALF)
    send(client, "sheet", item.pk, status=200, **HALF)
    assert Draft.objects.exists()


def test_a_draft_is_thrown_away_on_demand(client, writing):
    _, item, _ = writing
    send(client, "sheet_draft", item.pk, **HALF)
    send(client, "sheet_draft_drop", item.pk)
    assert visit(client, "sheet", item.pk).context["draft"] is None


def test_nobody_keeps_or_drops_a_draft_of_an_item_they_may_not_see(client, desk):
    walk, _, item = desk
    other = appoint(walk, "ppid_pelaksana", name="BKD", agency=walk.agencies[1])
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, other)
        send(client, "sheet_draft", item.pk, status=404, **HALF)
        send(client, "sheet_draft_drop", item.pk, status=404)
