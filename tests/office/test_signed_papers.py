"""Papers that are signed: prepared, signed in order, checked before they count, never touched."""

from dataclasses import replace
from functools import cache
from uuid import uuid4

import pytest
import time_machine

from office.offices import appoint, assert_sound, codes, opened, who
from office.offices import letter as letter_of
from office.signing import ask_here, body, draft, letter, prepared, rule, signer, turn
from papers.authority import PASSPHRASE
from papers.reading import faults, text_of
from papers.signed import examine, paper
from ppid.errors import BadInput, Conflict, CorruptData, Refused
from ppid.ledger.entry import Entry
from ppid.office import paper_files
from ppid.office.actions.papers import (
    Scan,
    file_scan,
    next_signer,
    prepare,
    revisions,
    sign,
    withdraw,
)
from ppid.office.models import Event, Item, OfficePaper, PaperFile
from ppid.office.signing_rules import OWN_FOOTER, PaperKind
from ppid.papers.signature import Level, Way

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk(monkeypatch):
    """A letter of determination that is ready to be signed electronically by two people."""
    ask_here(monkeypatch)
    walk, found = letter()
    rule(walk)
    return walk, prepared(walk, found)


@pytest.fixture
def on_ink(monkeypatch):
    """The same letter in an office that signs with ink."""
    ask_here(monkeypatch)
    walk, found = letter()
    return walk, prepared(walk, found)


def signs(walk, ready, *, by=None, name=None, how=None, act=None):
    """Let whose turn it is sign, or somebody else."""
    person, own = turn(ready, walk)
    at = walk.tick()
    with time_machine.travel(at, tick=False):
        return sign(ready, signer=how or signer(name or own), by=by or person, at=at, act=act)


def bytes_of(ready, place=-1):
    return paper_files.content_of(revisions(ready)[place].sha256)


def test_a_letter_is_signed_by_its_people_in_order_and_every_signature_is_good(desk):
    walk, ready = desk
    names = [one["name"] for one in ready.signers]

    signs(walk, ready)
    assert next_signer(ready)["name"] == names[1]
    signs(walk, ready)

    ready.refresh_from_db()
    assert ready.completed_at is not None
    assert next_signer(ready) is None
    first, second, third = (bytes_of(ready, place) for place in range(3))
    assert third.startswith(second)
    assert second.startswith(first)
    found = examine(third, at=walk.now)
    assert [one.signer for one in found.signatures] == names
    assert all(one.good for one in found.signatures)
    assert faults(third) == faults(first) == set()
    assert_sound()


def test_the_log_names_hash_and_signer_and_keeps_names_to_itself(desk):
    walk, ready = desk
    signed = signs(walk, ready)

    event = Event.objects.filter(kind="paper.signed").get()
    said = Entry.from_bytes(bytes(event.entry)).payload

    wanted = {"sha256": signed.sha256, "number": "1/PPID/2026", "kind": "penetapan", "place": 1}
    assert wanted.items() <= said.items()
    assert (said["way"], said["level"], said["signer"]) == (
        "sertifikat",
        "B-B",
        ready.signers[0]["person"],
    )
    assert ready.signers[0]["name"] not in str(said)
    assert PASSPHRASE not in str([one.sealed for one in Event.objects.all()])


def test_a_paper_that_is_signed_electronically_says_so(desk):
    words = text_of(bytes_of(desk[1]))

    assert OWN_FOOTER in words
    assert "Ditandatangani secara elektronik" in words


def test_a_paper_that_is_signed_with_ink_does_not_say_so(on_ink):
    assert "elektronik" not in text_of(bytes_of(on_ink[1]))


def test_nobody_signs_out_of_turn_or_for_another(desk):
    walk, ready = desk
    later = ready.signers[1]

    with pytest.raises(Refused) as refused:
        signs(walk, ready, by=later["person"], name=later["name"])
    assert codes(refused) == {"not_your_turn"}
    with pytest.raises(Refused) as refused:
        signs(walk, ready, name=later["name"])
    assert codes(refused) == {"signer_differs"}
    assert len(revisions(ready)) == 1


def test_a_wrong_passphrase_leaves_the_step_open_and_trying_again_is_safe(desk):
    walk, ready = desk
    person, name = turn(ready, walk)
    act = uuid4()

    with pytest.raises(Refused) as refused:
        signs(walk, ready, how=replace(signer(name), passphrase="salah"), act=act)
    assert codes(refused) == {"passphrase_wrong"}
    assert len(revisions(ready)) == 1
    assert not Event.objects.filter(kind="paper.signed").exists()

    signs(walk, ready)
    assert len(revisions(ready)) == 2
    assert_sound()


