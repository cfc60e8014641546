"""Vault, papers, and store room: what each event says openly, what it keeps sealed, in words."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings

from office.offices import (
    assert_sound,
    case_in,
    item_in,
    office,
    register_item,
    who,
)
from office.signing import ask_here, body, prepared, rule, signer, turn
from office.store import borrow, place, put, scan
from office.test_destructions import ONE_STEP, RETENTION, end
from office.test_redactions import decide, make, marked, work_here
from office.vaults import recovery_key, store
from ppid.law.destruction import Consent, Element
from ppid.law.term import PeriodTerm
from ppid.ledger.entry import Entry
from ppid.office import bag as bags
from ppid.office.actions.backups import record_backup, record_restore
from ppid.office.actions.bags import export_bag
from ppid.office.actions.copy_readings import read_copy
from ppid.office.actions.destructions import (
    Approval,
    Minutes,
    approve,
    carry_out,
    hold,
    propose,
    withdraw,
)
from ppid.office.actions.fixity import check_every_file, wish_check
from ppid.office.actions.loans import take_back
from ppid.office.actions.log_openings import open_entry
from ppid.office.actions.papers import sign
from ppid.office.actions.papers import withdraw as withdraw_paper
from ppid.office.actions.places import change_place, close_place
from ppid.office.actions.readings import record_reading
from ppid.office.actions.vault import begin_rotation, reseal, waiting
from ppid.office.models import Event, SoftCopy
from ppid.office.projections import KINDS
from ppid.office.queries.bags import bag_of_item
from ppid.office.queries.history import WORDS, in_words
from vault.covered import LINES, pdf

__all__ = ["work_here"]
CANARY = "KENARI"
"""In every confidential text that the offices below write, and in nothing that anybody may see."""
GROUPS = ("archive", "backup", "bag", "commitment", "destruction", "document", "paper", "place")
GROUPS += ("redaction", "signing", "stock", "vault")
RECORD = {"soft_copy", "hard_copy", "place", "closed_on", "classification_code", "file_number"}
RECORD |= {"item_number", "description", "period", "unit", "development", "medium", "condition"}
RECORD |= {"processing_unit", "fate", "amount", "active_years", "inactive_years"}
STORED = {"file_name", "plain", "kind"}
COVERED = {"marks", "remarks", "opened_reason", *STORED}


@dataclass(frozen=True)
class Said:
    """What an event says openly, beside its case and item, and which values it keeps sealed."""

    openly: frozenset[str]
    sealed: frozenset[str]


def said(*openly, sealed=()):
    return Said(frozenset(openly), frozenset(sealed))


EVENTS = {
    "archive.filed": said("security", sealed=RECORD),
    "archive.lent": said("id", "due_on", sealed=("borrower", "party", "reason")),
    "archive.returned": said("id", sealed=("condition",)),
    "archive.held": said(sealed=("reason",)),
    "archive.destroyed": said("destruction"),
    "backup.made": said("snapshot", "size", "root", "files", "missing", sealed=("address",)),
    "backup.restored": said("snapshot"),
    "bag.exported": said("opened", sealed=("reason",)),
    "commitment.opened": said("entry", "names"),
    "destruction.proposed": said("id", "panel_decree", sealed=("items", "panel")),
    "destruction.approved": said("id", "opinion", "consent", "consent_number", "decision"),
    "destruction.withdrawn": said("id", sealed=("reason",)),
    "destruction.carried_out": said("id", "minutes", sealed=("witnesses",)),
    "document.stored": said(
        *("document", "version", "name", "sealed", "keys_version"), sealed=STORED
    ),
    "document.resealed": said("document", "version", "name", "sealed", "keys_version"),
    "document.read": said("document", "version", "number", "marked", sealed=("reason",)),
    "document.redacted": said(
        *("copy", "source", "source_version", "pages", "count", "grounds"),
        *("document", "version", "name", "sealed", "keys_version"),
        sealed=COVERED,
    ),
    "paper.prepared": said(
        *("id", "kind", "subject", "number", "way", "level", "sha256", "size"),
        sealed=("title", "signers"),
    ),
    "paper.signed": said(
        *("paper", "kind", "number", "place", "last", "signer", "way", "level", "sha256", "size"),
        sealed=("signature",),
    ),
    "paper.withdrawn": said("paper", sealed=("reason",)),
    "place.added": said("id", "kind", "parent", sealed=("name",)),
    "place.renamed": said("id", sealed=("name",)),
    "place.moved": said("id", "parent"),
    "place.closed": said("id"),
    "redaction.decided": said("copy", "decision", sealed=("reason",)),
    "signing.set": said("rules"),
    "stock.taken": said("id", "place", sealed=("result",)),
    "vault.keys_set": said("version", "service", "recovery"),
    "vault.checked": said("names", "still", "bytes"),
    "vault.check_wished": said(),
    "vault.damaged": said("document", "version", "name", "code"),
}
NO_TEXT = {"document.redacted", "destruction.proposed", "stock.taken"}
NO_TEXT |= {"paper.prepared", "paper.signed"}
"""Their sealed values are ids, names of officials, measures: no text of somebody's own."""


