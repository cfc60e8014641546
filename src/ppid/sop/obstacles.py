"""What stands in the way of an event in a running case: every reason at once.

It decides about turns, outcomes, reasons and other eyes. Who holds a role, and what the law demands
before a determination, is the office's to ask.
"""

from itertools import takewhile

from ppid.errors import Finding
from ppid.sop.case import (
    Acted,
    AgenciesSet,
    CaseState,
    Confirmed,
    Declined,
    Event,
    Extended,
    Started,
    StepEvent,
    Token,
)
from ppid.sop.definition import Definition, Step
from ppid.sop.duration import parse

_BEFORE_START = "Waktu kejadian mendahului pembukaan berkas."


def obstacles(sop: Definition, state: CaseState, event: Event) -> tuple[Finding, ...]:
    """Return every reason why the event may not happen now; empty when it may."""
    if isinstance(event, Started):
        return (Finding("already_started", "Berkas ini sudah dimulai."),)
    if state.ended_at is not None:
        return (Finding("case_ended", "Berkas ini sudah selesai."),)
    early = event.at < state.started_at
    found = (Finding("time_before_start", _BEFORE_START),) if early else ()
    if isinstance(event, AgenciesSet):
        return found + _against_agencies(state, event)
    tokens = open_tokens(state, event)
    if not tokens:
        return (*found, _step_not_open(event))
    if is_blocked(sop, tokens[0]):
        return (*found, no_agency(event.step))
    return found + _against_step_event(sop.step(event.step), state, tokens[0], event)


def open_tokens(state: CaseState, event: StepEvent) -> tuple[Token, ...]:
    """Return the open token that the event is about; none, or in a sound SOP exactly one."""
    return tuple(
        token
        for token in state.tokens
        if token.step == event.step and token.agency == event.agency and not token.waiting
    )


def is_blocked(sop: Definition, token: Token) -> bool:
    """Return whether the token lies on a repeated step and no agency takes part yet."""
    return token.agency is None and sop.step(token.step).for_each is not None


def unconfirmed(step: Step, token: Token) -> tuple[str, ...]:
    """Return the further performers of a joint step that have not confirmed, in order."""
    return tuple(code for code in step.performers[1:] if code not in token.confirmed)


def no_agency(step: int) -> Finding:
    """Return why nobody can act on a repeated step: no agency takes part."""
    return Finding(
        "no_agency",
        "Belum ada perangkat daerah yang ikut serta.",
        place=place_of(step),
        hint="Tetapkan dahulu perangkat daerah yang ikut serta.",
    )


def place_of(step: int) -> str:
    """Return how a finding names the step."""
    return f"langkah {step}"


def _step_not_open(event: StepEvent) -> Finding:
    return Finding(
        "step_not_open",
        "Langkah ini tidak sedang berjalan.",
        place=place_of(event.step),
        hint="Muat ulang berkas; mungkin orang lain sudah menyelesaikannya.",
    )


def _against_agencies(state: CaseState, event: AgenciesSet) -> tuple[Finding, ...]:
    found = []
    if any(token.agency is not None for token in state.tokens):
        found.append(
            Finding(
                "agencies_in_use",
                "Perangkat daerah tidak dapat diganti selagi mereka mengerjakan langkahnya.",
                hint="Tunggu sampai semua perangkat daerah selesai.",
            )
        )
    if len(set(event.agencies)) < len(event.agencies):
        found.append(Finding("agency_repeated", "Ada perangkat daerah yang disebut dua kali."))
    return tuple(found)


def _against_step_event(
    step: Step, state: CaseState, token: Token, event: StepEvent
) -> tuple[Finding, ...]:
    if isinstance(event, Extended):
        return _against_extension(step, token, event)
    if isinstance(event, Acted):
        found = _against_act(step, token, event)
    else:
        found = _against_confirmation(step, state, token, event)
    return found + _against_same_eyes(step, state, event.actor) if step.not_performed_by else found


def _against_same_eyes(step: Step, state: CaseState, actor: str) -> tuple[Finding, ...]:
    own = {entry.step for entry in state.done if entry.actor == actor}
    rows = ", ".join(str(number) for number in step.not_performed_by if number in own)
    if not rows:
        return ()
    message = f"Anda sudah bertindak pada langkah {rows}; langkah ini menuntut orang lain."
    return (Finding("four_eyes", message, place=place_of(step.number)),)


def _against_act(step: Step, token: Token, event: Acted) -> tuple[Finding, ...]:
    if token.acted is not None or event.performer != step.performers[0]:
        return (_not_your_turn(step), *_against_outcome(step, event))
    return _against_outcome(step, event)


def _against_outcome(step: Step, event: Acted) -> tuple[Finding, ...]:
    place = place_of(step.number)
    if event.outcome is None:
        if not step.outcomes:
            return ()
        return (Finding("outcome_missing", "Anda belum memilih keputusannya.", place=place),)
    for outcome in step.outcomes:
        if outcome.name == event.outcome:
            return _against_reason(step, event.reason) if outcome.needs_reason else ()
    message = f"Keputusan “{event.outcome}” tidak ada pada langkah ini."
    return (Finding("outcome_unknown", message, place=place),)


def _against_reason(step: Step, reason: str) -> tuple[Finding, ...]:
    if reason.strip():
        return ()
    message = "Alasan tertulis wajib diisi."
    return (Finding("reason_missing", message, place=place_of(step.number)),)


def _not_your_turn(step: Step) -> Finding:
    message = "Langkah ini sedang menunggu pelaksana lain."
    return Finding("not_your_turn", message, place=place_of(step.number))


def _against_confirmation(
    step: Step, state: CaseState, token: Token, event: Confirmed | Declined
) -> tuple[Finding, ...]:
    found = []
    if token.acted is None or event.performer not in unconfirmed(step, token):
        found.append(_not_your_turn(step))
    if isinstance(event, Declined):
        return (*found, *_against_reason(step, event.reason))
    if event.actor in _actors_of_round(state, token):
        message = "Orang yang sama tidak dapat mengonfirmasi untuk dua pelaksana."
        found.append(Finding("same_person_confirms", message, place=place_of(step.number)))
    return tuple(found)


def _actors_of_round(state: CaseState, token: Token) -> set[str]:
    """Return who acted and confirmed since the act that now waits for confirmations."""
    if token.acted is None:
        return set()
    place = (token.step, token.agency)
    latest_first = (entry for entry in reversed(state.done) if (entry.step, entry.agency) == place)
    confirmed = takewhile(lambda entry: entry.confirmed, latest_first)
    return {token.acted.actor, *(entry.actor for entry in confirmed)}


def _against_extension(step: Step, token: Token, event: Extended) -> tuple[Finding, ...]:
    place = place_of(step.number)
    found = list(_against_reason(step, event.reason))
    if not parse(step.time).extension:
        message = "Waktu langkah ini tidak dapat diperpanjang."
        found.append(Finding("not_extendable", message, place))
    if token.extended:
        found.append(Finding("already_extended", "Waktu langkah ini sudah diperpanjang.", place))
    return tuple(found)
