"""What the officers' API does: each act by the form and the action of the page that does the same.

The header Idempotency-Key is the id of the form: with the same key nothing is done twice.
"""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from ppid.law.grounds import grounds, never_exempt
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.sheet_drafts import keep_sheet_draft
from ppid.office.api.access import ACTING, READING
from ppid.office.api.filling import (
    FieldsIn,
    Key,
    as_sent,
    carry_out,
    demand_valid,
    fields_of,
)
from ppid.office.api.reading import answers, asker_of, case_seen
from ppid.office.api.reading import router as reading
from ppid.office.api.shapes import DoneOut, EditionOut, FieldsOut, MadeOut
from ppid.office.forms.sheets import SheetForm
from ppid.office.log import by_token
from ppid.office.queries.items import visible_item
from ppid.office.views.asking import Asked
from ppid.office.views.case_acts import (
    decline_asked,
    extend_asked,
    head_asked,
    letter_asked,
    step_asked,
    waiting_at,
)
from ppid.office.views.item_acts import candidate_asked

router = Router(auth=ACTING)
Step = Annotated[int, Path(ge=1, le=999)]


class SentIn(FieldsIn):
    """What is filled in on a step. agency: its code, where each has a step of its own."""

    agency: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""


ACTS: dict[str, Callable[..., Asked]] = {
    "complete": step_asked,
    "decline": decline_asked,
    "extend": extend_asked,
}
BESIDE: dict[str, Callable[..., Asked]] = {"head-approval": head_asked, "letter": letter_asked}
MORE = (409,)
StepAct = Annotated[str, Path(pattern="^(complete|decline|extend)$")]
CaseAct = Annotated[str, Path(pattern="^(head-approval|letter)$")]


@router.get(
    "/cases/{case}/steps/{step}/{act}",
    auth=READING,
    response=answers(FieldsOut),
    summary="What an act on a step asks for",
)
def step_fields(
    request: HttpRequest, case: UUID, step: Step, act: StepAct, agency: str = ""
) -> dict[str, Any]:
    """Return the fields of the act's form, as the page draws them."""
    page = case_seen(asker_of(request), case)
    waiting = waiting_at(page, step, agency=agency)
    return fields_of(ACTS[act](page, waiting, None))


@router.post(
    "/cases/{case}/steps/{step}/{act}",
    response=answers(DoneOut, *MORE),
    summary="Complete a step, decline to confirm it, or extend its time",
)
def do_step(
    request: HttpRequest, case: UUID, step: Step, act: StepAct, sent: SentIn, key: Key = ""
) -> dict[str, Any]:
    """Do what the page's button does, with the same checks."""
    one = asker_of(request)
    page = case_seen(one, case)
    waiting = waiting_at(page, step, agency=sent.agency)
    empty = ACTS[act](page, waiting, None)
    return carry_out(one, ACTS[act](page, waiting, as_sent(empty.forms, sent.fields, key=key)))


@router.get(
    "/cases/{case}/beside/{act}",
    auth=READING,
    response=answers(FieldsOut),
    summary="What an act beside the SOP asks for",
)
def case_fields(request: HttpRequest, case: UUID, act: CaseAct) -> dict[str, Any]:
    """Return the fields of the head's approval, or of the letter."""
    page = case_seen(asker_of(request), case)
    return fields_of(BESIDE[act](page, None))


@router.post(
    "/cases/{case}/beside/{act}",
    response=answers(DoneOut, *MORE),
    summary="Approve as the head, or decide a letter, beside the SOP",
)
def do_beside(
    request: HttpRequest, case: UUID, act: CaseAct, sent: FieldsIn, key: Key = ""
) -> dict[str, Any]:
    """Do what the law asks for though the SOP has no row for it."""
    one = asker_of(request)
    page = case_seen(one, case)
    data = as_sent(BESIDE[act](page, None).forms, sent.fields, key=key)
    return carry_out(one, BESIDE[act](page, data))


@router.post("/cases/{case}/items", response=answers(MadeOut, *MORE), summary="Add a candidate")
def new_item(request: HttpRequest, case: UUID, sent: FieldsIn, key: Key = "") -> dict[str, Any]:
    """Add an item to a case: agency (an id), title, public_title, summary."""
    one = asker_of(request)
    page = case_seen(one, case)
    data = as_sent(candidate_asked(one, page, None).forms, sent.fields, key=key)
    return {"id": carry_out(one, candidate_asked(one, page, data))["made"]}


@router.post("/items/{item}/sheet", response=answers(MadeOut, *MORE), summary="Save the sheet")
def save_sheet(request: HttpRequest, item: UUID, sent: FieldsIn, key: Key = "") -> dict[str, Any]:
    """Save the consequence test as it is filled in; it may be incomplete."""
    one = asker_of(request)
    found, _ = visible_item(item, by=one.by, body=one.body.pk, on=one.on)
    known = {"grounds": grounds(on=one.on), "never_exempt": never_exempt(on=one.on)}
    form = SheetForm(as_sent({"": SheetForm(**known)}, sent.fields, key=key), **known)
    demand_valid({"": form})
    data = form.cleaned_data
    with by_token(one.token.pk):
        test = write_test(
            found,
            sheet=data["sheet"],
            publishable=data["publishable"],
            by=one.by,
            at=one.at,
            act=data["act"],
        )
    return {"id": test.pk}


@router.put(
    "/items/{item}/sheet-draft", response=answers(MadeOut, *MORE), summary="Keep a draft of a sheet"
)
def keep_draft(request: HttpRequest, item: UUID, sent: FieldsIn) -> dict[str, Any]:
    """Keep the person's own draft of the sheet, which goes on on its page."""
    one = asker_of(request)
    found, _ = visible_item(item, by=one.by, body=one.body.pk, on=one.on)
    known = {"grounds": grounds(on=one.on), "never_exempt": never_exempt(on=one.on)}
    data = as_sent({"": SheetForm(**known)}, sent.fields)
    content = {name: values for name, values in data.lists() if name != "act"}
    keep_sheet_draft(found, content=content, by=one.by, at=one.at)
    return {"id": found.pk}


class EditionIn(Schema):
    """cleared: why what the last look found may be public all the same (docs/decisions/0150)."""

    cleared: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] = ""


@reading.post(
    "/editions", auth=ACTING, response=answers(EditionOut, *MORE), summary="Publish an edition"
)
def publish(request: HttpRequest, sent: EditionIn, key: Key = "") -> dict[str, Any]:
    """Publish the list as it stands as the next edition."""
    one = asker_of(request)
    with by_token(one.token.pk):
        made = publish_edition(
            one.body, by=one.by, at=one.at, cleared=sent.cleared, act=UUID(key) if key else uuid4()
        )
    return {name: getattr(made, name) for name in ("number", "published_at", "content_hash")}
