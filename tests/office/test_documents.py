"""Storing a soft copy: file, row and event together, or nothing at all."""

from uuid import uuid4

import pytest
from django.conf import settings

from office.offices import assert_sound, case_in, item_in, office, who
from office.remembered import remembered
from office.vaults import content, names, recovery_key, store
from ppid.errors import BadInput, Conflict, PpidError, Refused
from ppid.ledger.entry import Entry
from ppid.office.actions import documents
from ppid.office.actions.documents import checked_file_name
from ppid.office.actions.vault import begin_rotation
from ppid.office.models import Event, SoftCopy
from ppid.office.queries.history import in_words
from ppid.office.queries.vault import faults
from ppid.vault.streams import Digest

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECRET = b"KENARI-7QX diagnosis pasien " * 5000


@pytest.fixture
@remembered
def desk():
    walk = office()
    item = item_in(walk, case_in(walk))
    return walk, item, recovery_key(walk)


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def test_a_stored_document_opens_with_the_service_key_and_with_the_printed_one(desk):
    walk, item, printed = desk

    copy = store(walk, item, SECRET, name=" Rekam medis.pdf ")

    assert content(copy) == content(copy, identities=[printed]) == SECRET
    assert (copy.version, copy.file_name, copy.plain_size) == (1, "Rekam medis.pdf", len(SECRET))
    assert names() == [copy.name]
    assert list(faults()) == []
    assert_sound()


def test_the_log_says_what_was_stored_and_nothing_of_what_is_in_it(desk):
    walk, item, _ = desk

    copy = store(walk, item, SECRET)

    event = Event.objects.get(kind="document.stored")
    said = Entry.from_bytes(bytes(event.entry)).payload
    assert said["sealed"] == {"size": copy.sealed_size, "sha256": copy.sealed_sha256}
    assert (said["document"], said["version"]) == (str(copy.document), 1)
    for kept in (copy.file_name, copy.plain_sha256):
        assert kept.encode() not in bytes(event.entry)
    assert in_words(event) == "Soft copy disegel ke brankas"


def test_no_plain_byte_reaches_the_data_folder(desk):
    walk, item, _ = desk
    seen = []

    class Looking:
        """Looks at the whole data folder while it is read from."""

        def __init__(self):
            self.left = SECRET * 10

        def read(self, size):
            seen.append(canaries())
            part, self.left = self.left[:size], self.left[size:]
            return part

    def canaries():
        files = [path for path in settings.DATA.rglob("*") if path.is_file()]
        return [path for path in files if b"KENARI-7QX" in path.read_bytes()]

    store(walk, item, Looking())

    assert len(seen) > 3
    assert not any(seen)
    assert canaries() == []


def test_a_new_version_stands_beside_the_old_one(desk):
    walk, item, _ = desk
    old = store(walk, item, b"lama")

    new = store(walk, item, b"baru", document=old.document)

    assert (new.document, new.version) == (old.document, 2)
    assert (content(old), content(new)) == (b"lama", b"baru")
    assert_sound()


def test_the_same_file_twice_is_one_copy(desk):
    walk, item, _ = desk
    copy = store(walk, item, SECRET)

    assert refused(lambda: store(walk, item, SECRET), Conflict) == ("copy_exists",)

    assert names() == [copy.name]
    assert Event.objects.filter(kind="document.stored").count() == 1


def test_one_form_stores_once(desk):
    walk, item, _ = desk
    form = uuid4()
    copy = store(walk, item, b"isi", act=form)

    assert refused(lambda: store(walk, item, b"lain", act=form), Conflict) == ("already_done",)

    assert names() == [copy.name]


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik"])
def test_who_may_not_file_may_not_store(desk, role):
    walk, item, _ = desk

    assert refused(lambda: store(walk, item, role=role), Refused) == ("not_authorised",)

    assert names() == []


def test_without_a_recovery_key_nothing_is_stored():
    walk = office()
    item = item_in(walk, case_in(walk))

    assert refused(lambda: store(walk, item), Refused) == ("vault_without_keys",)

    assert not settings.VAULT.exists()


def test_a_version_of_a_document_that_is_not_here_is_refused(desk):
    walk, item, _ = desk

    assert refused(lambda: store(walk, item, document=uuid4())) == ("document_unknown",)

    assert names() == []


class Meanwhile:
    """A source during which something else happens."""

    def __init__(self, act):
        self.act, self.rest = act, b"isi"

    def read(self, size):
        if self.rest:
            self.act()
        part, self.rest = self.rest, b""
        return part


def test_what_changed_while_the_file_was_sealed_stops_it(desk):
    walk, item, _ = desk
    old = store(walk, item, b"lama")

    def newer():
        store(walk, item, b"lebih cepat", document=old.document)

    def rotated():
        begin_rotation(walk.body, at=walk.tick())

    for happens, code, others in ((newer, "version_taken", 1), (rotated, "vault_keys_changed", 0)):
        before = Event.objects.filter(kind="document.stored").count()
        with pytest.raises(Conflict) as error:
            store(walk, item, Meanwhile(happens), document=old.document)
        assert error.value.codes == (code,)
        assert Event.objects.filter(kind="document.stored").count() - before == others
    assert sorted(names()) == sorted(SoftCopy.objects.values_list("name", flat=True))
    assert_sound()


def test_a_file_that_is_not_what_was_announced_is_not_stored(desk):
    walk, item, _ = desk

    announced = Digest(3, "0" * 64)

    assert refused(lambda: store(walk, item, expected=announced), BadInput) == ("source_changed",)
    assert (names(), SoftCopy.objects.count()) == ([], 0)


def test_a_database_that_fails_leaves_a_file_that_nobody_names(desk, monkeypatch):
    walk, item, _ = desk

    def fail(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents, "append", fail)
    with pytest.raises(OSError, match="No space"):
        store(walk, item)

    assert SoftCopy.objects.count() == 0
    assert len(names()) == 1  # perhaps the commit went through: only the sweep may decide
    assert list(faults()) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "../rahasia.pdf",
        "a/b",
        "C:\\a.pdf",
        "a\0b",
        "a\nb",
        "a" * 256,
        "\u202efdp.exe",
        "\ud800",
    ],
    ids=lambda name: ascii(name)[:16],
)
def test_a_name_that_could_mislead_is_refused(name):
    assert refused(lambda: checked_file_name(name)) == ("file_name_invalid",)


@pytest.mark.parametrize(
    "name", ["Rekam medis (2).pdf", ".env", "CON", "surat – 📄.docx", "e\u0301"]
)
def test_any_other_name_is_only_a_name(name):
    assert len(checked_file_name(name)) <= len(name)


def test_who_stored_it_stands_in_the_row(desk):
    walk, item, _ = desk
    copy = store(walk, item, role="petugas_ppid")
    assert (copy.stored_by, copy.item_id) == (who(walk, "petugas_ppid"), item.pk)
