"""Every route to the end, each loop at most once, and the working days along it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.sop import simulate as simulate_module
from ppid.sop.load import load
from ppid.sop.simulate import simulate
from sop.strategies import UNHURRIED, row, sop, sound_sops


def routes(definition):
    return [list(route.steps) for route in simulate(definition).routes]


def days(definition):
    return [route.workdays for route in simulate(definition).routes]


def days_row(amount, **values):
    return row(time=f"{amount} hari kerja", **values)


def test_the_object_of_a_real_sop():
    assert simulate(load("sops/kalteng.toml")).as_dict() == {
        "kode": "kalteng",
        "langkah": 4,
        "putaran": [[2, 1]],
        "akhir": [4],
        "pelaku": {"ppid": [1, 4], "tim_pertimbangan": [2], "atasan": [3], "pemohon": []},
        "rute": [
            {"langkah": [1, 2, 3, 4], "hari_kerja": None},
            {"langkah": [1, 2, 1, 2, 3, 4], "hari_kerja": None},
        ],
    }


def test_pontianaks_times_add_up_to_nine_working_days():
    assert days(load("sops/pontianak.toml")) == [9]


def test_joint_performers_are_named_with_their_rows():
    found = simulate(load("sops/bontang.toml")).as_dict()

    assert found["pelaku"]["pimpinan"] == [3]
    assert found["pelaku"]["petugas"] == [1, 4, 5]


def test_steps_that_only_the_expiry_watch_reaches_are_on_no_route():
    found = simulate(sop(row(to=()), row(trigger=True), row()))

    assert [route.steps for route in found.routes] == [(1,)]
    assert found.ends == (1, 3)


def test_loops_are_ordered_and_contain_a_step_that_returns_to_itself():
    found = simulate(
        sop(row(), row(outcomes={"Ya": (3,), "Ulang": (2,)}), row(outcomes={"Ya": (), "B": (1,)}))
    )

    assert found.loops == ((2, 2), (3, 1))


def test_each_loop_is_used_at_most_once_on_a_route():
    definition = sop(
        row(),
        row(outcomes={"Ya": (3,), "Tidak": (1,)}),
        row(outcomes={"Ya": (), "Tidak": (1,)}),
    )

    assert routes(definition) == [
        [1, 2, 3],
        [1, 2, 3, 1, 2, 3],
        [1, 2, 3, 1, 2, 1, 2, 3],
        [1, 2, 1, 2, 3],
        [1, 2, 1, 2, 3, 1, 2, 3],
    ]


def test_a_fork_is_no_choice_its_branches_come_one_after_the_other():
    definition = sop(row(to=(4, 2)), row(), row(to=(6,)), row(), row(to=(6,)), row(wait_for=(3, 5)))

    assert routes(definition) == [[1, 4, 5, 2, 3, 6]]


def test_a_fork_within_a_fork_is_listed_up_to_its_own_join():
    definition = sop(
        row(to=(2, 6)),
        row(to=(3, 4)),
        row(to=(5,)),
        row(to=(5,)),
        row(to=(7,), wait_for=(3, 4)),
        row(to=(7,)),
        row(wait_for=(5, 6)),
    )

    assert routes(definition) == [[1, 2, 3, 4, 5, 6, 7]]


def test_a_fork_may_lead_straight_to_its_join():
    assert routes(sop(row(to=(3, 2)), row(), row(wait_for=(1, 2)))) == [[1, 2, 3]]


def test_branches_without_a_join_end_by_themselves():
    assert routes(sop(row(to=(2, 3)), row(to=()), row(to=()))) == [[1, 2, 3]]


def test_decisions_and_loops_inside_branches_are_combined():
    definition = sop(
        row(to=(2, 3)),
        row(outcomes={"Ya": (4,), "Ulang": (2,)}),
        row(outcomes={"Ya": (4,), "Ulang": (3,)}),
        row(wait_for=(2, 3)),
    )

    assert routes(definition) == [
        [1, 2, 3, 4],
        [1, 2, 3, 3, 4],
        [1, 2, 2, 3, 4],
        [1, 2, 2, 3, 3, 4],
    ]


def test_equal_lists_appear_once():
    same = sop(row(outcomes={"Ya": (2,), "Tidak": (2,)}), row())

    assert routes(same) == [[1, 2]]


def test_equal_lists_that_come_about_differently_appear_once():
    definition = sop(
        row(outcomes={"Bersama": (2, 3), "Berurutan": (2,)}),
        row(outcomes={"Ya": (), "Lain": (3,)}),
        row(to=()),
    )

    assert routes(definition) == [[1, 2, 3], [1, 2, 3, 3], [1, 2]]


def test_a_fork_in_another_order_is_another_list():
    definition = sop(row(outcomes={"A": (2, 3), "B": (3, 2)}), row(to=()), row(to=()))

    assert routes(definition) == [[1, 2, 3], [1, 3, 2]]


def test_repeated_steps_count_again():
    definition = sop(days_row(2), days_row(3, outcomes={"Ya": (), "Tidak": (1,)}))

    assert days(definition) == [5, 10]


def test_of_a_fork_the_longest_branch_counts():
    definition = sop(
        days_row(1, to=(2, 4)),
        days_row(2),
        days_row(3, to=(5,)),
        days_row(4, to=(5,)),
        days_row(1, wait_for=(3, 4)),
    )

    assert days(definition) == [7]


def test_of_branches_without_a_join_the_longest_counts():
    assert days(sop(days_row(1, to=(2, 3)), days_row(9, to=()), days_row(2, to=()))) == [10]


def test_a_merged_cell_counts_once_and_again_when_it_is_begun_again():
    definition = sop(
        days_row(3, time_through=2), row(outcomes={"Ya": (3,), "Tidak": (1,)}), days_row(1)
    )

    assert days(definition) == [4, 7]


def test_a_merged_cell_counts_when_it_is_entered_in_its_middle():
    definition = sop(
        days_row(1, outcomes={"Ya": (2,), "Langsung": (3,)}), days_row(5, time_through=3), row()
    )

    assert days(definition) == [6, 6]


def test_a_merged_cell_over_both_branches_of_a_fork_counts_once():
    definition = sop(
        row(to=(2, 3), time="5 hari kerja", time_through=4),
        row(to=(4,)),
        row(to=(4,)),
        row(wait_for=(2, 3)),
    )

    assert days(definition) == [5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 hari kerja", 5),
        ("maks. 5 (lima) hari kerja", 5),
        ("10 hari kerja + 7 hari kerja", 10),
        ("1 s/d 3 hari kerja", 3),
        ("5 hari", None),
        ("2 jam", None),
        ("tentatif", None),
        ("H s/d H+5", None),
        ("2 hari kerja per dokumen", None),
        ("sesuai peraturan perundang-undangan", None),
        ("entah", None),
        (None, None),
    ],
)
def test_what_is_written_in_working_days_counts_and_nothing_else(text, expected):
    assert days(sop(days_row(0), row(time=text))) == [expected]


def choices(count):
    """Return decisions in a row, each of which may skip the next row: very many routes."""
    rows = [row(outcomes={"A": (n + 1,), "B": (n + 2,)}) for n in range(1, count + 1)]
    return sop(*rows, row(), row())


def test_no_more_than_a_thousand_routes_are_listed():
    found = simulate(choices(20)).as_dict()

    assert len(found["rute"]) == 1000
    assert found["terpotong"] is True


def test_a_thousand_routes_are_all_of_them():
    # 2 x 2 x 2 x 5 x 5 x 5 ways through six decisions, one after the other.
    rows, number = [], 1
    for ways in (2, 2, 2, 5, 5, 5):
        targets = range(number + 1, number + 1 + ways)
        rows.append(row(outcomes={str(target): (target,) for target in targets}))
        rows += [row(to=(number + 1 + ways,)) for _ in targets]
        number += 1 + ways
    found = simulate(sop(*rows, row()))

    assert (len(found.routes), found.truncated) == (1000, False)
    assert "terpotong" not in found.as_dict()


def test_a_nasty_sop_does_not_take_for_ever():
    started = time.monotonic()
    loops = sop(*(row(outcomes={"Ya": (n + 1,), "Tidak": (1,)}) for n in range(1, 101)), row())

    found = simulate(loops)

    assert found.truncated
    assert time.monotonic() - started < 60


def test_the_search_stops_when_its_work_is_done(monkeypatch):
    monkeypatch.setattr(simulate_module, "MOST_WORK", 10)

    assert simulate(choices(20)).truncated


def test_blind_alleys_are_left_out_early():
    # From 3 only loops lead on: whoever has used both is lost, and many orders of loops are.
    definition = sop(
        row(outcomes={"Maju": (2,), "Selesai": ()}),
        row(),
        row(outcomes={"A": (1,), "B": (2,)}),
    )

    assert routes(definition) == [
        [1, 2, 3, 1],
        [1, 2, 3, 2, 3, 1],
        [1],
    ]


def slow_routes(definition, step=1, used=frozenset(), path=()):
    """Return the routes of an SOP without forks, straight from the definition of a route."""
    found, path = [], (*path, step)
    for way in definition.step(step).exits:
        if not way:
            found.append(path)
            continue
        loop = {(step, way[0])} if way[0] <= step else set()
        if not loop & used:
            found += slow_routes(definition, way[0], used | loop, path)
    return found


@st.composite
def sequential_sops(draw):
    """Return SOPs without forks, and with few loops: the slow search tries every order of them."""
    size = draw(st.integers(1, 4))
    rows, loops = [], 0
    for number in range(1, size + 1):
        others = draw(st.lists(st.integers(1, size), max_size=2))
        others = [to for to in others if to > number or loops < 3]
        loops += sum(to <= number for to in others)
        onward = (number + 1,) if number < size else ()
        ways = {"terus": onward} | {str(at): (to,) for at, to in enumerate(others)}
        rows.append(row(outcomes=ways) if others else row(to=onward))
    return sop(*rows)


@UNHURRIED
@given(sequential_sops())
def test_routes_agree_with_their_plain_definition(definition):
    expected = list(dict.fromkeys(slow_routes(definition)))

    found = simulate(definition)

    assert [route.steps for route in found.routes] == expected[:1000]
    assert found.truncated == (len(expected) > 1000)


@UNHURRIED
@given(sound_sops())
def test_any_sound_sop_has_a_route_and_no_route_uses_a_loop_twice(definition):
    found = simulate(definition)

    assert found.routes
    assert len({route.steps for route in found.routes}) == len(found.routes) <= 1000
    assert all(route.steps[0] == 1 for route in found.routes)
