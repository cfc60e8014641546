"""Every paper the office hands out: of record with its code and page, or a print that says so."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from office.asking import ADDRESS, PERSON, asked_office, objected, refused_request, responded
from office.factories import sign_in
from office.offices import appoint, codes, office, opened, register_item, who
from office.pages import visit
from office.remembered import remembered
from office.signing import ask_here, body, draft, prepared, rule
from office.store import borrow, put, shelf
from office.test_deliberations import Desk
from office.test_destructions import approved, carried_out, expired, proposed
from office.test_paper_delivery import complete, first_bytes, handed
from office.test_papers import paper as printed
from office.test_signed_papers import scan
from papers.reading import faults, text_of
from ppid.errors import NotFound, Refused
from ppid.law.term import PeriodTerm
from ppid.office.actions.editions import deliver, publish_edition
from ppid.office.actions.loans import take_back
from ppid.office.actions.objections import decide_dispute, register_dispute
from ppid.office.actions.papers import file_scan, revisions
from ppid.office.models import Event, OfficePaper, Person
from ppid.office.paper_checks import check_of
from ppid.office.paper_days import day_of
from ppid.office.prints import FROM_RECORDS, WORKING, as_print
from ppid.office.queries.papers.signed import draft_of
from ppid.office.queries.papers.signed_letters import receipt_subject
from ppid.office.signing_rules import PaperKind, Rules
from ppid.papers.joining import page_count
from ppid.papers.paper import Paper as Printed
from ppid.public.models import Paper
from ppid.public.paper_status import PaperStatus, paper_state

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    """An office that answered a request for an exempt item, and the objection to that."""
    walk = asked_office()
    asked, item = refused_request(walk)
    return walk, asked, item


@pytest.fixture
@remembered
def listed():
    """An office with one item, and its published list."""
    walk = office()
    item = register_item(walk)
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    return walk, item


def scanned_in(walk, paper):
    """File a scan of as many pages, which no other paper has."""
    with pikepdf.new() as document:
        for _ in range(page_count(first_bytes(paper))):
            document.add_blank_page()
        document.docinfo["/Title"] = str(paper.pk)
        document.save(out := io.BytesIO())
    told = scan(walk, content=out.getvalue())
    file_scan(paper, told, by=who(walk, "ppid_utama"), at=walk.tick())
    return handed(walk, paper)


def words_of(content):
    return " ".join(text_of(content).split())


def code_on(paper):
    """Return the address that must stand on the paper."""
    return check_of(paper.pk, Rules()).address


def squeezed(content):
    return "".join(text_of(content).split()).replace("\u200b", "")


def state_of(row, on):
    row.refresh_from_db()
    return paper_state(row, on=on).status


def test_an_answer_is_a_paper_of_record_with_its_sheets_and_names_nobody_outside(desk):
    walk, asked, item = desk
    ready = prepared(walk, asked, kind=PaperKind.ANSWER)

    pressed = first_bytes(ready)
    assert PERSON in words_of(pressed)
    assert ADDRESS in words_of(pressed)
    assert "LEMBAR PENGUJIAN KONSEKUENSI" in words_of(pressed)
    assert squeezed(pressed).count(code_on(ready)) >= 2  # on the letter and on what is behind it
    assert not faults(pressed)

    before = handed(walk, ready)
    assert before.files == []  # the same words give the same bytes, so a hash tells whom it names
    row = scanned_in(walk, ready)
    assert row.files == [revisions(ready)[-1].sha256]
    assert (row.internal, row.number, row.dated_on) == (False, "480/1/2026", asked.answered_on)
    assert row.kind == PaperKind.ANSWER.label
    assert row.items == [item.public_id]
    told = str([getattr(row, one.name) for one in Paper._meta.concrete_fields])
    assert PERSON not in told
    assert ADDRESS not in told


def test_a_refusal_is_in_force_until_what_it_refused_is_open(desk):
    walk, asked, item = desk
    row = scanned_in(walk, prepared(walk, asked, kind=PaperKind.ANSWER))
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    deliver(walk.body, at=walk.now)
    assert state_of(row, walk.today) is PaperStatus.IN_FORCE

    opened(walk, item)
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    deliver(walk.body, at=walk.now)

    assert state_of(row, walk.today + timedelta(days=1)) is PaperStatus.OPENED


def test_only_who_may_see_the_requester_prepares_or_downloads_the_answer(desk):
    walk, asked, _ = desk
    appoint(walk, "auditor")
    with pytest.raises(NotFound):
        draft(walk, PaperKind.ANSWER, asked.pk, role="auditor")


def test_an_unanswered_request_has_no_answer_to_prepare(desk):
    walk, asked, _ = desk
    one = objected(walk, asked)
    with pytest.raises(NotFound):
        draft(walk, PaperKind.OBJECTION_ANSWER, one.pk)
    type(asked).objects.filter(pk=asked.pk).update(answered_on=None)
    with pytest.raises(NotFound):
        draft(walk, PaperKind.ANSWER, asked.pk)


def test_the_superior_s_answer_is_signed_by_who_gave_it(monkeypatch, desk):
    ask_here(monkeypatch)
    walk, asked, item = desk
    one = objected(walk, asked)
    responded(walk, one, item)
    rule(walk)

    ready = complete(walk, prepared(walk, one, kind=PaperKind.OBJECTION_ANSWER))

    assert ready.signers[0]["person"] == str(who(walk, "atasan_ppid"))
    row = handed(walk, ready)
    assert (row.number, row.internal, row.items) == ("480/2/Setda/2026", False, [])
    assert row.signers[0]["level"] == "B-B"
    assert row.files == [revisions(ready)[-1].sha256]
    assert state_of(row, walk.today) is PaperStatus.IN_FORCE

    at_the_commission = {"number": "1/PSI/2026", "by": who(walk, "petugas_ppid")}
    register_dispute(one, registered_on=walk.today, at=walk.tick(), **at_the_commission)
    assert state_of(handed(walk, ready), walk.today) is PaperStatus.IN_FORCE
    decide_dispute(one, decided_on=walk.today, at=walk.tick(), **at_the_commission)

    row = handed(walk, ready)
    assert state_of(row, walk.today) is PaperStatus.DECIDED
    assert row.decided_on == walk.today


def test_a_printed_edition_is_replaced_by_the_next_edition(listed):
    walk, _ = listed
    row = scanned_in(walk, prepared(walk, "1", kind=PaperKind.PUBLIC_LIST))
    assert (row.number, row.edition, row.internal) == ("Edisi 1", 1, False)
    assert state_of(row, walk.today) is PaperStatus.IN_FORCE

    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    deliver(walk.body, at=walk.now)

    assert state_of(row, walk.today) is PaperStatus.REPLACED


def test_a_list_on_request_is_replaced_by_that_of_a_later_day(listed):
    walk, item = listed
    opened(walk, item)
    kind = PaperKind.REQUESTABLE_LIST
    first = scanned_in(walk, prepared(walk, walk.today.isoformat(), kind=kind))
    assert first.number == "Daftar nomor 1"
    assert state_of(first, walk.today) is PaperStatus.IN_FORCE
    walk.tick(minutes=60 * 24)

    second = scanned_in(walk, prepared(walk, walk.today.isoformat(), kind=kind))

    assert state_of(first, walk.today) is PaperStatus.REPLACED
    assert first.replaced_by == second.code
    assert state_of(second, walk.today) is PaperStatus.IN_FORCE


def test_the_internal_list_is_numbered_and_shows_nothing_outside(client, listed):
    walk, item = listed
    today = walk.today.isoformat()
    ready = prepared(walk, today, kind=PaperKind.INTERNAL_LIST, number="3/DIK/2026")

    pressed = first_bytes(ready)
    assert "Nomor: 3/DIK/2026" in words_of(pressed)
    assert code_on(ready) in squeezed(pressed)
    row = scanned_in(walk, ready)
    told = {one.name for one in Paper._meta.concrete_fields if getattr(row, one.name)}
    assert told - {"id", "body", "state"} == {"code", "internal", "number", "dated_on", "files"}
    before = Event.objects.filter(kind="list.exported").count()
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, "ppid_utama")))
        visit(client, "paper_file", ready.pk)
    assert Event.objects.filter(kind="list.exported").count() == before + 1


@pytest.mark.parametrize("kind", [PaperKind.INTERNAL_LIST, PaperKind.REQUESTABLE_LIST])
def test_a_list_of_a_day_is_prepared_on_that_day_alone(listed, kind):
    walk, _ = listed
    yesterday = (walk.today - timedelta(days=1)).isoformat()
    with pytest.raises(Refused) as refused:
        prepared(walk, yesterday, kind=kind, number="1")
    assert codes(refused) == {"list_of_another_day"}


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (PaperKind.PUBLIC_LIST, "99"),
        (PaperKind.PUBLIC_LIST, "satu"),
        (PaperKind.INTERNAL_LIST, "2026-02-31"),
        (PaperKind.ARCHIVE_LIST, "lain-2026-03-02"),
        (PaperKind.ANSWER, "x"),
        (PaperKind.RECEIPT, "pinjam-x"),
        (PaperKind.INVITATION, "00000000-0000-0000-0000-000000000000"),
        (PaperKind.DESTRUCTION, "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_what_does_not_exist_has_no_paper(listed, kind, subject):
    walk, _ = listed
    with pytest.raises(NotFound):
        draft(walk, kind, subject)


@pytest.mark.parametrize("kind", [PaperKind.INTERNAL_LIST, PaperKind.ARCHIVE_LIST])
def test_who_sees_a_part_signs_no_list_of_the_body(listed, kind):
    walk, item = listed
    part = appoint(walk, "ppid_pelaksana", agency=item.agency)
    subject = f"berkas-{walk.today}" if kind is PaperKind.ARCHIVE_LIST else str(walk.today)
    with pytest.raises(NotFound):
        draft_of(kind, subject, body=body(), by=part.pk, on=walk.today)


def test_papers_of_the_store_room_are_of_record_and_internal(listed):
    walk, item = listed
    put(walk, item, shelf(walk)[0])
    loan = borrow(walk, item)
    lent = receipt_subject(loan.pk, returned=False)
    papers = [
        prepared(walk, f"isi-berkas-{walk.today}", kind=PaperKind.ARCHIVE_LIST, number="A-1"),
        prepared(walk, lent, kind=PaperKind.RECEIPT),
    ]
    walk.tick(minutes=60 * 24)
    with pytest.raises(NotFound):
        draft(walk, PaperKind.RECEIPT, receipt_subject(loan.pk, returned=True))
    take_back(loan, condition="lengkap", by=who(walk, "arsiparis"), at=walk.tick())
    back = receipt_subject(loan.pk, returned=True)
    papers.append(prepared(walk, back, kind=PaperKind.RECEIPT))

    days = [day_of(one) for one in papers]

    assert days == [walk.today - timedelta(days=1)] * 2 + [walk.today]
    for one in papers:
        assert handed(walk, one).internal
        assert code_on(one) in squeezed(first_bytes(one))
        assert len(one.subject) <= OfficePaper._meta.get_field("subject").max_length
    assert "PEMINJAMAN" in text_of(first_bytes(papers[1]))
    assert "PENGEMBALIAN" in text_of(first_bytes(papers[2]))


def test_an_invitation_is_of_record_before_the_meeting():
    desk = Desk()
    meeting = desk.invited()
    ready = prepared(desk.walk, meeting, kind=PaperKind.INVITATION, number="U-1")
    assert day_of(ready) == meeting.invited_on
    assert handed(desk.walk, ready).internal


PRINTS = [
    ("paper_test", "determined_test_id"),
    ("paper_letter", "determination_id"),
    ("paper_letter_public", "determination_id"),
    ("paper_test_public", "determined_test_id"),
    ("paper_list", ""),
    ("paper_edition", ""),
    ("paper_requestable", ""),
]


@pytest.mark.parametrize(("route", "name"), PRINTS)
def test_a_print_says_that_it_is_none_of_record(client, listed, route, name):
    walk, item = listed
    args = [getattr(item, name)] if name else []

    content = printed(client, walk, route, *args)

    assert WORKING in words_of(content)
    assert b"cetakan kerja" in content  # in its metadata too: the page of a paper tells it apart
    assert not faults(content)
    assert printed(client, walk, route, *args) == content


def test_a_print_bears_the_code_of_the_paper_once_there_is_one(client, desk):
    walk, asked, item = desk
    before = printed(client, walk, "paper_answer", asked.pk)
    assert "/p/" not in squeezed(before)
    ready = prepared(walk, asked, kind=PaperKind.ANSWER)

    after = printed(client, walk, "paper_answer", asked.pk)

    assert WORKING in words_of(after)
    assert code_on(ready) in squeezed(after)
    assert f"<pdf:Keywords>{code_on(ready)}".encode() not in after
    other = printed(client, walk, "paper_letter", item.determination_id)
    assert code_on(ready) not in squeezed(other)


def test_a_paper_that_is_of_record_says_nothing_of_a_print(listed):
    walk, _ = listed
    ready = prepared(walk, "1", kind=PaperKind.PUBLIC_LIST)
    assert WORKING not in words_of(first_bytes(ready))


def test_a_paper_in_a_pack_says_that_it_comes_from_the_records(listed):
    walk, item = listed
    made = as_print(Printed(template="surat", title="x"), walk.body, words=FROM_RECORDS)
    assert (made.working, made.check) == (FROM_RECORDS, None)


def linked(client, walk, route, *papers):
    """Open the page, and each paper that it must lead to."""
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, "ppid_utama")))
        page = visit(client, route).content.decode()
        for kind, subject in papers:
            link = reverse("signing", args=[kind, subject])
            assert f'href="{link}"' in page
            assert client.get(link).status_code == 200


def test_the_register_and_the_store_room_lead_to_the_papers_of_record(client, listed):
    walk, _ = listed
    day = walk.today
    linked(client, walk, "register", ("daftar_internal", day), ("daftar_umum", 1))
    linked(client, walk, "store_room", ("daftar_arsip", f"inaktif-{day}"))


def test_the_list_of_what_is_open_leads_to_its_paper(client):
    walk = office()
    register_item(walk, term=PeriodTerm(walk.today, years=1))
    walk.now += timedelta(days=400)
    linked(client, walk, "opened_list", ("daftar_terbuka", walk.today))


def test_the_minutes_of_a_destruction_are_of_record():
    walk, item = expired()
    one = proposed(walk, item)
    approved(walk, one)
    with pytest.raises(NotFound):
        draft(walk, PaperKind.DESTRUCTION, one.pk)
    carried_out(walk, one)

    ready = prepared(walk, one, kind=PaperKind.DESTRUCTION)

    assert (ready.number, day_of(ready)) == (one.minutes, walk.today)
    assert code_on(ready) in squeezed(first_bytes(ready))
    assert handed(walk, ready).internal
