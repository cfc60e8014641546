"""A public title of what was determined is corrected: by whom, to what, and what the list says."""

import pytest
import time_machine

from office.offices import assert_sound, case_in, codes, item_in, office, opened, register_item, who
from office.pages import as_role, send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.items import correct_public_title
from ppid.office.models import Event, Item
from ppid.public.models import Entry, EntryVersion

pytestmark = pytest.mark.django_db(databases=["default", "public"])
NEW = "Rekam medis pasien rawat inap"
WHY = "Judul lama terlalu luas"


@pytest.fixture
@remembered
def walk():
    walk = office()
    register_item(walk)
    return walk


def correct(walk, title=NEW, *, reason=WHY, role="ppid_utama", item=None):
    by, at = who(walk, role), walk.tick()
    correct_public_title(
        item or Item.objects.get(), public_title=title, reason=reason, by=by, at=at
    )


def publish(walk):
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())


def test_the_next_edition_has_the_new_title_and_says_so(walk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(walk)
        correct(walk)
        publish(walk)
    entry = Entry.objects.get()
    assert entry.title == NEW
    assert [line["kind"] for line in entry.history] == ["ditetapkan", "diperbaiki"]
    assert WHY not in str(entry.history)
    titles = [one.content["title"] for one in EntryVersion.objects.order_by("edition__number")]
    assert titles == ["Rekam medis pasien", NEW]
    assert_sound()


def test_the_reason_and_the_title_are_sealed_in_the_log(walk):
    correct(walk)
    event = Event.objects.get(kind="item.title_corrected")
    assert WHY.encode() not in bytes(event.entry)
    assert NEW.encode() not in bytes(event.entry)


def test_what_is_open_can_still_be_corrected(walk):
    opened(walk, Item.objects.get())
    correct(walk)
    assert Item.objects.get().public_title == NEW


@pytest.mark.parametrize(
    ("title", "reason", "found"),
    [
        ("  ", WHY, {"public_title_missing"}),
        ("Rekam medis pasien", WHY, {"title_unchanged"}),
        (NEW, " ", {"reason_missing"}),
        ("Rekam medis 3171011708450001", WHY, {"personal_number"}),
        ("", "", {"public_title_missing", "reason_missing"}),
    ],
)
def test_a_title_that_may_not_be_public_is_refused(walk, title, reason, found):
    with pytest.raises(BadInput) as error:
        correct(walk, title, reason=reason)
    assert codes(error) == found
    assert Item.objects.get().public_title == "Rekam medis pasien"


def test_a_candidate_is_changed_and_not_corrected(walk):
    item = item_in(walk, case_in(walk), public_title="Usulan")
    with pytest.raises(Refused) as error:
        correct(walk, item=item)
    assert codes(error) == {"item_not_determined"}


@pytest.mark.parametrize("role", ["petugas_ppid", "pimpinan_badan_publik", "auditor"])
def test_only_who_determines_corrects(walk, role):
    with pytest.raises(Refused) as error:
        correct(walk, role=role)
    assert codes(error) == {"not_authorised"}


def test_the_page_corrects_and_shows_what_is_wrong(client, walk):
    item = Item.objects.get()
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "ppid_utama")
        assert "Ralat judul umum" in visit(client, "item", item.pk).content.decode()
        wrong = send(client, "item_title", item.pk, status=200, public_title="", reason=WHY)
        assert wrong.context["form"].errors.keys() == {"public_title"}
        send(client, "item_title", item.pk, public_title=NEW, reason=WHY)
        assert NEW in visit(client, "item", item.pk).content.decode()


def test_the_page_says_why_it_may_not_be_used(client, walk):
    item = Item.objects.get()
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "petugas_ppid")
        assert "Ralat judul umum" not in visit(client, "item", item.pk).content.decode()
        page = visit(client, "item_title", item.pk)
        assert [one.code for one in page.context["obstacles"]] == ["not_authorised"]
        send(client, "item_title", item.pk, status=403, public_title=NEW, reason=WHY)
    assert Item.objects.get().public_title == "Rekam medis pasien"
