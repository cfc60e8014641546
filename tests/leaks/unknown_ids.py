"""A program: is what an officer may not see told in the same words as what never was?

    python unknown_ids.py FILE INTO [quick]

FILE is what plant.py wrote; PPID_DATA is the planted folder. Every route of the office and of its
API with an id in the address is asked for ids of what is hidden from the officer and for ids of
nothing. INTO gets, as JSON, the number of addresses, the kinds of ids of which the planted folder
has none, officer -> where status, headers or body differ by more than the id, and the same of a
careless office. Everything that is written meanwhile is taken back.
quick: one id of each kind, in one method, for one act of those that an address names.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import django
import structlog

django.setup()

from django.conf import settings  # noqa: E402  the apps must be ready first
from django.contrib.auth.models import User  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from leaks.officers import OTHER_BODY  # noqa: E402
from leaks.scenes import ELDER, SLUG  # noqa: E402
from ppid.office import models  # noqa: E402
from ppid.office.actions.people import make_appointment  # noqa: E402
from ppid.office.actions.tokens import make_token  # noqa: E402
from ppid.office.api.site import described  # noqa: E402
from ppid.office.authority import MAY  # noqa: E402
from ppid.office.keepers import keepers_of  # noqa: E402
from ppid.office.labels import code_of  # noqa: E402
from ppid.office.queries import redactions  # noqa: E402
from ppid.office.queries.items import visible_item  # noqa: E402
from ppid.office.queries.papers.signed_letters import receipt_subject  # noqa: E402
from ppid.office.signing_rules import PaperKind  # noqa: E402
from ppid.office.urls import urlpatterns  # noqa: E402

PART = re.compile(r"<(\w+):(\w+)>")
DRAWN = re.compile(rb'((?:csrfmiddlewaretoken|act)" value="|nonce-)[\w-]+')
GIVEN = {"year": "2026", "what": "try"}
"""Parts of an address that are no id, and no small number."""
SUBJECTS = {
    PaperKind.DETERMINATION: "letter_id",
    PaperKind.DETERMINATION_COPY: "letter_id",
    PaperKind.MINUTES: "meeting",
    PaperKind.INVITATION: "meeting",
    PaperKind.SHEET: "test",
    PaperKind.ANSWER: "asked",
    PaperKind.OBJECTION_ANSWER: "objection",
    PaperKind.RECEIPT: "receipt",
    PaperKind.DESTRUCTION: "destruction",
}
"""What a paper is about, in the address at which it is signed; the others are about a day."""
ROWS = {
    "case": (models.Case, "body"),
    "sop": (models.SopVersion, "body"),
    "letter_id": (models.Determination, "body"),
    "meeting": (models.Deliberation, "case__body"),
    "paper": (models.OfficePaper, "body"),
    "token": (models.ApiToken, "person__body"),
    "channel": (models.Channel, "body"),
    "entry": (models.ImportedEntry, "body"),
    "listed": (models.PublicListEntry, "body"),
    "place": (models.Place, "body"),
    "taken": (models.StockTake, "place__body"),
    "destruction": (models.Destruction, "body"),
    "decree": (models.CalendarDecree, "body"),
    "agency": (models.Agency, "body"),
    "change": (models.CalendarChange, "body"),
    "source": (models.ListImport, "body"),
    "person": (models.Person, "body"),
    "mandate": (models.Mandate, "giver__body"),
    "appointment": (models.Appointment, "person__body"),
    "item": (models.Item, "body"),
    "document": (models.SoftCopy, "item__body"),
    "copy": (models.PublicCopy, "item__body"),
    "test": (models.ConsequenceTest, "item__body"),
    "loan": (models.Loan, "item__body"),
    "asked": (models.InformationRequest, "body"),
    "objection": (models.Objection, "body"),
}
"""What an id in an address is of, and how its body is reached from it."""
TO_AGENCY = {
    "item": "agency",
    **dict.fromkeys(("document", "copy", "test", "loan"), "item__agency"),
    "asked": "requested__item__agency",
    "objection": "request__requested__item__agency",
    "entry": "agency",
}
"""What is shown to those who may see the item, and how its agency is reached."""
DRAFTS = {"upload": "impor:", "draft": "sop:"}
DERIVED = {"code": "item", "receipt": "loan"}
KINDS = (*ROWS, *DRAFTS, *DERIVED, "key")


@dataclass(frozen=True)
class Officer:
    """Who asks. hidden: kind of id -> ids of what they may not see; own: one of their body's."""

    client: Client
    token: str
    hidden: Mapping[str, list[str]]
    own: Mapping[str, str]


