"""The list of public information (DIP) against the exempt list: no information is on both."""

from uuid import uuid4

import pytest
import time_machine

from office.factories import sign_in
from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    letter,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.pages import send, visit
from office.remembered import remembered
from ppid.errors import BadInput, NotFound, Refused
from ppid.law.consequence_test import Part
from ppid.office.actions.determinations import determine
from ppid.office.actions.public_list import ListedTitle, add_titles, listed_titles, remove_title
from ppid.office.models import Event, Person, PublicListEntry

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def walk():
    return office()


def entered(walk, *titles, role="petugas_ppid", act=None):
    """Enter titles and return how many were new."""
    rows = [ListedTitle(title, "Dinas Kesehatan") for title in titles]
    return add_titles(walk.body, rows=rows, by=who(walk, role), at=walk.tick(), act=act)


def test_titles_are_entered_once_however_they_are_spelt(walk):
    first = entered(walk, "Laporan keuangan 2025", "Profil badan publik")
    again = entered(walk, "LAPORAN  keuangan, 2025", "Rencana kerja", "rencana kerja")

    assert (first, again) == (2, 1)
    assert len(listed_titles(walk.body.pk)) == 3
    assert Event.objects.filter(kind="public_list.added").count() == 2
    assert_sound()


def test_entering_what_is_listed_already_writes_nothing(walk):
    entered(walk, "Profil")
    before = Event.objects.count()
    assert entered(walk, "profil") == 0
    assert Event.objects.count() == before


@pytest.mark.parametrize(("part", "barred"), [(Part.WHOLE, True), (Part.PART, False)])
def test_what_is_on_the_public_list_is_not_closed_as_a_whole(walk, part, barred):
    entered(walk, "Rekam medis pasien")
    case = case_in(walk)
    item = item_in(walk, case)
    parts = "Halaman 2" if part is Part.PART else ""
    write_sheet(walk, item, part=part, parts=parts, reason_whole="Tak terpisahkan.")
    approved(walk, case, item)

    if not barred:
        assert determined(walk, case, item)
        return
    with pytest.raises(Refused) as error:
        determine(
            case, items=[item], letter=letter(walk), by=who(walk, "ppid_utama"), at=walk.tick()
        )
    assert codes(error) == {"item_in_public_list"}


def whole(walk):
    """Return an item of the register that is closed as a whole."""
    return register_item(walk, part=Part.WHOLE, parts="", reason_whole="Tak terpisahkan.")


def test_what_is_exempt_as_a_whole_does_not_enter_the_public_list(walk):
    whole(walk)
    with pytest.raises(BadInput) as error:
        entered(walk, "Profil", "rekam medis PASIEN")
    assert codes(error) == {"item_exempt"}
    assert "Baris 2" in error.value.findings[0].message
    assert listed_titles(walk.body.pk) == []


def test_what_was_opened_may_enter_the_public_list(walk):
    opened(walk, whole(walk))
    assert entered(walk, "Rekam medis pasien") == 1


def test_a_title_is_taken_off_again(walk):
    entered(walk, "Profil", "Rencana kerja")
    profile = PublicListEntry.objects.get(title="Profil")

    remove_title(profile.pk, body=walk.body, by=who(walk, "ppid_utama"), at=walk.tick())

    assert listed_titles(walk.body.pk) == ["Rencana kerja"]
    assert_sound()


def test_a_title_of_another_body_is_not_there_to_be_taken_off(walk):
    entered(walk, "Profil")
    other = office("kabupaten")
    entry = PublicListEntry.objects.get().pk
    with pytest.raises(NotFound):
        remove_title(entry, body=other.body, by=who(other, "ppid_utama"), at=other.tick())


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik", "ppid_pelaksana"])
def test_not_everybody_keeps_the_public_list(walk, role):
    entered(walk, "Profil")
    with pytest.raises(Refused) as added:
        entered(walk, "Lain", role=role)
    entry = PublicListEntry.objects.get().pk
    with pytest.raises(Refused) as removed:
        remove_title(entry, body=walk.body, by=who(walk, role), at=walk.tick())
    assert codes(added) == codes(removed) == {"not_authorised"}


@pytest.mark.parametrize("count", [0, 5001])
def test_no_rows_and_too_many_are_refused(walk, count):
    with pytest.raises(BadInput) as error:
        entered(walk, *(f"Judul {number}" for number in range(count)))
    assert codes(error) == {"rows_missing"}


def on_page(client, walk, role):
    sign_in(client, Person.objects.get(pk=who(walk, role)))


def test_rows_are_pasted_with_their_holder_and_taken_off_on_the_page(client, walk):
    with time_machine.travel(walk.now, tick=False):
        on_page(client, walk, "petugas_ppid")
        send(client, "public_list", rows="Profil; Sekretariat\n\nRencana kerja\tBappeda\n")
        page = visit(client, "public_list")
        found = {one.title: one.holder for one in page.context["part"].rows}
        send(client, "public_list_remove", PublicListEntry.objects.get(title="Profil").pk)

    assert found == {"Profil": "Sekretariat", "Rencana kerja": "Bappeda"}
    assert listed_titles(walk.body.pk) == ["Rencana kerja"]


def test_a_row_that_is_too_long_or_exempt_is_named_on_the_page(client, walk):
    whole(walk)
    with time_machine.travel(walk.now, tick=False):
        on_page(client, walk, "petugas_ppid")
        long = send(client, "public_list", status=200, rows=f"Profil\n{'x' * 301}")
        exempt = send(client, "public_list", status=200, rows="Rekam medis pasien")
    assert "Baris 2" in str(long.context["form"].errors["rows"])
    assert [one.code for one in exempt.context["findings"]] == ["item_exempt"]


def test_who_only_reads_sees_the_list_and_why_they_may_not_change_it(client, walk):
    entered(walk, "Profil")
    with time_machine.travel(walk.now, tick=False):
        on_page(client, walk, "auditor")
        page = visit(client, "public_list")
        refused = send(client, "public_list", status=403, rows="Lain")
    assert [one.code for one in page.context["obstacles"]] == ["not_authorised"]
    assert [one.code for one in refused.context["findings"]] == ["not_authorised"]


def test_who_only_manages_the_system_does_not_read_the_list(client, walk):
    appoint(walk, "pengelola_sistem")
    with time_machine.travel(walk.now, tick=False):
        on_page(client, walk, "pengelola_sistem")
        visit(client, "public_list", status=403)


def test_the_same_form_enters_its_titles_once(client, walk):
    act = uuid4()
    with time_machine.travel(walk.now, tick=False):
        on_page(client, walk, "petugas_ppid")
        for _ in range(2):
            send(client, "public_list", rows="Profil", act=act)
    assert Event.objects.filter(kind="public_list.added").count() == 1
