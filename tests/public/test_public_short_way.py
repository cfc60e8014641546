"""The short way: what comes out of it is what the framework answers, byte for byte."""

import gzip

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError
from django.test import RequestFactory

from ppid.public import short_way, views
from ppid.public.intake import accept
from ppid.public.short_way import ShortWay
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
NOON = "2026-04-20 05:00 +0000"
LIST, ENTRY = "/kota-contoh/", "/kota-contoh/informasi/KC-001/"
API = "/api/v1/bodies/kota-contoh/entries"
HOT = (
    *(LIST, "/en/kota-contoh/", ENTRY, f"/en{ENTRY}", "/cari/", "/en/cari/", API),
    f"{API}/KC-001",
)
QUERIES = ("", "cari=denah", "perangkat=Tidak+Ada&tahun=x&sesudah=%00", "pada=2026-04-01")


class Site:
    """The short way before the framework. framework: how often the latter was asked."""

    def __init__(self):
        self.framework = 0
        self._handler = WSGIHandler()
        self.short = ShortWay(self._make)

    def _make(self, environment, start_response):
        self.framework += 1
        return self._handler(environment, start_response)

    def get(self, address, query="", **how):
        return ask(self.short, address, query, **how)


def ask(application, address, query="", *, method="GET", **headers):
    """Return the status, the headers in their order and the bytes of an answer, unpacked."""
    request = RequestFactory().generic(method, address, QUERY_STRING=query, headers=headers)
    said = []
    body = b"".join(application(request.environ, lambda *line: said.append(line)))
    status, headers = said[0]
    if ("Content-Encoding", "gzip") in headers:
        place = headers.index(("Content-Length", str(len(body))))
        headers[place] = ("Content-Length", "")  # packed with padding of a random length
        body = gzip.decompress(body)
    return status, headers, body


@pytest.fixture
def site(connected):
    """A site with one edition, on one day; what was asked before is known to it."""
    accept(edition_in())
    with time_machine.travel(NOON, tick=False):
        yield Site()


@pytest.mark.parametrize("address", HOT)
@pytest.mark.parametrize("packing", ["identity", "gzip"])
def test_a_hot_page_is_what_the_framework_answers(site, address, packing):
    site.get(address, accept_encoding=packing)
    for query in QUERIES:
        answer = site.get(address, query, accept_encoding=packing)

        assert answer == ask(WSGIHandler(), address, query, accept_encoding=packing)
        assert answer[0] == "200 OK"
    assert site.framework == 1


def test_what_was_learned_packed_is_right_unpacked_and_the_other_way(site):
    for learned, asked in (("gzip", "identity"), ("identity", "gzip")):
        site.short = ShortWay(site._make)
        site.get(ENTRY, accept_encoding=learned)
        site.get(ENTRY, accept_encoding=asked)

        answer = site.get(ENTRY, accept_encoding=asked)

        assert answer == ask(WSGIHandler(), ENTRY, accept_encoding=asked)
        assert (("Content-Encoding", "gzip") in answer[1]) is (asked == "gzip")


@pytest.mark.parametrize(
    ("address", "how", "status"),
    [
        (LIST, {"method": "HEAD"}, "200 OK"),
        (LIST, {"method": "POST"}, "405 Method Not Allowed"),
        (ENTRY, {"if_modified_since": "Fri, 01 Jan 2038 00:00:00 GMT"}, "304 Not Modified"),
        ("/kota-contoh/informasi/KC-999/", {}, "404 Not Found"),
        ("/kota-contoh/informasi/KC-001", {}, "301 Moved Permanently"),
        ("/kota-lain/", {}, "404 Not Found"),
        (f"{API}/KC-999", {}, "404 Not Found"),
        (API, {"query": "limit=x"}, "422 Unprocessable Entity"),
        (ENTRY, {"host": "elsewhere.example"}, "400 Bad Request"),
        (LIST, {"x_forwarded_proto": "elsewhere"}, "200 OK"),
        ("/kota-contoh/edisi/", {}, "200 OK"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_is_no_plain_hot_page_is_answered_by_the_framework(site, address, how, status):
    for hot in HOT:
        site.get(hot)
    before = site.framework

    answer = site.get(address, **how)

    assert answer == ask(WSGIHandler(), address, **how)
    assert (answer[0], site.framework) == (status, before + 1)


def test_a_reader_who_has_the_page_gets_304(site):
    etag = dict(site.get(LIST)[1])["ETag"]

    status, headers, body = site.get(LIST, if_none_match=etag)

    assert (status, body) == ("304 Not Modified", b"")
    assert ("ETag", etag) in headers


def test_a_new_edition_is_on_the_next_page(site):
    site.get(ENTRY)
    accept(edition_in(entry_in("KC-001", title="Judul baru"), number=2))

    assert "Judul baru" in site.get(ENTRY)[2].decode()
    assert site.framework == 1


@pytest.mark.parametrize("fault", [DatabaseError, ValueError])
def test_a_fault_is_told_by_the_framework(site, monkeypatch, fault):
    site.get(ENTRY)

    def broken(*_):
        raise fault

    monkeypatch.setattr(views.rows, "one", broken)

    status, _, body = site.get(ENTRY)

    assert (status, site.framework) == ("500 Internal Server Error", 2)
    assert body


def test_a_cookie_is_never_lost_on_the_way(site, monkeypatch):
    site.get(ENTRY)
    render = views.render_hot

    def with_cookie(*args, **how):
        page = render(*args, **how)
        page.set_cookie("a", "b")
        return page

    monkeypatch.setattr(views, "render_hot", with_cookie)

    assert "Set-Cookie" in dict(site.get(ENTRY)[1])
    assert site.framework == 2


def test_an_address_below_another_application_is_not_taken(site):
    site.get(LIST)
    request = RequestFactory().get(LIST, SCRIPT_NAME="/dik")

    list(site.short(request.environ, lambda *_: None))

    assert site.framework == 2


def test_no_more_addresses_are_learned_than_there_is_room_for(site, monkeypatch):
    monkeypatch.setattr(short_way, "MOST_WAYS", 1)
    for _ in range(2):
        site.get(LIST)
        site.get(ENTRY)

    assert site.framework == 3
