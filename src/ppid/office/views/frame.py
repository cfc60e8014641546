"""What every page of the office shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from ppid.errors import NotFound
from ppid.office.accounts import person_of
from ppid.office.authority import Right, authority_of
from ppid.office.models import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the menu and the routes that belong to it. right: without it, it is not shown."""

    route: str
    label: str
    within: frozenset[str]
    right: Right | None = None


PLACES = (
    Place("inbox", "Kotak tugas", frozenset({"inbox"})),
    Place(
        "cases",
        "Berkas",
        frozenset(
            {
                *("cases", "case_new", "case", "step", "decline", "extend", "head_approval"),
                *("letter", "agencies", "item_new"),
                *("meeting_new", "meeting", "meeting_record", "meeting_cancel"),
                *("signing", "signing_list"),
            }
        ),
        Right.READ,
    ),
    Place(
        "register",
        "Register",
        frozenset(
            {
                *("register", "item", "item_change", "item_title", "sheet", "archive", "item_open"),
                *(
                    "sheet_draft",
                    "sheet_draft_drop",
                    "reclassify",
                    "written_consideration",
                    "readings",
                    "vault_care",
                    "bag",
                    "emonev_pack",
                ),
                *("public_list", "public_list_remove"),
                *("documents", "document", "document_read"),
                *("redactions", "redaction", "redaction_open", "redaction_mark", "redaction_hits"),
                "redaction_make",
                "public_copy",
            }
        ),
        Right.READ,
    ),
    Place(
        "docket",
        "Jatuh tempo",
        frozenset({"docket", "docket_case", "opened_list"}),
        Right.READ,
    ),
    Place(
        "store_room",
        "Ruang simpan",
        frozenset(
            {
                *("store_room", "place", "place_new", "place_change", "place_close"),
                *("loans", "loan_new", "loan_return", "stock_take_new", "stock_take"),
                *("stock_take_offline", "label_choice"),
                *("destructions", "destruction", "destruction_approve", "archive_hold"),
                *("destruction_carry_out", "destruction_withdraw"),
            }
        ),
        Right.READ,
    ),
    Place(
        "requests",
        "Permintaan",
        frozenset(
            {
                *("requests", "request_new", "request", "request_link", "request_unlink"),
                *("request_propose", "request_retest", "request_extend", "request_answer"),
                *("request_letter", "objection_new", "objection_answer", "objection_letter"),
                *("dispute", "dispute_decision", "dispute_pack"),
            }
        ),
        Right.READ,
    ),
    Place(
        "calendar",
        "Kalender",
        frozenset(
            {
                *("calendar", "calendar_year", "decree_new", "regional_new", "decree_correct"),
                *("week", "week_units", "week_unit", "calendar_change"),
            }
        ),
    ),
    Place(
        "desk",
        "Meja perbaikan",
        frozenset(
            {
                *("desk", "desk_report", "entry", "entry_defect"),
                *("entry_take_up", "entry_open", "entry_aside"),
                *("list_import", "list_columns", "list_check", "list_done"),
            }
        ),
        Right.READ,
    ),
    Place(
        "sops",
        "SOP",
        frozenset(
            {
                *("sops", "sop", "sop_adopt", "sop_edit"),
                *("sop_draft_new", "sop_draft", "sop_draft_adopt", "sop_draft_drop"),
            }
        ),
    ),
    Place(
        "people",
        "Orang",
        frozenset(
            {
                *("people", "person_new", "appointment_new", "appointment_end"),
                *(
                    "teams",
                    "team_new",
                    "letterhead",
                    "paper_signers",
                    "signing_rules",
                    "keepers",
                    "channels",
                    "channel",
                    "channel_new",
                    "channel_change",
                    "settings",
                ),
                *("password_reset", "mandates", "mandate_new", "mandate_end", "agency_rename"),
            }
        ),
    ),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the person, body and menu of the page's frame; nothing for a visitor."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    try:
        person = person_of(request)
    except NotFound:
        return {}
    return {
        "person": person,
        "body": person.body,
        "menu": _menu(request, person),
        "public_url": settings.PUBLIC_URL,
    }


def _menu(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    on = timezone.now().astimezone(person.body.zone).date()
    authority = authority_of(person.pk, on=on)
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        {"url": reverse(place.route), "label": place.label, "current": here in place.within}
        for place in PLACES
        if (authority.in_office if place.right is None else authority.may(place.right))
    ]
