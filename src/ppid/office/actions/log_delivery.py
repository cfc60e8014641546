"""Hand the log over to the public site: hashes, the entries of editions, and who vouches for them.

What the site lacks is seen by comparing the two, so doing it again changes nothing.
"""

from collections.abc import Iterator
from uuid import UUID

from ppid.ledger.entry import Entry
from ppid.office.models import Body, Checkpoint, Cosignature, Edition, Event
from ppid.public import intake


def deliver_log(body: Body) -> None:
    """Hand over what the site lacks of the body's log, up to its newest public checkpoint.

    Raises as intake.accept_log.
    """
    state = intake.log_state(body.pk)
    if state.size < state.due or state.unproven or state.papers:
        _deliver(body, state)
    lines = Cosignature.objects.filter(body=body.pk, size=state.due).order_by("vkey")
    if any(one.line not in state.note for one in lines):
        own = Checkpoint.objects.get(body=body.pk, size=state.due).note
        note = own + "".join(one.line for one in lines)
        witnesses = tuple(one.vkey for one in lines)
        intake.accept_log(intake.LogIn(slug=body.pk, notes=(note,), witnesses=witnesses))


def _deliver(body: Body, state: intake.LogState) -> None:
    events = Event.objects.filter(body=body.pk, seq__gte=state.size, seq__lt=state.due)
    hashes = events.order_by("seq").values_list("leaf", flat=True)
    log = intake.LogIn(
        slug=body.pk,
        start=state.size,
        hashes=tuple(bytes(leaf) for leaf in hashes.iterator(chunk_size=2000)),
        entries=tuple(_entries(body, set(state.unproven))),
        papers=tuple(_signatures(body, set(state.papers))) if state.papers else (),
    )
    intake.accept_log(log)


def _entries(body: Body, numbers: set[int]) -> Iterator[intake.LogEntryIn]:
    described = {one.number: one.content["body"] for one in _editions(body, numbers)}
    for event in Event.objects.filter(body=body.pk, kind="edition.published").order_by("seq"):
        leaf = bytes(event.entry)
        number = Entry.from_bytes(leaf).payload["number"]
        if isinstance(number, int) and number in described:
            yield intake.LogEntryIn(number=number, seq=event.seq, leaf=leaf, body=described[number])


def _signatures(body: Body, codes: set[str]) -> Iterator[intake.PaperEntryIn]:
    """Yield the entry on the last signature of each of these papers."""
    for event in Event.objects.filter(body=body.pk, kind="paper.signed").order_by("seq"):
        leaf = bytes(event.entry)
        said = Entry.from_bytes(leaf).payload
        code = intake.code_of(UUID(str(said["paper"])))
        if said["last"] and code in codes:
            yield intake.PaperEntryIn(code=code, seq=event.seq, leaf=leaf)


def _editions(body: Body, numbers: set[int]) -> Iterator[Edition]:
    rows = Edition.objects.filter(body=body, number__in=numbers)
    return rows.only("number", "content").iterator()
