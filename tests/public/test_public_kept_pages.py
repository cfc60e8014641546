"""Pages kept in the process: the same bytes, never past edition or day, never without bound."""

from threading import Thread

import pytest
import time_machine
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections, connections
from django.http import HttpResponse
from django.test import RequestFactory

from ppid.public import database_state as state_of_database
from ppid.public import kept_pages
from ppid.public.database_state import database_state
from ppid.public.intake import accept
from ppid.public.kept_pages import KeptPages, keep
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in

COMMITTED = pytest.mark.django_db(databases=[settings.PUBLIC_DATABASE], transaction=True)
pytestmark = ON_THE_OPEN_SITE[1:]
SQLITE = connections[settings.PUBLIC_DATABASE].vendor == "sqlite"
LIST = "/kota-contoh/"
NOON = "2026-04-20 05:00 +0000"


class Site:
    """The open site behind its kept pages; made: how often a page was really made."""

    def __init__(self):
        self.made = 0
        self._site = WSGIHandler()
        self._kept = KeptPages(self._make)

    def _make(self, environment, start_response):
        self.made += 1
        return self._site(environment, start_response)

    def get(self, address, **headers):
        """Ask for an address; return status, headers and bytes."""
        return ask(self._kept, RequestFactory().get(address, headers=headers))


def ask(application, request):
    said = []
    parts = application(request.environ, lambda *line: said.append(line))
    status, headers = said[0]
    return status, sorted(headers), b"".join(parts)


def made(*bodies, address="/x/", until=float("inf"), kept=None, **headers):
    """Ask for an address once for each body that its page would have; return what came."""
    bodies = list(bodies)

    def application(environment, start_response):
        response = HttpResponse(bodies.pop(0), headers=headers)
        keep(response, until=until)
        start_response("200 OK", list(response.items()))
        return response

    kept._application = application
    return [ask(kept, RequestFactory().get(address))[2] for _ in range(len(bodies))]


