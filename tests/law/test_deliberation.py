"""Deliberations: their cases, the count against a naive one, and no weight of anybody's order."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.test_cases import cases, codes, filled
from ppid.law.deliberation import (
    Deliberated,
    Deliberation,
    ItemViews,
    Need,
    Recusal,
    Stance,
    View,
    advice,
    approver_warnings,
    determination_findings,
    dissents,
    invitation_obstacles,
    is_needed,
    obstacles,
    weaknesses,
)
from ppid.law.reference import parse
from ppid.law.team import Member, Quorum, Team, team_obstacles, team_weaknesses, votes_needed

DAY = timedelta(days=1)
MEETING = date(2026, 3, 12)
NAMES = ("ani", "budi", "citra", "dedi", "eka")
USUAL = {
    "invited_on": date(2026, 3, 9),
    "held_on": MEETING,
    "place": "Ruang rapat",
    "number": "BA/1/2026",
}
REASONS = st.sampled_from(("", "Sebab"))
VIEWS = st.lists(st.tuples(st.sampled_from(Stance), REASONS), max_size=9)


def team(**changes):
    """Return the usual team of five with some of its fields changed."""
    members = tuple(
        Member(person=name, name=name.capitalize(), position="Kepala Bidang", chair=name == "ani")
        for name in NAMES
    )
    usual = {
        "decree_number": "188/1/2026",
        "decree_date": date(2026, 1, 5),
        "starts_on": date(2026, 1, 5),
        "members": members,
    }
    return Team(**(usual | changes))


def item_of(case, present):
    """Return the views of a case: a part for whoever is present and not recused."""
    reasons, recused = case.get("alasan", {}), case.get("mundur", {})
    stances = {name: Stance.PART for name in present if name not in recused}
    stances |= filled(case.get("pendapat", {}))
    given_votes = [*stances.items(), *case.get("lagi", {}).items()]
    return ItemViews(
        item="Rekam medis",
        views=tuple(
            View(name, Stance(stance), reasons.get(name, ""))
            for name, stance in given_votes
            if stance is not None
        ),
        recusals=tuple(Recusal(name, ground) for name, ground in recused.items()),
    )


def meeting_of(case):
    """Return the deliberation of a case."""
    changes = dict(case.get("tim", {}))
    changes["quorum"] = Quorum(changes.get("quorum", Quorum.MORE_THAN_HALF))
    present = frozenset(case.get("hadir", NAMES))
    return Deliberation(
        team=team(**changes),
        present=present,
        items=(item_of(case, present),),
        **(USUAL | filled(case.get("rapat", {}))),
    )


@pytest.mark.parametrize("case", cases("deliberation"))
def test_deliberations(case):
    meeting = meeting_of(case)
    (item,) = meeting.items

    found = obstacles(meeting, on=case.get("hari_ini", MEETING))

    assert codes(found) == sorted(case.get("hambatan", []))
    assert codes(weaknesses(meeting)) == sorted(case.get("peringatan", []))
    assert advice(item).stance == case.get("anjuran", advice(item).stance)
    assert sorted(one.member for one in dissents(item)) == case.get("berbeda", [])
    assert all(each.hint and each.place for each in found)


def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own():
    found = [parameter.values[0] for parameter in cases("deliberation")]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


def naive_advice(stances):
    """Drop the most closed vote and the most open one together until nobody disagrees.

    What is left is the middle; where two different ones are left, the more open one.
    """
    order = [Stance.OPEN, Stance.PART, Stance.WHOLE]
    left = sorted(stances, key=order.index)
    while len(left) > 2:
        left = left[1:-1]
    return left[0] if left else Stance.OPEN


@given(VIEWS)
def test_the_advice_is_what_a_naive_count_finds(votes):
    item = ItemViews(
        item="Rekam medis",
        views=tuple(View(str(n), stance, why) for n, (stance, why) in enumerate(votes)),
    )

    found = advice(item)

    assert found.stance is naive_advice([stance for stance, _ in votes])
    assert found.votes == len(votes)
    assert dict(found.counts) == {
        stance: sum(one is stance for one, _ in votes) for stance in Stance
    }


@given(
    votes=st.dictionaries(st.sampled_from(NAMES), st.tuples(st.sampled_from(Stance), REASONS)),
    recused=st.dictionaries(st.sampled_from(NAMES), REASONS),
    present=st.sets(st.sampled_from((*NAMES, "tamu"))),
    shuffle=st.randoms(use_true_random=False),
)
def test_the_order_of_the_members_changes_nothing(votes, recused, present, shuffle):
    def meeting(mixed):
        views = mixed([View(name, *vote) for name, vote in votes.items()])
        recusals = mixed([Recusal(name, ground) for name, ground in recused.items()])
        item = ItemViews(item="A", views=tuple(views), recusals=tuple(recusals))
        members = tuple(mixed(list(team().members)))
        sent = {"present": frozenset(present), "items": (item,)}
        return Deliberation(team=team(members=members), **USUAL, **sent)

    def outcome(one):
        (item,) = one.items
        told = sorted(each.message for each in obstacles(one, on=MEETING))
        against = sorted(each.member for each in dissents(item))
        return advice(item), against, told, codes(weaknesses(one))

    assert outcome(meeting(list)) == outcome(meeting(lambda rows: shuffled(rows, shuffle)))


def shuffled(rows, by: random.Random):
    by.shuffle(rows)
    return rows


def naive_codes(present, votes, recused):
    """Go through the members one by one, as a secretary would, and note what is wrong."""
    notes, voters, here = [], 0, 0
    for name in NAMES:
        keeps_out, came, voted = name in recused, name in present, name in votes
        voters += not keeps_out
        here += came and not keeps_out
        if voted and keeps_out:
            notes.append("view_of_recused")
        elif voted and not came:
            notes.append("view_of_absent")
        elif came and not keeps_out and not voted:
            notes.append("view_missing")
    if voters == 0:
        notes.append("nobody_may_vote")
    elif here * 2 <= voters:
        notes.append("quorum_missing")
    if not present:
        notes.append("attendance_missing")
    notes += ["recusal_ground_missing" for ground in recused.values() if not ground]
    advised = naive_advice([stance for stance, _ in votes.values()])
    silent = [stance for stance, why in votes.values() if stance is not advised and not why]
    return sorted(notes + ["dissent_reason_missing"] * len(silent))


@given(
    present=st.sets(st.sampled_from(NAMES)),
    votes=st.dictionaries(st.sampled_from(NAMES), st.tuples(st.sampled_from(Stance), REASONS)),
    recused=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("", "Keluarga"))),
)
def test_the_minutes_lack_what_a_naive_secretary_finds(present, votes, recused):
    item = ItemViews(
        item="A",
        views=tuple(View(name, *vote) for name, vote in votes.items()),
        recusals=tuple(Recusal(name, ground) for name, ground in recused.items()),
    )
    meeting = Deliberation(team=team(), present=frozenset(present), items=(item,), **USUAL)

    assert codes(obstacles(meeting, on=MEETING)) == naive_codes(present, votes, recused)


@given(
    notice=st.integers(0, 60),
    invited_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    held_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_notice_is_counted_in_days_of_the_calendar(notice, invited_on, held_on):
    said = USUAL | {"invited_on": invited_on, "held_on": held_on}
    items = (ItemViews(item="A"),)
    starts = {"starts_on": date(2026, 1, 1), "notice_days": notice}
    found = invitation_obstacles(Deliberation(team=team(**starts), items=items, **said))

    days, day = 0, invited_on
    while day < held_on:
        day, days = day + DAY, days + 1
    in_time = invited_on <= held_on and days >= notice
    assert codes(found) == ([] if in_time else ["invited_late"])


@given(voters=st.integers(1, 40))
def test_a_quorum_is_the_smallest_number_that_is_enough(voters):
    enough = {
        Quorum.MORE_THAN_HALF: lambda n: 2 * n > voters,
        Quorum.HALF: lambda n: 2 * n >= voters,
        Quorum.TWO_THIRDS: lambda n: 3 * n >= 2 * voters,
        Quorum.ALL: lambda n: n >= voters,
    }
    for quorum, fits in enough.items():
        needed = votes_needed(quorum, voters)
        assert fits(needed)
        assert not fits(needed - 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"decree_number": ""}, ["team_decree_missing"]),
        ({"decree_date": None}, ["team_decree_missing"]),
        ({"starts_on": None}, ["team_start_missing"]),
        ({"members": ()}, ["team_members_missing"]),
        ({"decree_date": MEETING, "starts_on": MEETING}, []),
        ({"decree_date": MEETING + DAY, "starts_on": MEETING + DAY}, ["team_decree_in_future"]),
        ({"starts_on": date(2026, 1, 4)}, ["team_before_decree"]),
        ({"ends_on": date(2026, 1, 5)}, []),
        ({"ends_on": date(2026, 1, 4)}, ["team_ends_before_start"]),
        ({"notice_days": -1}, ["notice_invalid"]),
        ({"members": team().members[1:]}, ["chair_not_one"]),
        ({"members": (*team().members, team().members[1])}, ["member_twice"]),
        (
            {"members": (Member(person="ani", name="Ani", chair=True),)},
            ["member_position_missing"],
        ),
    ],
)
def test_what_a_decree_must_say_before_a_team_deliberates(changes, expected):
    assert codes(team_obstacles(team(**changes), on=MEETING)) == expected


def test_a_team_of_two_is_a_team_that_may_be_asked_about():
    assert codes(team_weaknesses(team(members=team().members[:2]))) == ["team_small"]
    assert team_weaknesses(team(members=team().members[:3])) == ()


def test_an_invitation_names_what_is_on_the_agenda():
    found = invitation_obstacles(Deliberation(team=team(), **USUAL))
    assert codes(found) == ["agenda_missing"]


@pytest.mark.parametrize(
    ("need", "with_team", "without"),
    [(Need.WITH_TEAM, True, False), (Need.ALWAYS, True, True), (Need.NEVER, False, False)],
)
def test_whether_a_determination_waits_is_the_bodys_choice(need, with_team, without):
    assert is_needed(need, team_in_force=True) is with_team
    assert is_needed(need, team_in_force=False) is without


@pytest.mark.parametrize(
    ("deliberated", "determined_on", "approved_on", "expected"),
    [
        (None, MEETING, MEETING, ["deliberation_missing"]),
        (Deliberated(MEETING, MEETING), MEETING, MEETING, []),
        (Deliberated(MEETING, MEETING), MEETING, None, []),
        (Deliberated(MEETING, MEETING), MEETING - DAY, None, ["deliberation_missing"]),
        (
            Deliberated(MEETING, MEETING + DAY),
            MEETING + DAY,
            MEETING,
            ["approved_before_deliberation"],
        ),
        (Deliberated(MEETING, MEETING + DAY), MEETING + DAY, MEETING + DAY, []),
    ],
)
def test_the_head_approves_with_the_minutes_before_the_eyes(
    deliberated, determined_on, approved_on, expected
):
    found = determination_findings(
        deliberated, determined_on=determined_on, approved_on=approved_on
    )
    assert codes(found) == expected


def test_who_kept_out_of_an_item_is_warned_before_approving_it():
    item = ItemViews(item="Rekam medis", recusals=(Recusal("eka", "Keluarga pasien."),))
    assert codes(approver_warnings(item, approver="eka")) == ["recused_approves"]
    assert approver_warnings(item, approver="ani") == ()


def test_every_choice_has_words_of_its_own():
    for kind in (Stance, Need, Quorum):
        assert len({one.label for one in kind}) == len(kind)
