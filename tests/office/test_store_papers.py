"""Labels, receipts and lists of the store room: what stands on them, and what never does."""

from datetime import timedelta

import pypdfium2
import pytest

from office.factories import sign_in
from office.offices import appoint, case_in, item_in, office, who
from office.pages import as_role, visit
from office.store import borrow, cells_of, put, qr_cells, shelf
from ppid.office.actions.loans import take_back
from ppid.office.labels import SHEETS, code_of
from ppid.office.models import ArchiveEntry, Place
from ppid.office.queries.loans import loan_lines
from ppid.office.queries.papers.archive_lists import archive_list
from ppid.office.queries.papers.labels import label_sheet, labels_of
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.loans import receipt
from ppid.office.queries.places import tree
from ppid.office.queries.store_room import paper_lines
from ppid.papers.press import press

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TITLE = "Rekam medis rahasia"
WORDS = {"classification_code": "400.7", "file_number": "12", "item_number": "3"}


@pytest.fixture
def desk():
    """An office with one paper in its first box."""
    walk = office()
    item = item_in(walk, case_in(walk), title=TITLE)
    boxes = shelf(walk)
    put(walk, item, boxes[0], **WORDS)
    return walk, item, boxes


def sheet(walk, *, address="https://ppid.kota.id/k/{}/".format, first=1):
    nodes = tree(walk.body)
    papers = paper_lines(ArchiveEntry.objects.select_related("item__agency", "place"))
    paths = {one.place.pk: one.path for one in nodes}
    labels = labels_of(walk.body, nodes, papers, paths=paths)
    return label_sheet(walk.body, labels, address=address, first=first)


def lines_of(walk, **choices):
    walk.body.settings |= choices
    return sheet(walk).content["labels"][-1]["lines"]


@pytest.mark.parametrize(("name", "first"), [("3x8", 1), ("2x7", 3)])
def test_the_qr_on_the_page_is_the_address_with_the_code_and_nothing_else(desk, name, first):
    walk, item, _ = desk
    walk.body.settings["label_sheet"] = name
    paper = sheet(walk, first=first)

    pdf = press(paper, letterhead(walk.body), on=walk.today)
    last = first - 1 + len(paper.content["labels"]) - 1
    address = f"https://ppid.kota.id/k/{code_of(item.pk)}/"

    assert qr_cells(pdf, SHEETS[name], last) == cells_of(address)
    page = pypdfium2.PdfDocument(pdf)[0]
    words = page.get_textpage().get_text_bounded()
    assert code_of(item.pk) in words
    assert TITLE not in words


def test_number_and_place_are_printed_unless_the_body_chose_otherwise(desk):
    walk, _, _ = desk
    assert lines_of(walk) == ("Nomor 12.3", "Ruang Arsip, Rak 1, Boks 1")
    assert lines_of(walk, label_words=["unit_pengolah", "kode_klasifikasi"]) == (
        "400.7",
        "Dinas Kesehatan",
    )
    assert lines_of(walk, label_words=[]) == ()


def test_a_sheet_that_was_begun_is_used_up(desk):
    walk, _, _ = desk
    assert sheet(walk, first=27).content["skip"] == 2


def test_labels_come_from_the_pages_of_a_place_and_an_item(client, desk):
    walk, item, boxes = desk
    as_role(client, walk, "arsiparis")
    for route, one in (("paper_labels", boxes[0]), ("paper_item_label", item)):
        assert visit(client, route, one.pk, mulai="x").content.startswith(b"%PDF")
    unfiled = item_in(walk, case_in(walk), title="Lain")
    visit(client, "paper_item_label", unfiled.pk, status=404)
    Place.objects.filter(pk=boxes[1].pk).update(closed_at=walk.now)
    visit(client, "paper_labels", boxes[1].pk, status=404)


def test_a_receipt_names_the_paper_by_number_and_never_by_title(desk):
    walk, item, _ = desk
    loan = borrow(walk, item, party="Komisi Informasi")
    (line,) = loan_lines(walk.body, [loan], on=walk.today)
    lent = receipt(line, walk.body, returned=False)
    take_back(loan, condition="lengkap", by=who(walk, "arsiparis"), at=walk.tick())
    loan.refresh_from_db()
    (line,) = loan_lines(walk.body, [loan], on=walk.today)
    back = receipt(line, walk.body, returned=True)

    facts = dict(back.content["facts"])
    assert (facts["Nomor arsip"], facts["Keadaan"]) == ("12.3", "lengkap")
    assert TITLE not in str((lent, back))
    assert "Keadaan" not in dict(lent.content["facts"])
    for paper in (lent, back):
        assert press(paper, letterhead(walk.body), on=walk.today).startswith(b"%PDF")


def test_a_receipt_comes_from_the_page_of_the_loan(client, desk):
    walk, item, _ = desk
    loan = borrow(walk, item)
    as_role(client, walk, "auditor")
    assert visit(client, "paper_receipt", loan.pk).content.startswith(b"%PDF")
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]))
    visit(client, "paper_receipt", loan.pk, status=404)


def rows(walk, kind, *, on=None):
    day = on or walk.today
    return archive_list(walk.body, kind, by=who(walk, "arsiparis"), on=day).content["rows"]


def test_papers_of_one_file_are_one_row_with_their_sums(desk):
    walk, item, boxes = desk
    other, old = (item_in(walk, case_in(walk), title=title) for title in ("Lain", "Lama"))
    put(walk, item, boxes[0], **WORDS, amount=10, unit="lembar", period="2024")
    put(
        walk,
        other,
        boxes[0],
        **WORDS | {"item_number": "4"},
        amount=10,
        unit="lembar",
        period="2025",
    )
    put(walk, old, hard="Lemari lama")

    alone, (_, unit, number, _, words, period, amount, _) = rows(walk, "berkas")

    assert (unit, number, period) == ("Dinas Kesehatan", "12", "2024\n2025")
    assert words == f"{TITLE}\nLain"
    assert amount == "20 lembar"
    assert alone[2] == "Belum bernomor"
    assert alone[6:] == ["1 item", "Lemari lama; keamanan rahasia"]


def test_the_contents_of_a_file_are_a_row_each(desk):
    walk, _, _ = desk
    (row,) = rows(walk, "isi-berkas")
    assert row[1:4] == ["12", "3", "400.7"]


def test_an_archive_is_on_the_inactive_list_once_its_active_years_are_over(desk):
    walk, item, boxes = desk
    closed = walk.today - timedelta(days=400)
    put(walk, item, boxes[0], **WORDS, closed_on=closed, active_years=2)
    assert rows(walk, "inaktif") == []
    (row,) = rows(walk, "inaktif", on=walk.today + timedelta(days=400))
    assert (row[1], row[3]) == ("Pemerintah Kota", "12.3")
