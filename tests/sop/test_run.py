"""Where tokens go, who may act, and what stands in the way."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ppid.errors import CorruptData, Refused
from ppid.sop import record
from ppid.sop.flow import faults
from ppid.sop.run import (
    Acted,
    AgenciesSet,
    Confirmed,
    Declined,
    Extended,
    Started,
    StepStatus,
    apply,
    obstacles,
    replay,
    start,
    step_status,
    tasks,
)
from sop.strategies import AGENCIES, NOON, UNHURRIED, bent_sops, fair_play, row, sop, sound_sops

BONTANG = sop(
    row("p"),
    row("q", outcomes={"Ya": (3,), "Tidak": (1,)}),
    row("rs", trigger=True),
    row("p"),
    row("p"),
)
FORKED = sop(row(to=(2, 3)), row(to=(4,)), row(to=(4,)), row(wait_for=(2, 3)))
REPEATED = sop(
    row("p"),
    row("q", each_agency=True, time="5 hari kerja + 2 hari kerja"),
    row("r", each_agency=True, outcomes={"Ya": (4,), "Tidak": (2,)}),
    row("p"),
)


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def begin(definition, step=1):
    return start(definition, Started(NOON, step))


def act(step, by="p", *, who=None, outcome=None, reason="", agency=None, minute=1):
    return Acted(at(minute), step, who or f"orang-{by}", by, outcome, reason, agency)


def confirm(step, by, *, who=None, minute=2, agency=None):
    return Confirmed(at(minute), step, who or f"orang-{by}", by, agency)


def decline(step, by, *, reason="Belum lengkap.", who=None, minute=2):
    return Declined(at(minute), step, who or f"orang-{by}", by, reason)


def extend(step, *, reason="Berkas tebal.", agency=None):
    return Extended(at(1), step, "orang-p", reason, agency)


def after(definition, *events, step=1):
    return replay(definition, (Started(NOON, step), *events))


def codes(definition, state, event):
    return [finding.code for finding in obstacles(definition, state, event)]


def steps_open(definition, state):
    return [task.step for task in tasks(definition, state)]


def parked(state):
    return [token.step for token in state.tokens if token.waiting]


# Starts and ends


def test_a_case_starts_on_step_one_or_on_the_step_the_expiry_watch_may_open():
    assert steps_open(BONTANG, begin(BONTANG)) == [1]
    assert steps_open(BONTANG, begin(BONTANG, 3)) == [3]


def test_a_case_starts_on_no_other_step():
    with pytest.raises(Refused) as refused:
        begin(BONTANG, 2)

    assert refused.value.codes == ("start_not_allowed",)


def test_a_case_starts_once():
    state = begin(BONTANG)

    assert codes(BONTANG, state, Started(NOON)) == ["already_started"]
    with pytest.raises(Refused):
        apply(BONTANG, state, Started(NOON))


@pytest.mark.parametrize("events", [(), (act(1),), (act(1), Started(NOON))])
def test_a_record_begins_with_the_start(events):
    with pytest.raises(Refused) as refused:
        replay(BONTANG, events)

    assert refused.value.codes == ("not_started",)


def test_a_case_ends_when_no_token_is_left():
    definition = sop(row(to=(2, 3)), row(to=()), row(to=()))

    state = after(definition, act(1), act(2, minute=5))
    assert state.ended_at is None
    state = apply(definition, state, act(3, minute=7))

    assert (state.tokens, state.ended_at) == ((), at(7))


def test_nothing_happens_in_a_case_that_has_ended():
    definition = sop(row())
    state = after(definition, act(1))

    assert codes(definition, state, act(1)) == ["case_ended"]
    assert codes(definition, state, AgenciesSet(at(2), AGENCIES)) == ["case_ended"]
    assert tasks(definition, state) == ()


# Turns, outcomes, reasons


def test_completing_a_step_opens_the_next_one_at_that_moment():
    state = after(BONTANG, act(1, minute=9))

    (token,) = state.tokens
    assert (token.step, token.came_from, token.opened_at) == (2, 1, at(9))


def test_a_step_that_is_not_open_takes_no_act():
    state = begin(BONTANG)

    assert codes(BONTANG, state, act(2, "q", outcome="Ya")) == ["step_not_open"]
    assert codes(BONTANG, state, act(99)) == ["step_not_open"]
    assert codes(BONTANG, state, act(1, agency="dinas_a")) == ["step_not_open"]


def test_only_the_first_performer_acts():
    assert codes(BONTANG, begin(BONTANG), act(1, "q")) == ["not_your_turn"]


def test_a_decision_needs_one_of_its_outcomes():
    state = after(BONTANG, act(1))

    assert codes(BONTANG, state, act(2, "q")) == ["outcome_missing"]
    assert codes(BONTANG, state, act(2, "q", outcome="Mungkin")) == ["outcome_unknown"]
    assert codes(BONTANG, state, act(2, "q", outcome="Ya")) == []


def test_a_step_without_decision_takes_no_outcome():
    assert codes(BONTANG, begin(BONTANG), act(1, outcome="Ya")) == ["outcome_unknown"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_going_back_needs_a_written_reason(reason):
    state = after(BONTANG, act(1))

    refusal = act(2, "q", outcome="Tidak", reason=reason)

    assert codes(BONTANG, state, refusal) == ["reason_missing"]


def test_a_refusal_with_reason_goes_back():
    state = after(BONTANG, act(1), act(2, "q", outcome="Tidak", reason="Kurang lembar uji."))

    assert steps_open(BONTANG, state) == [1]


def test_every_obstacle_is_told_at_once():
    state = after(BONTANG, act(1))

    early = act(2, "p", outcome="Tidak", minute=-1)

    assert codes(BONTANG, state, early) == ["time_before_start", "not_your_turn", "reason_missing"]


def test_an_act_may_be_recorded_late_but_not_before_the_case_began():
    state = after(BONTANG, act(1, minute=30))

    assert codes(BONTANG, state, act(2, "q", outcome="Ya", minute=5)) == []
    assert codes(BONTANG, state, act(2, "q", outcome="Ya", minute=-1)) == ["time_before_start"]


def test_a_refused_event_changes_nothing():
    state = begin(BONTANG)

    with pytest.raises(Refused) as refused:
        apply(BONTANG, state, act(1, "q"))

    assert refused.value.codes == ("not_your_turn",)
    assert state == begin(BONTANG)


# Other eyes


CHECKED = sop(
    row("pq"),
    row("r", outcomes={"Ya": (3,), "Tidak": (1,)}, not_performed_by=(1,)),
    row("sr", not_performed_by=(1, 2)),
)
ROUND_ONE = (
    act(1, who="ani"),
    confirm(1, "q", who="budi"),
    act(2, "r", who="citra", outcome="Tidak", reason="Kurang."),
)
ROUND_TWO = (
    act(1, who="dewi"),
    confirm(1, "q", who="eko"),
)


@pytest.mark.parametrize("who", ["ani", "budi", "dewi", "eko"])
def test_who_acted_or_confirmed_in_any_round_may_not_act_where_other_eyes_are_wanted(who):
    state = after(CHECKED, *ROUND_ONE, *ROUND_TWO)

    assert codes(CHECKED, state, act(2, "r", who=who, outcome="Ya")) == ["four_eyes"]


def test_somebody_else_may_act_where_other_eyes_are_wanted():
    state = after(CHECKED, *ROUND_ONE, *ROUND_TWO)

    assert codes(CHECKED, state, act(2, "r", who="citra", outcome="Ya")) == []


def test_other_eyes_are_wanted_of_those_who_confirm_or_decline_too():
    state = after(
        CHECKED, *ROUND_ONE, *ROUND_TWO, act(2, "r", who="fitri", outcome="Ya"), act(3, "s")
    )

    assert codes(CHECKED, state, confirm(3, "r", who="citra")) == ["four_eyes"]
    assert codes(CHECKED, state, decline(3, "r", who="ani")) == ["four_eyes"]
    assert codes(CHECKED, state, confirm(3, "r", who="gita")) == []


def test_an_act_that_was_declined_counts_for_other_eyes():
    state = after(CHECKED, act(1, who="ani"), decline(1, "q"), act(1, who="dewi"), confirm(1, "q"))

    assert codes(CHECKED, state, act(2, "r", who="ani", outcome="Ya")) == ["four_eyes"]


# Joint steps


JOINT = sop(row("pqr", outcomes={"Ya": (2,), "Tidak": (1,)}), row())


def test_a_joint_step_moves_when_all_have_confirmed_in_any_order():
    state = after(JOINT, act(1, outcome="Ya"), confirm(1, "r"))
    assert [(task.step, task.performer, task.confirm) for task in tasks(JOINT, state)] == [
        (1, "q", True)
    ]

    state = apply(JOINT, state, confirm(1, "q", minute=8))

    (token,) = state.tokens
    assert (token.step, token.opened_at) == (2, at(8))


def test_a_joint_step_waits_first_for_the_first_performer():
    state = begin(JOINT)

    assert [(task.performer, task.confirm) for task in tasks(JOINT, state)] == [("p", False)]
    assert codes(JOINT, state, confirm(1, "q")) == ["not_your_turn"]
    assert codes(JOINT, state, decline(1, "q")) == ["not_your_turn"]


def test_nobody_takes_a_second_turn_in_a_joint_step():
    state = after(JOINT, act(1, outcome="Ya"), confirm(1, "q"))

    assert codes(JOINT, state, act(1, outcome="Ya")) == ["not_your_turn"]
    assert codes(JOINT, state, confirm(1, "q", who="lain")) == ["not_your_turn"]
    assert codes(JOINT, state, decline(1, "q")) == ["not_your_turn"]
    assert codes(JOINT, state, confirm(1, "p", who="lain")) == ["not_your_turn"]
    assert codes(JOINT, state, confirm(1, "s")) == ["not_your_turn"]


def test_one_person_cannot_confirm_their_own_act_or_for_two_performers():
    state = after(JOINT, act(1, outcome="Ya", who="ani"), confirm(1, "q", who="budi"))

    assert codes(JOINT, state, confirm(1, "r", who="ani")) == ["same_person_confirms"]
    assert codes(JOINT, state, confirm(1, "r", who="budi")) == ["same_person_confirms"]
    assert codes(JOINT, state, confirm(1, "r", who="citra")) == []


def test_who_confirmed_in_an_earlier_round_may_confirm_for_another_in_the_next():
    state = after(
        JOINT,
        act(1, outcome="Ya", who="ani"),
        confirm(1, "q", who="budi"),
        decline(1, "r"),
        act(1, outcome="Ya", who="citra"),
        confirm(1, "q", who="ani"),
    )

    assert codes(JOINT, state, confirm(1, "r", who="budi")) == []
    assert codes(JOINT, state, confirm(1, "r", who="ani")) == ["same_person_confirms"]


def test_a_confirmation_elsewhere_does_not_count_as_one_here():
    definition = sop(row(to=(2, 3)), row("pq"), row("pq"))
    state = after(definition, act(1), act(2, who="ani"), act(3, who="budi"))
    state = apply(definition, state, confirm(3, "q", who="citra"))

    assert codes(definition, state, confirm(2, "q", who="citra")) == []
    assert codes(definition, state, confirm(2, "q", who="ani")) == ["same_person_confirms"]


def test_declining_needs_a_reason():
    state = after(JOINT, act(1, outcome="Ya"))

    assert codes(JOINT, state, decline(1, "q", reason=" ")) == ["reason_missing"]


def test_declining_sends_the_step_back_to_its_first_performer():
    state = after(JOINT, act(1, outcome="Ya"), confirm(1, "q"), decline(1, "r"))

    assert [(task.performer, task.confirm) for task in tasks(JOINT, state)] == [("p", False)]
    (token,) = state.tokens
    assert (token.acted, token.confirmed, token.opened_at) == (None, (), NOON)


def test_the_last_act_decides_after_a_joint_step_was_declined():
    state = after(
        JOINT,
        act(1, outcome="Tidak", reason="Kurang."),
        decline(1, "q"),
        act(1, outcome="Ya"),
        confirm(1, "q"),
        confirm(1, "r"),
    )

    assert steps_open(JOINT, state) == [2]


# Forks and joins


def test_a_fork_opens_all_its_targets():
    assert steps_open(FORKED, after(FORKED, act(1))) == [2, 3]


def test_a_decision_may_fork():
    definition = sop(row(outcomes={"Semua": (2, 3), "Satu": (3,)}), row(to=()), row(to=()))

    assert steps_open(definition, after(definition, act(1, outcome="Semua"))) == [2, 3]
    assert steps_open(definition, after(definition, act(1, outcome="Satu"))) == [3]


def test_a_join_waits_for_every_branch_and_opens_with_the_last():
    state = after(FORKED, act(1), act(3, minute=4))
    assert (steps_open(FORKED, state), parked(state)) == ([2], [4])
    assert codes(FORKED, state, act(4)) == ["step_not_open"]

    state = apply(FORKED, state, act(2, minute=6))

    (token,) = state.tokens
    assert (token.step, token.opened_at, token.waiting) == (4, at(6), False)


def test_a_join_opened_by_an_act_recorded_late_opens_with_the_later_of_the_two():
    state = after(FORKED, act(1), act(3, minute=9), act(2, minute=5))

    assert state.tokens[0].opened_at == at(9)


def test_a_join_takes_one_token_from_each_source_and_no_more():
    # Not sound (step 2 goes back to the fork), so no file can say it: the extra token stays.
    definition = sop(
        row(to=(2, 3)),
        row(outcomes={"Ya": (4,), "Lagi": (4, 1)}, reasons=()),
        row(to=(4,)),
        row(wait_for=(2, 3)),
    )
    state = after(
        definition,
        act(1),
        act(2, outcome="Lagi", reason="Lagi.", minute=2),
        act(1, minute=3),
        act(2, outcome="Ya", minute=4),
        act(3, minute=5),
    )

    assert parked(state) == [4]
    assert steps_open(definition, state) == [3, 4]


def test_a_case_opened_on_a_join_does_not_wait():
    definition = sop(row(to=(2, 3)), row(to=(4,)), row(to=(4,)), row(wait_for=(2, 3), trigger=True))

    assert steps_open(definition, begin(definition, 4)) == [4]


# Repeated runs


def in_agencies(*events, agencies=("dinas_a", "dinas_b")):
    return after(REPEATED, AgenciesSet(at(0), agencies), *events)


def test_a_run_opens_once_per_agency_in_their_order():
    state = in_agencies(act(1), agencies=("dinas_b", "dinas_a"))

    assert [(task.step, task.agency) for task in tasks(REPEATED, state)] == [
        (2, "dinas_b"),
        (2, "dinas_a"),
    ]


def test_agencies_keep_their_order_when_one_has_gone_back():
    state = in_agencies(
        act(1),
        act(2, "q", agency="dinas_a"),
        act(3, "r", agency="dinas_a", outcome="Tidak", reason="Kurang."),
    )

    assert [task.agency for task in tasks(REPEATED, state)] == ["dinas_a", "dinas_b"]


def test_the_row_behind_a_run_waits_for_every_agency():
    state = in_agencies(
        act(1),
        act(2, "q", agency="dinas_a"),
        act(3, "r", agency="dinas_a", outcome="Ya", minute=8),
    )
    assert (steps_open(REPEATED, state), parked(state)) == ([2], [4])

    for event in (
        act(2, "q", agency="dinas_b"),
        act(3, "r", agency="dinas_b", outcome="Ya", minute=5),
    ):
        state = apply(REPEATED, state, event)

    (token,) = state.tokens
    assert (token.step, token.agency, token.waiting, token.opened_at) == (4, None, False, at(8))


def test_an_act_in_a_run_names_an_agency_that_takes_part():
    state = in_agencies(act(1))

    assert codes(REPEATED, state, act(2, "q")) == ["step_not_open"]
    assert codes(REPEATED, state, act(2, "q", agency="dinas_z")) == ["step_not_open"]


def test_without_any_agency_a_run_cannot_start_and_says_so():
    state = after(REPEATED, act(1))

    (task,) = tasks(REPEATED, state)
    assert (task.step, task.agency, task.blocked.code) == (2, None, "no_agency")
    assert codes(REPEATED, state, act(2, "q")) == ["no_agency"]
    assert codes(REPEATED, state, extend(2)) == ["no_agency"]


def test_naming_the_agencies_starts_the_waiting_run_then():
    state = after(REPEATED, act(1), AgenciesSet(at(30), ("dinas_a", "dinas_b")))

    assert [(token.agency, token.opened_at) for token in state.tokens] == [
        ("dinas_a", at(30)),
        ("dinas_b", at(30)),
    ]
    assert [task.blocked for task in tasks(REPEATED, state)] == [None, None]


def test_naming_no_agency_leaves_the_run_waiting():
    state = after(REPEATED, act(1), AgenciesSet(at(2), ()))

    assert [task.blocked.code for task in tasks(REPEATED, state)] == ["no_agency"]


def test_agencies_may_be_replaced_until_they_are_at_work():
    first, second = AgenciesSet(at(0), ("dinas_a",)), AgenciesSet(at(1), ("dinas_b",))
    state = after(REPEATED, first, second)
    assert state.agencies == ("dinas_b",)

    state = apply(REPEATED, state, act(1))
    assert codes(REPEATED, state, first) == ["agencies_in_use"]

    for event in (
        act(2, "q", agency="dinas_b"),
        act(3, "r", agency="dinas_b", outcome="Ya"),
    ):
        state = apply(REPEATED, state, event)
    assert codes(REPEATED, state, first) == []


def test_agencies_parked_behind_the_run_are_at_work_still():
    state = in_agencies(act(1), act(2, "q", agency="dinas_a"))
    state = apply(REPEATED, state, act(3, "r", agency="dinas_a", outcome="Ya"))

    assert codes(REPEATED, state, AgenciesSet(at(9), ("dinas_c",))) == ["agencies_in_use"]


def test_an_agency_takes_part_once():
    event = AgenciesSet(at(1), ("dinas_a", "dinas_a"))

    assert codes(REPEATED, begin(REPEATED), event) == ["agency_repeated"]
    early = AgenciesSet(at(-1), AGENCIES)
    assert codes(REPEATED, begin(REPEATED), early) == ["time_before_start"]


def test_other_agencies_may_take_part_in_the_next_visit():
    definition = sop(row(each_agency=True), row(outcomes={"Ya": (3,), "Tidak": (1,)}), row())
    state = after(
        definition,
        AgenciesSet(at(0), ("dinas_a",)),
        act(1, agency="dinas_a"),
        AgenciesSet(at(2), ("dinas_b", "dinas_c")),
        act(2, outcome="Tidak", reason="Ulangi."),
    )

    assert [task.agency for task in tasks(definition, state)] == ["dinas_b", "dinas_c"]


def test_in_a_run_that_is_the_last_each_agency_ends_by_itself():
    definition = sop(row(each_agency=True))
    state = after(definition, AgenciesSet(at(0), ("dinas_a", "dinas_b")))

    state = apply(definition, state, act(1, agency="dinas_b", minute=3))
    assert state.ended_at is None
    state = apply(definition, state, act(1, agency="dinas_a", minute=4))

    assert state.ended_at == at(4)


def test_forks_and_joins_inside_a_run_are_the_agencys_own():
    definition = sop(
        row(each_agency=True, to=(2, 3)),
        row(each_agency=True, to=(4,)),
        row(each_agency=True, to=(4,)),
        row(each_agency=True, wait_for=(2, 3)),
        row(),
    )
    state = after(
        definition,
        AgenciesSet(at(0), ("dinas_a", "dinas_b")),
        act(1, agency="dinas_a"),
        act(1, agency="dinas_b"),
        act(2, agency="dinas_a"),
        act(3, agency="dinas_b"),
    )
    assert steps_open(definition, state) == [2, 3]

    state = apply(definition, state, act(3, agency="dinas_a"))

    assert [(task.step, task.agency) for task in tasks(definition, state)] == [
        (2, "dinas_b"),
        (4, "dinas_a"),
    ]


def test_a_join_behind_a_run_counts_the_agencies_together_as_one():
    # 1 forks to the run (2, 3 inside it) and to 5; 4 joins what comes from 2, 3 and 5.
    definition = sop(
        row(to=(2, 3, 5)),
        row(each_agency=True, to=(4,)),
        row(each_agency=True, to=(4,)),
        row(wait_for=(2, 3, 5), to=()),
        row(to=(4,)),
    )
    state = after(
        definition,
        AgenciesSet(at(0), ("dinas_a", "dinas_b")),
        act(1),
        act(2, agency="dinas_a"),
        act(5),
        act(3, agency="dinas_b"),
        act(2, agency="dinas_b"),
    )
    assert [token.came_from for token in state.tokens if token.waiting] == [5, 3, 2]
    assert steps_open(definition, state) == [3]

    state = apply(definition, state, act(3, agency="dinas_a"))

    assert steps_open(definition, state) == [4]
    assert parked(state) == []


def test_agencies_named_while_branches_wait_before_the_run_split_them_too():
    # 4 is a join and the first row of a run; one branch has come before agencies were named.
    definition = sop(
        row(to=(2, 3)),
        row(to=(4,)),
        row(to=(4,)),
        row(each_agency=True, wait_for=(2, 3)),
        row(),
    )
    state = after(definition, act(1), act(2, minute=2), AgenciesSet(at(20), ("dinas_a", "dinas_b")))
    assert [(token.waiting, token.agency, token.opened_at) for token in state.tokens] == [
        (False, None, at(1)),
        (True, "dinas_a", at(2)),
        (True, "dinas_b", at(2)),
    ]

    state = apply(definition, state, act(3, minute=25))

    assert [(task.step, task.agency) for task in tasks(definition, state)] == [
        (4, "dinas_a"),
        (4, "dinas_b"),
    ]


def test_other_eyes_are_wanted_across_agencies():
    definition = sop(row(each_agency=True), row(each_agency=True, not_performed_by=(1,)))
    state = after(
        definition,
        AgenciesSet(at(0), ("dinas_a", "dinas_b")),
        act(1, agency="dinas_a", who="ani"),
        act(1, agency="dinas_b", who="budi"),
    )

    assert codes(definition, state, act(2, agency="dinas_a", who="budi")) == ["four_eyes"]


def test_a_joint_step_in_a_run_is_joint_within_the_agency():
    definition = sop(row("pq", each_agency=True))
    state = after(
        definition,
        AgenciesSet(at(0), ("dinas_a", "dinas_b")),
        act(1, agency="dinas_a", who="ani"),
        act(1, agency="dinas_b", who="budi"),
    )

    by_budi = confirm(1, "q", agency="dinas_a", who="budi")
    assert codes(definition, state, by_budi) == []
    state = apply(definition, state, by_budi)

    assert [(task.agency, task.confirm) for task in tasks(definition, state)] == [("dinas_b", True)]


# Extensions


EXTENDABLE = sop(row("pq", time="10 hari kerja + 7 hari kerja"), row(time="5 hari kerja"), row())


def test_an_extendable_time_is_extended_once_with_a_reason():
    state = begin(EXTENDABLE)
    assert codes(EXTENDABLE, state, extend(1, reason="")) == ["reason_missing"]

    state = apply(EXTENDABLE, state, extend(1))

    assert tasks(EXTENDABLE, state)[0].extended
    assert codes(EXTENDABLE, state, extend(1)) == ["already_extended"]


def test_an_extension_outlives_a_declined_act_and_ends_with_the_step():
    state = after(EXTENDABLE, extend(1), act(1), decline(1, "q"))
    assert tasks(EXTENDABLE, state)[0].extended

    for event in (act(1), confirm(1, "q")):
        state = apply(EXTENDABLE, state, event)

    assert not tasks(EXTENDABLE, state)[0].extended


def test_no_other_time_can_be_extended():
    state = after(EXTENDABLE, act(1), confirm(1, "q"))
    assert codes(EXTENDABLE, state, extend(2)) == ["not_extendable"]

    state = apply(EXTENDABLE, state, act(2))
    assert codes(EXTENDABLE, state, extend(3)) == ["not_extendable"]
    assert codes(EXTENDABLE, state, extend(1)) == ["step_not_open"]


def test_an_extension_in_a_run_is_the_agencys_own():
    state = in_agencies(act(1), extend(2, agency="dinas_b"))

    assert [task.extended for task in tasks(REPEATED, state)] == [False, True]


# The sheet


TODO, OPEN, DONE = StepStatus.WAITING, StepStatus.OPEN, StepStatus.DONE


def statuses(definition, state):
    return list(step_status(definition, state).values())


def test_the_sheet_shows_what_is_done_open_and_to_come():
    assert statuses(BONTANG, begin(BONTANG)) == [OPEN, TODO, TODO, TODO, TODO]
    state = after(BONTANG, act(1), act(2, "q", outcome="Ya"))
    assert statuses(BONTANG, state) == [DONE, DONE, OPEN, TODO, TODO]


def test_a_case_opened_by_the_watch_shows_the_steps_before_it_as_not_done():
    assert statuses(BONTANG, begin(BONTANG, 3)) == [TODO, TODO, OPEN, TODO, TODO]


def test_what_a_refusal_went_back_over_is_no_longer_done():
    state = after(BONTANG, act(1), act(2, "q", outcome="Tidak", reason="Kurang."))

    assert statuses(BONTANG, state) == [OPEN, TODO, TODO, TODO, TODO]


def test_a_joint_step_is_done_when_all_have_confirmed():
    refused = act(1, outcome="Tidak", reason="Kurang.")
    definition = sop(row("pq", outcomes={"Ya": (2,), "Tidak": (1,)}), row())

    assert statuses(definition, after(definition, refused)) == [OPEN, TODO]
    state = after(definition, refused, decline(1, "q"), act(1, outcome="Ya"), confirm(1, "q"))
    assert statuses(definition, state) == [DONE, OPEN]


def test_a_loop_in_one_branch_leaves_the_other_branch_done():
    definition = sop(
        row(to=(2, 4)),
        row(to=(3,)),
        row(outcomes={"Ya": (5,), "Tidak": (2,)}),
        row(to=(5,)),
        row(wait_for=(3, 4)),
    )
    state = after(definition, act(1), act(4), act(2), act(3, outcome="Tidak", reason="Kurang."))

    assert statuses(definition, state) == [DONE, OPEN, TODO, DONE, TODO]


def test_going_back_over_a_fork_goes_back_over_its_branches():
    definition = sop(
        row(to=(2, 3)),
        row(to=(4,)),
        row(to=(4,)),
        row(wait_for=(2, 3), outcomes={"Ya": (5,), "Tidak": (1,)}),
        row(),
    )
    state = after(definition, act(1), act(2), act(3), act(4, outcome="Tidak", reason="Kurang."))

    assert statuses(definition, state) == [OPEN, TODO, TODO, TODO, TODO]


def test_a_row_drawn_further_up_is_not_a_step_back():
    definition = sop(row(to=(3,)), row(to=()), row(to=(2,)))
    state = after(definition, act(1), act(3))

    assert statuses(definition, state) == [DONE, OPEN, DONE]


def test_a_join_that_waits_is_still_to_come():
    assert statuses(FORKED, after(FORKED, act(1), act(2))) == [DONE, DONE, OPEN, TODO]


def test_a_run_is_open_until_its_last_agency_is_through():
    state = in_agencies(act(1), act(2, "q", agency="dinas_a"))

    assert statuses(REPEATED, state) == [DONE, OPEN, OPEN, TODO]


# Any sound SOP


SEEDS = st.integers(0, 2**16)


@UNHURRIED
@given(sound_sops(), SEEDS)
def test_any_sound_sop_ends_under_fair_play_from_each_of_its_starts(definition, seed):
    for first in definition.starts:
        _, state = fair_play(definition, seed, first=first)

        assert state.ended_at is not None


@settings(UNHURRIED, max_examples=30, suppress_health_check=list(HealthCheck))
@given(bent_sops(), SEEDS)
def test_whatever_the_check_calls_sound_ends_under_fair_play(definition, seed):
    assume(not faults(definition))

    _, state = fair_play(definition, seed)

    assert state.ended_at is not None


@UNHURRIED
@given(sound_sops())
def test_the_check_agrees_that_what_is_built_soundly_is_sound(definition):
    assert faults(definition) == ()


@UNHURRIED
@given(sound_sops(), SEEDS)
def test_replay_gives_the_same_state_as_step_by_step(definition, seed):
    events, state = fair_play(definition, seed)

    assert replay(definition, events) == state
    assert replay(definition, tuple(events)) == replay(definition, iter(events))


@UNHURRIED
@given(sound_sops(), SEEDS)
def test_every_state_on_the_way_survives_json(definition, seed):
    events, _ = fair_play(definition, seed)

    state = start(definition, events[0])
    for event in events[1:]:
        data = json.loads(json.dumps(record.event_as_dict(event)))
        assert record.event_from_dict(data) == event
        written = record.state_as_text(state)
        state = record.state_from_text(f" {written}")
        assert record.state_as_text(state) == written
        state = apply(definition, state, record.event_from_dict(data))

    assert state == replay(definition, events)


@UNHURRIED
@given(sound_sops(), SEEDS)
def test_no_two_tokens_lie_on_one_step_and_somebody_can_always_act(definition, seed):
    events, _ = fair_play(definition, seed)

    state = start(definition, events[0])
    for event in events[1:]:
        assert tasks(definition, state)
        places = Counter((token.step, token.agency) for token in state.tokens if not token.waiting)
        berths = Counter((t.step, t.agency, t.came_from) for t in state.tokens if t.waiting)
        assert max([*places.values(), *berths.values()]) == 1
        state = apply(definition, state, event)


@UNHURRIED
@given(sound_sops(), SEEDS)
def test_no_token_is_lost_or_doubled(definition, seed):
    events, _ = fair_play(definition, seed)

    moves = moves_of(definition, events)

    assert opened(definition, moves) == Counter((step, agency) for step, agency, _ in moves)


def moves_of(definition, events):
    """Return (step, agency, outcome) of each completion, read from the events alone."""
    moves, acts, open_confirmations = [], {}, Counter()
    for event in events:
        if not isinstance(event, Acted | Confirmed):
            continue
        key = (event.step, event.agency)
        if isinstance(event, Acted):
            acts[key] = event
            open_confirmations[key] = len(definition.step(event.step).performers) - 1
        else:
            open_confirmations[key] -= 1
        if not open_confirmations[key]:
            moves.append((*key, acts[key].outcome))
    return moves


def opened(definition, moves):
    """Return how often each (step, agency) must have opened for these moves, by balance alone."""
    arrivals = Counter([(1, None, None)])
    for number, agency, outcome in moves:
        for target in definition.step(number).targets(outcome):
            arrivals[target, number, agency] += 1
    counts = Counter()
    for step in definition.steps:
        here = {key[1:]: n for key, n in arrivals.items() if key[0] == step.number}
        for agency in AGENCIES if step.for_each else (None,):
            counts[step.number, agency] = _opened(definition, step, here, agency)
    return Counter({key: count for key, count in counts.items() if count})


def _opened(definition, step, here, agency):
    by_source = Counter()
    for (source, came_with), count in here.items():
        inside = source is not None and definition.step(source).for_each
        if inside and not step.for_each:
            # every agency arrives once, together they are one token
            by_source[source] += count / len(AGENCIES)
        elif not inside or came_with == agency:
            by_source[source] += count
    if step.wait_for:
        (count,) = {by_source[source] for source in step.wait_for}
        return count
    return sum(by_source.values())


# Records


def test_an_event_is_written_with_its_kind_and_the_offset_of_its_clock():
    assert record.event_as_dict(act(2, "q", outcome="Ya")) == {
        "kind": "acted",
        "at": "2026-01-05T12:01:00+08:00",
        "step": 2,
        "actor": "orang-q",
        "performer": "q",
        "outcome": "Ya",
        "reason": "",
        "agency": None,
    }


@pytest.mark.parametrize(
    "event",
    [
        Started(NOON, 3),
        AgenciesSet(NOON, AGENCIES),
        act(1),
        confirm(1, "q"),
        decline(1, "q"),
        extend(1),
    ],
)
def test_every_kind_of_event_is_read_back(event):
    assert record.event_from_dict(record.event_as_dict(event)) == event


def test_states_beyond_those_remembered_are_read_all_the_same():
    states = [replace(begin(BONTANG), agencies=(str(n),)) for n in range(record.REMEMBERED + 2)]

    texts = [record.state_as_text(state) for state in states]

    assert [record.state_from_text(text) for text in texts] == states


def test_a_state_reads_the_same_after_whatever_text_it_is_written():
    plain = sop(row(), row(), row(), row())
    one, two, last = (after(plain, *(act(n) for n in range(1, end))) for end in (2, 3, 4))
    alone = record.state_as_text(last)
    other = replace(two, done=(replace(two.done[0], actor="lain"), two.done[1]))

    earlier = [record.state_as_text(state) for state in (begin(plain), one, two, last, other)]
    texts = [record.state_as_text(last, after=text) for text in (*earlier, "", "{}", f" {alone}")]

    assert set(texts) == {alone}


def test_a_half_confirmed_step_is_read_back():
    state = after(JOINT, act(1, outcome="Ya"), confirm(1, "q"))

    assert record.state_from_text(f" {record.state_as_text(state)}") == state


def test_an_instant_is_the_same_wherever_it_was_written():
    here = record.event_as_dict(act(1))
    there = act(1).at.astimezone(UTC).isoformat()

    assert record.event_from_dict({**here, "at": there}) == act(1)


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "forgotten"},
        {"at": "kemarin"},
        {"at": "2026-01-05T12:01:00"},
        {"at": 5},
        {"extra": 1},
    ],
)
def test_an_event_that_cannot_be_read_raises_the_alarm(damage):
    with pytest.raises(CorruptData) as corrupt:
        record.event_from_dict({**record.event_as_dict(act(1)), **damage})

    assert corrupt.value.codes == ("case_record_unreadable",)


@pytest.mark.parametrize("damage", [{"tokens": None}, {"tokens": [{}]}, {"started_at": "x"}])
def test_a_state_that_cannot_be_read_raises_the_alarm(damage):
    written = record.state_as_text(begin(BONTANG))

    with pytest.raises(CorruptData) as corrupt:
        record.state_from_text(json.dumps(json.loads(written) | damage))

    assert corrupt.value.codes == ("case_record_unreadable",)
