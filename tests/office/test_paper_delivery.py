"""What of a paper reaches the open site: all states of it, and of internal ones hardly a thing."""

import json

import pytest
from django.test import override_settings

from office.offices import opened, who
from office.signing import ask_here, body, letter, prepared, rule
from office.test_deliberations import Desk
from office.test_signed_papers import scan, scanned, signs
from papers.reading import text_of
from ppid.office import paper_files
from ppid.office.actions.editions import deliver
from ppid.office.actions.paper_delivery import day_of, deliver_papers
from ppid.office.actions.papers import file_scan, prepare, revisions, withdraw
from ppid.office.models import Event, Item, OfficePaper
from ppid.office.paper_checks import check_base, check_of, page_of
from ppid.office.queries.papers.signed import draft_of
from ppid.office.signing_rules import PaperKind, Rules
from ppid.public.intake import code_of, grouped, log_state
from ppid.public.models import Checkpoint, Paper

pytestmark = pytest.mark.django_db(databases=["default", "public"])
COPY = PaperKind.DETERMINATION_COPY


@pytest.fixture
def office(monkeypatch):
    """An office that signs electronically, and its letter of determination."""
    ask_here(monkeypatch)
    walk, found = letter()
    rule(walk)
    return walk, found


def handed(walk, paper=None):
    """Hand everything over; return the row of the paper, or of the only one."""
    deliver(body(), at=walk.now)
    return Paper.objects.get(code=code_of(paper.pk)) if paper else Paper.objects.get()


def complete(walk, paper):
    while not OfficePaper.objects.get(pk=paper.pk).completed_at:
        signs(walk, paper)
    paper.refresh_from_db()
    return paper


def first_bytes(paper):
    return paper_files.content_of(revisions(paper)[0].sha256)


def test_a_public_copy_is_told_from_its_preparation_to_its_last_signature(office):
    walk, found = office
    paper = prepared(walk, found, kind=COPY)

    before = handed(walk)
    assert (before.internal, before.number, before.dated_on) == (
        False,
        found.number,
        found.determined_on,
    )
    assert before.files == [revisions(paper)[0].sha256]
    assert [one["at"] for one in before.signers] == [None, None]

    complete(walk, paper)
    after = handed(walk)
    assert after.files == [one.sha256 for one in revisions(paper)]
    assert [one["level"] for one in after.signers] == ["B-B", "B-B"]
    assert after.items == [Item.objects.get().public_id]
    assert after.completed_at == paper.completed_at
    assert Event.objects.get(seq=after.seq).kind == "paper.signed"
    assert after.state == "3"
    assert log_state(body().pk).papers == ()
    assert Checkpoint.objects.get(edition=None).size > after.seq


def test_of_an_internal_paper_only_number_day_and_the_last_hash_leave(office):
    walk, found = office
    paper = prepared(walk, found)
    assert handed(walk).files == []

    complete(walk, paper)

    row = handed(walk)
    said = {one.name: getattr(row, one.name) for one in Paper._meta.concrete_fields}
    told = {name for name, value in said.items() if value not in ("", [], None, False, b"")}
    assert told == {"id", "body", "code", "state", "internal", "number", "dated_on", "files"}
    assert row.files == [revisions(paper)[-1].sha256]
    assert not Checkpoint.objects.exists()


def test_no_kind_is_public_whose_papers_are_marked_as_internal(office):
    walk, found = office
    opened(walk, Item.objects.get())
    public = []
    for kind, subject in ((COPY, found), (PaperKind.OPENING, walk.today.isoformat())):
        paper = prepared(walk, subject, kind=kind, number="1")
        assert PaperKind(paper.kind).public
        assert "memuat informasi yang dikecualikan" not in text_of(first_bytes(paper)).lower()
        assert not handed(walk, paper).internal
        public.append(kind)
    # The others of these kinds are in test_paper_records.py.
    assert set(public) < {one for one in PaperKind if one.public}


def test_a_paper_signed_with_ink_is_told_with_its_scan_and_without_the_officer_s_words(monkeypatch):
    ask_here(monkeypatch)
    walk, found = letter()
    paper = prepared(walk, found, kind=COPY)
    told = scan(walk, statement="Rahasia di tepi naskah")
    file_scan(paper, told, by=who(walk, "ppid_utama"), at=walk.tick())

    row = handed(walk)

    assert row.ink
    assert row.files[-1] == paper_files.digest(scanned())
    assert [one["level"] for one in row.signers] == ["", ""]
    assert "Rahasia" not in json.dumps([row.signers, row.kind, row.items])


def test_a_withdrawn_paper_names_the_one_in_its_place_once_there_is_one(office):
    walk, found = office
    first = prepared(walk, found, kind=COPY)
    withdraw(first, reason="Salah", by=who(walk, "ppid_utama"), at=walk.tick())
    assert (handed(walk).withdrawn, handed(walk).replaced_by) == (True, "")

    second = prepared(walk, found, kind=COPY)

    assert handed(walk, first).replaced_by == code_of(second.pk)
    assert not handed(walk, second).withdrawn


def test_the_day_is_the_one_on_the_paper(office):
    walk, found = office
    opened(walk, Item.objects.get())
    item = Item.objects.get()
    day = walk.today.isoformat()
    sheet = prepared(walk, item.determined_test_id, kind=PaperKind.SHEET, number="L-1")
    opening = prepared(walk, day, kind=PaperKind.OPENING, number="P-1")

    assert day_of(sheet) == walk.today
    assert day_of(opening).isoformat() == day
    assert day_of(prepared(walk, found)) == found.determined_on


def test_minutes_are_internal_and_bear_the_day_of_the_meeting():
    desk = Desk()
    meeting = desk.held()
    draft = draft_of(
        PaperKind.MINUTES,
        str(meeting.pk),
        body=body(),
        by=who(desk.walk, "ppid_utama"),
        on=desk.walk.today,
    )
    prepare(draft, body(), by=who(desk.walk, "ppid_utama"), at=desk.walk.tick())

    row = handed(desk.walk)

    assert (row.internal, row.number, row.dated_on) == (True, "BA/1", meeting.held_on)


def test_what_has_arrived_is_not_handed_over_again(office, django_capture_on_commit_callbacks):
    walk, found = office
    with django_capture_on_commit_callbacks(execute=True):
        prepared(walk, found)

    assert Paper.objects.count() == 1
    assert deliver_papers(body(), at=walk.now) == 0


def test_every_paper_bears_its_address_and_says_it_of_itself(monkeypatch):
    ask_here(monkeypatch)
    walk, found = letter()
    ink = prepared(walk, found)
    address = check_of(ink.pk, Rules()).address
    assert address == f"http://localhost:8001/p/{grouped(code_of(ink.pk))}"
    rule(walk, check_address="https://ppid.kota.example/periksa/")
    electronic = prepared(walk, found, kind=COPY)

    for paper, where in ((ink, address), (electronic, "https://ppid.kota.example/periksa/")):
        content = first_bytes(paper)
        printed = "".join(text_of(content).split()).replace("\u200b", "")
        assert where in printed
        assert where.encode() in content  # readable without unpacking: the paper's page looks


def test_an_installation_has_one_short_address_for_all_papers(office):
    walk, found = office
    paper = prepared(walk, found)
    with override_settings(PUBLIC_URL="https://terbuka.example/"):
        assert check_base(Rules()) == "https://terbuka.example/p"
        assert page_of(paper.pk) == f"https://terbuka.example/periksa/{grouped(code_of(paper.pk))}/"
    assert check_base(Rules(check_address="https://a.example/x/")) == "https://a.example/x"
