"""Making a public copy: checked before it is stored, sealed, recorded, and decided by two."""

import io
from dataclasses import replace

import pytest

from office.offices import appoint, assert_sound, case_in, item_in, office, who
from office.vaults import content, names, recovery_key, store
from papers.reading import text_of
from ppid.errors import BadInput, Conflict, PpidError, Refused
from ppid.ledger.entry import Entry
from ppid.office import redaction
from ppid.office.actions import redactions
from ppid.office.actions.redactions import decide_public_copy, make_public_copy
from ppid.office.actions.vault import begin_rotation
from ppid.office.models import Event, PublicCopy, SoftCopy
from ppid.office.queries.history import in_words
from ppid.office.queries.vault import faults
from ppid.office.redaction import hits_in, page_picture, survey
from ppid.vault.apart import Done
from ppid.vault.redaction.job import work
from vault.covered import LINES, marks_on, pdf

pytestmark = pytest.mark.django_db(databases=["default", "public"])
GROUND = "ps. 17 h 2"
REASON = "Melindungi riwayat kesehatan seseorang."


@pytest.fixture
def desk():
    """An item with a document of two pages in the vault, and what is to be black in it."""
    walk = office()
    item = item_in(walk, case_in(walk))
    recovery_key(walk)
    source = pdf(LINES, ("Jumlah pasien per kecamatan: 12",))
    return walk, store(walk, item, source), marked(source, "Siti Aminah")


@pytest.fixture
def apart():
    """Asked for by a test that is of the process set apart too."""


@pytest.fixture(autouse=True)
def work_here(request, monkeypatch):
    """Do the work in this process, but for the tests that are of the process set apart."""
    if "apart" in request.fixturenames:
        return

    def here(job, source, *, asked, limits):
        target = io.BytesIO()
        said = work(source, target, asked)
        target.seek(0)
        return Done(said, target)

    monkeypatch.setattr(redaction, "work_apart", here)


def marked(source, *words):
    found = [mark for one in words for mark in marks_on(source, one)]
    return [replace(one, ground=GROUND, reason=REASON) for one in found]


def make(walk, source, marks, *, role="petugas_ppid", **more):
    by = more.pop("by", None) or who(walk, role)
    return make_public_copy(source, marks=marks, by=by, at=walk.tick(), **more)


def decide(walk, copy, decision="setuju", *, role="ppid_utama", **more):
    by = more.pop("by", None) or who(walk, role)
    decide_public_copy(copy, decision=decision, by=by, at=walk.tick(), **more)
    copy.refresh_from_db()
    return copy


def soft_copy_of(copy):
    return SoftCopy.objects.get(document=copy.document, version=copy.version)


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def test_a_public_copy_is_sealed_and_shows_the_list_of_what_is_black(desk, apart):
    walk, source, marks = desk

    copy = make(walk, source, marks)

    data = content(soft_copy_of(copy))
    text = text_of(data)
    assert "Siti" not in text
    for said in ("Daftar bagian yang dihitamkan", "huruf h angka 2", REASON, "Rekam medis pasien"):
        assert said in text
    assert (copy.pages, copy.source, copy.version, copy.decision) == (2, source.document, 1, "")
    assert sorted(names()) == sorted(SoftCopy.objects.values_list("name", flat=True))
    assert list(faults()) == []
    assert_sound()


def test_the_log_says_how_many_marks_on_what_ground_and_not_where_or_why(desk):
    walk, source, marks = desk

    make(walk, source, marks)

    event = Event.objects.get(kind="document.redacted")
    said = Entry.from_bytes(bytes(event.entry)).payload
    assert (said["count"], said["grounds"], said["pages"]) == (1, [GROUND], 2)
    assert said["source"] == str(source.document)
    for kept in (REASON, str(marks[0].left), "Siti"):
        assert kept.encode() not in bytes(event.entry)
    assert in_words(event) == "Salinan untuk umum dibuat: 1 bagian dihitamkan"


def test_a_copy_that_leaks_is_neither_stored_nor_recorded(desk, monkeypatch):
    walk, source, marks = desk
    telling = [replace(one, reason="Menyangkut Siti Aminah") for one in marks]
    before = names()

    assert refused(lambda: make(walk, source, telling), BadInput) == ("words_left",)
    right = redaction.covered

    def leaky(*given):
        data, pages = right(*given)
        return data + b"Siti Aminah", pages

    monkeypatch.setattr(redaction, "covered", leaky)
    assert refused(lambda: make(walk, source, marks), BadInput) == ("bytes_hidden",)

    assert names() == before
    assert not PublicCopy.objects.exists()
    assert not Event.objects.filter(kind="document.redacted").exists()


def test_marks_that_cannot_be_and_unknown_grounds_are_refused(desk):
    walk, source, marks = desk
    assert refused(lambda: make(walk, source, [])) == ("mark_missing",)
    strange = [replace(marks[0], ground="rahasia")]
    assert refused(lambda: make(walk, source, strange)) == ("ground_unknown",)


