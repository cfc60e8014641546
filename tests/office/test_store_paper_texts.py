"""The papers of the store room as they are printed: their words, their pages, odd names in them."""

from dataclasses import replace

import pypdfium2
import pytest

from office.offices import case_in, item_in, office, who
from office.remembered import remembered
from office.store import borrow, put, shelf
from office.test_destructions import approved, carried_out, desk, fresh, proposed, today
from office.test_store_papers import sheet
from ppid.law.destruction import Consent
from ppid.office.actions.loans import take_back
from ppid.office.models import Loan
from ppid.office.queries.destructions import destruction_page
from ppid.office.queries.loans import loan_lines
from ppid.office.queries.papers.archive_lists import LISTS, archive_list
from ppid.office.queries.papers.destructions import destruction_minutes
from ppid.office.queries.papers.labels import Label, label_sheet
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.papers.loans import receipt
from ppid.papers.long_list import press_list
from ppid.papers.press import press

__all__ = ["desk"]  # a fixture
pytestmark = pytest.mark.django_db(databases=["default", "public"])
ODD = "#strong[A] *B* _C_ $x$ @d <e> `f` // g \\ h & “i” é"
TITLE = "Rekam medis rahasia"
NUMBERS = {"classification_code": "400.7", "file_number": "12", "item_number": "3"}


@pytest.fixture
@remembered
def shelved():
    """An office with a paper in its first box."""
    walk = office()
    item = item_in(walk, case_in(walk), title=TITLE)
    boxes = shelf(walk)
    put(walk, item, boxes[0], **NUMBERS)
    return walk, item, boxes


def printed(walk, paper, *, by=press):
    """Return the words of each page, spaces as one."""
    pages = pypdfium2.PdfDocument(by(paper, letterhead(walk.body), on=walk.today))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def labels(walk, count, *, first=1, lines=("Nomor 1",)):
    made = [Label(who(walk, "arsiparis"), lines)] * count
    return label_sheet(walk.body, made, address="https://ppid.kota.id/k/{}/".format, first=first)


@pytest.mark.parametrize(
    ("name", "count", "first", "pages"),
    [
        ("3x8", 1, 1, 1),
        ("3x8", 24, 1, 1),
        ("3x8", 25, 1, 2),
        ("3x8", 1, 24, 1),
        ("3x8", 2, 24, 2),
        ("3x8", 24, 25, 1),
        ("2x7", 14, 1, 1),
        ("2x7", 15, 1, 2),
        ("2x7", 12, 4, 2),
    ],
)
def test_labels_fill_a_sheet_before_the_next_begins(shelved, name, count, first, pages):
    walk, _, _ = shelved
    walk.body.settings["label_sheet"] = name
    found = printed(walk, labels(walk, count, first=first))
    assert len(found) == pages
    assert sum(page.count("Nomor 1") for page in found) == count


def test_an_odd_name_is_printed_on_a_label_as_it_was_written(shelved):
    walk, _, _ = shelved
    (page,) = printed(walk, labels(walk, 1, lines=("#1 *B* $x$", "<rak> & `laci`")))
    assert "#1 *B* $x$" in page
    assert "<rak> & `laci`" in page


def test_a_sheet_of_a_room_has_its_places_before_its_papers_and_no_title(shelved):
    walk, _, _ = shelved
    paper = sheet(walk)
    (page,) = printed(walk, paper)
    firsts = [one["lines"][0] for one in paper.content["labels"]]
    assert firsts == ["Ruang Arsip", "Rak 1", "Boks 1", "Boks 2", "Nomor 12.3"]
    assert TITLE not in page


