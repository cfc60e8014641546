"""Proofs that events are in a body's log, for files that leave the office."""

from collections.abc import Collection, Iterator

from django.db.models import Q

from ppid.ledger import tree
from ppid.ledger.checkpoint import parse, parse_checkpoint
from ppid.ledger.evidence import Evidence
from ppid.ledger.proof import InclusionProof
from ppid.office.models import Body, Event


def event_proofs(
    about: Q, *, body: Body, checkpoint: str, names: Collection[str] | None = None
) -> Iterator[InclusionProof]:
    """Yield a proof for each event below a signed checkpoint, with its confidential values opened.

    about: which events. names: of the values that are opened; all without it.
    """
    size = parse_checkpoint(parse(checkpoint).text).size
    rows = Event.objects.filter(body=body.pk, seq__lt=size).order_by("seq")
    node = tree.kept_nodes([bytes(leaf) for leaf in rows.values_list("leaf", flat=True)])
    for event in rows.filter(about):
        opened = {key: one for key, one in event.sealed.items() if names is None or key in names}
        path = tree.inclusion_proof_from(node, event.seq, size=size)
        evidence = Evidence(bytes(event.entry), opened=opened)
        yield InclusionProof(event.seq, path, checkpoint, evidence.to_bytes())
