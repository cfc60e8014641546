"""What the officers' API does: each act by the form and the action of the page that does the same.

An act's fields are those of its form and can be asked for first; a date is written 2026-03-09. The
header Idempotency-Key is the id of the form: with the same key nothing is done twice.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict
from ninja import Field, Header, Path, Router, Schema

from ppid.errors import BadInput, Finding
from ppid.law.grounds import grounds, never_exempt
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.items import add_item
from ppid.office.actions.sheet_drafts import keep_sheet_draft
from ppid.office.api.access import ACTING, READING, Asker
from ppid.office.api.reading import answers, asker_of, case_seen
from ppid.office.api.reading import router as reading
from ppid.office.api.shapes import DoneOut, EditionOut, FieldsOut, MadeOut
from ppid.office.api.telling import findings_told
from ppid.office.authority import Right, authority_in
from ppid.office.forms.fields import PARTS, DateBoxesField
from ppid.office.forms.items import NewItemForm
from ppid.office.forms.sheets import SheetForm
from ppid.office.log import by_token
from ppid.office.models import Agency
from ppid.office.queries.items import visible_item
from ppid.office.views.case_acts import (
    Asked,
    decline_asked,
    extend_asked,
    head_asked,
    letter_asked,
    step_asked,
    waiting_at,
)

router = Router(auth=ACTING)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", flags=re.ASCII)
HEX = "[0-9A-Fa-f]"
UUID_OR_NONE = f"^({HEX}{{8}}(-{HEX}{{4}}){{3}}-{HEX}{{12}})?$"
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=UUID_OR_NONE)]
Step = Annotated[int, Path(ge=1, le=999)]
Plain = Annotated[str, Field(max_length=8000, pattern=r"^[^\x00]*$")]
Value = Plain | bool | int | list[Plain]


class SentIn(Schema):
    """What is filled in, by the names of the form's fields. agency: code, where each has a step."""

    agency: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    fields: dict[str, Value] = {}


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
    return {"fields": list(_described(ACTS[act](page, waiting, None).forms))}


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
    return _done(one, ACTS[act](page, waiting, _data(empty.forms, sent.fields, key=key)))


@router.get(
    "/cases/{case}/beside/{act}",
    auth=READING,
    response=answers(FieldsOut),
    summary="What an act beside the SOP asks for",
)
def case_fields(request: HttpRequest, case: UUID, act: CaseAct) -> dict[str, Any]:
    """Return the fields of the head's approval, or of the letter."""
    page = case_seen(asker_of(request), case)
    return {"fields": list(_described(BESIDE[act](page, None).forms))}


@router.post(
    "/cases/{case}/beside/{act}",
    response=answers(DoneOut, *MORE),
    summary="Approve as the head, or decide a letter, beside the SOP",
)
def do_beside(
    request: HttpRequest, case: UUID, act: CaseAct, sent: SentIn, key: Key = ""
) -> dict[str, Any]:
    """Do what the law asks for though the SOP has no row for it."""
    one = asker_of(request)
    page = case_seen(one, case)
    data = _data(BESIDE[act](page, None).forms, sent.fields, key=key)
    return _done(one, BESIDE[act](page, data))


def _done(one: Asker, asked: Asked) -> dict[str, Any]:
    _demand_valid(asked.forms)
    with by_token(one.token.pk):
        done = asked.act()
    lines = [
        {"item": line.item.pk, "findings": findings_told(line.findings)} for line in done.lines
    ]
    return {"said": done.said, "lines": lines}


