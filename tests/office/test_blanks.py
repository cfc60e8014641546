"""Blank forms to fill by hand: from the page, from the command, on the body's paper."""

import pytest
from click.testing import CliRunner

from office.offices import appoint, office, who
from office.pages import as_role, visit
from office.remembered import remembered
from papers.reading import faults, inked_margins, page_sizes, text_of
from papers.test_press import pages_of
from ppid.commands import papers_blank, papers_keys
from ppid.errors import NotFound
from ppid.office.actions.bodies import change_settings
from ppid.office.models import Body, Event
from ppid.office.queries.papers.blanks import BLANKS

pytestmark = pytest.mark.django_db(databases=["default", "public"])
PAGES = {
    "lembar-uji": 2,
    "berita-acara": 2,
    "usulan": 2,
    "pinjam": 1,
    "kembali": 1,
    "stock-opname": 2,
}


@pytest.fixture
@remembered
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    return walk


def form(client, kind):
    return visit(client, "blank_form", kind).content


@pytest.mark.parametrize("kind", BLANKS)
@pytest.mark.parametrize("size", ["a4", "f4"])
def test_a_blank_form_has_the_letterhead_the_paper_and_room_to_write(client, walk, kind, size):
    change_settings(
        Body.objects.get(),
        by=who(walk, "pengelola_sistem"),
        at=walk.tick(),
        choices={**walk.body.settings, "paper_size": size},
    )
    as_role(client, walk, "petugas_ppid")

    pdf = form(client, kind)

    assert faults(pdf) == set()
    assert inked_margins(pdf, margin=10) == []
    assert max(max(page) for page in page_sizes(pdf)) == {"a4": 297, "f4": 330}[size]
    pages = pages_of(pdf)
    assert len(pages) == PAGES[kind]
    assert pages[0].count("PEMERINTAH KOTA") == 1
    assert "formulir kosong" in pages[-1]
    assert "NIP" in pages[-1]
    assert "...." in text_of(pdf)
    assert not {"Belum diisi", "RANCANGAN", "None"} & set(text_of(pdf).split())


def test_the_page_lists_every_form_and_opens_nothing_confidential(client, walk):
    as_role(client, walk, "petugas_ppid")
    before = Event.objects.count()

    page = visit(client, "blanks").content.decode()

    for kind, one in BLANKS.items():
        assert f"/formulir/{kind}.pdf" in page
        assert one.label in page
    assert Event.objects.count() == before
    visit(client, "blank_form", "surat-cinta", status=404)


def test_the_sheet_asks_by_hand_what_the_page_asks(client, walk):
    as_role(client, walk, "petugas_ppid")

    told = text_of(form(client, "lembar-uji"))

    for words in ("Dibuka", "Ditutup", "Jangka waktu", "Peserta pengujian", "Pasal 18 ayat (1)"):
        assert words in told


def test_the_command_writes_every_form_and_the_same_bytes_for_the_same_day(
    walk, tmp_path, monkeypatch
):
    monkeypatch.setattr(papers_keys, "demand_ready", lambda *_: None)  # the test has no file

    def run(folder, body="kota"):
        words = [body, "--into", str(tmp_path / folder), "--on", "2026-03-02"]
        return CliRunner().invoke(papers_blank.blank_forms, words)

    assert (run("satu").exception, run("dua").exception) == (None, None)

    first, second = (sorted((tmp_path / one).iterdir()) for one in ("satu", "dua"))
    assert [one.stem for one in first] == sorted(BLANKS)
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
    assert isinstance(run("tiga", body="desa").exception, NotFound)
