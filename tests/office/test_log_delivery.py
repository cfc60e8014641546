"""The log beside the list: it goes with the editions, and checks from outside."""

import pytest
from django.test import Client, override_settings

from office.offices import assert_sound, case_in, item_in, office, register_item, who
from ppid.errors import Finding, NotFound
from ppid.ledger.outside import verify_published
from ppid.office import keys
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.log_delivery import deliver_log
from ppid.office.models import Checkpoint, Event
from ppid.office.tasks import make_up_deliveries
from ppid.public import models as public
from ppid.public.intake import log_state

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def published(django_capture_on_commit_callbacks):
    """An office with one item and two editions, delivered."""
    walk = office()
    for number in range(1):
        register_item(walk, number=f"{number}/PPID/2026", title=f"Denah {number}")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    return walk


def checked(body):
    client = Client()

    def read(path):
        with override_settings(ROOT_URLCONF="ppid.public.urls"):
            response = client.get(f"/{body.pk}/log/{path}")
            if response.status_code == 404:
                raise NotFound(Finding("file_missing", "Tidak ada."))
            return b"".join(response) if response.streaming else response.content

    return verify_published(read, vkey=body.vkey, verify=keys.verifier_of(body.vkey))


def test_what_the_office_published_checks_from_outside(published):
    found = checked(published.body)
    last = Event.objects.filter(kind="edition.published").order_by("seq").last()
    assert (found.findings, found.editions, found.checkpoint.size) == ((), 2, last.seq + 1)
    assert_sound()


def test_no_entry_but_those_of_editions_leaves_the_office(published):
    kinds = {Event.objects.get(seq=one.seq).kind for one in public.LogEntry.objects.all()}
    assert kinds == {"edition.published"}
    assert public.LogEntry.objects.count() == 2


def test_what_happened_since_the_edition_is_not_public_yet(published):
    item_in(published, case_in(published))
    deliver_log(published.body)
    state = log_state(published.body.pk)
    assert state.size == state.due < Event.objects.count()


def test_a_log_that_did_not_arrive_is_made_up(published):
    public.LogEntry.objects.all().delete()
    public.LogTile.objects.all().delete()
    make_up_deliveries(at=published.tick())
    assert checked(published.body).findings == ()


def test_the_checkpoint_on_the_site_is_one_of_the_offices_own(published):
    note = public.Checkpoint.objects.latest("pk").note
    assert Checkpoint.objects.filter(note=note).exists()
