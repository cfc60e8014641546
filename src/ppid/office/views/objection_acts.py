"""What may be sent about an objection: its record, the superior's answer, the dispute after it."""

from dataclasses import dataclass
from uuid import UUID

from ppid.law.request import ObjectionGround, settles_amicably
from ppid.office.actions.objections import (
    answer_objection,
    decide_dispute,
    exempt_items,
    file_objection,
    register_dispute,
)
from ppid.office.forms.objections import (
    DisputeDecisionForm,
    DisputeForm,
    ObjectionAnswerForm,
    ObjectionForm,
)
from ppid.office.models import Objection
from ppid.office.queries.requests import (
    ObjectionView,
    RequestPage,
    request_page,
    visible_objection,
)
from ppid.office.views.asking import Asked, Officer, Sent, asked


@dataclass(frozen=True, slots=True)
class ObjectionSeen:
    """An objection as an officer sees it, with its request."""

    found: Objection
    page: RequestPage

    @property
    def view(self) -> ObjectionView:
        """Return the objection with its clocks."""
        return next(one for one in self.page.objections if one.objection.pk == self.found.pk)


def objection_seen(one: Officer, objection: UUID) -> ObjectionSeen:
    """Return the objection as the officer sees it. Raises NotFound."""
    found, _ = visible_objection(objection, by=one.by, body=one.body.pk, on=one.on)
    page = request_page(found.request_id, by=one.by, body=one.body.pk, at=one.at)
    return ObjectionSeen(found, page)


def objection_asked(one: Officer, page: RequestPage, data: Sent) -> Asked:
    """Return the record of an objection to the answer, or to the silence, on a request."""
    initial = {"filed_on": page.on, "found_on": page.asked.answered_on}
    form = ObjectionForm(data, initial=initial)

    def act() -> Objection:
        act_id = form.cleaned_data["act"]
        return file_objection(page.asked, filed=form.filed(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Keberatan tercatat.")


def objection_answer_asked(one: Officer, seen: ObjectionSeen, data: Sent) -> Asked:
    """Return the answer of the PPID's superior."""
    found, on = seen.found, seen.page.on
    exempt = exempt_items(found, on=on)
    form = ObjectionAnswerForm(
        data,
        exempt=exempt,
        amicable=all(settles_amicably(ObjectionGround(letter)) for letter in found.grounds),
        initial={"answered_on": on, "items": [str(item.pk) for item in exempt]},
    )

    def act() -> None:
        act_id = form.cleaned_data["act"]
        answer_objection(found, letter=form.letter(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Keberatan ditanggapi.")


def dispute_asked(one: Officer, seen: ObjectionSeen, data: Sent) -> Asked:
    """Return the record that the requester went to the Komisi Informasi."""
    form = DisputeForm(data)

    def act() -> None:
        register_dispute(seen.found, by=one.by, at=one.at, **form.cleaned_data)

    return asked(form, act, said="Sengketa tercatat.")


def dispute_decision_asked(one: Officer, seen: ObjectionSeen, data: Sent) -> Asked:
    """Return the record of how the dispute ended."""
    form = DisputeDecisionForm(data)

    def act() -> None:
        decide_dispute(seen.found, by=one.by, at=one.at, **form.cleaned_data)

    said = "Akhir sengketa tercatat. Nyatakan terbuka setiap informasi yang dibuka putusan itu."
    return asked(form, act, said=said)