@router.post("/cases/{case}/items", response=answers(MadeOut, *MORE), summary="Add a candidate")
def new_item(request: HttpRequest, case: UUID, sent: SentIn, key: Key = "") -> dict[str, Any]:
    """Add an item to a case: agency (an id), title, public_title, summary."""
    one = asker_of(request)
    page = case_seen(one, case)
    agencies = _agencies(one)
    form = NewItemForm(
        _data({"": NewItemForm(agencies=agencies)}, sent.fields, key=key), agencies=agencies
    )
    _demand_valid({"": form})
    data = form.cleaned_data
    with by_token(one.token.pk):
        item = add_item(
            page.case,
            agency=Agency.objects.get(pk=data["agency"]),
            title=data["title"],
            public_title=data["public_title"],
            summary=data["summary"],
            by=one.by,
            at=one.at,
            act=data["act"],
        )
    return {"id": item.pk}


def _agencies(one: Asker) -> list[Agency]:
    limit = authority_in(one.body, by=one.by, at=one.at).agencies(Right.PREPARE)
    rows = Agency.objects.filter(body=one.body)
    return list(rows if limit is None else rows.filter(pk__in=limit))


@router.post("/items/{item}/sheet", response=answers(MadeOut, *MORE), summary="Save the sheet")
def save_sheet(request: HttpRequest, item: UUID, sent: SentIn, key: Key = "") -> dict[str, Any]:
    """Save the consequence test as it is filled in; it may be incomplete."""
    one = asker_of(request)
    found, _ = visible_item(item, by=one.by, body=one.body.pk, on=one.on)
    known = {"grounds": grounds(on=one.on), "never_exempt": never_exempt(on=one.on)}
    form = SheetForm(_data({"": SheetForm(**known)}, sent.fields, key=key), **known)
    _demand_valid({"": form})
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
def keep_draft(request: HttpRequest, item: UUID, sent: SentIn) -> dict[str, Any]:
    """Keep the person's own draft of the sheet, which goes on on its page."""
    one = asker_of(request)
    found, _ = visible_item(item, by=one.by, body=one.body.pk, on=one.on)
    known = {"grounds": grounds(on=one.on), "never_exempt": never_exempt(on=one.on)}
    data = _data({"": SheetForm(**known)}, sent.fields)
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


def _described(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for form in found.values():
        for name, field in form.fields.items():
            if name != "act":
                choices = getattr(field, "choices", ())
                yield {
                    "name": name,
                    "label": str(field.label or ""),
                    "kind": form[name].kind,
                    "required": field.required,
                    "help": str(field.help_text),
                    "choices": [str(value) for value, _ in choices if value != ""],
                }


def _data(found: Mapping[str, Any], given: Mapping[str, Value], *, key: str = "") -> QueryDict:
    """Return what a browser would send of these forms. Raises BadInput: `field_unknown`."""
    known = {name for form in found.values() for name in form.fields} - {"act"}
    strange = sorted(given.keys() - known)
    if strange:
        text = "Isian ini tidak dikenal."
        raise BadInput(*(Finding("field_unknown", text, name) for name in strange))
    data, act = QueryDict(mutable=True), str(key or uuid4())
    for form in found.values():
        data[form.add_prefix("act")] = act
        for name, value in given.items():
            if name in form.fields:
                for part, text in _typed(form.fields[name], name, value):
                    data.setlist(form.add_prefix(part), text)
    return data


def _typed(field: forms.Field, name: str, value: Value) -> Iterator[tuple[str, list[str]]]:
    """Yield the controls of a field with what would be typed into them."""
    if isinstance(field, DateBoxesField):
        text = str(value)
        boxes = text.split("-")[::-1] if DAY.fullmatch(text) else [text, text, text]
        yield from ((f"{name}_{part}", [box]) for part, box in zip(PARTS, boxes, strict=True))
    elif isinstance(value, bool):
        yield name, ["on"] if value else []
    else:
        yield name, [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _demand_valid(found: Mapping[str, Any]) -> None:
    """Raise BadInput with every mistake in the forms, each at its field."""
    wrong = [
        Finding(one.code or "invalid", " ".join(one.messages), "" if name == "__all__" else name)
        for form in found.values()
        if not form.is_valid()
        for name, mistakes in form.errors.as_data().items()
        for one in mistakes
    ]
    if wrong:
        raise BadInput(*wrong)