def test_the_receipts_of_an_odd_borrower_say_who_why_and_when(shelved):
    walk, item, _ = shelved
    loan = borrow(walk, item, party=ODD, reason=f"Sidang {ODD}", workdays=5)
    (lent,) = printed(
        walk, receipt(loan_lines(walk.body, [loan], on=walk.today)[0], walk.body, returned=False)
    )
    take_back(loan, condition="sobek *sedikit*", by=who(walk, "arsiparis"), at=walk.tick())
    known = Loan.objects.select_related("item__agency", "item__archive").get()
    (back,) = printed(
        walk, receipt(loan_lines(walk.body, [known], on=walk.today)[0], walk.body, returned=True)
    )

    for page in (lent, back):
        assert page.count(ODD[:18]) >= 3
        assert "9 Maret 2026" in page
        assert TITLE not in page
    assert "sobek *sedikit*" in back
    assert "sobek" not in lent
    assert "menjaga kerahasiaan" in lent
    assert "menjaga kerahasiaan" not in back


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_prints_every_row_of_many_pages_with_odd_words(shelved, kind):
    walk, item, boxes = shelved
    put(walk, item, boxes[0], **NUMBERS, description=ODD, closed_on=walk.today, active_years=0)
    paper = archive_list(walk.body, kind, by=who(walk, "arsiparis"), on=walk.today)
    (row,) = paper.content["rows"]
    rows = [[str(number), *row[1:]] for number in range(1001, 1081)]

    one = printed(walk, paper, by=press_list)
    many = printed(walk, replace(paper, content={**paper.content, "rows": rows}), by=press_list)

    assert len(one) == 1
    assert LISTS[kind].heading in one[0]
    assert "#strong[A]" in one[0].replace("# ", "#")
    assert len(many) > 2
    words = " ".join(many).split()
    assert [each[0] for each in rows if each[0] not in words] == []
    assert all(LISTS[kind].columns[-1][0] in page for page in many[:-1])


def test_an_empty_list_is_one_page_that_says_so(shelved):
    walk, _, _ = shelved
    paper = archive_list(walk.body, "inaktif", by=who(walk, "arsiparis"), on=walk.today)
    (page,) = printed(walk, paper, by=press_list)
    assert "0 baris" in page
    assert TITLE not in page


def minutes_of(walk, one):
    page = destruction_page(one.pk, by=who(walk, "arsiparis"), body=walk.body, on=today(walk))
    return page, destruction_minutes(page, on=today(walk))


def test_the_minutes_name_every_number_every_witness_and_every_archive(desk):
    walk, item = desk
    entry = item.archive
    known = {"active_years": 1, "inactive_years": 2, "fate": "musnah", **NUMBERS}
    put(walk, item, entry.place, closed_on=entry.closed_on, amount=24, unit="lembar", **known)
    one = proposed(walk, fresh(item))
    approved(walk, one, consent=Consent.NATIONAL)
    carried_out(walk, one, witnesses=("Dewi *Hukum*", "Eko #Inspektorat", "Fajar"))

    shown, paper = minutes_of(walk, one)
    pages = printed(walk, paper)

    text = " ".join(pages)
    for words in ("5/BA/2030", "4/2030", "2/2030", "3/2030", "Kepala ANRI", "ps. 66"):
        assert words in text
    for witness in ("Dewi *Hukum*", "Eko #Inspektorat", "Fajar"):
        assert text.count(witness) >= 2
    assert paper.content["rows"][0][1:3] == ["12.3", "400.7"]
    assert paper.content["rows"][0][5] == "24 lembar"
    assert (shown.to_approve, shown.to_carry_out, shown.in_the_way) == (False, False, ())


def test_long_minutes_keep_their_witnesses_on_the_last_page(desk):
    walk, item = desk
    one = proposed(walk, item)
    approved(walk, one)
    carried_out(walk, one)
    _, paper = minutes_of(walk, one)
    (row,) = paper.content["rows"]
    rows = [[str(number), *row[1:]] for number in range(1001, 1061)]

    pages = printed(walk, replace(paper, content={**paper.content, "rows": rows}))

    assert len(pages) > 1
    assert "Dewi, Bagian Hukum" in pages[-1]
    assert "Eko, Inspektorat" in pages[-1]
    assert "1060" in " ".join(pages)
