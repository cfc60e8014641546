"""Every route has a declared audience, and the office opens none to strangers."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import path, reverse

from office.factories import sign_in
from office.offices import office as an_office
from office.pages import appoint
from ppid.config import urls as office_site
from ppid.office import urls as office
from ppid.office.actions.people import add_person
from ppid.public import urls as public

SAMPLES = {
    "uuid": uuid4,
    "int": lambda: 1,
    "str": lambda: "x",
    "slug": lambda: "kota",
    "path": lambda: "0/000",
}


class WithOpenDoor:
    """Addresses of an office in which somebody forgot the lock."""

    urlpatterns = [
        *office_site.urlpatterns,
        path("terbuka/<int:number>/", lambda request, number: HttpResponse("isi"), name="open"),
    ]


def names_of(patterns):
    """The name of every route; a route without one is an address nobody can declare."""
    return [pattern.name for pattern in patterns if hasattr(pattern, "name")]


def address_of(pattern, urlconf):
    given = {name: SAMPLES[_kind(converter)]() for name, converter in _converters(pattern)}
    return reverse(pattern.name, urlconf=urlconf, kwargs=given)


def _converters(pattern):
    return pattern.pattern.converters.items()


def _kind(converter):
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def open_doors(client, patterns, urlconf):
    """The routes that a stranger gets anything from but the way to the sign-in."""
    doors = []
    for pattern in patterns:
        answers = [getattr(client, verb)(address_of(pattern, urlconf)) for verb in ("get", "post")]
        if any(one.status_code != 302 or "/akun/" not in one.url for one in answers):
            doors.append(pattern.name)
    return doors


def test_every_route_of_the_office_has_its_audience():
    names = names_of(office.urlpatterns)
    assert None not in names
    assert set(names) == set(office.AUDIENCES)


def test_every_route_of_the_open_site_is_for_everybody_and_says_so():
    names = names_of(public.urlpatterns)
    assert all(name.startswith("public-") for name in names)
    assert len(set(names)) == len(names)


def test_the_offices_site_has_no_other_routes_than_sign_in_and_office():
    prefixes = [str(pattern.pattern) for pattern in office_site.urlpatterns]
    assert prefixes == [office_site.NOT_OFFERED, "akun/logout/", "akun/", "api/v1/", ""]


@pytest.mark.django_db(databases=["default", "public"])
def test_a_stranger_gets_nothing_but_the_way_to_the_sign_in(client):
    assert open_doors(client, office.urlpatterns, "ppid.config.urls") == []


@pytest.mark.django_db(databases=["default", "public"])
def test_an_open_door_is_noticed(client, settings):
    settings.ROOT_URLCONF = WithOpenDoor
    assert open_doors(client, WithOpenDoor.urlpatterns[-1:], WithOpenDoor) == ["open"]


@pytest.mark.django_db(databases=["default", "public"])
def test_who_holds_no_office_today_gets_only_why_and_their_own_account(client):
    walk = an_office()
    sign_in(client, add_person(walk.body, name="Bekas pejabat", at=walk.now))

    for pattern in office.urlpatterns:
        at = address_of(pattern, "ppid.config.urls")
        given = client.get(at), client.post(at)
        why = [one.context and {f.code for f in one.context.get("findings", ())} for one in given]
        if office.AUDIENCES[pattern.name] == office.HOLDS_OFFICE:
            assert [one.status_code for one in given] == [403, 403], at
            assert why == [{"no_office_today"}] * 2, at
        else:
            assert {"no_office_today"} not in why, at


@pytest.mark.django_db(databases=["default", "public"])
def test_an_office_held_yesterday_or_from_tomorrow_is_none_today(client):
    walk = an_office()
    with time_machine.travel(walk.now, tick=False):
        held = {"starts_on": walk.today, "ends_on": walk.today}
        person = appoint(walk, "auditor", **held)
        sign_in(client, person)
        assert client.get("/orang/").status_code == 200
        assert 'href="/orang/"' in client.get("/orang/").content.decode()
    with time_machine.travel(walk.now + timedelta(days=1), tick=False):
        sign_in(client, person)
        later = client.get("/orang/")
        named = appoint(walk, "auditor", starts_on=walk.today + timedelta(days=9))
        sign_in(client, named)
        early = client.get("/")
    assert (later.status_code, early.status_code) == (403, 403)
    assert 'href="/orang/"' not in later.content.decode()
