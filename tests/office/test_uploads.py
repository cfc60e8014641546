"""An upload: looked into, scanned, sealed; or refused, and then nothing of it is left."""

import io
import logging
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.factories import sign_in
from office.offices import assert_sound, case_in, item_in, office, who
from office.pages import as_role, send, visit
from office.vaults import content, names, recovery_key, store
from ppid.errors import BadInput, Conflict, PpidError, Refused
from ppid.ledger.entry import Entry
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.uploads import take_document
from ppid.office.models import Event, Person, SoftCopy
from ppid.vault.memory import held, is_sealed
from vault.clamd import running
from vault.hostile import EICAR, FILES, KEPT, pdf, with_location

pytestmark = pytest.mark.django_db(databases=["default", "public"])
STRANGE = [one for one in FILES if one.becomes == "file_name_invalid"]
CSV = b"nama;KENARI-CSV\n"


@pytest.fixture
def desk():
    walk = office()
    item = item_in(walk, case_in(walk))
    recovery_key(walk)
    return walk, item


def take(walk, item, data=CSV, *, name="daftar.csv", role="arsiparis", **more):
    file = held(io.BytesIO(data), most=1 << 30)
    by = more.pop("by", None) or who(walk, role)
    return take_document(item, file=file, file_name=name, by=by, at=walk.tick(), **more)


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def nothing_is_left():
    return (names(), SoftCopy.objects.count(), Event.objects.filter(kind="document.stored").count())


def test_what_is_found_in_a_file_is_kept_with_it_and_stays_sealed(desk):
    walk, item = desk

    copy = take(walk, item, with_location(), name="foto.jpg")

    assert (copy.kind, copy.pages, copy.remarks) == ("jpeg", 1, ["location"])
    assert ["Make", "KENARI-KAMERA"] in copy.metadata
    entry = bytes(Event.objects.get(kind="document.stored").entry)
    assert not [one for one in (b"KENARI", b"jpeg", b"location") if one in entry]
    assert "metadata" in Entry.from_bytes(entry).commitments
    assert_sound()


@pytest.mark.parametrize("one", STRANGE, ids=str)
def test_a_name_that_misleads_leaves_nothing(desk, one):
    walk, item = desk
    assert refused(lambda: take(walk, item, one.make(), name=one.name), BadInput) == (one.becomes,)
    assert nothing_is_left() == ([], 0, 0)


@pytest.mark.parametrize("name", ["js.pdf", "vba.docx", "eicar.zip", "gambar.pdf", "kosong.pdf"])
def test_a_file_that_is_refused_leaves_nothing(desk, name):
    walk, item = desk
    (one,) = [one for one in FILES if one.name == name]
    assert refused(lambda: take(walk, item, one.make(), name=name), BadInput) == (one.becomes,)
    assert nothing_is_left() == ([], 0, 0)


@pytest.mark.parametrize("name", ["-rf.pdf", "eicar.txt", "php-komentar.jpg", "rumus.csv"])
def test_what_is_odd_but_harmless_is_sealed_as_it_is(desk, name):
    walk, item = desk
    (one,) = [one for one in FILES if one.name == name]
    assert one.becomes == KEPT
    data = one.make()
    assert content(take(walk, item, data, name=name)) == data


def test_who_may_not_file_and_a_body_without_keys_are_told_before_anything_is_read(desk):
    walk, item = desk
    assert refused(lambda: take(walk, item, role="auditor"), Refused) == ("not_authorised",)
    other = office("lain")
    keyless = item_in(other, case_in(other))
    assert refused(lambda: take(other, keyless), Refused) == ("vault_without_keys",)


def test_with_a_scanner_nothing_is_stored_that_it_did_not_call_clean(desk, settings):
    walk, item = desk
    with running() as (clamd, address):
        settings.CLAMD = address
        assert refused(lambda: take(walk, item, EICAR, name="a.txt")) == ("virus_found",)
        settings.CLAMD_MOST_MB = "0"
        assert refused(lambda: take(walk, item)) == ("scan_too_large",)
        settings.CLAMD_MOST_MB = "1"
        take(walk, item)
        assert clamd.asked[-1][1] == CSV
    assert refused(lambda: take(walk, item, b"lain,lagi\n")) == ("scan_unavailable",)
    settings.CLAMD_MOST_MB = "banyak"
    assert refused(lambda: take(walk, item, b"lain,lagi\n")) == ("scan_limit",)
    assert len(names()) == 1


def test_what_is_stored_is_what_was_looked_at(desk):
    walk, item = desk
    file = held(io.BytesIO(CSV), most=100)

    with pytest.raises(PermissionError):
        file.write(b"lain")

    assert content(take(walk, item)) == CSV


def test_the_same_file_elsewhere_is_not_given_away(desk):
    walk, item = desk
    take(walk, item)
    other = item_in(walk, item.case, title="Lain")

    take(walk, other)

    assert refused(lambda: take(walk, item), Conflict) == ("copy_exists",)


def upload(client, item, data=CSV, *, name="daftar.csv", status=302, **more):
    return send(
        client, "documents", item.pk, status=status, file=SimpleUploadedFile(name, data), **more
    )


