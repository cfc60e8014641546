"""Opening a soft copy: with a reason, recorded first, and with the reader on every page."""

import io
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image

from office.factories import person_in, sign_in
from office.offices import appoint, assert_sound, case_in, item_in, office, register_item, who
from office.pages import as_role, send, visit
from office.vaults import recovery_key, store
from ppid.errors import BadInput, CorruptData, PpidError, Refused
from ppid.ledger.entry import Entry
from ppid.office import vault
from ppid.office.actions import copy_readings
from ppid.office.actions.copy_readings import read_copy
from ppid.office.models import CopyReading, Event, Item, Person
from ppid.office.queries.history import in_words
from ppid.office.queries.readings import readings
from ppid.vault import keyring
from vault.hostile import pdf, png, tiff

pytestmark = pytest.mark.django_db(databases=["default", "public"])
WHY = "KENARI-ALASAN menjawab permohonan"
PDF = {"kind": "pdf", "pages": 2, "remarks": [], "metadata": [["Author", "KENARI-PENULIS"]]}


@pytest.fixture
def desk():
    walk = office()
    item = item_in(walk, case_in(walk))
    recovery_key(walk)
    return walk, item


def pdf_in(walk, item, **more):
    return store(walk, item, pdf(pages=2), name="Rekam médis.pdf", found=PDF, **more)


def read(walk, copy, role="arsiparis", *, reason=WHY, **more):
    by = more.pop("by", None) or who(walk, role)
    return read_copy(copy, reason=reason, by=by, at=walk.tick(), **more)


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def test_the_copy_names_its_reader_on_every_page(desk):
    walk, item = desk

    handed = read(walk, pdf_in(walk, item))

    pages = text_of(handed.file.read())
    assert (handed.number, handed.marked, len(pages)) == (1, 2, 2)
    for page in pages:
        assert "Rekam medis" in page
        assert page.count("Salinan baca nomor 1 \u2013 arsiparis \u2013 2 Maret 2026 pukul") > 5
        assert "WIB" in page


def test_no_annotation_or_object_holds_the_mark(desk):
    walk, item = desk
    handed = read(walk, pdf_in(walk, item))
    with pikepdf.open(handed.file) as made:
        for page in made.pages:
            assert "/Annots" not in page
            assert "/XObject" not in page.Resources
            assert not isinstance(page.Contents, pikepdf.Array)
            assert b"Salinan baca" in page.Contents.read_bytes()
            assert b"Rekam medis" in page.Contents.read_bytes()


@pytest.mark.parametrize(
    ("kind", "data", "pages"), [("png", png((400, 300)), 1), ("tiff", tiff(3, (300, 400)), 3)]
)
def test_a_picture_is_drawn_on(desk, kind, data, pages):
    walk, item = desk
    copy = store(walk, item, data, name=f"a.{kind}", found={"kind": kind, "pages": pages})

    handed = read(walk, copy)

    with Image.open(handed.file) as made, Image.open(io.BytesIO(data)) as before:
        assert (made.format, made.size, getattr(made, "n_frames", 1)) == (
            kind.upper(),
            before.size,
            pages,
        )
        assert len(made.convert("L").getcolors(256)) > 10
    assert handed.marked == pages


def test_the_reading_is_in_the_log_before_any_byte_goes_out(desk, monkeypatch):
    walk, item = desk
    copy = pdf_in(walk, item)
    seen = []
    real = copy_readings.work_apart

    def look(*args, **more):
        seen.append(CopyReading.objects.count())
        return real(*args, **more)

    monkeypatch.setattr(copy_readings, "work_apart", look)
    read(walk, copy)

    assert seen == [1]


def test_the_log_says_who_read_which_copy_and_keeps_the_reason_sealed(desk):
    walk, item = desk
    copy = pdf_in(walk, item)

    read(walk, copy, for_case=True)

    event = Event.objects.get(kind="document.read")
    said = Entry.from_bytes(bytes(event.entry)).payload
    assert (said["document"], said["version"], said["number"], said["marked"]) == (
        str(copy.document),
        1,
        1,
        True,
    )
    assert (event.actor, event.case, event.item) == (who(walk, "arsiparis"), item.case_id, item.pk)
    assert b"KENARI" not in bytes(event.entry)
    assert WHY in in_words(event)
    assert_sound()


