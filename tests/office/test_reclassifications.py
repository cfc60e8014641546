"""A change of classification: a new test beside the old, and nothing prolonged meanwhile."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.apps import apps

from office.factories import sign_in
from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    office,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.pages import send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.law.opening import OpeningReason
from ppid.law.term import DateTerm, ExpiryRule
from ppid.office import migrations
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.reclassifications import begin_change
from ppid.office.actions.watch import watch
from ppid.office.authority import authority_of
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Case, DeterminationLine, Event, Person, SopVersion
from ppid.office.queries.classifications import classifications
from ppid.office.queries.history import in_words
from ppid.office.queries.items import item_page

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = timedelta(days=1)
END = date(2026, 9, 1)
LATER = date(2027, 9, 1)


@pytest.fixture
@remembered
def held():
    """An office and an item of its register, whose own case has ended.

    The body declares the end of a term whenever it likes before that end.
    """
    walk = office(choices={"deliberation": "tidak", "expiry_rule": ExpiryRule.DEADLINE.value})
    item = register_item(walk, term=DateTerm(walk.today, END))
    list(walk_to_end(walk, item.case))
    item.refresh_from_db()
    walk.now += 30 * DAY
    return walk, item


def changing(walk, item, *, role="petugas_ppid", reason="Belum selesai.", **more):
    """Begin a change in a case of its own, and return the case."""
    more.setdefault("into", SopVersion.objects.get(body=walk.body))
    by = more.pop("by", None) or who(walk, role)
    case = begin_change(item, reason=reason, by=by, at=walk.tick(), **more)
    item.refresh_from_db()
    return case


def changed(walk, item, *, number="2/2026", **values):
    """Determine the item anew in a case of its own, by test, approval and letter."""
    case = changing(walk, item)
    write_sheet(walk, item, **values)
    approved(walk, case, item)
    determined(walk, case, item, number=number)
    item.refresh_from_db()


def as_person(client, walk, role):
    person = Person.objects.get(pk=who(walk, role))
    sign_in(client, person)
    return person


def test_a_change_opens_a_case_and_says_why_in_the_history(held):
    walk, item = held

    case = changing(walk, item, reason="Penyidikan belum selesai.")

    assert (item.case, item.stage) == (case, "dikecualikan")
    assert item.public_title in case.title
    taken = Event.objects.get(kind="item.taken_up", item=item.pk)
    assert "Penyidikan belum selesai." in in_words(taken)
    assert b"Penyidikan" not in bytes(taken.entry)
    assert_sound()


def test_beginning_a_change_prolongs_nothing(held):
    walk, item = held
    changing(walk, item)
    write_sheet(walk, item, term=DateTerm(walk.today, LATER))

    watch(walk.body, at=datetime(2026, 9, 1, 1, tzinfo=UTC))

    item.refresh_from_db()
    assert (item.opens_on, item.lapsed_on) == (END, END)


def test_the_new_letter_replaces_the_old_and_both_stay_in_the_history(held):
    walk, item = held

    changed(walk, item, term=DateTerm(walk.today, LATER))

    new, old = classifications(item, authority_of(who(walk, "ppid_utama"), on=walk.today))
    assert new.readable
    assert (new.letter.number, new.holds, new.opens_on) == ("2/2026", True, LATER)
    assert (old.letter.number, old.holds, old.opens_on) == ("1/PPID/2026", False, END)
    assert item.opens_on == LATER
    assert_sound()


def test_the_public_list_tells_both_letters(held):
    walk, item = held
    changed(walk, item, term=DateTerm(walk.today, LATER))

    edition = publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())

    (entry,) = edition.content["entries"]
    kinds = [line["kind"] for line in entry["history"]]
    assert kinds == ["ditetapkan", "diubah"]
    assert entry["decree_number"] == "2/2026"
    assert "1/PPID/2026" in entry["history"][0]["text"]


def test_the_page_shows_what_holds_while_the_new_sheet_is_written(held):
    walk, item = held
    changing(walk, item)
    write_sheet(walk, item, ground="d", term=DateTerm(walk.today, LATER))

    page = item_page(item.pk, by=who(walk, "petugas_ppid"), body=walk.body.pk, on=walk.today)

    assert page.ground.letter == "h"
    assert "2026" in page.term_text
    assert page.sheet.ground == "d"
    assert (page.is_changing, page.rests_on_sheet) == (True, False)


def test_a_change_may_join_a_running_case(held):
    walk, item = held
    running = case_in(walk)
    assert changing(walk, item, into=running) == running
    assert Case.objects.filter(body=walk.body, ended_at__isnull=True).get() == running


def refusal(walk, item, **more):
    with pytest.raises(Refused) as error:
        changing(walk, item, **more)
    return codes(error)


@pytest.mark.parametrize("role", ["tim_pertimbangan", "auditor", "pimpinan_badan_publik"])
def test_who_prepares_no_items_begins_no_change(held, role):
    walk, item = held
    running = case_in(walk)
    assert refusal(walk, item, role=role, into=running) == {"not_authorised"}


def test_an_agency_begins_no_change_for_another(held):
    walk, item = held
    other = appoint(walk, "ppid_pelaksana", name="BKD", agency=walk.agencies[1])
    assert "other_agency" in refusal(walk, item, by=other.pk, into=case_in(walk))


def test_an_item_whose_case_still_runs_is_not_taken_into_another():
    walk = office()
    item = register_item(walk)
    assert refusal(walk, item) == {"item_in_case"}


def test_what_opened_by_law_is_not_taken_up_again(held):
    walk, item = held
    walk.now += (END - walk.today).days * DAY
    assert refusal(walk, item) == {"already_open"}


def test_what_a_dispute_opened_is_not_taken_up_again(held):
    walk, item = held
    opened(walk, item, reason=OpeningReason.COMMISSION)
    assert refusal(walk, item) == {"opened_in_dispute"}


@pytest.mark.parametrize(
    ("given", "code"), [({"reason": " "}, "reason_missing"), ({"into": None}, "case_missing")]
)
def test_a_change_needs_a_reason_and_a_case(held, given, code):
    walk, item = held
    with pytest.raises(BadInput) as error:
        changing(walk, item, **given)
    assert codes(error) == {code}


def test_a_refused_change_leaves_no_case_behind(held):
    walk, item = held
    changing(walk, item)
    cases = Case.objects.count()
    assert refusal(walk, item) == {"item_in_case"}
    assert Case.objects.count() == cases


def test_a_term_that_ends_before_the_declared_day_opens_by_law_and_the_log_says_so(held):
    walk, item = held
    opened(walk, item, on=date(2026, 8, 20), reason=OpeningReason.TERM_ENDS)
    sooner = date(2026, 6, 15)
    changed(walk, item, term=DateTerm(walk.today, sooner))

    runs = [watch(walk.body, at=datetime(2026, 6, day, 1, tzinfo=UTC)) for day in (14, 15, 16)]

    assert [run.lapsed for run in runs] == [0, 1, 0]
    item.refresh_from_db()
    assert (item.lapsed_on, item.declared_open_on) == (sooner, date(2026, 8, 20))
    page = item_page(item.pk, by=who(walk, "auditor"), body=walk.body.pk, on=sooner)
    assert (page.status, page.opened_by_law) == ("terbuka", True)
    edition = publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    entry = edition.content["entries"][0]
    assert entry["opens_on"] == sooner.isoformat()
    assert "demi hukum" in entry["opened_reason"]
    assert_sound()


def test_a_declared_day_before_the_new_end_leaves_the_watch_nothing_to_record(held):
    walk, item = held
    opened(walk, item, on=date(2026, 6, 15), reason=OpeningReason.TERM_ENDS)
    changed(walk, item, term=DateTerm(walk.today, date(2026, 8, 20)))

    run = watch(walk.body, at=datetime(2026, 8, 21, 1, tzinfo=UTC))

    assert run.lapsed == 0


def test_the_page_explains_and_begins_the_change(client, held):
    walk, item = held
    with time_machine.travel(walk.now, tick=False):
        as_person(client, walk, "petugas_ppid")
        page = visit(client, "reclassify", item.pk)
        assert "tidak mengenal perpanjangan" in page.content.decode()
        fields = {"reason": "Belum selesai.", "into": str(SopVersion.objects.get().pk)}
        act = page.context["form"]["act"].initial

        sent = send(client, "reclassify", item.pk, act=act, **fields)
        again = send(client, "reclassify", item.pk, act=act, **fields)

    item.refresh_from_db()
    assert sent.url.endswith(f"{item.case_id}/")
    assert again.url.endswith(f"{item.pk}/")
    assert Event.objects.filter(kind="item.taken_up").count() == 1


def test_the_page_asks_for_a_reason_and_a_case(client, held):
    walk, item = held
    with time_machine.travel(walk.now, tick=False):
        as_person(client, walk, "petugas_ppid")
        answer = send(client, "reclassify", item.pk, status=200, reason="", into="")
    assert set(answer.context["form"].errors) == {"reason", "into"}


def test_the_page_says_why_not_before_anything_is_filled_in(client, held):
    walk, item = held
    changing(walk, item)
    with time_machine.travel(walk.now, tick=False):
        as_person(client, walk, "petugas_ppid")
        page = visit(client, "reclassify", item.pk)
        fields = {"reason": "Lagi.", "into": str(item.case_id)}
        answer = send(client, "reclassify", item.pk, status=403, **fields)
    assert [one.code for one in page.context["obstacles"]] == ["item_in_case"]
    assert [one.code for one in answer.context["findings"]] == ["item_in_case"]


def test_the_new_sheet_starts_from_the_old_words_but_asks_days_and_answers_anew(client, held):
    walk, item = held
    changing(walk, item)
    with time_machine.travel(walk.now, tick=False):
        as_person(client, walk, "petugas_ppid")
        page = visit(client, "sheet", item.pk)
        shown = visit(client, "item", item.pk)
    initial = page.context["form"].initial
    assert initial["information"]
    assert (initial["tested_on"], initial["participants"]) == (None, "")
    assert "term_kind" not in initial
    assert not page.context["started"]
    assert "Tulis uji baru" in shown.content.decode()


def test_letters_of_before_these_lines_get_them_from_the_log(held):
    walk, item = held
    changed(walk, item, term=DateTerm(walk.today, LATER))
    DeterminationLine.objects.all().delete()

    folder = Path(migrations.__file__).parent
    (made,) = (one.stem for one in folder.glob("*_determination_lines.py"))
    import_module(f"{migrations.__name__}.{made}").fill(apps, None)

    assert DeterminationLine.objects.count() == 2
    assert_sound()
