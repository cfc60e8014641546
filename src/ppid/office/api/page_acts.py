"""What else may be done: the acts of every page, one shape for all of them.

Each act is the page's own (`ppid.office.views.*_acts`): its forms, its action, its refusals. GET
tells what it asks for, POST does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router

from ppid.office.api.access import ACTING, READING, Asker
from ppid.office.api.filling import FieldsIn, Key, as_sent, carry_out, fields_of
from ppid.office.api.reading import Page, answers, asker_of, case_seen
from ppid.office.api.shapes import DoneOut, FieldsOut
from ppid.office.queries.docket import docket
from ppid.office.views.asking import Asked, Sent
from ppid.office.views.item_acts import (
    OPENINGS,
    archive_asked,
    item_seen,
    loan_asked,
    reclassification_asked,
    title_asked,
    words_asked,
)
from ppid.office.views.meeting_acts import (
    cancelling_asked,
    invitation_asked,
    meeting_seen,
    minutes_asked,
)
from ppid.office.views.objection_acts import (
    dispute_asked,
    dispute_decision_asked,
    objection_answer_asked,
    objection_asked,
    objection_seen,
)
from ppid.office.views.request_acts import (
    answer_asked,
    line_of,
    link_asked,
    more_time_asked,
    propose_asked,
    record_asked,
    request_seen,
    retest_asked,
    unlink_asked,
)
from ppid.office.views.start_acts import (
    agencies_asked,
    case_asked,
    docket_asked,
    ending_case_asked,
    sop_seen,
)
from ppid.office.views.store_acts import (
    loan_seen,
    place_asked,
    place_change_asked,
    place_end_asked,
    place_seen,
    return_asked,
    stock_asked,
)

router = Router(auth=ACTING)
MORE = (409,)


@dataclass(frozen=True, slots=True)
class Family:
    """The acts on one kind of subject. path: of the list it is in. seen: as the page loads it.

    name: of the subject in an address.
    """

    path: str
    name: str
    about: str
    seen: Callable[[Asker, UUID], Any]
    acts: Mapping[str, Callable[[Asker, Any, Sent], Asked]]


FAMILIES = (
    Family(
        "sops",
        "sop",
        "an SOP",
        sop_seen,
        {"open-case": case_asked, "open-ending-case": ending_case_asked},
    ),
    Family(
        "cases",
        "case",
        "a case",
        case_seen,
        {"agencies": agencies_asked, "invite-team": invitation_asked},
    ),
    Family(
        "meetings",
        "meeting",
        "a meeting of the team",
        meeting_seen,
        {"close-minutes": minutes_asked, "call-off": cancelling_asked},
    ),
    Family(
        "items",
        "item",
        "an item",
        item_seen,
        {
            "change-words": words_asked,
            "correct-title": title_asked,
            "reclassify": reclassification_asked,
            "archive": archive_asked,
            "lend": loan_asked,
        }
        | {
            f"open-{reason.name.lower().replace('_', '-')}": act for reason, act in OPENINGS.items()
        },
    ),
    Family(
        "requests",
        "asked",
        "a request",
        request_seen,
        {
            "link": link_asked,
            "propose": propose_asked,
            "extend": more_time_asked,
            "answer": answer_asked,
            "object": objection_asked,
        },
    ),
    Family(
        "objections",
        "objection",
        "an objection",
        objection_seen,
        {
            "answer": objection_answer_asked,
            "dispute": dispute_asked,
            "dispute-decision": dispute_decision_asked,
        },
    ),
    Family(
        "places",
        "place",
        "a place of the store room",
        place_seen,
        {"change": place_change_asked, "close": place_end_asked, "stock-take": stock_asked},
    ),
    Family("loans", "loan", "a loan", loan_seen, {"return": return_asked}),
)
NEW: dict[str, Callable[[Asker, Sent], Asked]] = {"request": record_asked, "place": place_asked}
ON_LINKED: dict[str, Callable[..., Asked]] = {"retest": retest_asked, "unlink": unlink_asked}


def one_of(acts: Mapping[str, Any]) -> Any:
    """Return the type of the part of an address that names one of the acts."""
    return Annotated[str, Path(pattern=f"^({'|'.join(acts)})$")]


def _asks(one: Asker, act: Callable[[Sent], Asked], sent: FieldsIn, *, key: str) -> dict[str, Any]:
    """Fill in the act's forms with what was sent, and do it."""
    return carry_out(one, act(as_sent(act(None).forms, sent.fields, key=key)))


