"""Who gets which of the newer pages: a table of roles and pages, and nothing of another body."""

from collections.abc import Mapping
from contextlib import contextmanager
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import reverse

from office.asking import asked_office, linked, received
from office.factories import sign_in
from office.offices import appoint, assert_sound, office, register_item, who
from office.pages import as_role
from office.signing import ask_here, prepared
from office.test_copy_readings import recent
from office.test_redactions import make, marked, work_here
from office.vaults import recovery_key, store
from ppid.office.actions import bags
from ppid.office.actions.keepers import set_keepers
from ppid.office.authority import MAY, Right
from ppid.office.keepers import Keeper, KeeperKind
from ppid.office.models import Body, Event
from ppid.office.signing_rules import PaperKind
from vault.covered import LINES, pdf

__all__ = ["work_here"]
pytestmark = pytest.mark.django_db(databases=["default", "public"])

ELSEWHERE = "ppid_pelaksana lain"
"""A PPID Pelaksana of another agency than the item's."""
ROLES = frozenset().union(*MAY.values()) | {ELSEWHERE}
READERS = MAY[Right.READ]
WHOLE = READERS - {"ppid_pelaksana"}
CARE = frozenset({"ppid_utama", "pimpinan_badan_publik", "auditor"})
FILING = MAY[Right.PREPARE] | {"arsiparis"}
DECIDING = frozenset({"ppid_utama", "atasan_ppid", "pimpinan_badan_publik"})
KEEPER = Keeper(KeeperKind.MAIL, "ki@example.go.id")


def only(roles, otherwise, *, unseen=(), given=200) -> Mapping[str, int]:
    """Return the status by role: given to these; not there for the unseen; else otherwise."""
    kept = dict.fromkeys(ROLES, otherwise) | dict.fromkeys(unseen, 404)
    return kept | dict.fromkeys(roles, given)


UNSEEN = ROLES - READERS
SEEN = only(READERS, 404)
ALL = only(ROLES, 404)
PAGES = {
    "signing_list": ALL,
    "signing_rules": ALL,
    "keepers": ALL,
    "emonev_pack": ALL,
    "signing": SEEN,
    "paper_file": SEEN,
    "bag": SEEN,
    "documents": SEEN,
    "document": SEEN,
    "document_read": SEEN,
    "redactions": SEEN,
    "redaction": only(MAY[Right.PREPARE], 403, unseen=UNSEEN),
    "public_copy": SEEN,
    "public_copy_picture": SEEN,
    "public_copy_file": only((), 403, unseen=UNSEEN),
    "dispute_pack": SEEN,
    "vault_care": only(CARE, 403),
    "readings": only(CARE - {"ppid_utama"}, 403),
}
ACTS = {
    "signing_rules": only(MAY[Right.SET_UP], 403, given=302),
    "keepers": only(MAY[Right.SET_UP], 403, given=302),
    "keeper_remove": only(MAY[Right.SET_UP], 403, given=302),
    "emonev_pack": only(WHOLE, 403),
    "dispute_pack_make": SEEN,
    "signing": only(MAY[Right.PREPARE], 403, unseen=UNSEEN, given=302),
    "bag": only(FILING, 403, unseen=UNSEEN),
    "redaction_open": only(MAY[Right.PREPARE], 403, unseen=UNSEEN, given=302),
    "public_copy": only(DECIDING, 403, unseen=UNSEEN, given=302),
}


