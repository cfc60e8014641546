"""Whether a flow can run well, against hand-made SOPs and against a slow token game of its own."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.sop import flow
from sop.files import file, mistakes
from sop.strategies import UNHURRIED, row, sop, sound_sops


def verdict(definition):
    return [(finding.code, finding.place) for finding in flow.faults(definition)]


def test_a_straight_flow_a_loop_and_a_fork_with_its_join_run_well():
    assert verdict(sop(row(), row())) == []
    assert verdict(sop(row(), row(outcomes={"Ya": (3,), "Tidak": (1,)}), row())) == []
    assert verdict(sop(row(to=(2, 3)), row(to=(4,)), row(), row(wait_for=(2, 3)))) == []


def test_branches_may_end_by_themselves():
    assert verdict(sop(row(to=(2, 3)), row(to=()), row(to=()))) == []


def test_a_step_reached_from_no_start_is_refused():
    assert verdict(sop(row(to=()), row(), row())) == [
        ("unreached", "langkah 2"),
        ("unreached", "langkah 3"),
    ]


def test_a_second_start_reaches_its_steps():
    assert verdict(sop(row(to=()), row(trigger=True), row())) == []


def test_a_loop_without_a_way_out_is_refused():
    assert verdict(sop(row(), row(to=(1,)))) == [("no_end", "langkah 1")]


def test_a_branch_into_a_loop_without_a_way_out_is_refused():
    found = sop(row(outcomes={"Ya": (2,), "Tidak": (3,)}), row(to=()), row(), row(to=(3,)))

    assert verdict(found) == [("no_end", "langkah 3")]


def test_two_tokens_on_one_step_are_refused():
    found = sop(row(to=(2, 3)), row(to=(4,)), row(to=(4,)), row())

    assert verdict(found) == [("two_tokens", "langkah 4")]


def test_a_fork_into_its_own_step_is_refused():
    assert ("two_tokens", "langkah 2") in verdict(sop(row(to=(2, 3)), row(to=(3,)), row(to=(2,))))


def test_a_branch_that_may_miss_its_join_leaves_the_other_waiting():
    found = sop(
        row(to=(2, 3)),
        row(outcomes={"Ya": (4,), "Tidak": ()}),
        row(to=(4,)),
        row(wait_for=(2, 3)),
    )

    assert verdict(found) == [("join_never_completes", "langkah 4")]


def test_a_branch_that_may_arrive_twice_at_its_join_is_refused():
    found = sop(
        row(to=(2, 3)),
        row(to=(3, 4)),
        row(to=(4,)),
        row(wait_for=(2, 3)),
    )

    assert ("two_tokens", "langkah 3") in verdict(found)


def test_a_token_that_comes_again_to_a_waiting_join_is_refused():
    found = sop(
        row(to=(2, 3)),
        row(to=(2, 4)),
        row(to=(4,)),
        row(wait_for=(2, 3)),
    )

    assert ("two_tokens", "langkah 4") in verdict(found)


def test_a_start_inside_a_fork_leaves_the_join_waiting():
    found = sop(row(to=(2, 3)), row(to=(4,), trigger=True), row(to=(4,)), row(wait_for=(2, 3)))

    assert verdict(found) == [("join_never_completes", "langkah 4")]


def test_exactly_the_awaited_steps_lead_to_a_join():
    in_vain = sop(row(to=(2, 3)), row(to=(4,)), row(to=()), row(wait_for=(2, 3)))
    unasked = sop(row(to=(2, 3, 4)), row(to=(4,)), row(to=(4,)), row(wait_for=(2, 3)))

    assert verdict(in_vain) == [("waits_in_vain", "langkah 4: tunggu")]
    assert verdict(unasked) == [("not_waited_for", "langkah 4: tunggu")]


def test_a_case_that_starts_on_a_join_does_not_wait_there_the_first_time():
    found = sop(row(wait_for=(2,)), row(outcomes={"Ya": (), "Tidak": (1,)}))

    assert verdict(found) == []


def parallel(branches, length):
    first = [2 + branch * length for branch in range(branches)]
    join = 2 + branches * length
    rows = [row(to=tuple(first))]
    for _start in first:
        rows += [row() for _ in range(length - 1)] + [row(to=(join,))]
    rows.append(row(wait_for=tuple(start + length - 1 for start in first)))
    return sop(*rows)


def test_a_flow_with_too_many_states_is_given_up():
    # (length + 1) ** branches states, and those of the first and last step.
    assert verdict(parallel(4, 17)) == [("too_many_states", "berkas")]


def test_the_last_state_that_is_allowed_is_still_explored(monkeypatch):
    # Start, 4 x 4 states of two branches of three steps, and the end; the join begins one of them.
    definition = parallel(2, 3)
    monkeypatch.setattr(flow, "MOST_STATES", 18)
    flow.faults.cache_clear()
    assert verdict(definition) == []

    monkeypatch.setattr(flow, "MOST_STATES", 17)
    flow.faults.cache_clear()
    assert verdict(definition) == [("too_many_states", "berkas")]
    flow.faults.cache_clear()


def test_a_very_long_flow_is_explored_in_time():
    assert mistakes(file(*[""] * 5000)) == []


def test_bypassing_counts_the_branches_of_a_fork_together():
    # The approval lies on one branch, and the join waits for it.
    forked = sop(row(to=(2, 3)), row(to=(4,)), row(to=(4,)), row(wait_for=(2, 3)))

    assert not flow.can_bypass(forked, 4, gates={2})
    assert flow.can_bypass(forked, 3, gates={2})


def test_bypassing_is_unknown_where_the_flow_is_too_large():
    assert not flow.can_bypass(parallel(4, 17), 69, gates={99})


@UNHURRIED
@given(sound_sops())
def test_what_is_sound_by_construction_is_found_sound(definition):
    assert verdict(definition) == []


@st.composite
def any_sops(draw):
    """Return SOPs with any targets, some with a second start.

    Joins wait for exactly the steps that lead to them.
    """
    size = draw(st.integers(1, 5))
    most = draw(st.sampled_from([1, 2, 2, 3]))
    targets = st.lists(st.integers(1, size), max_size=most, unique=True).map(tuple)
    second = draw(st.sampled_from([None, None, None, size]))
    rows = []
    for _ in range(size):
        ways = draw(st.lists(targets, min_size=1, max_size=2))
        choices = {str(at): way for at, way in enumerate(ways)} if len(ways) > 1 else None
        rows.append((ways, choices, draw(st.booleans())))
    found = []
    for number, (ways, choices, joins) in enumerate(rows, start=1):
        before = tuple(
            at for at, other in enumerate(rows, 1) if any(number in way for way in other[0])
        )
        waits = before if joins and number > 1 else ()
        found.append(row(outcomes=choices, to=ways[0], wait_for=waits, trigger=number == second))
    return sop(*found)


def slowly_sound(definition):
    """Play every game with tokens that remember where they came from; judge by the contract."""
    steps = {each.number: each for each in definition.steps}

    def opened(tokens):
        """Turn the waiting tokens of a complete join into one; tokens are (step, source)."""
        for step in steps.values():
            waiting = {(step.number, source) for source in step.wait_for}
            if waiting and waiting <= set(tokens):
                rest = list(tokens)
                for token in waiting:
                    rest.remove(token)
                return [*rest, (step.number, None)]
        return tokens

    def after(tokens):
        for token in tokens:
            number, source = token
            if source is not None and steps[number].wait_for:
                continue
            rest = list(tokens)
            rest.remove(token)
            for way in steps[number].exits:
                comers = [(to, number if steps[to].wait_for else None) for to in way]
                yield tuple(sorted(opened(rest + comers), key=str))

    def crowded(tokens):
        places = [(n, s) for n, s in tokens]
        open_on = [n for n, s in places if s is None]
        parked_on = [n for n, s in places if s is not None]
        return (
            len(set(places)) < len(places)
            or len(set(open_on)) < len(open_on)
            or bool(set(open_on) & set(parked_on))
        )

    starts = [((number, None),) for number in definition.starts]
    seen, ahead = {}, list(starts)
    for _ in count():
        if not ahead:
            break
        tokens = ahead.pop()
        if tokens in seen:
            continue
        if crowded(tokens):
            return False
        seen[tokens] = set(after(tokens))
        ahead.extend(seen[tokens])
    ending = {()}
    while True:
        more = {tokens for tokens, following in seen.items() if following & ending} - ending
        if not more:
            break
        ending |= more
    visited = {number for tokens in seen for number, _ in tokens}
    return set(seen) <= ending and visited == set(steps)


@settings(UNHURRIED, max_examples=400)
@given(any_sops())
def test_the_verdict_agrees_with_a_slow_game_of_tokens(definition):
    assert (verdict(definition) == []) == slowly_sound(definition)


@pytest.mark.parametrize("name", ["bontang", "kalteng", "bali", "pontianak"])
def test_the_real_sops_run_well(name):
    with open(f"sops/{name}.toml", "rb") as source:
        assert mistakes(source.read()) == []