def _offer(family: Family) -> None:
    """Give the family its two addresses."""
    kind, one_subject = one_of(family.acts), Annotated[UUID, Path(alias=family.name)]
    path = f"/{family.path}/{{{family.name}}}/acts/{{act}}"

    @router.get(
        path,
        auth=READING,
        response=answers(FieldsOut, *MORE),
        operation_id=f"{family.path}_act_fields",
        summary=f"What an act on {family.about} asks for",
    )
    def fields(request: HttpRequest, subject: one_subject, act: kind) -> dict[str, Any]:
        one = asker_of(request)
        return fields_of(family.acts[act](one, family.seen(one, subject), None))

    @router.post(
        path,
        response=answers(DoneOut, *MORE),
        operation_id=f"{family.path}_act",
        summary=f"Act on {family.about}: {', '.join(family.acts)}",
    )
    def do(
        request: HttpRequest, subject: one_subject, act: kind, sent: FieldsIn, key: Key = ""
    ) -> dict[str, Any]:
        one = asker_of(request)
        seen = family.seen(one, subject)
        return _asks(one, lambda data: family.acts[act](one, seen, data), sent, key=key)


for _family in FAMILIES:
    _offer(_family)


@router.get(
    "/new/{act}", auth=READING, response=answers(FieldsOut, *MORE), summary="What a record asks for"
)
def new_fields(request: HttpRequest, act: one_of(NEW)) -> dict[str, Any]:  # type: ignore[valid-type]
    """Return the fields of a new request or place."""
    return fields_of(NEW[act](asker_of(request), None))


@router.post("/new/{act}", response=answers(DoneOut, *MORE), summary="Record: request, place")
def record_new(
    request: HttpRequest,
    act: one_of(NEW),  # type: ignore[valid-type]
    sent: FieldsIn,
    key: Key = "",
) -> dict[str, Any]:
    """Record a request, or add a place to the store room."""
    one = asker_of(request)
    return _asks(one, lambda data: NEW[act](one, data), sent, key=key)


def _on_linked(one: Asker, asked: UUID, item: UUID, act: str) -> Callable[[Sent], Asked]:
    """Return the act on a linked item. Raises NotFound for an item that is not."""
    page = request_seen(one, asked)
    found = line_of(page, item).link.item
    return lambda data: ON_LINKED[act](one, page, data, item=found)


@router.get(
    "/requests/{asked}/items/{item}/acts/{act}",
    auth=READING,
    response=answers(FieldsOut, *MORE),
    summary="What an act on an item that is asked for asks for",
)
def linked_fields(
    request: HttpRequest,
    asked: UUID,
    item: UUID,
    act: one_of(ON_LINKED),  # type: ignore[valid-type]
) -> dict[str, Any]:
    """Return the fields of a new test on the request, or of the end of the link."""
    return fields_of(_on_linked(asker_of(request), asked, item, act)(None))


@router.post(
    "/requests/{asked}/items/{item}/acts/{act}",
    response=answers(DoneOut, *MORE),
    summary="Act on an item that is asked for: retest, unlink",
)
def act_on_linked(
    request: HttpRequest,
    asked: UUID,
    item: UUID,
    act: one_of(ON_LINKED),  # type: ignore[valid-type]
    sent: FieldsIn,
    key: Key = "",
) -> dict[str, Any]:
    """Test the item anew because it is asked for, or take back the link."""
    one = asker_of(request)
    return _asks(one, _on_linked(one, asked, item, act), sent, key=key)


@router.get(
    "/docket/decide",
    auth=READING,
    response=answers(FieldsOut, *MORE),
    summary="What the docket asks to be decided",
)
def docket_fields(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """Return a field for each line of a page of the docket that this person may decide."""
    one = asker_of(request)
    found = docket(one.body, by=one.by, on=one.on, page=str(page))
    return fields_of(docket_asked(one, found, None))


@router.post(
    "/docket/decide", response=answers(DoneOut, *MORE), summary="Decide lines of the docket"
)
def decide_docket(
    request: HttpRequest, sent: FieldsIn, page: Page = 1, key: Key = ""
) -> dict[str, Any]:
    """Carry out each line's own decision; what one may not, it does not because of the others."""
    one = asker_of(request)
    found = docket(one.body, by=one.by, on=one.on, page=str(page))
    return _asks(one, lambda data: docket_asked(one, found, data), sent, key=key)
