"""Open what an entry of the log holds as commitments only: for a judge, with proof of its day.

The opening is a file (ppid.ledger.proof) with the entry, the chosen values and their salts, the
path to a checkpoint, and the checkpoint. That it was made is an event of its own, because whoever
has the file has the values.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ppid.errors import BadInput, Finding, NotFound
from ppid.office.authority import Right, authority_in, demand
from ppid.office.event_proofs import event_proofs
from ppid.office.log import Fact, append, checkpoint, lock
from ppid.office.models import Body, Cosignature, Event, Item
from ppid.office.writing import writing

OPENED_FOR_A_JUDGE = ("test.written", "approval.given")
"""When the reasoning was written, and who decided on it."""


def open_entry(
    body: Body, seq: int, *, names: Sequence[str], at: datetime, by: UUID | None = None
) -> str:
    """Return the opening of some values of one entry, as a file; record that it was made.

    names: of the values; none means every one that the entry has. by: None for the command line.
    Raises NotFound: `entry_unknown`; BadInput: `value_unknown`; Refused.
    """
    if by is not None:
        demand(authority_in(body, by=by, at=at), Right.DETERMINE)
    event = Event.objects.filter(body=body.pk, seq=seq).first()
    if event is None:
        raise NotFound(Finding("entry_unknown", f"Catatan nomor {seq} tidak ada."))
    opened = _chosen(event, names or sorted(event.sealed))
    with writing():
        log = lock(body.pk)
        note = vouched_checkpoint(body, at=at)
        proofs = event_proofs(Q(pk=event.pk), body=body, checkpoint=note, names=opened.keys())
        proof = next(proofs)
        said = {"entry": seq, "names": sorted(opened)}
        fact = Fact("commitment.opened", said, case=event.case, item=event.item)
        append(fact, body=body.pk, by=by, at=at, log=log)
    return proof.to_text()


def _chosen(event: Event, names: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    unknown = sorted(set(names) - set(event.sealed))
    if unknown or not names:
        known = ", ".join(sorted(event.sealed)) or "tidak ada"
        what = ", ".join(unknown) or "-"
        text = f"Catatan ini tidak mengikrarkan nilai bernama {what}, atau nilainya sudah dihapus."
        raise BadInput(Finding("value_unknown", text, hint=f"Yang ada: {known}."))
    return {name: event.sealed[name] for name in names}


def vouched_checkpoint(body: Body, *, at: datetime) -> str:
    """Return a signed checkpoint over the whole log, with what witnesses there are."""
    head = checkpoint(body.pk, at=at)
    lines = Cosignature.objects.filter(body=body.pk, size=head.size).order_by("vkey")
    return head.note + "".join(one.line for one in lines)


def open_for_judge(body: Body, items: Collection[Item], *, by: UUID, at: datetime) -> tuple[str, Q]:
    """Record that what was written and decided about the items is opened for a judge.

    Return a checkpoint over the log as it then stands, and which events are opened.
    """
    about = Q(item__in=[item.pk for item in items], kind__in=OPENED_FOR_A_JUDGE)
    with writing():
        lock(body.pk)
        for event in list(Event.objects.filter(about, body=body.pk).order_by("seq")):
            said = {"entry": event.seq, "names": sorted(event.sealed)}
            fact = Fact("commitment.opened", said, case=event.case, item=event.item)
            append(fact, body=body.pk, by=by, at=at)
    return vouched_checkpoint(body, at=at), about
