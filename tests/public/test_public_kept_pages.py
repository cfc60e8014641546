"""Pages kept in the process: the same bytes, never past edition or day, never without bound."""

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from ppid.public import kept_pages
from ppid.public.intake import accept
from ppid.public.kept_pages import kept
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
LIST = "/kota-contoh/"


def made(*bodies, tag="a", address="/x/", **headers):
    """Ask for an address once for each body that its page would have; return what came."""
    request = RequestFactory().get(address)
    answers = [
        kept(request, tag, lambda body=body: HttpResponse(body, headers=headers)) for body in bodies
    ]
    return [answer.content for answer in answers]


@pytest.mark.parametrize("address", [LIST, f"{LIST}informasi/KC-001/", f"{LIST}statistik/"])
def test_a_page_asked_again_is_the_same_and_costs_one_query(client, address):
    accept(edition_in())
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        first = client.get(address)
        with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
            second = client.get(address)

    assert second.content == first.content
    assert {**second.headers} == {**first.headers}
    assert len(queries) == 1


def test_a_new_edition_and_a_new_day_are_made_anew(client):
    accept(edition_in(entry_in(title="Judul lama")))
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        client.get(LIST)
        accept(edition_in(entry_in(title="Judul baru"), number=2))
        second = client.get(LIST).content.decode()
    with time_machine.travel("2026-04-21 05:00 +0000", tick=False):
        third = client.get(LIST).content.decode()

    assert "Judul baru" in second
    assert "21 April 2026" in third


def test_each_address_language_and_host_is_kept_apart(client, settings):
    settings.ALLOWED_HOSTS = ["satu.example", "dua.example"]
    accept(edition_in())
    asked = [("/kota-contoh/", "satu"), ("/en/kota-contoh/", "satu"), ("/kota-contoh/", "dua")]

    pages = [client.get(at, headers={"host": f"{host}.example"}).content for at, host in asked]

    assert len(set(pages)) == 3


def test_the_same_address_and_tag_are_made_once():
    assert made("satu", "dua") == [b"satu", b"satu"]
    assert made("tiga", tag="b") == [b"tiga"]
    assert made("empat", address="/y/") == [b"empat"]


def test_what_is_large_or_a_file_is_not_kept(monkeypatch):
    monkeypatch.setattr(kept_pages, "LARGEST", 3)

    assert made("besar", "sekali") == [b"besar", b"sekali"]
    assert made("a", "b", **{"Content-Disposition": "attachment"}) == [b"a", b"b"]


def test_what_is_no_success_is_not_kept():
    request = RequestFactory().get("/x/")
    kept(request, "a", lambda: HttpResponse("hilang", status=404))

    assert kept(request, "a", lambda: HttpResponse("ada")).content == b"ada"


@pytest.mark.parametrize(("bound", "most"), [("MOST", 2), ("MOST_BYTES", 10)])
def test_the_least_recently_asked_goes_first(monkeypatch, bound, most):
    monkeypatch.setattr(kept_pages, bound, most)
    made("satu.", address="/1/")
    made("dua..", address="/2/")
    made("-", address="/1/")

    made("tiga.", address="/3/")

    assert made("baru", address="/1/") == [b"satu."]
    assert made("baru", address="/2/") == [b"baru"]
