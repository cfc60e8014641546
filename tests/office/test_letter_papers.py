"""The papers of the team and of requests: minutes, invitation, answers."""

from datetime import timedelta

import pytest

from office.asking import ADDRESS, PERSON, answered, asked_office, objected, received, responded
from office.asking import refused_request as refused
from office.offices import appoint
from office.remembered import remembered
from office.test_deliberations import DAY, SECRET, Desk
from office.test_papers import paper
from papers.reading import faults, page_sizes, text_of
from ppid.law.deliberation import Stance
from ppid.law.request_answer import Outcome

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    return Desk()


@pytest.fixture
def held(desk):
    """A meeting whose minutes are closed: one of five away, one of another view, one recused."""
    meeting = desk.invited()
    desk.to(desk.walk.today + DAY)
    desk.closed(
        meeting,
        number="BA/7/2026",
        present=("Ani", "Budi", "Citra", "Dedi"),
        votes={"Budi": Stance.OPEN},
    )
    meeting.refresh_from_db()
    return desk, meeting


def test_the_minutes_say_who_came_and_what_each_held(client, held):
    desk, meeting = held

    printed = paper(client, desk.walk, "paper_minutes", meeting.pk)

    text = text_of(printed)
    for words in (
        "BERITA ACARA PERTIMBANGAN Nomor: BA/7/2026",
        "Pada hari Selasa, tanggal 3 Maret 2026, pukul 09.00, bertempat di Aula",
        "Hadir 4 dari 5 anggota.",
        "Eka",
        "Tidak hadir",
        "1. Rekam medis",
        "Anjuran tim: Dikecualikan sebagian.",
        "Terbuka Pendapat berbeda " + SECRET,
        "INTERNAL",
        "Pencatat,",
    ):
        assert words in text
    assert "RANCANGAN" not in text
    assert faults(printed) == set()


def test_before_the_meeting_the_minutes_are_a_form_to_write_on(client, desk):
    meeting = desk.invited()

    text = text_of(paper(client, desk.walk, "paper_minutes", meeting.pk))

    assert "RANCANGAN" in text
    assert "Nomor: ....." in text
    assert "Hadir" not in text.replace("Kehadiran", "")
    assert text.count("Ani ") >= 3


def test_the_invitation_names_day_place_and_agenda(client, desk):
    meeting = desk.invited()

    printed = paper(client, desk.walk, "paper_invitation", meeting.pk)

    text = text_of(printed)
    for words in ("Undangan rapat", "Selasa, 3 Maret 2026", "09.00", "Aula", "1. Rekam medis"):
        assert words in text
    assert "Anggota Tim Pertimbangan: Ani Budi Citra Dedi Eka" in text
    assert faults(printed) == set()


@pytest.mark.parametrize("route", ["paper_minutes", "paper_invitation"])
def test_who_may_not_see_the_whole_agenda_gets_no_paper(client, desk, route):
    meeting = desk.invited()
    appoint(desk.walk, "pengelola_sistem")

    paper(client, desk.walk, route, meeting.pk, role="pengelola_sistem", status=404)


def test_a_refusal_names_its_grounds_and_brings_the_sheet(client):
    walk = asked_office()
    asked, item = refused(walk, information="Isi rahasia satu")

    printed = paper(client, walk, "paper_answer", asked.pk)

    text = text_of(printed)
    for words in (
        "480/1/2026",
        f"{PERSON} {ADDRESS}",
        "Keputusan kami: dikabulkan sebagian",
        "Rekapitulasi per kecamatan",
        "Nama dan diagnosis pada setiap halaman",
        "Dikecualikan: Rekam medis pasien",
        "Pasal 17 huruf h angka 2",
        "1 lembar pengujian konsekuensi (salinan)",
        "LEMBAR PENGUJIAN KONSEKUENSI",
        "SALINAN UNTUK UMUM",
        "paling lambat",
        "Komisi Informasi dalam 14 hari kerja",
    ):
        assert words in text
    assert "rahasia satu" not in text
    assert (297, 210) in page_sizes(printed)
    assert faults(printed) == set()


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan"])
def test_who_does_not_work_with_requests_sees_no_name_on_the_letter(client, role):
    walk = asked_office()
    asked, _ = refused(walk)

    text = text_of(paper(client, walk, "paper_answer", asked.pk, role=role))

    assert "data pribadi tidak ditampilkan" in text
    assert PERSON not in text
    assert ADDRESS not in text


def test_what_the_office_does_not_hold_is_said_with_who_does(client):
    walk = asked_office()
    asked = received(walk)
    answered(walk, asked, outcome=Outcome.NOT_HELD, holder="Dinas Pertanahan", given="")

    text = text_of(paper(client, walk, "paper_answer", asked.pk))

    assert "tidak berada di bawah penguasaan kami. Informasi itu dikuasai Dinas Pertanahan" in text
    assert "Lampiran : Tidak ada" in text


def test_before_the_answer_there_is_no_letter(client):
    walk = asked_office()
    asked = received(walk)

    paper(client, walk, "paper_answer", asked.pk, status=404)


def test_the_answer_to_an_objection_says_what_it_opens(client):
    walk = asked_office()
    asked, item = refused(walk)
    walk.now += timedelta(days=1)
    objection = objected(walk, asked)
    paper(client, walk, "paper_objection", objection.pk, status=404)
    responded(walk, objection, item)

    printed = paper(client, walk, "paper_objection", objection.pk, role="atasan_ppid")

    text = text_of(printed)
    assert "480/2/Setda/2026" in text
    assert "Dibuka dan menjadi informasi publik" in text
    assert "Rekam medis pasien (penetapan 1/PPID/2026)" in text
    assert "Komisi Informasi dalam 14 hari kerja" in text
    assert faults(printed) == set()
