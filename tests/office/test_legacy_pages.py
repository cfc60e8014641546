"""The pages by which an old list comes in and the whole list goes out."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from office.list_samples import HEADINGS, ROW, workbook
from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    determined,
    item_in,
    office,
    who,
    write_sheet,
)
from office.pages import as_role, visit
from office.remembered import remembered
from ppid.law.defect import LegacyEntry
from ppid.law.term import DateTerm
from ppid.ledger.entry import Entry
from ppid.office.actions.legacy import ListRow, import_list, set_entry_aside, take_up_entry
from ppid.office.actions.list_uploads import drop_old_uploads
from ppid.office.forms.legacy import ColumnsForm, likeliest
from ppid.office.list_files.columns import find_header, guess
from ppid.office.list_files.entries import Fate, Reading, dry_run
from ppid.office.list_files.reading import read_file
from ppid.office.list_files.table import Table
from ppid.office.models import Draft, Event, ImportedEntry, Item, ListImport
from ppid.office.queries.legacy import known_of, whole_list

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECOND = ("2.", "Soal ujian", "UU 20/2003", "Bocor", "1 tahun")
BAD = ("3.", "", "UU 20/2003", "Bocor", "1 tahun")


@pytest.fixture
@remembered
def walk():
    return office()


def upload(client, data, *, name="dik.xlsx", status=302, **more):
    file = SimpleUploadedFile(name, data)
    answer = client.post(reverse("list_import"), {"file": file, "text": "", **more})
    assert answer.status_code == status
    return answer


def id_of(answer):
    return answer.url.rstrip("/").split("/")[-2]


def columns(client, key, *, status=302, **changes):
    """Send the columns as the page guessed them, with changes."""
    form = visit(client, "list_columns", key).context["form"]
    fields = {field.html_name: field.value() for field in form}
    fields = {name: v for name, v in fields.items() if v is not None and v is not False} | changes
    answer = client.post(reverse("list_columns", args=[key]), fields)
    assert answer.status_code == status, answer.context["form"].errors
    return answer


def confirm(client, key, *, status=302, act=None, **more):
    answer = client.post(reverse("list_check", args=[key]), {"act": act or uuid4(), **more})
    assert answer.status_code == status
    return answer


def imported(client, *rows):
    """Upload and import a list as it is guessed; return the way to what came of it."""
    key = id_of(upload(client, workbook(HEADINGS, *rows)))
    columns(client, key)
    return confirm(client, key)


def test_a_list_comes_in_by_file_columns_check_and_confirmation(client, walk):
    as_role(client, walk, "petugas_ppid")

    key = id_of(upload(client, workbook(HEADINGS, ROW, SECOND, BAD)))
    columns(client, key)
    page = visit(client, "list_check", key)

    assert (page.context["new"], page.context["wrong"]) == (2, 1)
    ((row, finding),) = page.context["errors"]
    assert (row.row, finding.place, finding.code) == (4, "B4", "title_missing")
    assert b'id="kesalahan-1"' in page.content
    assert b'href="#kesalahan-1"' in page.content
    assert not ImportedEntry.objects.exists()

    answer = confirm(client, key)

    source = ListImport.objects.get()
    assert answer.url == reverse("list_done", args=[source.pk])
    assert [one.legacy.title for one in source.entries.all()] == ["Rekam medis", "Soal ujian"]
    assert not Draft.objects.exists()
    assert_sound()


def test_nothing_is_kept_but_a_draft_until_it_is_confirmed(client, walk):
    as_role(client, walk, "petugas_ppid")
    before = Event.objects.count()
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key)
    visit(client, "list_check", key)
    assert Event.objects.count() == before
    assert Draft.objects.count() == 1


def test_a_pasted_table_comes_in_like_a_file(client, walk):
    as_role(client, walk, "petugas_ppid")
    text = "\n".join("\t".join(row) for row in (HEADINGS, ROW))
    answer = client.post(reverse("list_import"), {"text": text})
    key = id_of(answer)
    columns(client, key)
    confirm(client, key)
    assert ListImport.objects.get().rows == 1


def test_a_form_without_anything_asks_for_a_file(client, walk):
    as_role(client, walk, "petugas_ppid")
    answer = client.post(reverse("list_import"), {"text": "  "})
    assert "file" in answer.context["form"].errors
    assert not Draft.objects.exists()


def test_a_file_that_cannot_be_read_is_told_on_the_page(client, walk):
    as_role(client, walk, "petugas_ppid")
    answer = upload(client, b"%PDF-1.7", status=200)
    assert [one.code for one in answer.context["findings"]] == ["file_pdf"]
    assert not Draft.objects.exists()


def test_a_wrong_guess_is_put_right(client, walk):
    as_role(client, walk, "petugas_ppid")
    headings = ("No", "Perihal", "Judul Informasi")
    key = id_of(upload(client, workbook(headings, ("1", "Rekam medis", "Kesehatan"))))

    columns(client, key, column_1="title", column_2="ground")
    confirm(client, key)

    entry = ImportedEntry.objects.get().legacy
    assert (entry.title, entry.ground) == ("Rekam medis", "Kesehatan")


def test_the_choice_is_still_there_when_one_comes_back(client, walk):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key, column_4="", join="on", agency=str(walk.agencies[1].pk))

    form = visit(client, "list_columns", key).context["form"]
    assert form["column_4"].value() == ""
    assert form["join"].value() is True
    assert form["agency"].value() == str(walk.agencies[1].pk)

    confirm(client, key)
    entry = ImportedEntry.objects.get()
    assert (entry.legacy.term, entry.agency) == ("", walk.agencies[1])


def test_a_list_cannot_do_without_a_title(client, walk):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    answer = columns(client, key, status=200, column_1="")
    assert answer.context["form"].non_field_errors()
    assert visit(client, "list_check", key, status=302).url.endswith("/kolom/")


def test_another_table_is_guessed_anew_before_anything_else(client, walk):
    as_role(client, walk, "petugas_ppid")
    data = workbook(HEADINGS, ROW, sheets=[("Lain", [("Nomor", "Informasi"), ("9", "Denah")])])
    key = id_of(upload(client, data))

    answer = columns(client, key, status=200, table="1", header="0")
    form = answer.context["form"]
    assert (form.current.name, form.is_bound) == ("Lain", False)
    assert [line.field.value() for line in form.lines] == ["number", "title"]

    fields = {field.html_name: field.value() or "" for field in form}
    client.post(reverse("list_columns", args=[key]), {**fields, "table": "1", "header": "0"})
    confirm(client, key)
    assert ImportedEntry.objects.get().legacy == LegacyEntry(number="9", title="Denah")


@pytest.mark.parametrize("header", ["-1", "99", "x", "٣"])
def test_a_table_may_have_no_headings(header):
    table = Table("x", (("1", "Soal"), ("2", "Kunci")))
    form = ColumnsForm(tables=[table], agencies=[], chosen={"table": "7", "header": header})
    assert form.found.last == -1
    assert [line.samples for line in form.lines] == [("1", "2"), ("Soal", "Kunci")]
    assert [line.heading for line in form.lines] == ["", ""]


def test_the_table_that_looks_most_like_a_list_is_taken_first():
    notes = Table("Catatan", (("a", "b"),) * 9)
    assert likeliest([notes, Table("Daftar", (HEADINGS, ROW))]) == 1
    assert likeliest([Table("a", (("x",),)), notes]) == 1


def test_a_long_text_is_shown_short_among_the_samples():
    table = Table("x", (HEADINGS, ("1", "Data " * 30)))
    form = ColumnsForm(tables=[table], agencies=[])
    assert next(line for line in form.lines if line.letter == "B").samples[0].endswith("…")


def test_the_same_file_again_is_said_and_brings_nothing(client, walk):
    as_role(client, walk, "petugas_ppid")
    data = workbook(HEADINGS, ROW, SECOND)
    first = id_of(upload(client, data))
    columns(client, first)
    confirm(client, first)

    key = id_of(upload(client, data))
    assert visit(client, "list_columns", key).context["again"].source.rows == 2
    columns(client, key)
    page = visit(client, "list_check", key)
    assert (page.context["new"], page.context["left_out"]) == (0, 2)

    answer = confirm(client, key, status=200)
    assert [one.code for one in answer.context["findings"]] == ["row_count"]
    assert ImportedEntry.objects.count() == 2


def test_a_number_that_is_known_comes_in_only_when_asked_for(client, walk):
    as_role(client, walk, "petugas_ppid")
    imported(client, ROW)
    key = id_of(upload(client, workbook(HEADINGS, ("1", "Rekam medis gigi", "", "", ""))))
    columns(client, key)
    page = visit(client, "list_check", key)
    assert (page.context["new"], page.context["number_known"]) == (0, 1)
    asked = confirm(client, key, status=200)
    assert "also_known_numbers" in asked.context["form"].errors

    confirm(client, key, also_known_numbers="on")

    assert ImportedEntry.objects.count() == 2


def test_a_double_click_imports_once(client, walk):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key)
    act = uuid4()
    confirm(client, key, act=act)

    answer = confirm(client, key, act=act)

    assert answer.url == reverse("list_import")
    assert ListImport.objects.count() == 1


def test_what_somebody_else_imported_meanwhile_is_a_conflict(client, walk, monkeypatch):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key)
    stale = known_of(walk.body)
    (table,) = read_file(workbook(HEADINGS, ROW))
    header = find_header(table)
    reading = Reading(header=header, columns=guess(header.names))
    rows = [ListRow(one.row, one.entry) for one in dry_run(table, reading, known=stale).rows]
    import_list(
        walk.body,
        name="x",
        digest="y",
        rows=rows,
        by=who(walk, "ppid_utama"),
        at=walk.tick(),
    )
    monkeypatch.setattr("ppid.office.views.legacy.known_of", lambda body: stale)

    answer = confirm(client, key, status=409)

    assert [one.code for one in answer.context["findings"]] == ["rows_known"]
    assert ListImport.objects.count() == 1


def test_one_remark_is_made_for_all_the_cells_it_is_about(client, walk):
    as_role(client, walk, "petugas_ppid")
    rows = [(*one, "Dinas Lain") for one in (ROW, SECOND)]
    key = id_of(upload(client, workbook((*HEADINGS, "OPD"), *rows)))
    columns(client, key)
    (remark,) = visit(client, "list_check", key).context["remarks"]
    assert (remark.finding.code, remark.cells) == ("agency_unknown", ("F2", "F3"))


def test_a_draft_is_seen_by_nobody_else(client, walk):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key)

    as_role(client, walk, "ppid_utama")

    for route in ("list_columns", "list_check"):
        visit(client, route, key, status=404)
    assert visit(client, "list_import").context["waiting"] == ()
    client.post(reverse("list_drop", args=[key]))
    assert Draft.objects.count() == 1


def test_a_draft_waits_for_a_day_and_no_longer(client, walk):
    person = as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    (waiting,) = visit(client, "list_import").context["waiting"]
    assert (str(waiting.id), waiting.name) == (key, "dik.xlsx")
    Draft.objects.create(person=person.pk, form="lembar:1", at=Draft.objects.get().at)

    with time_machine.travel(Draft.objects.first().at + timedelta(hours=25)):
        as_role(client, walk, "petugas_ppid")
        visit(client, "list_columns", key, status=404)
        assert visit(client, "list_import").context["waiting"] == ()
        assert drop_old_uploads(at=timezone.now()) == 1
        assert drop_old_uploads(at=timezone.now()) == 0

    assert [one.form for one in Draft.objects.all()] == ["lembar:1"]


def test_an_upload_can_be_thrown_away(client, walk):
    as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    client.post(reverse("list_drop", args=[key]))
    assert not Draft.objects.exists()
    visit(client, "list_columns", key, status=404)


@pytest.mark.parametrize("role", ["auditor", "ppid_pelaksana"])
def test_who_may_not_import_sees_why_and_is_refused(client, walk, role):
    as_role(client, walk, role)
    assert visit(client, "list_import").context["obstacles"]
    upload(client, workbook(HEADINGS, ROW), status=403)
    assert not Draft.objects.exists()


def test_who_lost_the_right_meanwhile_imports_nothing(client, walk):
    person = as_role(client, walk, "petugas_ppid")
    key = id_of(upload(client, workbook(HEADINGS, ROW)))
    columns(client, key)
    Draft.objects.update(person=who(walk, "auditor"))
    assert person.pk != who(walk, "auditor")
    as_role(client, walk, "auditor")

    assert visit(client, "list_check", key).context["obstacles"]
    answer = confirm(client, key, status=403)
    assert [one.code for one in answer.context["findings"]] == ["not_authorised"]


def test_who_may_read_nothing_sees_no_import_and_no_download(client, walk):
    as_role(client, walk, "petugas_ppid")
    done = imported(client, ROW)
    appoint(walk, "pengelola_sistem")
    as_role(client, walk, "pengelola_sistem")
    page = visit(client, "list_import")
    assert (page.context["imports"], page.context["reader"]) == ((), False)
    assert client.get(done.url).status_code == 403
    assert client.post(reverse("list_export"), {"format": "csv"}).status_code == 403
    assert not Event.objects.filter(kind="list.exported").exists()


def test_what_was_imported_is_shown_to_who_may_see_it(client, walk):
    as_role(client, walk, "petugas_ppid")
    headings = (*HEADINGS, "OPD")
    key = id_of(upload(client, workbook(headings, (*ROW, "Dinas Kesehatan"), (*SECOND, "BKD"))))
    columns(client, key)
    done = confirm(client, key)

    assert len(client.get(done.url).context["part"].rows) == 2
    as_role(client, walk, "ppid_pelaksana")
    (own,) = client.get(done.url).context["part"].rows
    assert own.agency == walk.agencies[0]
    visit(client, "list_done", uuid4(), status=404)


def test_the_template_is_handed_out(client, walk):
    as_role(client, walk, "auditor")
    answer = visit(client, "list_template")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert [one.name for one in read_file(answer.content)] == ["Daftar", "Petunjuk"]


def exported(client, kind):
    answer = client.post(reverse("list_export"), {"format": kind})
    assert answer.status_code == 200
    (table,) = read_file(answer.content)
    header = find_header(table)
    reading = Reading(header=header, columns=guess(header.names))
    return table, reading


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_goes_out_and_comes_into_another_office_unchanged(client, walk, kind):
    item = determined_item(walk)
    as_role(client, walk, "petugas_ppid")
    imported(client, ROW, SECOND, ("-7", "-Soal", "'x", "@y", "+z"))
    on = walk.today
    mine = whole_list(walk.body, by=who(walk, "petugas_ppid"), on=on).entries
    assert [one.title for one in mine] == [item.title, "Rekam medis", "Soal ujian", "-Soal"]

    table, reading = exported(client, kind)
    again = dry_run(table, reading, known=known_of(walk.body))
    assert [one.fate for one in again.rows] == [Fate.IN_REGISTER, *[Fate.KNOWN] * 3]

    elsewhere = office("kabupaten", on=on)
    run = dry_run(table, reading, known=known_of(elsewhere.body))
    rows = [ListRow(one.row, one.entry, one.agency) for one in run.of(Fate.NEW)]
    said = {"name": "a", "digest": "b", "rows": rows}
    import_list(elsewhere.body, by=who(elsewhere, "petugas_ppid"), at=elsewhere.tick(), **said)
    theirs = whole_list(elsewhere.body, by=who(elsewhere, "petugas_ppid"), on=on).entries
    assert theirs == mine
    assert_sound()


def determined_item(walk):
    case = case_in(walk)
    item = item_in(walk, case)
    write_sheet(walk, item, term=DateTerm(walk.today, walk.today + timedelta(days=900)))
    approved(walk, case, item)
    determined(walk, case, item)
    item.refresh_from_db()
    return item


def test_the_export_is_on_the_log_and_an_unknown_format_is_not(client, walk):
    person = as_role(client, walk, "auditor")
    item = determined_item(walk)
    exported(client, "csv")
    exported(client, "xlsx")
    reading = Event.objects.get(kind="document.read")  # one a person, item and day
    assert (reading.actor, reading.item) == (person.pk, item.pk)
    event = Event.objects.filter(kind="list.exported").first()
    assert event.actor == person.pk
    assert Entry.from_bytes(bytes(event.entry)).payload["rows"] == 1
    assert client.post(reverse("list_export"), {"format": "pdf"}).status_code == 404


def test_the_list_leaves_out_what_is_open_set_aside_or_replaced(walk):
    item = determined_item(walk)
    rows = [ListRow(n, LegacyEntry(title=f"Lama {n}")) for n in (1, 2, 3)]
    by = who(walk, "petugas_ppid")
    import_list(walk.body, name="a", digest="b", rows=rows, by=by, at=walk.tick())
    first, second, _ = ImportedEntry.objects.order_by("row")
    set_entry_aside(first, reason="ganda", by=by, at=walk.tick())
    agency = walk.agencies[0]
    case = item.case
    candidate = take_up_entry(case, entry=second, agency=agency, by=by, at=walk.tick())

    def titles(on):
        return [one.title for one in whole_list(walk.body, by=by, on=on).entries]

    assert titles(walk.today) == [item.title, "Lama 2", "Lama 3"]
    assert titles(item.opens_on) == ["Lama 2", "Lama 3"]

    Item.objects.filter(pk=candidate.pk).update(stage="dikecualikan", opens_on=item.opens_on)
    assert titles(item.opens_on) == ["Lama 3"]


ALLOWED = {"petugas_ppid", "ppid_utama"}
READERS = ALLOWED | {"tim_pertimbangan", "pimpinan_badan_publik", "arsiparis", "auditor"}


@pytest.mark.parametrize("role", sorted(READERS | {"ppid_pelaksana"}))
def test_each_role_gets_as_far_as_its_rights_go(client, walk, role):
    as_role(client, walk, role)
    page = visit(client, "list_import")
    assert bool(page.context["obstacles"]) == (role not in ALLOWED)
    assert page.context["reader"]
    upload(client, workbook(HEADINGS, ROW), status=302 if role in ALLOWED else 403)
    assert client.post(reverse("list_export"), {"format": "csv"}).status_code == 200


def test_a_long_import_is_shown_in_as_many_questions_as_a_short_one(
    client, walk, django_assert_max_num_queries
):
    as_role(client, walk, "petugas_ppid")
    few = imported(client, ROW).url
    many = imported(client, *[(f"B{n}", f"Data {n}", "", "", "") for n in range(60)]).url
    assert len(client.get(many).context["part"].rows) == 50
    with django_assert_max_num_queries(25):
        client.get(few)
    with django_assert_max_num_queries(25):
        client.get(many)
    with django_assert_max_num_queries(25):
        visit(client, "list_import")