def test_two_clicks_sign_once(desk):
    walk, ready = desk
    person, name = turn(ready, walk)
    act, asked = uuid4(), []

    class Counting:
        def sign(self, what):
            asked.append(what)
            return signer(name).sign(what)

    signs(walk, ready, how=Counting(), act=act)
    with pytest.raises(Conflict) as refused:
        sign(ready, signer=Counting(), by=ready.signers[1]["person"], at=walk.now, act=act)

    assert codes(refused) == {"already_done"}
    assert len(asked) == 1


class Returning:
    """A signer that gives back what it likes."""

    def __init__(self, content):
        self.content = content

    def sign(self, what):
        return self.content(what) if callable(self.content) else self.content


@pytest.mark.parametrize(
    ("back", "code"),
    [
        (b"<html>", "return_unreadable"),
        (lambda what: what.pdf, "signature_count"),
        (lambda what: paper("Naskah lain"), "return_is_another"),
    ],
)
def test_what_comes_back_wrong_is_not_kept(desk, back, code):
    walk, ready = desk
    files = PaperFile.objects.count()

    with pytest.raises(Refused) as refused:
        signs(walk, ready, how=Returning(back))

    assert codes(refused) == {code}
    assert (PaperFile.objects.count(), len(revisions(ready))) == (files, 1)


def test_a_clock_that_is_a_day_off_is_noticed(desk):
    walk, ready = desk
    person, name = turn(ready, walk)

    def tomorrow(what):
        with time_machine.travel(walk.now.replace(day=walk.now.day + 1), tick=False):
            return signer(name).sign(what)

    with pytest.raises(Refused) as refused:
        signs(walk, ready, how=Returning(tomorrow))
    assert codes(refused) == {"signature_time_off"}


def test_of_two_who_sign_at_once_the_second_is_told(desk):
    walk, ready = desk
    person, name = turn(ready, walk)

    def while_another(what):
        signs(walk, ready)
        return signer(name).sign(what)

    with pytest.raises(Conflict) as refused:
        signs(walk, ready, how=Returning(while_another))
    assert codes(refused) == {"paper_moved_on"}
    assert len(revisions(ready)) == 2


def test_a_paper_asks_for_the_level_that_held_when_it_was_prepared(desk):
    walk, ready = desk
    rule(walk, level=Level.T, tsa="http://127.0.0.1:1/")

    assert signs(walk, ready).place == 1


def test_a_complete_paper_takes_no_more(desk):
    walk, ready = desk
    signs(walk, ready)
    signs(walk, ready)

    for attempt in (
        lambda: sign(ready, signer=signer("x"), by=ready.signers[0]["person"], at=walk.now),
        lambda: withdraw(ready, reason="salah", by=who(walk, "ppid_utama"), at=walk.now),
        lambda: file_scan(ready, scan(walk), by=who(walk, "ppid_utama"), at=walk.now),
    ):
        ready.refresh_from_db()
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == {"paper_complete"}


def test_a_paper_is_prepared_once_until_it_is_withdrawn(desk):
    walk, ready = desk
    again = draft(walk, PaperKind.DETERMINATION, ready.subject)
    told = {"by": who(walk, "ppid_utama"), "at": walk.tick()}

    with pytest.raises(Refused) as refused:
        prepare(again, body(), **told)
    assert codes(refused) == {"paper_prepared_already"}
    withdraw(ready, reason="Nama salah", **told)
    other = prepare(again, body(), **told)

    assert other.pk != ready.pk
    ready.refresh_from_db()
    with pytest.raises(Refused) as refused:
        sign(ready, signer=signer("x"), by=ready.signers[0]["person"], at=walk.now)
    assert codes(refused) == {"paper_withdrawn"}
    assert_sound()


def test_taking_a_paper_back_needs_a_reason_and_the_office(desk):
    walk, ready = desk

    with pytest.raises(BadInput) as refused:
        withdraw(ready, reason=" ", by=who(walk, "ppid_utama"), at=walk.now)
    assert codes(refused) == {"reason_missing"}
    with pytest.raises(Refused) as refused:
        withdraw(ready, reason="salah", by=who(walk, "auditor"), at=walk.now)
    assert codes(refused) == {"not_authorised"}


def test_who_does_not_prepare_papers_cannot_have_one_signed(monkeypatch):
    walk, found = letter()

    with pytest.raises(Refused) as refused:
        prepare(
            draft(walk, PaperKind.DETERMINATION, found.pk),
            body(),
            by=who(walk, "arsiparis"),
            at=walk.now,
        )
    assert codes(refused) == {"not_authorised"}


def test_the_bytes_of_a_paper_cannot_be_changed_and_what_is_lost_is_noticed(desk):
    walk, ready = desk
    name = revisions(ready)[0].sha256

    assert paper_files.keep(bytes_of(ready)) == name
    assert list(paper_files.paper_file_faults()) == []
    with pytest.raises(CorruptData) as refused:
        paper_files.content_of("0" * 64)
    assert codes(refused) == {"paper_file_missing"}
    paper_files.insert(PaperFile, sha256="1" * 64, content=b"lain")
    OfficePaper.objects.get().revisions.update(sha256="1" * 64)
    assert [one.code for one in paper_files.paper_file_faults()] == ["paper_file_altered"]