def test_readings_of_a_body_are_numbered_one_after_the_other(desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    first = [read(walk, copy, role).number for role in ("arsiparis", "auditor")]
    other = office("lain")
    recovery_key(other)
    elsewhere = read(other, pdf_in(other, item_in(other, case_in(other)))).number
    assert (first, elsewhere) == ([1, 2], 1)


def test_what_cannot_be_marked_is_handed_out_as_it_is_and_the_log_says_so(desk):
    walk, item = desk
    copy = store(walk, item, b"a,b\n", name="a.csv", found={"kind": "csv"})

    handed = read(walk, copy)

    assert (handed.file.read(), handed.marked) == (b"a,b\n", 0)
    assert CopyReading.objects.get().marked is False


def test_a_copy_from_before_files_were_looked_into_is_handed_out_unmarked(desk):
    walk, item = desk
    assert read(walk, store(walk, item, pdf())).marked == 0


@pytest.mark.parametrize("reason", ["", "   ", "123456789", "  a       b   "])
def test_without_a_reason_nothing_is_opened(desk, reason):
    walk, item = desk
    copy = pdf_in(walk, item)
    codes = refused(lambda: read(walk, copy, reason=reason), BadInput)
    assert (codes, CopyReading.objects.count()) == (
        ("reason_short",) if len(reason.strip()) < 10 else (),
        0,
    )


def test_a_copy_that_is_not_the_one_is_never_handed_out(desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    file = settings.VAULT / copy.name
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)

    assert refused(lambda: read(walk, copy), CorruptData) == ("file_altered",)

    assert not Event.objects.filter(kind="document.read").exists()


def test_a_copy_that_cannot_be_marked_after_all_is_recorded_and_not_handed_out(desk):
    walk, item = desk
    copy = store(walk, item, b"bukan pdf", name="a.pdf", found=PDF)

    assert refused(lambda: read(walk, copy), BadInput) == ("file_damaged",)

    assert CopyReading.objects.count() == 1


def test_the_team_opens_documents_only_while_a_case_runs(desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    assert read(walk, copy, "tim_pertimbangan", for_case=True).number == 1

    Item.objects.filter(pk=item.pk).update(case=None)
    copy.refresh_from_db()

    assert refused(lambda: read(walk, copy, "tim_pertimbangan"), Refused) == ("case_needed",)
    assert refused(lambda: read(walk, copy, for_case=True), BadInput) == ("no_case_runs",)
    assert read(walk, copy, "auditor").number == 2


def test_who_has_no_office_in_it_opens_nothing(desk):
    walk, item = desk
    admin = appoint(walk, "pengelola_sistem")
    copy = pdf_in(walk, item)
    assert refused(lambda: read(walk, copy, by=admin.pk), Refused) == ("not_authorised",)


def recent(client, at):
    """Say that the person signed in at that moment."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "password", "at": at.timestamp()}]
    session.save()


@pytest.fixture
def reader(client, desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        recent(client, walk.now)
        yield walk, copy


def ask(client, copy, status=200, **more):
    fields = {"purpose": "berkas", "reason": WHY} | more
    return send(client, "document_read", copy.document, copy.version, status=status, **fields)


def test_the_copy_is_a_file_to_keep_that_nothing_shows_by_itself(client, reader):
    _, copy = reader

    answer = ask(client, copy)

    data = b"".join(answer.streaming_content)
    assert data.startswith(b"%PDF-")
    assert answer["Content-Length"] == str(len(data))
    head, name, true = answer["Content-Disposition"].split("; ")
    assert head == "attachment"
    assert name.startswith('filename="salinan-1-')
    assert true == "filename*=UTF-8''Rekam%20m%C3%A9dis.pdf"
    assert {
        key: answer[key]
        for key in (
            "Content-Type",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Cross-Origin-Resource-Policy",
            "Cache-Control",
        )
    } == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def test_a_reading_sent_twice_is_one(client, reader):
    _, copy = reader
    form = uuid4()
    b"".join(ask(client, copy, act=form).streaming_content)
    again = ask(client, copy, act=form, status=302)
    assert (again.streaming, CopyReading.objects.count()) == (False, 1)


def test_a_sign_in_older_than_five_minutes_is_asked_for_again(client, reader):
    walk, copy = reader
    recent(client, walk.now - timedelta(seconds=299))
    visit(client, "document_read", copy.document, 1)
    recent(client, walk.now - timedelta(seconds=300))
    page = visit(client, "document_read", copy.document, 1, status=302)
    sent = ask(client, copy, status=302)
    for answer in (page, sent):
        assert answer.url.startswith(reverse("account_reauthenticate") + "?next=%2Fdokumen%2F")
    assert WHY not in str(dict(client.session))
    assert CopyReading.objects.count() == 0


def test_the_page_asks_what_for_and_why(client, reader):
    _, copy = reader
    assert (
        "Setiap halaman salinan"
        in visit(client, "document_read", copy.document, 1).content.decode()
    )
    page = ask(client, copy, purpose="", reason="")
    assert set(page.context["form"].errors) == {"purpose", "reason"}
    assert "reason" in ask(client, copy, reason="singkat").context["form"].errors
    assert CopyReading.objects.count() == 0


def test_a_damaged_copy_is_told_to_the_reader(client, reader):
    _, copy = reader
    (settings.VAULT / copy.name).unlink()
    page = ask(client, copy, status=500)
    assert [one.code for one in page.context["findings"]] == ["file_missing"]
    assert not page.streaming


def away(path):
    path.rename(path.with_name("lain"))


def other_key(path):
    away(path)
    keyring.create(path)


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (lambda body: away(settings.VAULT), "storage_missing"),
        (lambda body: away(vault.keyring_of(body)), "keyring_missing"),
        (lambda body: other_key(vault.keyring_of(body)), "identity_not_a_recipient"),
    ],
    ids=["folder gone", "key lost", "wrong key"],
)
def test_without_folder_or_key_the_reader_is_told_and_no_reading_is_recorded(
    client, reader, happens, code
):
    walk, copy = reader
    happens(walk.body.pk)

    page = ask(client, copy)

    assert [one.code for one in page.context["findings"]] == [code]
    assert CopyReading.objects.count() == 0
    visit(client, "item", copy.item_id)  # other work goes on


def test_where_no_mark_is_possible_the_page_says_so(client, reader):
    walk, copy = reader
    table = store(walk, copy.item, b"a,b\n", name="a.csv", found={"kind": "csv"})
    page = visit(client, "document_read", table.document, 1).content.decode()
    assert "tidak dapat diberi tanda air" in page
    Item.objects.filter(pk=copy.item_id).update(case=None)
    answer = ask(client, table, purpose="")
    assert b"".join(answer.streaming_content) == b"a,b\n"


def lines(walk, role="auditor", **asked):
    found = readings(walk.body, by=who(walk, role), on=walk.today, asked=asked)
    return [(line.who, line.number, line.reason) for line in found.lines]


def test_head_and_auditor_see_who_opened_what_when_and_why(client, desk):
    walk, _ = desk
    item = register_item(walk)
    copy, other = pdf_in(walk, item), store(walk, item, b"a\n", name="a.csv", found={"kind": "csv"})
    read(walk, copy, for_case=True)
    read(walk, other, "ppid_utama", reason="Memeriksa daftar")

    assert lines(walk) == [("ppid_utama", 2, "Memeriksa daftar"), ("arsiparis", 1, WHY)]
    assert lines(walk, "pimpinan_badan_publik", dokumen=str(copy.document)) == [
        ("arsiparis", 1, WHY)
    ]
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "auditor")
        page = visit(client, "readings", dokumen=str(copy.document)).content.decode()
        document = visit(client, "document", copy.document, 1).content.decode()
    for text in (WHY, "Rekam médis.pdf", "Nomor 1", "Hanya pembacaan satu dokumen"):
        assert text in page
    assert "1 kali: siapa membaca" in document


def test_nobody_else_sees_reasons_on_item_case_or_document(client, desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    read(walk, copy, for_case=True)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "ppid_utama")
        pages = [visit(client, "item", item.pk), visit(client, "case", item.case_id)]
        pages.append(visit(client, "document", copy.document, 1))
    assert not [one for one in pages if "KENARI-ALASAN" in one.content.decode()]
    assert "siapa membaca" not in pages[-1].content.decode()


def test_another_agency_s_officer_finds_no_document(client, desk):
    walk, item = desk
    copy = pdf_in(walk, item)
    other = appoint(walk, "ppid_pelaksana", name="BKD", agency=walk.agencies[1])
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=other.pk))
        for page in ("document", "document_read"):
            visit(client, page, copy.document, 1, status=404)
        sign_in(client, person_in(walk, "arsiparis"))
        visit(client, "document", uuid4(), 1, status=404)
