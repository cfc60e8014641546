"""Whether the flow of an SOP can run well, decided by exploring every state a case can come to.

A state is the set of steps with an open token and of the tokens parked at joins. A run repeated for
each agency counts as one pass through its steps: the agencies do the same side by side, and `rows`
sees to it that they leave together. Who acts, and when, does not matter here.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ppid.errors import Finding
from ppid.sop.definition import Definition

MOST_STATES = 100_000
ENDED = 0


@lru_cache(maxsize=64)
def faults(sop: Definition) -> tuple[Finding, ...]:
    """Return every reason why the flow cannot run well; empty when it can."""
    found = [*_unreached(sop), *_mismatched_joins(sop)]
    if any(finding.code != "unreached" for finding in found):
        # Where a join's sources are in doubt, the states are too.
        return tuple(found)
    return (*found, *_bad_states(sop))


def predecessors(sop: Definition) -> dict[int, tuple[int, ...]]:
    """Return for each step the steps that lead to it, in order."""
    before: dict[int, list[int]] = {step.number: [] for step in sop.steps}
    for step in sop.steps:
        for target in {target for way in step.exits for target in way}:
            before[target].append(step.number)
    return {number: tuple(sources) for number, sources in before.items()}


def reached_from(sop: Definition, starts: Iterable[int]) -> set[int]:
    """Return the steps that can be reached from these, themselves included."""
    reached: set[int] = set()
    ahead = list(starts)
    while ahead:
        number = ahead.pop()
        if number not in reached:
            reached.add(number)
            ahead += [target for way in sop.step(number).exits for target in way]
    return reached


def can_bypass(sop: Definition, goal: int, *, gates: Collection[int]) -> bool:
    """Return whether a case begun on step 1 can come to `goal` without completing any gate.

    False where the flow has too many states to know.
    """
    net = _net(sop)
    closed = {number: () if number in gates else ways for number, ways in net.exits.items()}
    seen = _explore(replace(net, exits=closed), (1,))
    return seen is not None and any(state >> goal & 1 for state in seen.before)


def _unreached(sop: Definition) -> Iterator[Finding]:
    reached = reached_from(sop, sop.starts)
    for step in sop.steps:
        if step.number not in reached:
            message = "Langkah ini tidak pernah dicapai dari langkah awal mana pun."
            hint = 'Arahkan "lanjut" atau "keputusan" langkah lain ke sini, atau hapus langkah ini.'
            yield Finding("unreached", message, place=f"langkah {step.number}", hint=hint)


def _mismatched_joins(sop: Definition) -> Iterator[Finding]:
    before = predecessors(sop)
    for step in sop.steps:
        if not step.wait_for:
            continue
        place = f"langkah {step.number}: tunggu"
        for number in sorted(set(step.wait_for) - set(before[step.number])):
            message = f"Langkah {number} ditunggu, tetapi tidak menuju langkah {step.number}."
            yield Finding("waits_in_vain", message, place=place)
        for number in sorted(set(before[step.number]) - set(step.wait_for)):
            message = f"Langkah {number} menuju langkah {step.number}, tetapi tidak ditunggu."
            yield Finding("not_waited_for", message, place=place)


@dataclass(frozen=True, slots=True)
class _Net:
    """The flow as bits: one for an open token on each step, one for each token parked at a join.

    exits: step -> its ways out. open: the bits of all steps. parked: join -> source -> bit.
    full: join -> all its parked bits.
    """

    exits: Mapping[int, tuple[tuple[int, ...], ...]]
    open: int
    parked: Mapping[int, Mapping[int, int]]
    full: Mapping[int, int]


@dataclass(slots=True)
class _Explored:
    """What the exploration saw: for each state the states before it, and every collision."""

    before: dict[int, list[int]] = field(default_factory=dict)
    collided: set[int] = field(default_factory=set)
    crowded: set[int] = field(default_factory=set)


def _net(sop: Definition) -> _Net:
    bit = len(sop.steps) + 1
    parked: dict[int, dict[int, int]] = {}
    for step in sop.steps:
        for source in step.wait_for:
            parked.setdefault(step.number, {})[source] = 1 << bit
            bit += 1
    return _Net(
        exits={step.number: tuple(dict.fromkeys(step.exits)) for step in sop.steps},
        open=sum(1 << step.number for step in sop.steps),
        parked=parked,
        full={join: sum(bits.values()) for join, bits in parked.items()},
    )


def _arrived(net: _Net, state: int, source: int, target: int) -> int | None:
    """Return the state after one more token has come; None if the step then holds two."""
    here = 1 << target
    if state & here:
        return None
    if target not in net.full:
        return state | here
    mark = net.parked[target][source]
    if state & mark:
        return None
    state |= mark
    full = net.full[target]
    return state ^ full | here if state & full == full else state


def _moves(net: _Net, state: int, seen: _Explored) -> Iterator[int]:
    """Yield the states that one completed step leads to; collisions are noted instead."""
    left = state & net.open
    while left:
        number = (left & -left).bit_length() - 1
        left ^= 1 << number
        for targets in net.exits[number]:
            after: int | None = state ^ 1 << number
            for target in targets:
                if after is not None:
                    after = _arrived(net, after, number, target)
                    if after is None:
                        seen.crowded.add(target)
            if after is None:
                seen.collided.add(state)
            else:
                yield after


def _explore(net: _Net, starts: Iterable[int]) -> _Explored | None:
    """Return every state that can arise; None past the limit."""
    seen = _Explored({1 << number: [] for number in starts})
    ahead = deque(seen.before)
    while ahead:
        state = ahead.popleft()
        for after in _moves(net, state, seen):
            if after not in seen.before:
                if len(seen.before) >= MOST_STATES:
                    return None
                seen.before[after] = []
                ahead.append(after)
            seen.before[after].append(state)
    return seen


def _leading_to(before: Mapping[int, list[int]], goals: Iterable[int]) -> set[int]:
    found = {goal for goal in goals if goal in before}
    ahead = list(found)
    while ahead:
        for state in before[ahead.pop()]:
            if state not in found:
                found.add(state)
                ahead.append(state)
    return found


def _bad_states(sop: Definition) -> Iterator[Finding]:
    net = _net(sop)
    seen = _explore(net, sop.starts)
    if seen is None:
        message = f"Alur ini punya lebih dari {MOST_STATES} keadaan; tidak dapat diperiksa."
        hint = "Kurangi cabang yang berjalan bersamaan."
        yield Finding("too_many_states", message, place="berkas", hint=hint)
        return
    for number in sorted(seen.crowded):
        message = "Dua giliran kerja dapat berada di langkah ini sekaligus."
        hint = 'Satukan cabang yang berjalan bersamaan dengan "tunggu".'
        yield Finding("two_tokens", message, place=f"langkah {number}", hint=hint)
    # What a collision leads to is not known; it is an error of its own, so let it count as an end.
    lost = set(seen.before) - _leading_to(seen.before, {ENDED, *seen.collided})
    stuck = {state for state in lost if not state & net.open}
    yield from _stuck_joins(net, stuck)
    circling = lost - _leading_to(seen.before, stuck)
    if circling:
        yield _endless(net, next(state for state in seen.before if state in circling))


def _stuck_joins(net: _Net, stuck: set[int]) -> Iterator[Finding]:
    for join, bits in sorted(net.parked.items()):
        halted = [state for state in stuck if state & net.full[join]]
        if halted:
            missing = {source for s in halted for source, bit in bits.items() if not s & bit}
            rows = ", ".join(str(source) for source in sorted(missing))
            message = f"Langkah ini dapat menunggu langkah {rows} tanpa akhir."
            hint = "Cabang yang ditunggu harus selalu sampai ke sini, apa pun keputusannya."
            yield Finding("join_never_completes", message, place=f"langkah {join}", hint=hint)


def _endless(net: _Net, state: int) -> Finding:
    number = (state & net.open & -state).bit_length() - 1
    message = "Dari langkah ini berkas tidak dapat mencapai akhir."
    return Finding("no_end", message, place=f"langkah {number}")