@pytest.fixture(autouse=True)
def nothing_to_find_is_left(request, django_db_blocker):
    """After a committed test Django empties its tables, of which the one of the search is none."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connections[settings.PUBLIC_DATABASE].cursor() as cursor:
            cursor.execute("DELETE FROM public_search")


@pytest.fixture
def kept(monkeypatch):
    """An empty store over a database that never changes, and that no answer closes."""
    monkeypatch.setattr(kept_pages, "database_state", lambda: 1)
    request_finished.disconnect(close_old_connections)
    yield KeptPages(None)
    request_finished.connect(close_old_connections)


@COMMITTED
@pytest.mark.parametrize("address", [LIST, f"{LIST}informasi/KC-001/", f"{LIST}statistik/"])
def test_a_page_asked_again_is_the_same_and_is_not_made_again(address):
    accept(edition_in())
    site = Site()
    with time_machine.travel(NOON, tick=False):
        first = site.get(address)
        second = site.get(address)

    assert first[0] == "200 OK"
    assert second == first
    assert site.made == 1


@COMMITTED
def test_a_new_edition_and_a_new_day_are_made_anew():
    accept(edition_in(entry_in(title="Judul lama")))
    site = Site()
    with time_machine.travel(NOON, tick=False):
        site.get(LIST)
        accept(edition_in(entry_in(title="Judul baru"), number=2))
        second = site.get(LIST)[2].decode()
    with time_machine.travel("2026-04-21 05:00 +0000", tick=False):
        third = site.get(LIST)[2].decode()

    assert "Judul baru" in second
    assert "21 April 2026" in third


@COMMITTED
def test_what_another_thread_commits_is_another_state():
    accept(edition_in())
    before = database_state()
    assert database_state() == before

    def elsewhere():
        accept(edition_in(entry_in(title="Judul baru"), number=2))
        connections.close_all()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert database_state() != before


@COMMITTED
def test_a_thread_that_only_begins_to_ask_changes_nothing():
    accept(edition_in())
    seen = [database_state()]

    def elsewhere():
        seen.append(database_state())
        connections.close_all()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert seen == [database_state()] * 2


@COMMITTED
@pytest.mark.skipif(not SQLITE, reason="there the thread's own connection is asked")
def test_a_connection_that_broke_is_told_as_a_fault_and_the_next_question_opens_another():
    accept(edition_in())
    before = database_state()
    state_of_database._watch._connection.connection.close()

    with pytest.raises(DatabaseError):
        database_state()

    assert database_state() != before
    assert database_state() == database_state()


@COMMITTED
def test_shortly_before_midnight_a_page_is_made_each_time_for_it_may_be_kept_for_less():
    accept(edition_in())
    site = Site()
    with time_machine.travel("2026-04-20 16:54 +0000", tick=False) as clock:
        site.get(LIST)
        site.get(LIST)
        assert site.made == 1
        clock.shift(90)
        answers = [site.get(LIST), site.get(LIST)]

    assert site.made == 3
    assert ("Cache-Control", "public, max-age=270, stale-if-error=86400") in answers[1][1]


@COMMITTED
def test_each_address_language_host_and_packing_is_kept_apart(settings):
    settings.ALLOWED_HOSTS = ["satu.example", "dua.example"]
    accept(edition_in())
    site = Site()
    asked = [
        (LIST, {"host": "satu.example"}),
        (f"/en{LIST}", {"host": "satu.example"}),
        (LIST, {"host": "dua.example"}),
        (LIST, {"host": "satu.example", "accept-encoding": "gzip"}),
    ]

    pages = [site.get(address, **headers)[2] for address, headers in asked * 2]

    assert site.made == 4
    assert len(set(pages)) == 4
    assert pages[:4] == pages[4:]


@COMMITTED
def test_a_conditional_request_is_the_views_own_matter():
    accept(edition_in())
    site = Site()
    with time_machine.travel(NOON, tick=False):
        tag = dict(site.get(LIST)[1])["ETag"]
        status, headers, body = site.get(LIST, **{"if-none-match": tag})

    assert (status, body) == ("304 Not Modified", b"")


@COMMITTED
@pytest.mark.parametrize("address", [f"{LIST}unduh.csv", f"{LIST}informasi/TIADA/"])
def test_a_file_and_what_is_no_success_are_not_kept(address):
    accept(edition_in())
    site = Site()

    for _ in range(2):
        site.get(address)

    assert site.made == 2


@pytest.mark.django_db(databases=[settings.PUBLIC_DATABASE])
def test_inside_a_transaction_nothing_is_kept():
    accept(edition_in())
    site = Site()

    for _ in range(2):
        site.get(LIST)

    assert site.made == 2


def test_a_database_that_does_not_answer_leaves_the_page_to_the_view(kept, monkeypatch):
    def fails():
        raise DatabaseError

    monkeypatch.setattr(kept_pages, "database_state", fails)

    assert made("satu", "dua", kept=kept) == [b"satu", b"dua"]


def test_a_page_stands_until_its_moment(kept):
    with time_machine.travel(1000, tick=False) as clock:
        made("satu", until=1009, kept=kept)
        clock.shift(8)
        assert made("dua", until=1009, kept=kept) == [b"satu"]
        clock.shift(1)
        assert made("tiga", until=2000, kept=kept) == [b"tiga"]


@pytest.mark.parametrize(("bound", "most"), [("MOST", 2), ("MOST_BYTES", 10)])
def test_the_least_recently_asked_goes_first(kept, monkeypatch, bound, most):
    monkeypatch.setattr(kept_pages, bound, most)
    made("satu.", address="/1/", kept=kept)
    made("dua..", address="/2/", kept=kept)
    made("-", address="/1/", kept=kept)

    made("tiga.", address="/3/", kept=kept)

    assert made("baru", address="/1/", kept=kept) == [b"satu."]
    assert made("baru", address="/2/", kept=kept) == [b"baru"]


def test_what_is_large_is_not_kept(kept, monkeypatch):
    monkeypatch.setattr(kept_pages, "LARGEST", 3)

    assert made("besar", "sekali", kept=kept) == [b"besar", b"sekali"]


@pytest.mark.parametrize("method", ["post", "head"])
def test_only_a_question_that_gets_a_page_is_answered_here(kept, method):
    made("satu", kept=kept)
    kept._application = lambda environment, start_response: (
        start_response("405 Method Not Allowed", []) or []
    )

    status, _, _ = ask(kept, getattr(RequestFactory(), method)("/x/"))

    assert status == "405 Method Not Allowed"