def test_an_officer_uploads_a_file_and_sees_what_it_carries(client, desk):
    walk, item = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        assert b"dokumen" in visit(client, "item", item.pk).content
        answer = upload(client, item, with_location(), name="foto.jpg")
        page = client.get(answer.url)
        again = visit(client, "documents", item.pk).content.decode()
    copy = SoftCopy.objects.get()
    assert answer.url == reverse("document", args=[copy.document, 1])
    assert "KENARI-KAMERA" in page.content.decode()
    assert "foto.jpg" in again
    assert "Versi baru dari foto.jpg" in again


def test_a_new_version_is_sent_as_one(client, desk):
    walk, item = desk
    old = take(walk, item)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        answer = upload(client, item, b"a,b\n", document=old.document)
        page = client.get(answer.url).content.decode()
    assert answer.url == reverse("document", args=[old.document, 2])
    assert "2 dari 2" in page.replace("\n", "")


def test_a_double_click_stores_once(client, desk):
    walk, item = desk
    form = uuid4()
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        upload(client, item, act=form)
        answer = upload(client, item, b"lain\n", act=form)
    assert answer.url == reverse("documents", args=[item.pk])
    assert len(names()) == SoftCopy.objects.count() == 1


def test_a_refused_file_is_named_on_the_page_and_in_no_log(client, desk, caplog):
    walk, item = desk
    (one,) = [one for one in FILES if one.name == "js.pdf"]
    with time_machine.travel(walk.now, tick=False), caplog.at_level(logging.DEBUG):
        as_role(client, walk, "arsiparis")
        page = upload(client, item, one.make(), name="KENARI-NAMA.pdf", status=200)
    assert "skrip" in page.content.decode()
    assert "KENARI-NAMA" not in caplog.text
    assert nothing_is_left() == ([], 0, 0)
    kept = [path for path in settings.DATA.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"KENARI-NAMA" in path.read_bytes()]


def test_a_file_above_the_limit_of_the_body_is_refused_and_one_at_it_is_not(client, desk):
    walk, item = desk
    at = walk.tick()
    by = who(walk, "ppid_utama")
    change_settings(walk.body, by=by, at=at, choices=walk.body.settings | {"upload_megabytes": 1})
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        large = upload(client, item, b"a" * 1_000_001, name="a.txt", status=200)
        upload(client, item, b"a" * 1_000_000, name="a.txt")
    assert "lebih besar daripada 1 MB" in large.content.decode()
    assert SoftCopy.objects.get().plain_size == 1_000_000


@pytest.mark.parametrize("value", [0, 401, "10", True, 1.5])
def test_a_limit_must_be_a_number_of_megabytes(desk, value):
    walk, _ = desk
    choices = walk.body.settings | {"upload_megabytes": value}
    by = who(walk, "ppid_utama")
    act = lambda: change_settings(walk.body, by=by, at=walk.tick(), choices=choices)  # noqa: E731
    assert refused(act, BadInput) == ("choice_invalid",)


def test_without_a_file_the_form_asks_for_one(client, desk):
    walk, item = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        page = send(client, "documents", item.pk, status=200)
    assert page.context["form"].errors.as_data()["file"][0].code == "required"


def test_an_upload_waits_in_memory_only(client, desk, monkeypatch):
    walk, item = desk
    seen = []

    def look(item, *, file, **more):
        seen.append(is_sealed(file))
        raise refusal()

    monkeypatch.setattr("ppid.office.views.documents.take_document", look)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        upload(client, item, pdf() * 3000, name="a.pdf", status=200)
    assert seen == [True]


def refusal():
    with pytest.raises(BadInput) as error:
        held(io.BytesIO(b"12"), most=1)
    return error.value


def test_a_stranger_s_bytes_are_not_kept(client, desk, monkeypatch):
    _, item = desk

    def never():
        raise AssertionError("a stranger's upload was taken")

    monkeypatch.setattr("ppid.office.uploads.in_memory", never)
    file = SimpleUploadedFile("a.csv", CSV)
    answer = client.post(reverse("documents", args=[item.pk]), {"file": file})
    assert "/akun/masuk" in answer.url or "/akun/login" in answer.url


def test_an_account_without_a_person_may_send_nothing(client, desk, django_user_model):
    _, item = desk
    client.force_login(django_user_model.objects.create(username="tanpa-orang"))
    file = SimpleUploadedFile("a.csv", CSV)
    answer = client.post(reverse("documents", args=[item.pk]), {"file": file, "act": uuid4()})
    assert answer.status_code == 404
    assert nothing_is_left() == ([], 0, 0)


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan"])
def test_who_may_not_file_sees_why(client, desk, role):
    walk, item = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, role)
        page = visit(client, "documents", item.pk)
        upload(client, item, status=403)
    assert [one.code for one in page.context["page"].obstacles] == ["not_authorised"]


def test_who_manages_the_system_finds_no_document(client, desk):
    walk, item = desk
    copy = store(walk, item)
    from office.offices import appoint

    admin = appoint(walk, "pengelola_sistem")
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=admin.pk))
        visit(client, "documents", item.pk, status=404)
        for page in ("document", "document_read"):
            visit(client, page, copy.document, 1, status=404)
