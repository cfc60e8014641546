"""The form of the consequence-test sheet: nothing typed is lost, each gap is at its field."""

from datetime import date

import pytest
import time_machine

from office.factories import case_of
from office.pages import MONDAY, as_role, codes, day, send, visit
from ppid.law.consequence_test import ConsequenceTest, MemoHarm, Moment, Part, Participant, missing
from ppid.law.grounds import grounds, never_exempt
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm
from ppid.office.actions.consequence_tests import sheet_of
from ppid.office.forms.sheet_sections import field_of, sections
from ppid.office.forms.sheets import SheetForm, initial_of, never_field
from ppid.office.models import Item

TODAY = MONDAY.date()
START, END = date(2026, 3, 9), date(2028, 3, 9)


def form_for(data=None, **initial):
    return SheetForm(
        data, grounds=grounds(on=TODAY), never_exempt=never_exempt(on=TODAY), initial=initial
    )


def full_sheet(**changes):
    """Return a sheet in which every field says something."""
    values = {
        "document": "Berkas perizinan 2026",
        "information": "Formula produk pada halaman 3 sampai 5",
        "ground": "i",
        "statutes": ("UU 14/2008 ps. 17 huruf i", "UU 43/2009 ps. 44"),
        "consequence_if_open": "Rencana gagal.",
        "consequence_if_closed": "Rencana berhasil.",
        "public_interest": "Lebih besar.",
        "part": Part.PART,
        "parts": "Halaman 3",
        "reason_whole": "Tidak ada",
        "term": DateTerm(START, END),
        "moment": Moment.ON_REQUEST,
        "place": "Ruang rapat",
        "tested_on": TODAY,
        "participants": (Participant("Sari", "Ketua"), Participant("Budi", "Anggota")),
        "never_exempt_checked": {one.code: False for one in never_exempt(on=TODAY)},
        "consent": True,
        "public_office": False,
        "memo_harms": (MemoHarm.FRANKNESS,),
    }
    return ConsequenceTest(**values | changes)


def as_sent(sheet, publishable=("reason",)):
    """Return what a browser sends for a sheet that is shown and left as it is."""
    form = form_for(**initial_of(sheet, list(publishable)))
    data = {"act": form["act"].value()}
    for field in form:
        if field.kind == "date":
            data |= {box.name: box.value for box in field.date_boxes}
        elif field.name != "act":
            value = field.value()
            data[field.html_name] = "" if value is None else value
    return data


TERMS = [
    None,
    DateTerm(START, END),
    PeriodTerm(START, years=2, months=6),
    PeriodTerm(START, months=3),
    EventTerm(START, "Putusan berkekuatan hukum tetap", END),
    EventTerm(START, "", None),
    ActTerm(START, "UU 8/1997", END, date(2030, 1, 1)),
    ActTerm(START, "UU 8/1997", None, None),
]


@pytest.mark.parametrize("term", TERMS)
def test_a_sheet_that_is_shown_and_sent_back_is_the_same_sheet(term):
    sheet = full_sheet(term=term)

    form = form_for(as_sent(sheet))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["sheet"] == sheet
    assert form.cleaned_data["publishable"] == ["reason"]


def test_an_empty_sheet_may_be_saved():
    form = form_for(as_sent(ConsequenceTest(), publishable=()))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["sheet"] == ConsequenceTest()


@pytest.mark.parametrize(
    ("kind", "given", "fields"),
    [
        ("date", {}, {"starts_on", "ends_on"}),
        ("date", day("starts_on", START), {"ends_on"}),
        ("date", day("ends_on", END), {"starts_on"}),
        ("period", day("starts_on", START), {"years"}),
        ("period", {"years": "2"}, {"starts_on"}),
        ("event", {"event": "Putusan"}, {"starts_on"}),
        ("act", {}, {"starts_on"}),
    ],
)
def test_half_a_term_is_told_at_its_field_and_not_lost(kind, given, fields):
    form = form_for(as_sent(ConsequenceTest()) | {"term_kind": kind} | given)

    assert not form.is_valid()
    assert set(form.errors) == fields


def test_a_term_that_ends_before_it_begins_may_be_saved_but_is_a_gap():
    term = day("starts_on", END) | day("ends_on", START) | {"term_kind": "date"}

    form = form_for(as_sent(full_sheet()) | term)

    assert form.is_valid(), form.errors
    gaps = missing(form.cleaned_data["sheet"], on=TODAY)
    assert "term_kind" in {field_of(one) for one in gaps}


def test_lines_of_people_without_a_position_are_kept():
    form = form_for(as_sent(full_sheet()) | {"participants": "Sari\n\n Budi ; Anggota \n"})

    assert form.is_valid()
    people = form.cleaned_data["sheet"].participants
    assert people == (Participant("Sari", ""), Participant("Budi", "Anggota"))