def canary(text):
    return f"{CANARY} {text}"


def vault_office(tmp_path):
    """Documents stored, read, blackened, decided, exported, sealed anew, and one found damaged."""
    walk = office()
    item = item_in(walk, case_in(walk), title=canary("judul"))
    recovery_key(walk)
    source = pdf(LINES, ("Jumlah pasien per kecamatan: 12",))
    copy = store(walk, item, source, name=f"{CANARY}.pdf")
    notes = store(walk, item, b"KENARI isi", name=f"{CANARY}.txt", found={"kind": "txt"})
    read_copy(notes, reason=canary("alasan"), by=who(walk, "arsiparis"), at=walk.tick())
    made = make(walk, copy, marked(source, "Siti Aminah"))
    decide(walk, made, "tolak", reason=canary("kurang"))
    exported(walk, item, tmp_path)
    record_backup(backup_of(walk), address=canary("s3"), at=walk.tick())
    record_restore(walk.body, snapshot="s1", at=walk.tick())
    begin_rotation(walk.body, at=walk.tick())
    for one in waiting(walk.body):
        reseal(walk.body, one, at=walk.tick())
    (settings.VAULT / SoftCopy.objects.latest("stored_at").name).unlink()
    wish_check(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    check_every_file(walk.body, at=walk.tick())


def exported(walk, item, into):
    order = bag_of_item(item.pk, by=who(walk, "arsiparis"), body=walk.body.pk, on=walk.today)
    export_bag(
        order.items,
        into=into,
        name=order.name,
        title=order.title,
        reason=canary("serah terima"),
        by=who(walk, "arsiparis"),
        at=walk.tick(),
    )


def backup_of(walk):
    head = SimpleNamespace(body=walk.body.pk, size=1, root="ab")
    return SimpleNamespace(
        manifest=SimpleNamespace(id="s1", heads=[head], files=[], missing=["x.age"])
    )


def paper_office(tmp_path):
    """A letter prepared, taken back, prepared again and signed once; a sheet opened for a judge."""
    walk = office()
    item = register_item(walk, title=canary("judul"))
    rule(walk)
    found = item.determination
    officer = who(walk, "ppid_utama")
    withdraw_paper(prepared(walk, found), reason=canary("salah"), by=officer, at=walk.tick())
    paper = prepared(walk, found)
    person, name = turn(paper, walk)
    with time_machine.travel(walk.tick(), tick=False):
        sign(paper, signer=signer(name), by=person, at=walk.now)
    seq = Event.objects.filter(kind="test.written").latest("seq").seq
    open_entry(body(), seq, names=["sheet"], by=officer, at=walk.tick())
    record_reading(item, by=officer, at=walk.tick())


def store_office(tmp_path):
    """Places that are named, moved and closed; a paper lent and counted; one destroyed."""
    walk = office()
    case = case_in(walk, text=ONE_STEP)
    item = register_item(walk, case, title=canary("judul"), term=PeriodTerm(walk.today, years=1))
    end(walk, case)
    room = place(walk, "ruang", canary("ruang"))
    rack, empty = place(walk, "rak", canary("rak"), room), place(walk, "rak", "2 KENARI", room)
    archivist = who(walk, "arsiparis")
    box = place(walk, "boks", canary("boks"), rack)
    change_place(box, name=canary("lain"), parent=empty, by=archivist, at=walk.tick())
    close_place(rack, by=archivist, at=walk.tick())
    closed_on = walk.today - timedelta(days=30)
    put(walk, item, box, hard=canary("map"), closed_on=closed_on, **RETENTION)
    loan = borrow(walk, item, reason=canary("sidang"))
    take_back(loan, condition=canary("sobek"), by=archivist, at=walk.tick())
    scan(walk, room, item)
    for reason in (canary("perkara"), ""):
        hold(item, reason=reason, by=who(walk, "arsiparis"), at=walk.tick())
    walk.now += timedelta(days=4 * 366)
    listed(walk, item)


def listed(walk, item):
    """Take one list back, and destroy what is on the next."""
    archivist = who(walk, "arsiparis")
    panel = {Element.CHAIR: "Ani", Element.UNIT: "Budi", Element.ARCHIVIST: "Citra"}
    told = {"items": [item.pk], "panel": panel, "panel_decree": "1/SK/2030", "by": archivist}
    first = propose(walk.body, at=walk.tick(), **told)
    withdraw(first, reason=canary("keliru"), by=archivist, at=walk.tick())
    second = propose(walk.body, at=walk.tick(), **told)
    approval = Approval(
        opinion="2/2030", consent=Consent.REGION, consent_number="3/2030", decision="4/2030"
    )
    approve(second, approval, by=who(walk, "pimpinan_badan_publik"), at=walk.tick())
    minutes = Minutes(number="5/BA", witnesses=(canary("saksi"), canary("dua")))
    carry_out(second, minutes, by=archivist, at=walk.tick())


OFFICES = {
    vault_office: {"document", "redaction", "vault", "bag", "backup"},
    paper_office: {"paper", "signing", "commitment"},
    store_office: {"archive", "place", "stock", "destruction"},
}


@pytest.fixture
def quick(monkeypatch):
    """Work of a child process is done here; a bag's papers are pressed in test_bag.py."""
    ask_here(monkeypatch)
    monkeypatch.setattr(bags, "press", lambda *_, **__: b"%PDF-1.7 lembar")


def payload_of(event):
    return Entry.from_bytes(bytes(event.entry)).payload


@pytest.mark.django_db(databases=["default", "public"])
@pytest.mark.parametrize("build", OFFICES, ids=lambda one: one.__name__)
def test_every_event_says_what_it_may_and_seals_the_rest(build, quick, tmp_path):
    build(tmp_path)
    events = [
        one for one in Event.objects.order_by("seq") if one.kind.partition(".")[0] in OFFICES[build]
    ]

    assert {one.kind for one in events} == {
        kind for kind in EVENTS if kind.partition(".")[0] in OFFICES[build]
    }
    for event in events:
        expected, payload = EVENTS[event.kind], payload_of(event)
        assert payload.keys() - {"case", "item"} <= expected.openly, event.kind
        assert set(event.sealed) <= expected.sealed, event.kind
        assert CANARY not in bytes(event.entry).decode(), event.kind
    assert whole_of(events) == {kind: EVENTS[kind] for kind in {one.kind for one in events}}
    assert kinds_with_canary(events) == {
        kind for kind in {one.kind for one in events} if EVENTS[kind].sealed and kind not in NO_TEXT
    }
    assert_sound()


def whole_of(events):
    """Return what the events of each kind say, taken together."""
    found = {}
    for event in events:
        openly, sealed = found.get(event.kind, (frozenset(), frozenset()))
        openly |= payload_of(event).keys() - {"case", "item"}
        found[event.kind] = (openly, sealed | event.sealed.keys())
    return {kind: Said(*both) for kind, both in found.items()}


def kinds_with_canary(events):
    return {one.kind for one in events if CANARY in str(one.sealed)}


def test_every_kind_of_the_newer_parts_is_in_the_table():
    newer = {kind for kind in KINDS if kind.partition(".")[0] in GROUPS}

    assert set(EVENTS) == newer
    assert {kind.partition(".")[0] for kind in EVENTS} == set().union(*OFFICES.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_in_a_sentence_of_its_own(kind):
    entry = Entry(
        version=1,
        body="kota",
        seq=0,
        kind=kind,
        at="2026-03-02T08:00:00+07:00",
        actor="",
        payload={},
        commitments={},
    )

    told = in_words(Event(kind=kind, entry=entry.to_bytes(), sealed={}))

    assert told[0].isupper()
    assert "{" not in told
    assert kind not in told
    assert [one for one, words in WORDS.items() if words == WORDS[kind]] == [kind]


@pytest.mark.django_db(databases=["default", "public"])
def test_a_title_of_a_paper_is_kept_beside_the_log_only():
    walk = office()
    item = register_item(walk, title=canary("judul"))
    paper = prepared(walk, item.determination)

    (event,) = Event.objects.filter(kind="paper.prepared")
    assert (paper.title, paper.signers) == (
        event.sealed["title"]["value"],
        event.sealed["signers"]["value"],
    )
    assert {one["name"] for one in paper.signers} & {"ppid_utama", "pimpinan_badan_publik"}
    assert "ppid_utama" not in bytes(event.entry).decode()