@dataclass(frozen=True)
class Route:
    """An address with {kind} for each id, and the method in which it is asked."""

    method: str
    address: str

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of its ids."""
        return re.findall(r"{(\w+)}", self.address)


def routes() -> Iterator[Route]:
    """Yield every route with an id in its address, for each act that the address names."""
    for pattern in urlpatterns:
        address = _kind_of_entry("/" + PART.sub(_part, str(pattern.pattern)))
        papers = SUBJECTS.items() if pattern.name == "signing" else [("", "")]
        for paper, kind in papers:
            filled = address.replace("{kind}/{subject}", f"{paper}/{{{kind}}}")
            yield from (Route(method, filled) for method in ("get", "post"))
    for path, methods in described()["paths"].items():
        for method, said in methods.items():
            named = (one["schema"].get("pattern", "") for one in said["parameters"])
            for act in max(named, default="").strip("^()$").split("|"):
                yield Route(method, path.replace("{act}", act).replace("{step}", "1"))


def _part(part: re.Match[str]) -> str:
    kind, name = part.groups()
    if kind == "int" or name in GIVEN:
        return GIVEN.get(name, "1")
    return "{sop}" if (kind, name) == ("uuid", "version") else f"{{{name}}}"


def _kind_of_entry(address: str) -> str:
    """Return the address with what its {entry} is of: of the public list, or of an old one."""
    return address.replace("{entry}", "{listed}") if "/dip/" in address else address


def with_ids() -> list[Route]:
    """Return the routes with an id in the address. A day and a kind of form are none."""
    named = {"{day}", "{kind}"}
    found = (one for one in routes() if "{" in one.address)
    return [one for one in found if not any(name in one.address for name in named)]


def some(found: list[Route]) -> list[Route]:
    """Return the routes in one method, for one act of those that an address names."""
    return list({re.sub(r"acts/.*", "acts/", one.address): one for one in found}.values())


def ids(kind: str, *bodies: str, unseen_from: list[UUID] | None = None) -> list[str]:
    """Return the ids of a kind that bodies have, as an address spells them.

    unseen_from: only those that belong to none of these agencies.
    """
    if kind in DERIVED:
        found = ids(DERIVED[kind], *bodies, unseen_from=unseen_from)
        return [spelled(kind, UUID(one)) for one in found]
    if kind == "key":
        known = models.Body.objects.filter(pk__in=bodies).values_list("settings", flat=True)
        return [one.key for settings in known for one in keepers_of(settings)]
    if kind in DRAFTS:
        forms = models.Draft.objects.filter(form__startswith=DRAFTS[kind])
        return [one.partition(":")[2] for one in forms.values_list("form", flat=True)]
    model, to_body = ROWS[kind]
    rows = model.objects.filter(**{f"{to_body}__in": bodies})
    if unseen_from is not None:
        rows = rows.exclude(**{f"{TO_AGENCY[kind]}__in": unseen_from})
    name = "document" if kind == "document" else "pk"
    return [str(one) for one in rows.values_list(name, flat=True)]


def spelled(kind: str, one: UUID) -> str:
    """Return an id as an address spells it."""
    if kind == "receipt":
        return receipt_subject(one, returned=False)
    return {"code": code_of(one), "key": one.hex * 2}.get(kind, str(one))


def told(officer: Officer, route: Route, given: Mapping[str, str]) -> tuple[int, list, bytes]:
    """Return status, headers and body, with a mark for each id; what is done is taken back."""
    address = route.address.format(**given)
    officer.client.cookies.pop("messages", None)  # of an act that was taken back
    with transaction.atomic():
        if address.startswith("/api/v1/"):
            sent = {} if route.method == "get" else {"data": '{"fields": {}}'}
            headers = {"Authorization": f"Bearer {officer.token}"}
            more = {"headers": headers, "content_type": "application/json"} | sent
            answer = getattr(Client(), route.method)(address, **more)
        else:
            answer = getattr(officer.client, route.method)(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    headers = sorted((name, _unmarked(value.encode(), given)) for name, value in answer.items())
    return answer.status_code, headers, _unmarked(body, given)


def _unmarked(text: bytes, given: Mapping[str, str]) -> bytes:
    for kind, one in given.items():
        text = text.replace(one.encode(), f"<{kind}>".encode())
    return DRAWN.sub(rb"\1", text)


def differing(officer: Officer, found: list[Route], *, most: int) -> Iterator[str]:
    """Yield where a hidden id and one of nothing are told differently, with both statuses.

    most: how many hidden ids of each kind are asked for.
    """
    for route in found:
        for kind in set(route.kinds) & officer.hidden.keys():
            given = {one: officer.own[one] or spelled(one, uuid4()) for one in route.kinds}
            never = told(officer, route, given | {kind: spelled(kind, uuid4())})
            for one in officer.hidden[kind][:most]:
                known = told(officer, route, given | {kind: one})
                if known != never:
                    yield f"{route.method} {route.address} {kind}: {known[0]}, {never[0]}"


def outsider() -> Officer:
    """Return somebody of another body who holds every role there."""
    person, client = _signed_in(OTHER_BODY)
    _appoint(person, *frozenset().union(*MAY.values()))
    hidden = {kind: ids(kind, SLUG, ELDER) for kind in KINDS}
    return Officer(client, _token(person), hidden, _first(person.body_id))


def neighbour(username: str) -> Officer:
    """Return the same of another agency, who also keeps the system."""
    person, client = _signed_in(username)
    own = [one.agency_id for one in person.appointments.all()]
    _appoint(person, "pengelola_sistem")
    kinds = (*TO_AGENCY, *DERIVED)
    hidden = {kind: ids(kind, SLUG, unseen_from=own) for kind in kinds}
    return Officer(client, _token(person), hidden, _first(SLUG))


def _first(body: str) -> dict[str, str]:
    return {kind: next(iter(ids(kind, body)), "") for kind in KINDS}


def _signed_in(username: str) -> tuple[models.Person, Client]:
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp()}
    ]
    session.save()
    return models.Account.objects.select_related("person__body").get(
        username=username
    ).person, client


def _appoint(person: models.Person, *roles: str) -> None:
    on = timezone.now().astimezone(person.body.zone).date()
    told = {"decree_number": "SK/1", "decree_date": on, "starts_on": on, "at": timezone.now()}
    for role in roles:
        make_appointment(person, role=role, agency=None, **told)


def _token(person: models.Person) -> str:
    at = timezone.now()
    ends_on = at.astimezone(person.body.zone).date() + timedelta(days=1)
    return make_token(person, name="uji", ends_on=ends_on, acting=True, at=at)


def drop(*_: object) -> None:
    """Log nothing."""
    raise structlog.DropEvent


def careless(item: UUID, *, unknown: object = None, **who: object) -> object:
    """Say of an item that is hidden that the item is, whatever was asked for: a control."""
    return visible_item(item, **who)


def main(file: Path, into: Path, *, quick: bool) -> None:
    """Compare, for each officer and route, what is hidden with what never was."""
    logging.disable()
    structlog.configure(processors=[drop])
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.API_RATE_LIMITS = {"failed": "9999/m/ip", "used": "9999/m/key"}
    accounts = json.loads(file.read_text())["accounts"]
    found, most = (some(with_ids()), 1) if quick else (with_ids(), 3)
    with transaction.atomic():
        asking = {"outsider": outsider(), "neighbour": neighbour(accounts["ppid_pelaksana lain"])}
        said = {
            "routes": len({one.address for one in found}),
            "nothing of": [one for one, ids in asking["outsider"].hidden.items() if not ids],
            "differing": {
                name: list(differing(one, found, most=most)) for name, one in asking.items()
            },
        }
        redactions.visible_item = careless
        of_copies = [one for one in found if "{copy}" in one.address]
        said["control"] = list(differing(asking["outsider"], of_copies, most=1))
        transaction.set_rollback(True)
    into.write_text(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), quick="quick" in sys.argv[3:])