def test_a_checked_kind_that_is_never_exempt_is_a_gap_at_its_question():
    sheet = full_sheet(never_exempt_checked={"a": True})
    form = form_for(**initial_of(sheet, []))

    parts = sections(form, gaps=missing(sheet, on=TODAY), grounds=grounds(on=TODAY))

    asked = next(part for part in parts if part.letter == "C")
    first = asked.fields[0]
    assert first.field.name == never_field("a")
    assert codes(first.gaps) == {"never_exempt"}
    assert codes(asked.gaps) == {"never_exempt_unchecked"}


def test_every_gap_of_an_empty_sheet_stands_in_a_section():
    gaps = missing(ConsequenceTest(), on=TODAY)

    parts = sections(form_for(), gaps=gaps, grounds=grounds(on=TODAY))

    assert sum(part.lacking for part in parts) == len(gaps)


def test_every_field_of_the_form_stands_in_one_section():
    form = form_for()

    parts = sections(form, gaps=(), grounds=grounds(on=TODAY))

    shown = [one.field.name for part in parts for one in part.fields]
    assert sorted(shown) == sorted(set(form.fields) - {"act"})


def test_fields_that_matter_for_some_answers_only_say_for_which():
    parts = sections(form_for(), gaps=(), grounds=grounds(on=TODAY))

    shown = {one.field.name: one.shown_for for part in parts for one in part.fields}
    assert shown["memo_harms"] == "id_ground=i"
    assert shown["event"] == "id_term_kind=event"
    assert set(shown["consent"].removeprefix("id_ground=").split()) == {
        one.code for one in grounds(on=TODAY) if one.letter in "gh"
    }
    assert shown["document"] == ""


@pytest.fixture
def item():
    """An item of a case on its first step, on a Monday."""
    with time_machine.travel(MONDAY, tick=False):
        walk, _ = case_of("kalteng", before=2)
        found = Item.objects.first()
        found.walk = walk
        yield found


@pytest.mark.django_db(databases=["default", "public"])
class TestThePage:
    """The sheet as a page."""

    def test_a_thin_sheet_is_saved_and_its_gaps_are_shown_at_their_fields(self, client, item):
        as_role(client, item.walk, "petugas_ppid")

        send(client, "sheet", item.pk, **as_sent(ConsequenceTest(document="Berkas A")))
        page = visit(client, "sheet", item.pk)

        assert sheet_of(item).document == "Berkas A"
        lacking = {part.letter: part.lacking for part in page.context["sections"]}
        assert lacking["A"] == 1
        assert b"Perki 1/2021 ps. 49 (2) huruf b" in page.content
        assert page.context["form"]["document"].value() == "Berkas A"

    def test_before_the_first_saving_nothing_is_called_missing(self, client, item):
        as_role(client, item.walk, "petugas_ppid")

        page = visit(client, "sheet", item.pk)

        assert sum(part.lacking for part in page.context["sections"]) == 0
        assert page.context["form"]["place"].value() == item.body.place

    def test_a_full_sheet_has_no_gaps(self, client, item):
        as_role(client, item.walk, "petugas_ppid")
        sheet = full_sheet(ground="h.3", consent=False, part=Part.PART, reason_whole="")

        send(client, "sheet", item.pk, **as_sent(sheet))
        page = visit(client, "sheet", item.pk)

        assert sheet_of(item) == sheet
        assert page.context["page"].missing == ()

    def test_a_mistake_keeps_what_was_typed_and_saves_nothing(self, client, item):
        as_role(client, item.walk, "petugas_ppid")
        data = as_sent(ConsequenceTest(document="Berkas A")) | {"tested_on_bulan": "13"}

        page = send(client, "sheet", item.pk, status=200, **data)

        assert set(page.context["form"].errors) == {"tested_on"}
        assert page.context["form"]["document"].value() == "Berkas A"
        assert not item.consequence_tests.exists()

    def test_who_may_not_prepare_sees_the_sheet_and_why(self, client, item):
        as_role(client, item.walk, "atasan_ppid")

        page = visit(client, "sheet", item.pk)
        refused = send(client, "sheet", item.pk, status=403, **as_sent(ConsequenceTest()))

        assert codes(page.context["obstacles"]) == {"not_authorised"}
        assert codes(refused.context["findings"]) == {"not_authorised"}
        assert not item.consequence_tests.exists()

    def test_a_double_click_saves_one_version(self, client, item):
        as_role(client, item.walk, "petugas_ppid")
        data = as_sent(ConsequenceTest(document="Berkas A"))

        send(client, "sheet", item.pk, **data)
        send(client, "sheet", item.pk, **data)

        assert item.consequence_tests.get().version == 1
