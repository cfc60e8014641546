"""Two officers at one thing at once: the first counts, the second is told, nothing is lost."""

from uuid import uuid4

import pytest
import time_machine

from office.offices import (
    assert_sound,
    codes,
    office,
    register_item,
    who,
)
from office.pages import as_role, send
from office.signing import ask_here, body, prepared, rule, signer, turn
from office.test_redactions import decide, desk, make, work_here
from office.test_signed_papers import scanned
from ppid.errors import Conflict, Refused
from ppid.office.actions import papers
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.keepers import set_keepers
from ppid.office.actions.letterheads import LetterheadChoice, set_letterhead
from ppid.office.actions.papers import Scan, file_scan, sign, withdraw
from ppid.office.actions.redactions import decide_public_copy
from ppid.office.keepers import Keeper, KeeperKind, keepers_of
from ppid.office.models import ConsequenceTest, Event, OfficePaper, PublicCopy
from ppid.office.signing_rules import PaperKind
from ppid.office.views import keepers as keepers_view
from ppid.papers.letterhead import PaperSize

__all__ = ["desk", "work_here"]
pytestmark = pytest.mark.django_db(databases=["default", "public"])
ONE, TWO = (Keeper(KeeperKind.MAIL, f"ki{n}@example.go.id") for n in (1, 2))


def refused(act, kind=Conflict):
    with pytest.raises(kind) as error:
        act()
    return codes(error)


def events(kind):
    return Event.objects.filter(kind=kind).count()


@pytest.fixture
def letter(monkeypatch):
    """An office with certificates, and a letter of determination."""
    ask_here(monkeypatch)
    walk = office()
    item = register_item(walk)
    return walk, item.determination


def as_another_read_it(paper):
    """Return the paper as it stood on the page of somebody else."""
    return OfficePaper.objects.get(pk=paper.pk)


def meanwhile(monkeypatch, act):
    """Let the act happen while the next paper is pressed."""
    press = papers._pressed

    def pressing(*given, **more):
        monkeypatch.setattr(papers, "_pressed", press)
        act()
        return press(*given, **more)

    monkeypatch.setattr(papers, "_pressed", pressing)


def test_of_two_who_prepare_one_paper_the_second_is_told(letter, monkeypatch):
    walk, found = letter
    meanwhile(monkeypatch, lambda: prepared(walk, found))

    assert refused(lambda: prepared(walk, found)) == {"paper_prepared_already"}
    assert OfficePaper.objects.count() == events("paper.prepared") == 1


def test_two_papers_never_take_one_number(letter, monkeypatch):
    walk, _ = letter
    rule(walk)
    register_item(walk, number="2/PPID/2026", title="Lain")
    first, second = ConsequenceTest.objects.order_by("pk")
    sheet = PaperKind.SHEET
    meanwhile(monkeypatch, lambda: prepared(walk, first, kind=sheet, number="7/UK/2026"))

    assert refused(lambda: prepared(walk, second, kind=sheet, number=" 7/UK/2026 ")) == {
        "number_used"
    }
    assert [one.subject for one in OfficePaper.objects.all()] == [str(first.pk)]
    prepared(walk, second, kind=sheet, number="8/UK/2026")
    assert_sound()


def test_a_paper_taken_back_while_it_is_signed_stays_unsigned(letter):
    walk, found = letter
    rule(walk)
    paper = prepared(walk, found)
    person, name = turn(paper, walk)
    other = as_another_read_it(paper)

    class Slow:
        def sign(self, what):
            withdraw(other, reason="Salah.", by=who(walk, "petugas_ppid"), at=walk.now)
            return signer(name).sign(what)

    with time_machine.travel(walk.tick(), tick=False):
        told = refused(lambda: sign(paper, signer=Slow(), by=person, at=walk.now))

    assert told == {"paper_moved_on"}
    assert (events("paper.signed"), events("paper.withdrawn")) == (0, 1)
    assert_sound()


def test_one_paper_is_taken_back_once(letter):
    walk, found = letter
    paper = prepared(walk, found)
    other = as_another_read_it(paper)
    by = who(walk, "ppid_utama")
    withdraw(paper, reason="Salah nomor.", by=by, at=walk.tick())

    late = lambda: withdraw(other, reason="Salah hari.", by=by, at=walk.tick())  # noqa: E731
    assert refused(late) == {"paper_moved_on"}
    assert OfficePaper.objects.get().withdrawn == "Salah nomor."
    assert prepared(walk, found).withdrawn == ""