def scan(walk, **more):
    """The letter as it would be scanned: a PDF of as many pages."""
    told = {"content": scanned(), "signed_on": walk.today, "same": True, "statement": "Basah"}
    return Scan(**told | more)


@cache
def scanned(pages=2):
    import io

    import pikepdf

    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_paper_signed_with_ink_is_kept_as_it_was_scanned(on_ink):
    walk, ready = on_ink
    given = scan(walk)

    kept = file_scan(ready, given, by=who(walk, "ppid_utama"), at=walk.tick(), act=uuid4())

    ready.refresh_from_db()
    assert ready.completed_at is not None
    assert bytes_of(ready) == given.content
    assert kept.signature["signed_on"] == walk.today.isoformat()
    assert kept.signature["pages"] == 2
    assert_sound()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"same": False}, "scan_not_stated"),
        ({"signed_on": None}, "scan_day_impossible"),
        ({"content": b"PK\x03\x04"}, "scan_wrong_kind"),
        ({"content": b"%PDF-1.7 rusak"}, "scan_unreadable"),
        ({"content": b"\x89PNG\r\n\x1a\nrusak"}, "scan_unreadable"),
        ({"content": b"%PDF-1.7 /ByteRange"}, "scan_is_signed"),
        ({"content": b"%PDF-" + b"x" * 20_000_001}, "scan_too_large"),
        ({"content": scanned(1)}, "scan_pages_differ"),
        ({"statement": "x" * 1001}, "statement_too_long"),
    ],
)
def test_a_scan_that_is_not_the_paper_is_refused_and_nothing_is_kept(on_ink, more, code):
    walk, ready = on_ink

    with pytest.raises(BadInput) as refused:
        file_scan(ready, scan(walk, **more), by=who(walk, "ppid_utama"), at=walk.tick())

    assert codes(refused) == {code}
    assert len(revisions(ready)) == 1


def test_neither_the_draft_itself_nor_another_s_scan_is_the_scan(on_ink, monkeypatch):
    walk, ready = on_ink
    by, at = who(walk, "ppid_utama"), walk.tick()

    with pytest.raises(BadInput) as refused:
        file_scan(ready, scan(walk, content=bytes_of(ready)), by=by, at=at)
    assert codes(refused) == {"scan_is_the_draft"}
    file_scan(ready, scan(walk), by=by, at=at)
    opened(walk, Item.objects.get())
    other = prepared(walk, walk.today.isoformat(), kind=PaperKind.OPENING)
    with pytest.raises(BadInput) as refused:
        file_scan(other, scan(walk), by=by, at=at)
    assert codes(refused) == {"scan_of_another"}


def test_ink_is_not_for_a_paper_that_is_signed_electronically(desk):
    walk, ready = desk

    with pytest.raises(Refused) as refused:
        file_scan(ready, scan(walk), by=who(walk, "ppid_utama"), at=walk.tick())
    assert codes(refused) == {"paper_is_electronic"}


def test_a_paper_that_goes_to_be_signed_must_have_its_number_and_its_signers(monkeypatch):
    walk, _ = letter()
    rule(walk)
    opened(walk, Item.objects.get())
    day = walk.today.isoformat()
    told = {"by": who(walk, "ppid_utama"), "at": walk.tick()}

    ready = draft(walk, PaperKind.OPENING, day)
    with pytest.raises(Refused) as refused:
        prepare(ready, body(), **told)
    assert codes(refused) == {"number_missing"}
    first = prepare(ready, body(), number="9/PPID/2026", **told)
    assert (first.number, len(first.signers)) == ("9/PPID/2026", 1)
    assert "Nomor: 9/PPID/2026" in text_of(bytes_of(first))

    nobody = {**ready.paper.content, "signers": [{"position": "PPID", "name": "", "person": ""}]}
    unknown = replace(ready, subject="2026-03-04", paper=replace(ready.paper, content=nobody))
    with pytest.raises(Refused) as refused:
        prepare(unknown, body(), number="9/PPID/2026", **told)
    assert codes(refused) == {"signer_missing", "number_used"}


def test_every_kind_of_paper_can_be_signed(monkeypatch):
    ask_here(monkeypatch)
    walk, _ = letter()
    rule(walk)
    item = Item.objects.get()

    sheet = prepared(walk, item.determined_test_id, kind=PaperKind.SHEET, number="L-1")

    assert signs(walk, sheet).signature["level"] == "B-B"
    assert letter_of(walk).number
    assert Way(sheet.way) is Way.CERTIFICATE
    assert appoint
