"""What may be sent about a step of a case, and beside its SOP."""

from typing import Any
from uuid import UUID

from ppid.errors import Finding, NotFound, Refused
from ppid.office.actions.approvals import approve_as_head, decide
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.letters import decide_letter
from ppid.office.actions.steps import Here, act_on_step, decline_step, extend_step, work_obstacles
from ppid.office.forms.decisions import DecisionsForm, LetterForm
from ppid.office.forms.steps import ReasonForm, StepForm
from ppid.office.queries.cases import CasePage, Waiting
from ppid.office.queries.release import UNSURE
from ppid.office.views.asking import Asked, Done, Results, Sent
from ppid.office.views.case_forms import candidates, key_of, letter_form, work_form
from ppid.office.writing import writing
from ppid.sop.definition import Action


def waiting_at(page: CasePage, step: int, *, agency: str | None) -> Waiting:
    """Return the task that waits at a step, of an agency where each has its own.

    Raises NotFound: `step_not_open`.
    """
    for waiting in page.waiting:
        if waiting.task.step == step and (waiting.task.agency or None) == (agency or None):
            return waiting
    raise NotFound(Finding("step_not_open", "Langkah ini tidak sedang menunggu."))


def step_asked(page: CasePage, waiting: Waiting, data: Sent) -> Asked:
    """Return the step itself, with what its action produces, in one transaction."""
    key, task = key_of(waiting), waiting.task
    form = StepForm(data, step=waiting.step, prefix=key)
    work = None
    if not task.confirm:
        work = work_form(waiting.step.action, page, key=f"{key}-isi", data=data)
    forms: dict[str, Any] = {key: form}
    if work is not None and not _goes_back(form, waiting):
        forms[f"{key}-isi"] = work

    def act() -> Done:
        person, at = _by(page), page.here.at
        lines: Results = ()
        with writing(act=form.cleaned_data["act"], at=at):
            if f"{key}-isi" in forms:
                lines = _do_work(page, work)
            if waiting.step.action is Action.PUBLISH and not task.confirm:
                _publish(page, form)
            if lines and _wants_letter(page, waiting):
                return Done(f"Keputusan tercatat. {WANTS_LETTER}", lines)
            act_on_step(
                page.case.pk,
                step=task.step,
                by=person,
                at=at,
                agency=task.agency,
                outcome=form.cleaned_data.get("outcome"),
                reason=form.cleaned_data.get("reason", ""),
                note=form.cleaned_data["note"],
            )
        return Done(f"Langkah {waiting.step.row} tercatat.", lines)

    return Asked(forms, act)


def _by(page: CasePage) -> UUID:
    return page.here.authority.person


def _publish(page: CasePage, form: StepForm) -> None:
    """Publish an edition; where it is refused for what a reason would clear, ask for the reason."""
    cleared = form.cleaned_data.get("cleared", "")
    try:
        publish_edition(
            page.case.body, by=_by(page), at=page.here.at, case=page.case, cleared=cleared
        )
    except Refused as error:
        if UNSURE.issuperset(error.codes):
            form.ask_clearance()
        raise


WANTS_LETTER = "Langkah ini baru selesai sesudah ada surat penetapan."


def _wants_letter(page: CasePage, waiting: Waiting) -> bool:
    """Return whether the lines were all set aside, so that the step still has no letter."""
    if waiting.step.action is not Action.DETERMINE:
        return False
    here = Here.of(page.case.pk, by=_by(page), at=page.here.at)
    return bool(work_obstacles(here, waiting.task, outcome=None))


def _goes_back(form: StepForm, waiting: Waiting) -> bool:
    if not form.is_valid() or not waiting.step.outcomes:
        return False
    targets = waiting.step.targets(form.cleaned_data["outcome"])
    return any(to <= waiting.step.number for to in targets)


def _do_work(page: CasePage, form: Any) -> Results:
    if isinstance(form, DecisionsForm):
        return decide(page.case, decisions=form.decisions(), by=_by(page), at=page.here.at)
    return _decide_letter(page, form)


def _decide_letter(page: CasePage, form: LetterForm) -> Results:
    if not form.lines():
        return ()
    return decide_letter(
        page.case, lines=form.lines(), letter=form.letter(), by=_by(page), at=page.here.at
    )


def decline_asked(page: CasePage, waiting: Waiting, data: Sent) -> Asked:
    """Return the refusal to confirm a joint step."""
    return _reasoned(page, waiting, data, suffix="tolak", act=decline_step, done="dikembalikan")


def extend_asked(page: CasePage, waiting: Waiting, data: Sent) -> Asked:
    """Return the one extension of a step's time."""
    return _reasoned(page, waiting, data, suffix="waktu", act=extend_step, done="diperpanjang")


def _reasoned(
    page: CasePage, waiting: Waiting, data: Sent, *, suffix: str, act: Any, done: str
) -> Asked:
    key = f"{key_of(waiting)}-{suffix}"
    form = ReasonForm(data, prefix=key)

    def run() -> Done:
        act(
            page.case.pk,
            step=waiting.task.step,
            by=_by(page),
            at=page.here.at,
            agency=waiting.task.agency,
            reason=form.cleaned_data["reason"],
            act=form.cleaned_data["act"],
        )
        return Done(f"Langkah {waiting.step.row} {done}.")

    return Asked({key: form}, run)


def head_asked(page: CasePage, data: Sent) -> Asked:
    """Return the approval of the head, item by item."""
    form = DecisionsForm(data, items=candidates(page), prefix="pimpinan")

    def act() -> Done:
        lines = approve_as_head(
            page.case,
            decisions=form.decisions(),
            by=_by(page),
            at=page.here.at,
            act=form.cleaned_data["act"],
        )
        return Done("Putusan pimpinan tercatat.", lines)

    return Asked({"pimpinan": form}, act)


def letter_asked(page: CasePage, data: Sent) -> Asked:
    """Return a letter beside the SOP, which has no row for it or is past that row."""
    form = letter_form(page, prefix="penetapan", data=data)

    def act() -> Done:
        with writing(act=form.cleaned_data["act"], at=page.here.at):
            lines = _decide_letter(page, form)
        return Done("Keputusan tercatat.", lines)

    return Asked({"penetapan": form}, act)
