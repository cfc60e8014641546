"""Import an old list: all or none, told when known, and taken up without losing the old text."""

from uuid import uuid4

import pytest

from office.offices import assert_sound, case_in, codes, office, who
from ppid.errors import BadInput, Conflict, Refused
from ppid.law.defect import LegacyEntry
from ppid.ledger.entry import Entry
from ppid.office.actions.legacy import (
    MOST_ROWS,
    ListRow,
    import_list,
    record_export,
    set_entry_aside,
    take_up_entry,
    taking_up_entry_obstacles,
)
from ppid.office.models import Event, ImportedEntry, Item, ListImport

pytestmark = pytest.mark.django_db(databases=["default", "public"])
OLD = LegacyEntry(
    number="1.",
    title="Rekam medis pasien",
    summary="Nama dan diagnosis",
    agency="Dinas Kesehatan",
    consequence_if_open="Melanggar ketentuan",
    term="Selamanya",
)
OTHER = LegacyEntry(number="2.", title="Soal ujian", term="Selama berlaku")


def imported(walk, *entries, role="petugas_ppid", agency=None, **more):
    rows = [ListRow(number, one, agency) for number, one in enumerate(entries, 2)]
    more = {"name": "dik.xlsx", "digest": "ab" * 32} | more
    return import_list(walk.body, rows=rows, by=who(walk, role), at=walk.tick(), **more)


def entry_in(walk, old=OLD, **more):
    source = imported(walk, old, **more)
    return ImportedEntry.objects.select_related("body").get(source=source)


def test_rows_are_kept_with_their_old_text_and_are_no_items():
    walk = office()

    source = imported(walk, OLD, OTHER, agency=walk.agencies[0].pk)

    assert (source.name, source.rows, source.by) == ("dik.xlsx", 2, who(walk, "petugas_ppid"))
    entries = list(source.entries.all())
    assert [one.legacy for one in entries] == [OLD, OTHER]
    assert [(one.row, one.agency, one.item) for one in entries] == [
        (2, walk.agencies[0], None),
        (3, walk.agencies[0], None),
    ]
    assert not Item.objects.exists()
    assert_sound()


def test_no_word_of_the_old_list_stands_in_the_leaf():
    walk = office()
    imported(walk, OLD)

    event = Event.objects.get(kind="item.imported")
    entry = Entry.from_bytes(bytes(event.entry))

    assert set(entry.payload) == {"entry", "source", "row", "agency_id"}
    assert "consequence_if_open" in entry.commitments
    assert b"Melanggar" not in bytes(event.entry)
    assert b"dik.xlsx" not in bytes(Event.objects.get(kind="list.imported").entry)


def test_a_row_that_stands_there_already_stops_the_whole_import():
    walk = office()
    imported(walk, OLD)

    with pytest.raises(Conflict) as error:
        imported(walk, OTHER, OLD)

    assert codes(error) == {"rows_known"}
    assert ImportedEntry.objects.count() == 1


def test_the_same_form_sent_twice_imports_once():
    walk = office()
    act = uuid4()
    imported(walk, OLD, act=act)
    with pytest.raises(Conflict) as error:
        imported(walk, OTHER, act=act)
    assert codes(error) == {"already_done"}
    assert ListImport.objects.count() == 1


@pytest.mark.parametrize("count", [0, MOST_ROWS + 1])
def test_an_import_has_one_row_at_least_and_not_too_many(count):
    walk = office()
    with pytest.raises(BadInput) as error:
        imported(walk, *[OLD] * count)
    assert codes(error) == {"row_count"}


@pytest.mark.parametrize(
    ("role", "code"), [("auditor", "not_authorised"), ("ppid_pelaksana", "whole_body_only")]
)
def test_only_who_prepares_for_the_whole_body_imports(role, code):
    walk = office()
    with pytest.raises(Refused) as error:
        imported(walk, OLD, role=role)
    assert codes(error) == {code}
    assert not ListImport.objects.exists()


def taken_up(walk, case, entry, **more):
    return take_up_entry(case, entry=entry, by=who(walk, "petugas_ppid"), at=walk.tick(), **more)


