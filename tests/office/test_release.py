"""The last look before the door: personal numbers, and words that were not released."""

import pytest

from office.offices import (
    approved,
    case_in,
    codes,
    determined,
    item_in,
    office,
    register_item,
    sheet,
    who,
    write_sheet,
)
from ppid.errors import Refused
from ppid.law.term import EventTerm
from ppid.office.actions.consequence_tests import newest_test, write_test
from ppid.office.actions.editions import publish_edition
from ppid.office.confidential_words import RUN, holds, runs, words_of
from ppid.office.models import Event, Item
from ppid.office.queries.release import item_release

pytestmark = pytest.mark.django_db(databases=["default", "public"])

NIK = "3171011708450001"
LONG = "Dokter yang merawat pasien itu akan dituntut oleh keluarga korban bila namanya terbuka"


def publish(walk, **more):
    return publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick(), **more)


def found(item):
    return {(one.code, one.place) for one in item_release(item, newest_test(item))}


@pytest.mark.parametrize("number", [NIK, "3171 0117 0845 0001", "0812-3456-7890"])
def test_a_number_in_a_public_title_is_found_while_it_can_be_changed(number):
    walk = office()
    item = item_in(walk, case_in(walk), public_title=f"Rekam medis {number}")
    assert found(item) == {("personal_number", "Judul umum")}


def test_the_number_itself_is_not_repeated_by_what_is_said_of_it():
    walk = office()
    item = item_in(walk, case_in(walk), public_title=f"Rekam medis {NIK} di Kota")
    (one,) = item_release(item, None)
    assert NIK not in str(one) + one.hint
    assert "Rekam medis" in one.hint


def test_a_letter_leaves_out_an_item_that_could_not_be_published():
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case, public_title=f"Rekam medis {NIK}")
    write_sheet(walk, item)
    approved(walk, case, item)
    with pytest.raises(Refused) as refused:
        determined(walk, case, item)
    assert codes(refused) == {"personal_number"}


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"consequence_if_open": f"Pasien dengan NIK {NIK} dirugikan."}, "Konsekuensi bila dibuka"),
        ({"public_interest": f"Hubungi 081234567890. {LONG}"}, "Pertimbangan kepentingan publik"),
        ({"statutes": (f"Surat kuasa {NIK}",)}, "Dasar hukum"),
    ],
)
def test_every_text_that_is_to_be_public_is_read(values, place):
    walk = office()
    item = item_in(walk, case_in(walk))
    write_sheet(walk, item, **values)
    assert found(item) == {("personal_number", place)}


def test_the_event_that_ends_a_term_is_read():
    walk = office()
    item = item_in(walk, case_in(walk))
    term = EventTerm(walk.today, event=f"Wafatnya {NIK}", review_on=walk.today.replace(year=2027))
    write_sheet(walk, item, term=term)
    assert found(item) == {("personal_number", "Peristiwa yang mengakhiri")}


def test_reasoning_that_was_not_released_may_not_stand_in_one_that_was():
    walk = office()
    item = item_in(walk, case_in(walk))
    write_sheet(walk, item, parts=LONG, consequence_if_open=f"Karena: {LONG.upper()}!")
    assert found(item) == {("unreleased_text", "Konsekuensi bila dibuka")}


def test_the_same_sentence_released_elsewhere_in_the_sheet_is_no_leak():
    walk = office()
    item = item_in(walk, case_in(walk))
    write_sheet(walk, item, public_interest=LONG, consequence_if_open=LONG, parts=LONG)
    assert found(item) == set()


def test_a_sheet_that_releases_nothing_releases_no_number():
    walk = office()
    item = item_in(walk, case_in(walk))
    write_test(
        item,
        sheet=sheet(walk, consequence_if_open=f"NIK {NIK}"),
        publishable=(),
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )
    assert found(item) == set()


def test_an_edition_with_a_personal_number_is_refused_whatever_the_reason():
    walk = office()
    item = register_item(walk)
    Item.objects.filter(pk=item.pk).update(public_title=f"Rekam medis {NIK}")
    with pytest.raises(Refused) as refused:
        publish(walk, cleared="Sudah diperiksa")
    assert codes(refused) == {"personal_number"}
    assert not walk.body.editions.exists()


def test_a_title_used_inside_too_wants_a_reason_and_the_reason_is_logged():
    walk = office()
    case = case_in(walk)
    item = item_in(walk, case, title="Rekam medis pasien", public_title="Rekam Medis Pasien.")
    write_sheet(walk, item)
    approved(walk, case, item)
    determined(walk, case, item)

    with pytest.raises(Refused) as refused:
        publish(walk, cleared="  ")
    publish(walk, cleared="Nama jenis dokumen, tanpa nama orang")

    said = Event.objects.get(kind="edition.published").sealed["cleared"]["value"]
    assert codes(refused) == {"inside_title"}
    assert said["reason"] == "Nama jenis dokumen, tanpa nama orang"
    assert said["findings"] == [{"code": "inside_title", "place": f"{item.public_id}: Judul umum"}]


def test_words_that_another_item_keeps_inside_want_a_reason():
    walk = office()
    register_item(walk, parts=LONG, title="Laporan kejadian")
    register_item(walk, number="2/PPID/2026", consequence_if_open=f"Ternyata {LONG.lower()} besok.")
    with pytest.raises(Refused) as refused:
        publish(walk)
    assert codes(refused) == {"close_to_confidential"}
    assert publish(walk, cleared="Rumusan baku").number == 1


def test_seven_words_alike_are_chance():
    walk = office()
    seven = " ".join(LONG.split()[:7])
    register_item(walk, parts=LONG, title="Laporan kejadian")
    register_item(walk, number="2/PPID/2026", consequence_if_open=f"{seven} lain sama sekali.")
    assert publish(walk).number == 1


def test_what_is_public_already_is_not_asked_again():
    walk = office()
    register_item(walk, parts=LONG, title="Laporan kejadian")
    register_item(walk, number="2/PPID/2026", consequence_if_open=f"Ternyata {LONG.lower()} besok.")
    publish(walk, cleared="Rumusan baku")
    register_item(walk, number="3/PPID/2026", consequence_if_open=f"Lagi: {LONG.lower()} lusa.")

    again = publish(walk)

    assert (again.number, len(again.content["entries"])) == (2, 3)
    assert "cleared" not in Event.objects.filter(kind="edition.published").last().sealed


def test_words_are_compared_without_case_accents_and_marks():
    assert words_of("Pé\u200bLAPOR, (si) pelapor!") == ("pelapor", "si", "pelapor")


def test_a_run_is_found_anywhere_and_nothing_is_held_by_all():
    words = words_of("satu dua tiga empat lima enam tujuh delapan sembilan")
    assert len(runs(words)) == 2
    assert runs(words[: RUN - 1]) == set()
    assert holds(words, words_of("tiga empat"))
    assert not holds(words, words_of("empat tiga"))
    assert not holds(words, ())