@pytest.mark.parametrize("role", ["auditor", "arsiparis", "pimpinan_badan_publik"])
def test_who_does_not_prepare_does_not_blacken(desk, role):
    walk, source, marks = desk
    assert refused(lambda: make(walk, source, marks, role=role), Refused) == ("not_authorised",)


def test_a_second_person_approves(desk):
    walk, source, marks = desk
    copy = make(walk, source, marks)

    decide(walk, copy)

    assert (copy.decision, copy.decided_by) == ("setuju", who(walk, "ppid_utama"))
    assert refused(lambda: decide(walk, copy), Refused) == ("copy_decided",)
    event = Event.objects.get(kind="redaction.decided")
    assert in_words(event) == "Salinan untuk umum diputus: setuju"
    assert_sound()


def test_who_made_the_copy_does_not_approve_it(desk):
    walk, source, marks = desk
    both = who(walk, "ppid_utama")
    copy = make(walk, source, marks, by=both)

    assert refused(lambda: decide(walk, copy, by=both), Refused) == ("copy_own",)
    assert refused(lambda: decide(walk, copy, role="auditor"), Refused) == ("not_authorised",)

    assert decide(walk, copy, role="pimpinan_badan_publik").decision == "setuju"


def test_a_refusal_says_what_to_put_right(desk):
    walk, source, marks = desk
    copy = make(walk, source, marks)
    assert refused(lambda: decide(walk, copy, "tolak")) == ("reason_missing",)
    assert refused(lambda: decide(walk, copy, "nanti")) == ("decision_unknown",)

    decide(walk, copy, "tolak", reason="Diagnosis belum ditutup.")

    assert copy.decision_reason == "Diagnosis belum ditutup."


def test_what_an_approved_copy_closed_opens_only_with_a_reason(desk):
    walk, source, marks = desk
    more = marked(pdf(), "hipertensi esensial")
    decide(walk, make(walk, source, [*marks, *more]))

    assert refused(lambda: make(walk, source, marks), Refused) == ("opened_now",)
    second = make(walk, source, marks, opened_reason="Pasien memberi persetujuan tertulis.")

    assert [one["code"] for one in second.remarks] == ["opened_now"]
    assert (second.version, second.opened_reason) == (2, "Pasien memberi persetujuan tertulis.")
    assert soft_copy_of(second).document == PublicCopy.objects.get(version=1).document
    assert_sound()


def test_what_a_copy_closes_that_was_open_is_remarked(desk):
    walk, source, marks = desk
    decide(walk, make(walk, source, marks))
    more = marked(pdf(), "hipertensi esensial")

    assert [one["code"] for one in make(walk, source, [*marks, *more]).remarks] == ["closed_now"]


def test_a_copy_that_was_not_approved_binds_nobody(desk):
    walk, source, marks = desk
    more = marked(pdf(), "hipertensi esensial")
    decide(walk, make(walk, source, [*marks, *more]), "tolak", reason="Terlalu banyak.")

    assert make(walk, source, marks).remarks == []


def test_what_changed_while_the_copy_was_made_stops_it(desk, monkeypatch):
    walk, source, marks = desk
    right = redactions.seal_copy

    def meanwhile(act):
        def sealing(*given, **more):
            monkeypatch.setattr(redactions, "seal_copy", right)
            act()
            return right(*given, **more)

        monkeypatch.setattr(redactions, "seal_copy", sealing)

    meanwhile(lambda: make(walk, source, marks))
    assert refused(lambda: make(walk, source, marks), Conflict) == ("version_taken",)
    meanwhile(lambda: begin_rotation(walk.body, at=walk.tick()))
    assert refused(lambda: make(walk, source, marks), Conflict) == ("vault_keys_changed",)
    assert sorted(names()) == sorted(SoftCopy.objects.values_list("name", flat=True))


def test_a_document_is_looked_at_and_searched(desk):
    _, source, marks = desk
    document = redaction.bytes_of(source)

    assert survey(document).text
    assert len(survey(document).pages) == 2
    assert page_picture(document, 1).startswith(b"\x89PNG")
    (hit,) = hits_in(document, "siti aminah")
    assert (hit.page, hit.left) == (marks[0].page, marks[0].left)


def test_a_document_that_is_too_large_is_refused(desk, monkeypatch):
    _, source, _ = desk
    monkeypatch.setattr(redaction, "LARGEST", 10)
    assert refused(lambda: redaction.bytes_of(source)) == ("document_too_large",)


def test_what_is_no_page_is_refused(desk):
    walk, source, marks = desk
    other = store(walk, source.item, b"PK\x03\x04 bukan halaman", name="surat.docx")
    assert refused(lambda: make(walk, other, marks)) == ("document_unreadable",)


def test_the_agencys_own_ppid_may_blacken_too(desk):
    walk, source, marks = desk
    person = appoint(walk, "ppid_pelaksana", agency=walk.agencies[0], name="Rina")
    assert make(walk, source, marks, by=person.pk).made_by == person.pk