def test_an_entry_taken_up_becomes_a_candidate_and_keeps_its_old_text():
    walk = office()
    case = case_in(walk)
    entry = entry_in(walk, agency=walk.agencies[0].pk)

    item = taken_up(walk, case, entry)

    assert (item.title, item.summary, item.stage) == (OLD.title, OLD.summary, "usulan")
    assert (item.agency, item.public_title, item.case) == (walk.agencies[0], "", case)
    assert (entry.item_id, entry.legacy) == (item.pk, OLD)
    assert_sound()


def test_an_entry_is_taken_up_once_unless_its_candidate_was_refused():
    walk = office()
    case = case_in(walk)
    entry = entry_in(walk, agency=walk.agencies[0].pk)
    taken_up(walk, case, entry)

    with pytest.raises(Refused) as error:
        taken_up(walk, case, entry)
    assert codes(error) == {"entry_taken_up"}

    entry.item.stage = "ditolak"
    assert taking_up_entry_obstacles(entry) == ()


def test_an_entry_that_names_no_agency_of_ours_asks_for_one():
    walk = office()
    case = case_in(walk)
    entry = entry_in(walk)

    with pytest.raises(BadInput) as error:
        taken_up(walk, case, entry)
    assert codes(error) == {"agency_missing"}

    assert taken_up(walk, case, entry, agency=walk.agencies[1]).agency == walk.agencies[1]


def test_an_entry_of_another_body_is_not_taken_up_here():
    walk, elsewhere = office(), office("kabupaten")
    entry = entry_in(elsewhere, agency=elsewhere.agencies[0].pk)
    with pytest.raises(BadInput) as error:
        taken_up(walk, case_in(walk), entry)
    assert codes(error) == {"agency_missing"}


def test_a_title_too_long_for_one_is_kept_whole_in_the_summary():
    walk = office()
    long = "Data " * 100
    entry = entry_in(walk, LegacyEntry(title=long, summary="Isi"), agency=walk.agencies[0].pk)

    item = taken_up(walk, case_in(walk), entry)

    assert item.title.endswith("Data…")
    assert len(item.title) <= 300
    assert item.summary == f"{long.strip()}\nIsi"


def set_aside(walk, entry, reason, *, role="petugas_ppid"):
    set_entry_aside(entry, reason=reason, by=who(walk, role), at=walk.tick())


def test_an_entry_is_set_aside_with_a_reason_and_brought_back():
    walk = office()
    case = case_in(walk)
    entry = entry_in(walk, agency=walk.agencies[0].pk)

    set_aside(walk, entry, " sudah diumumkan ")
    assert entry.set_aside == "sudah diumumkan"
    with pytest.raises(Refused) as error:
        taken_up(walk, case, entry)
    assert codes(error) == {"entry_set_aside"}

    set_aside(walk, entry, "")
    assert entry.set_aside == ""
    with pytest.raises(Refused) as error:
        set_aside(walk, entry, "")
    assert codes(error) == {"entry_on_desk"}
    assert_sound()


def test_one_agencys_officer_sets_aside_that_agencys_entries_only():
    walk = office()
    own = entry_in(walk, agency=walk.agencies[0].pk)
    other = entry_in(walk, OTHER)

    set_aside(walk, own, "ganda", role="ppid_pelaksana")
    with pytest.raises(Refused) as error:
        set_aside(walk, other, "ganda", role="ppid_pelaksana")

    assert (own.set_aside, codes(error)) == ("ganda", {"other_agency"})


def test_an_entry_that_is_a_candidate_is_not_set_aside():
    walk = office()
    entry = entry_in(walk, agency=walk.agencies[0].pk)
    taken_up(walk, case_in(walk), entry)
    with pytest.raises(Refused) as error:
        set_aside(walk, entry, "salah")
    assert codes(error) == {"entry_taken_up"}


def test_taking_the_list_out_of_the_office_is_on_the_log():
    walk = office()
    by = who(walk, "auditor")

    record_export(walk.body, kind="csv", rows=7, by=by, at=walk.tick())

    event = Event.objects.get(kind="list.exported")
    assert event.actor == by
    assert Entry.from_bytes(bytes(event.entry)).payload == {"format": "csv", "rows": 7}
