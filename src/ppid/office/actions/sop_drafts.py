"""SOPs in the making: kept for the officer who writes them until they are adopted or thrown away.

A draft is no record: it stands in no event. It keeps its last states, so that every change can be
taken back, also after a reload.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from ppid.errors import BadInput, Conflict, Finding, NotFound
from ppid.office.actions.drafts import drop_draft
from ppid.office.authority import Right, authority_in, demand
from ppid.office.models import Body, Draft
from ppid.sop.editing.document import Document, document_of, text_of
from ppid.sop.load import LARGEST_FILE

FORM = "sop:"
MOST_DRAFTS = 20
MOST_STATES = 50
MOST_LETTERS = 2 * LARGEST_FILE


@dataclass(frozen=True, slots=True)
class SopDraft:
    """An SOP in the making. origin: the file it came from; told: what could not be read.

    states: SOP files, the oldest first; place: which of them it is now, from 0. typed: the control
    that alone makes the newest state differ, "" for more than that. turn: how often it was saved.
    """

    id: UUID
    person: UUID
    at: datetime
    states: tuple[str, ...]
    origin: str = ""
    told: tuple[str, ...] = ()
    place: int = 0
    turn: int = 0
    typed: str = ""

    @property
    def text(self) -> str:
        """Return the SOP file as it stands."""
        return self.states[self.place]

    @property
    def document(self) -> dict[str, Any]:
        """Return the values of the SOP file."""
        return document_of(self.text)

    @property
    def can_go_back(self) -> bool:
        """Return whether there is something to undo."""
        return self.place > 0

    @property
    def can_go_on(self) -> bool:
        """Return whether something was undone."""
        return self.place < len(self.states) - 1


def start_sop_draft(
    body: Body,
    *,
    document: Document,
    by: UUID,
    at: datetime,
    origin: str = "",
    told: Sequence[str] = (),
) -> SopDraft:
    """Begin a draft with what a file says, and return it.

    Raises Refused (who may not adopt an SOP), BadInput: `too_many_sop_drafts`.
    """
    demand(authority_in(body, by=by, at=at), Right.ADOPT_SOP)
    if Draft.objects.filter(person=by, form__startswith=FORM).count() >= MOST_DRAFTS:
        text = f"Anda sudah mempunyai {MOST_DRAFTS} naskah SOP."
        raise BadInput(Finding("too_many_sop_drafts", text, hint="Buang satu lebih dahulu."))
    states = (text_of(document),)
    made = SopDraft(uuid4(), by, at, states, origin=origin, told=tuple(told))
    Draft.objects.create(person=by, form=_form(made.id), content=_content(made), at=at)
    return made


def sop_draft(draft: UUID, *, by: UUID) -> SopDraft:
    """Return the person's own draft. Raises NotFound, for everybody else's too."""
    found = Draft.objects.filter(person=by, form=_form(draft)).first()
    if found is None:
        text = "Naskah SOP ini tidak ada; mungkin sudah diadopsi atau dibuang."
        raise NotFound(Finding("sop_draft_unknown", text))
    return _draft(found)


def sop_drafts(by: UUID) -> tuple[SopDraft, ...]:
    """Return the person's drafts, the last changed first."""
    found = Draft.objects.filter(person=by, form__startswith=FORM).order_by("-at")
    return tuple(_draft(one) for one in found)


def keep_state(draft: SopDraft, document: Document, *, at: datetime, typed: str = "") -> SopDraft:
    """Save the draft as it now is, and return it; what was undone before is then gone.

    typed: the one control that differs; further typing into the same one is the same change.
    Raises Conflict `sop_draft_changed` (saved meanwhile elsewhere), BadInput `sop_draft_too_long`.
    """
    text = text_of(document)
    if text == draft.text:
        return draft
    if len(text) > LARGEST_FILE:
        text = "Naskah ini terlalu panjang untuk satu SOP."
        raise BadInput(Finding("sop_draft_too_long", text))
    goes_on = bool(typed) and typed == draft.typed and not draft.can_go_on and draft.can_go_back
    before = draft.states[: draft.place + (0 if goes_on else 1)]
    states = _newest((*before, text))
    return _saved(replace(draft, states=states, place=len(states) - 1, typed=typed, at=at))


def go_back(draft: SopDraft, *, at: datetime, steps: int = 1) -> SopDraft:
    """Return the draft as it was before its last change; steps=-1: after what was undone.

    Raises Conflict `sop_draft_changed`.
    """
    place = min(max(draft.place - steps, 0), len(draft.states) - 1)
    return _saved(replace(draft, place=place, typed="", at=at))


def drop_sop_draft(draft: UUID, *, by: UUID) -> None:
    """Throw the person's draft away."""
    drop_draft(by, _form(draft))


def changed_elsewhere() -> Conflict:
    """Return the error of a draft that was saved from another window meanwhile."""
    return Conflict(
        Finding(
            "sop_draft_changed",
            "Naskah ini sudah diubah di jendela atau tab lain.",
            hint="Yang Anda isi di sini masih ada di halaman ini, tetapi belum tersimpan.",
        )
    )


def _newest(states: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many of the last states as are kept."""
    kept = states[-MOST_STATES:]
    while len(kept) > 1 and sum(map(len, kept)) > MOST_LETTERS:
        kept = kept[1:]
    return kept


def _saved(draft: SopDraft) -> SopDraft:
    """Save the draft unless somebody has saved it since it was read. Raises Conflict."""
    after = replace(draft, turn=draft.turn + 1)
    rows = Draft.objects.filter(person=draft.person, form=_form(draft.id), content__turn=draft.turn)
    if not rows.update(content=_content(after), at=after.at):
        raise changed_elsewhere()
    return after


def _form(draft: UUID) -> str:
    return f"{FORM}{draft}"


def _content(draft: SopDraft) -> dict[str, Any]:
    return {
        "states": list(draft.states),
        "place": draft.place,
        "turn": draft.turn,
        "typed": draft.typed,
        "origin": draft.origin,
        "told": list(draft.told),
    }


def _draft(row: Draft) -> SopDraft:
    kept = row.content
    return SopDraft(
        id=UUID(row.form.removeprefix(FORM)),
        person=row.person,
        at=row.at,
        states=tuple(kept["states"]),
        origin=kept["origin"],
        told=tuple(kept["told"]),
        place=kept["place"],
        turn=kept["turn"],
        typed=kept["typed"],
    )