def test_a_paper_is_not_taken_back_after_its_scan_was_filed(letter):
    walk, found = letter
    paper = prepared(walk, found)
    other = as_another_read_it(paper)
    by = who(walk, "petugas_ppid")
    first, second = (Scan(content=scanned(n), signed_on=walk.today, same=True) for n in (8, 9))
    file_scan(paper, first, by=by, at=walk.tick())

    for act in (
        lambda: withdraw(other, reason="Salah.", by=by, at=walk.tick()),
        lambda: file_scan(other, second, by=by, at=walk.tick()),
    ):
        assert refused(act) == {"paper_moved_on"}
    assert (events("paper.signed"), events("paper.withdrawn")) == (1, 0)
    assert_sound()


@pytest.mark.parametrize("late", ["setuju", "tolak"])
def test_of_two_who_decide_one_copy_the_first_counts(desk, late):
    walk, source, marks = desk
    copy = make(walk, source, marks)
    other = PublicCopy.objects.select_related("item__body").get(pk=copy.pk)
    first = {"setuju": "tolak", "tolak": "setuju"}[late]
    decide(walk, copy, first, reason="Sudah dilihat.")

    again = lambda: decide(walk, other, late, role="pimpinan_badan_publik", reason="x")  # noqa: E731
    assert refused(again, Refused) == {"copy_decided"}
    copy.refresh_from_db()
    assert (copy.decision, copy.decided_by) == (first, who(walk, "ppid_utama"))
    assert events("redaction.decided") == 1
    assert_sound()


def test_a_decision_sent_twice_counts_once(desk):
    walk, source, marks = desk
    copy, act = make(walk, source, marks), uuid4()
    told = {"decision": "setuju", "by": who(walk, "ppid_utama"), "act": act}
    decide_public_copy(copy, at=walk.tick(), **told)

    assert refused(lambda: decide_public_copy(copy, at=walk.tick(), **told)) == {"already_done"}
    assert events("redaction.decided") == 1


def settings_now():
    return body().settings


def keep(one, *keepers, walk):
    set_keepers(one, keepers, by=who(walk, "ppid_utama"), at=walk.tick())


def test_of_two_who_add_a_keeper_the_second_loses_nothing_of_the_first():
    walk = office()
    mine, theirs = body(), body()
    keep(mine, ONE, walk=walk)

    assert refused(lambda: keep(theirs, TWO, walk=walk)) == {"settings_changed"}
    assert keepers_of(settings_now()) == (ONE,)
    keep(body(), ONE, TWO, walk=walk)
    assert keepers_of(settings_now()) == (ONE, TWO)
    assert_sound()


@pytest.mark.parametrize(
    "act",
    [
        lambda one, by, at: set_letterhead(
            one, LetterheadChoice(["Kota"], PaperSize.A4), by=by, at=at
        ),
        lambda one, by, at: change_settings(
            one, by=by, at=at, choices={**one.settings, "site_text": "Lain"}
        ),
    ],
    ids=["letterhead", "site text"],
)
def test_no_other_setting_undoes_the_choice_of_keepers(act):
    walk = office()
    stale = body()
    keep(body(), ONE, walk=walk)

    assert refused(lambda: act(stale, who(walk, "ppid_utama"), walk.tick())) == {"settings_changed"}
    act(body(), who(walk, "ppid_utama"), walk.tick())
    assert keepers_of(settings_now()) == (ONE,)


@pytest.mark.parametrize(
    ("route", "args", "fields"),
    [
        ("keepers", (), {"kind": "surel", "address": TWO.address}),
        ("keeper_remove", (ONE.key,), {}),
    ],
)
def test_the_page_tells_who_came_second_and_keeps_the_first(
    client, monkeypatch, route, args, fields
):
    walk = office()
    keep(walk.body, ONE, walk=walk)
    as_role(client, walk, "ppid_utama")
    other = Keeper(KeeperKind.FOLDER, "/mnt/arsip")

    def read_before_another_acts(settings):
        found = keepers_of(settings)
        monkeypatch.setattr(keepers_view, "keepers_of", keepers_of)
        keep(body(), *found, other, walk=walk)
        return found

    monkeypatch.setattr(keepers_view, "keepers_of", read_before_another_acts)
    with time_machine.travel(walk.tick(), tick=False):
        send(client, route, *args, status=409, **fields)

    assert keepers_of(settings_now()) == (ONE, other)