class Desk:
    """A body with one of everything that the newer pages show, and somebody in every role."""

    def __init__(self):
        self.walk = walk = asked_office()
        for role in ("pejabat_bidang", "pengelola_sistem"):
            appoint(walk, role)
        other = appoint(walk, "ppid_pelaksana", name=ELSEWHERE, agency=walk.agencies[1])
        self.people = {role: who(walk, role) for role in ROLES - {ELSEWHERE}}
        self.people[ELSEWHERE] = other.pk
        recovery_key(walk)
        item = register_item(walk)
        source = pdf(LINES)
        copy = store(walk, item, source)
        public = make(walk, copy, marked(source, "Siti Aminah"))
        asked = received(walk)
        linked(walk, asked, item)
        self.paper = prepared(walk, item.determination)
        set_keepers(walk.body, [KEEPER], by=who(walk, "ppid_utama"), at=walk.tick())
        document = (copy.document, copy.version)
        self.about = {
            "signing": ("penetapan", item.determination_id),
            "paper_file": (self.paper.pk,),
            **dict.fromkeys(("bag", "documents", "redactions"), (item.pk,)),
            **dict.fromkeys(("document", "document_read", "redaction"), document),
            "redaction_open": document,
            "public_copy": (public.pk,),
            "public_copy_picture": (public.pk, 1),
            "public_copy_file": (public.pk,),
            "dispute_pack": (asked.pk,),
            "dispute_pack_make": (asked.pk,),
            "keeper_remove": (KEEPER.key,),
        }
        self.fields = {
            "signing_rules": {"level": "B-B"} | WAYS,
            "keepers": {"kind": "folder", "address": "/mnt/arsip"},
            "emonev_pack": {"year": walk.today.year},
            "signing": {"tarik-act": uuid4(), "tarik-reason": "Salah nomor."},
            "bag": {"reason": "Serah terima."},
            "public_copy": {"decision": "tolak", "reason": "Kurang."},
        }

    def path(self, route):
        return reverse(route, args=self.about.get(route, ()))

    def got(self, client):
        """Return the status of every page."""
        return {route: client.get(self.path(route)).status_code for route in PAGES}

    def sent(self, client):
        """Return the status of every act; each is undone."""
        return {route: self._send(client, route) for route in ACTS}

    def _send(self, client, route):
        with undone():
            fields = {"act": uuid4(), **self.fields.get(route, {})}
            answer = client.post(self.path(route), fields)
            if answer.streaming:  # closing it unread would close the database's connection too
                b"".join(answer.streaming_content)
            return answer.status_code


WAYS = {f"way_{kind.value}": "basah" for kind in PaperKind}


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(monkeypatch):
    """The desk at its hour; what is in a bag is for test_bag.py."""
    ask_here(monkeypatch)
    monkeypatch.setattr(bags, "write_bag", lambda *_, **__: None)
    desk = Desk()
    with time_machine.travel(desk.walk.tick(), tick=False):
        yield desk


def by_route(table, role):
    return {route: statuses[role] for route, statuses in table.items()}


def signed_in(desk, client, role):
    sign_in(client, desk.walk.body.people.get(pk=desk.people[role]))
    recent(client, desk.walk.now)


def test_each_role_gets_its_pages_and_acts_and_no_more(desk, client):
    found, expected = {}, {}
    for role in sorted(ROLES):
        signed_in(desk, client, role)
        found[role] = {"pages": desk.got(client), "acts": desk.sent(client)}
        expected[role] = {"pages": by_route(PAGES, role), "acts": by_route(ACTS, role)}

    assert found == expected
    assert_sound()


def test_nothing_of_another_body_is_there_whoever_asks(desk, client):
    other = office("lain")
    by_id = PAGES.keys() & desk.about.keys()
    acts = ACTS.keys() & desk.about.keys()
    events = Event.objects.filter(body=desk.walk.body.pk).count()

    for role in ("ppid_utama", "pimpinan_badan_publik", "arsiparis"):
        as_role(client, other, role)
        recent(client, desk.walk.now)
        got = {route: client.get(desk.path(route)).status_code for route in by_id}
        sent = {route: desk._send(client, route) for route in acts}
        assert set(got.values()) | set(sent.values()) == {404}, (got, sent)

    assert Event.objects.filter(body=desk.walk.body.pk).count() == events
    assert Body.objects.get(pk=desk.walk.body.pk).settings["keepers"] == [KEEPER.as_dict()]


@pytest.mark.parametrize("route", sorted(PAGES.keys() | ACTS.keys()))
def test_who_has_not_signed_in_is_sent_to_sign_in(route, client):
    needs = {"signing": ("penetapan", "1"), "keeper_remove": ("x",)}
    numbered = {"document", "document_read", "redaction", "redaction_open", "public_copy_picture"}
    plain = {"signing_list", "signing_rules", "keepers", "emonev_pack", "vault_care", "readings"}
    usual = () if route in plain else (uuid4(), 1) if route in numbered else (uuid4(),)

    answer = client.get(reverse(route, args=needs.get(route, usual)))

    assert answer.status_code == 302
    assert answer["Location"].startswith(resolve_url(settings.LOGIN_URL))


def test_the_table_has_every_role_that_has_a_right():
    for table in (PAGES, ACTS):
        assert all(statuses.keys() == ROLES for statuses in table.values())
    assert {"pengelola_sistem", ELSEWHERE} == UNSEEN
