"""Open what an entry of the log holds as commitments only: for a judge, with proof of its day.

The opening is a file (ppid.ledger.proof) with the entry, the chosen values and their salts, the
path to a checkpoint, and the checkpoint. That it was made is an event of its own, because whoever
has the file has the values.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ppid.errors import BadInput, Finding, NotFound
from ppid.ledger import tree
from ppid.ledger.evidence import Evidence
from ppid.ledger.proof import InclusionProof
from ppid.office.authority import Right, authority_in, demand
from ppid.office.log import Fact, append, checkpoint, lock
from ppid.office.models import Body, Cosignature, Event
from ppid.office.writing import writing


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
        proof = _proof(body, event, opened, at=at)
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


def _proof(
    body: Body, event: Event, opened: Mapping[str, Mapping[str, Any]], *, at: datetime
) -> InclusionProof:
    """Return the proof against a checkpoint over the whole log, with what witnesses there are."""
    head = checkpoint(body.pk, at=at)
    lines = Cosignature.objects.filter(body=body.pk, size=head.size).order_by("vkey")
    note = head.note + "".join(one.line for one in lines)
    rows = Event.objects.filter(body=body.pk, seq__lt=head.size).order_by("seq")
    leaves = [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
    path = tree.inclusion_proof(leaves, event.seq, size=head.size)
    evidence = Evidence(bytes(event.entry), opened=opened)
    return InclusionProof(event.seq, path, note, evidence.to_bytes())
