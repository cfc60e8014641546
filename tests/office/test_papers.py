"""The papers of the office: what each says, and who may have it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from office.factories import sign_in
from office.offices import (
    appoint,
    approved,
    case_in,
    determined,
    item_in,
    office,
    opened,
    register_item,
    sheet,
    who,
    write_sheet,
)
from office.pages import visit
from office.remembered import remembered
from papers.reading import faults, page_sizes, text_of
from ppid.law.term import DateTerm
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.reclassifications import begin_change
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Body, Event, Person, SopVersion
from ppid.office.queries.papers.citations import basis_of_a_determination, in_full

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    """An office, and a determined item with words of its own in every field."""
    walk = office()
    item = register_item(
        walk,
        information="Isi rahasia satu",
        document="Berkas rahasia dua",
        consequence_if_closed="Akibat tertutup tiga",
        parts="Bagian empat",
    )
    return walk, item


def paper(client, walk, route, *args, role="ppid_utama", status=200):
    """Return the PDF that somebody in the role gets, at the hour of the walk."""
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, role)))
        answer = visit(client, route, *args, status=status)
    if status != 200:
        return b""
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    return answer.content


def test_the_sheet_says_what_was_tested_and_who_signs(client, desk):
    walk, item = desk
    made = sheet(walk)

    printed = paper(client, walk, "paper_test", item.determined_test_id)

    text = text_of(printed)
    for words in (
        "LEMBAR PENGUJIAN KONSEKUENSI",
        "Pada hari Senin, tanggal 2 Maret 2026, bertempat di Kota",
        "Isi rahasia satu",
        "Berkas rahasia dua",
        "Undang-Undang Nomor 14 Tahun 2008 Pasal 17 huruf h angka 2",
        made.consequence_if_open,
        "Akibat tertutup tiga",
        made.public_interest,
        "Sebagian: Bagian empat",
        "2 tahun sejak 2 Maret 2026, sampai 2 Maret 2028",
        "Bukan salah satu dari huruf a sampai dengan g.",
        "diusulkan dikecualikan sebagian",
        *(one.name for one in made.participants),
        "INTERNAL",
        "PPID Utama,",
    ):
        assert words in text
    assert "RANCANGAN" not in text
    assert faults(printed) == set()


def test_the_copy_for_the_public_holds_only_what_was_marked(client, desk):
    walk, item = desk

    text = text_of(paper(client, walk, "paper_test_public", item.determined_test_id))

    assert "Rekam medis pasien" in text
    assert sheet(walk).consequence_if_open in text
    for secret in ("rahasia satu", "rahasia dua", "tertutup tiga", "Bagian empat", "INTERNAL"):
        assert secret not in text
    assert "Tidak dimuat dalam salinan ini" in text


def test_an_unfinished_sheet_is_a_draft_with_lines_to_write_on(client):
    walk = office()
    item = item_in(walk, case_in(walk))
    test = write_sheet(walk, item, consequence_if_open="", participants=(), tested_on=None)

    text = text_of(paper(client, walk, "paper_test", test.pk))

    assert "RANCANGAN: lembar ini belum lengkap" in text
    assert "Belum diisi" in text
    assert "belum selesai" in text
    assert "Pada hari ....." in text


@pytest.mark.parametrize(
    ("sample", "words"),
    [(0, "Persetujuan tertulis yang bersangkutan"), (9, "Akibat bagi memorandum atau surat")],
)
def test_the_sheet_answers_what_its_ground_asks(client, sample, words):
    walk = office()
    item = item_in(walk, case_in(walk))
    test = write_sheet(walk, item, sample=sample)

    assert words in text_of(paper(client, walk, "paper_test", test.pk))


def test_the_letter_has_the_six_parts_that_the_law_asks_for(client, desk):
    walk, item = desk

    printed = paper(client, walk, "paper_letter", item.determination_id)

    text = text_of(printed)
    for words in (
        "SURAT PENETAPAN KLASIFIKASI INFORMASI YANG DIKECUALIKAN",
        "Nomor: 1/PPID/2026",
        "Pasal 17 huruf h angka 2 Sebagian",
        "Penetapan ini dibuat oleh ppid_utama, PPID Utama, pada Dinas Kominfo, Pemerintah Kota.",
        "2 tahun sejak 2 Maret 2026, sampai 2 Maret 2028",
        "Akibat bila dibuka: " + sheet(walk).consequence_if_open[:30],
        "Ditetapkan di Kota pada tanggal 2 Maret 2026",
        "Menyetujui,",
        "disetujui pimpinan_badan_publik sebagai pimpinan Badan Publik pada tanggal 2 Maret 2026",
        "Peraturan Pemerintah Nomor 61 Tahun 2010 tentang Pelaksanaan",
        "Isi rahasia satu",
    ):
        assert words in text
    assert page_sizes(printed) == [(210, 297), (297, 210)]
    assert faults(printed) == set()


def test_the_copy_of_the_letter_has_the_public_titles(client, desk):
    walk, item = desk

    text = text_of(paper(client, walk, "paper_letter_public", item.determination_id))

    assert "Rekam medis pasien" in text
    assert "rahasia" not in text


def test_a_term_that_the_head_fixes_says_so(client):
    walk = office()
    item = register_item(walk, sample=3)

    text = text_of(paper(client, walk, "paper_letter", item.determination_id))

    assert "Ditetapkan pimpinan tertinggi Badan Publik" in text


def test_a_letter_of_change_names_the_letter_it_changes(client, desk):
    walk, item = desk
    list(walk_to_end(walk, item.case))
    item.refresh_from_db()
    walk.now += timedelta(days=30)
    version = SopVersion.objects.get(body=walk.body)
    case = begin_change(
        item, into=version, reason="Lewat.", by=who(walk, "petugas_ppid"), at=walk.tick()
    )
    write_sheet(walk, item, term=DateTerm(walk.today, date(2029, 1, 1)))
    approved(walk, case, item)
    letter = determined(walk, case, item, number="2/PPID/2026/BARU")

    text = text_of(paper(client, walk, "paper_letter", letter.pk))

    assert "SURAT PENGUBAHAN KLASIFIKASI" in text
    assert "MengubahpenetapanNomor1/PPID/2026tanggal2Maret2026" in text.replace(" ", "")
    assert "Pasal 10 ayat (2)" in text


def test_the_internal_list_has_the_columns_of_a_list(client, desk):
    walk, item = desk

    text = text_of(paper(client, walk, "paper_list"))

    for words in (
        "Konsekuensi bila dibuka",
        "Jangka waktu",
        "Isi rahasia satu",
        "Dinas Kesehatan Nomor 1/PPID/2026",
        "1 informasi",
        "INTERNAL",
    ):
        assert words in text


def test_the_list_of_an_edition_says_what_was_published_and_no_more(client, desk):
    walk, item = desk
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())

    text = text_of(paper(client, walk, "paper_edition"))

    assert "Edisi 1. Keadaan pada 2 Maret 2026, 1 informasi" in text
    assert "Rekam medis pasien" in text
    assert "Tidak diumumkan" in text
    for secret in ("rahasia", "tertutup tiga", "INTERNAL"):
        assert secret not in text


def test_before_the_first_edition_there_is_no_public_list(client, desk):
    walk, _ = desk

    paper(client, walk, "paper_edition", status=404)


def test_an_opening_makes_a_letter_and_takes_the_item_from_the_list(client, desk):
    walk, item = desk
    opened(walk, item)
    day = walk.today.isoformat()

    text = text_of(paper(client, walk, "paper_opening", day))

    assert "SURAT PENETAPAN PEMBUKAAN INFORMASI" in text
    assert "DAPAT DIAKSES BERDASARKAN PERMINTAAN" in text.upper()
    assert "Rekam medis pasien Dinas Kesehatan" in text
    assert "12/2026" in text
    assert "rahasia satu" not in text
    assert "0 informasi" in text_of(paper(client, walk, "paper_list"))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-02-30", "kemarin"])
def test_a_day_without_an_opening_has_no_letter(client, desk, day):
    walk, item = desk
    opened(walk, item)

    paper(client, walk, "paper_opening", day, status=404)


def test_the_list_of_what_may_be_had_on_request_is_printed(client, desk):
    walk, _ = desk

    text = text_of(paper(client, walk, "paper_requestable"))

    assert "DAFTAR INFORMASI YANG DAPAT DIAKSES BERDASARKAN PERMINTAAN" in text
    assert "belum memuat informasi" in text
    assert "nomor 0" not in text


ROUTES = ("paper_test", "paper_test_public", "paper_letter", "paper_letter_public")


@pytest.mark.parametrize("route", ROUTES)
def test_who_may_not_see_the_item_gets_no_paper(client, desk, route):
    walk, item = desk
    appoint(walk, "pengelola_sistem")
    given = item.determined_test_id if "test" in route else item.determination_id

    paper(client, walk, route, given, role="pengelola_sistem", status=404)
    paper(client, walk, route, uuid4(), status=404)


@pytest.mark.parametrize("route", ["paper_list", "paper_requestable", "paper_edition"])
def test_who_may_not_read_gets_no_list(client, desk, route):
    walk, _ = desk
    appoint(walk, "pengelola_sistem")

    paper(client, walk, route, role="pengelola_sistem", status=403)


def test_another_agency_sees_neither_the_letter_nor_the_line(client, desk):
    walk, item = desk
    other = appoint(walk, "ppid_pelaksana", agency=walk.agencies[1], name="lain")
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, other)

        visit(client, "paper_letter", item.determination_id, status=404)
        listed = visit(client, "paper_list")

    assert "0 informasi" in text_of(listed.content)
    assert "Hanya informasi perangkat daerah Anda sendiri." in text_of(listed.content)


@pytest.mark.parametrize("of_two", [False, True])
def test_an_agency_is_led_to_a_letter_only_if_it_may_have_it(client, of_two):
    walk = office()
    case = case_in(walk)
    items = [item_in(walk, case, agency=one) for one in walk.agencies[: 1 + of_two]]
    for item in items:
        write_sheet(walk, item)
    approved(walk, case, *items)
    letter = determined(walk, case, *items)
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[0], name="satu"))

        page = visit(client, "item", items[0].pk).content.decode()
        visit(client, "paper_letter", letter.pk, status=404 if of_two else 200)

    assert (f"/penetapan/{letter.pk}" in page) is not of_two
    assert ("juga memuat informasi perangkat daerah lain" in page) is of_two


def test_an_office_prints_on_the_paper_and_with_the_head_it_has_set(client, desk):
    walk, item = desk
    choices = {"paper_size": "f4", "letterhead_lines": ["Jalan Merdeka Nomor 1"]}
    appoint(walk, "pengelola_sistem")
    change_settings(
        Body.objects.get(), by=who(walk, "pengelola_sistem"), at=walk.tick(), choices=choices
    )

    printed = paper(client, walk, "paper_letter", item.determination_id)

    assert page_sizes(printed) == [(215, 330), (330, 215)]
    assert "Jalan Merdeka Nomor 1" in text_of(printed)


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        ("UU 14/2008 ps. 17 huruf h angka 2", "Nomor 14 Tahun 2008 Pasal 17 huruf h angka 2"),
        ("PP 61/2010 ps. 3 (1)", "Peraturan Pemerintah Nomor 61 Tahun 2010 Pasal 3 ayat (1)"),
        ("Rahasia jabatan", "Rahasia jabatan"),
    ],
)
def test_a_citation_is_written_out(cited, words):
    assert words in in_full(cited)


def test_a_letter_of_2012_does_not_rest_on_what_came_later():
    titles = basis_of_a_determination(on=date(2012, 6, 1))

    assert not any("2017" in one or "2021" in one for one in titles)
    assert titles[-1].endswith(".")


def test_the_sheet_of_an_sop_is_printed_as_it_is_shown(client, desk):
    walk, _ = desk

    printed = paper(client, walk, "paper_sop", SopVersion.objects.get(body=walk.body).pk)

    assert "Mempertimbangkan" in text_of(printed)
    assert set(page_sizes(printed)) == {(297, 210)}
    assert faults(printed) == set()


@pytest.mark.parametrize(
    ("route", "kinds"),
    [
        ("paper_test", ["document.read"]),
        ("paper_test_public", []),
        ("paper_letter", ["document.read"]),
        ("paper_letter_public", []),
        ("paper_list", ["list.exported"]),
    ],
)
def test_only_a_paper_that_shows_what_is_exempt_leaves_a_trace(client, desk, route, kinds):
    walk, item = desk
    given = {"paper_test": item.determined_test_id, "paper_letter": item.determination_id}

    paper(client, walk, route, *[pk for name, pk in given.items() if route.startswith(name)])

    traces = Event.objects.filter(kind__in=["document.read", "list.exported"])
    assert list(traces.values_list("kind", flat=True)) == kinds
