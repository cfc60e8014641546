"""Whatever random officers do, no rule of the law is broken; and a rule switched off is noticed.

`make campaign-rules` (PPID_CAMPAIGN=rules) makes 2,000 runs of 50 steps beside the sample.
"""

import os
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from office.rule_machine import LAWFUL, Office, Setting
from office.rule_witness import Broken
from ppid.law.determination import OpeningReason
from ppid.law.objection import ObjectionOutcome
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Outcome
from ppid.office.actions import (
    answers,
    approvals,
    determinations,
    editions,
    objections,
    openings,
)
from ppid.office.actions.approvals import REFUSE
from ppid.office.demo.samples import SAMPLES

pytestmark = [  # what only a random play reaches must not count as covered, and tracing is dear
    pytest.mark.django_db(databases=["default", "public"]),
    pytest.mark.no_cover,
]
FULL = os.environ.get("PPID_CAMPAIGN") == "rules"
RUNS, STEPS, CHUNK = 2_000, 50, 50
GENERATE = [Phase.generate]
PPID_HEAD, CLERK_HEAD = {"official": "ppid-head"}, {"approver": "clerk-head"}
SECRET_NETWORK = next(n for n, one in enumerate(SAMPLES) if one.ground.startswith("c"))
QUIET = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "print_blob": False,
}


def play(*, runs: int, steps: int, forced=None, sound_at_end=True, **more) -> Counter[str]:
    """Let random officers act in an office that is gone afterwards; return what they did.

    Broken is raised as it is.
    """
    with transaction.atomic():
        setting = Setting()
        values = {"setting": setting, "forced": forced or {}, "sound_at_end": sound_at_end}
        machine = type("Office", (Office,), values)
        given = settings(max_examples=runs, stateful_step_count=steps, **QUIET, **more)
        try:
            run_state_machine_as_test(machine, settings=given)
        finally:
            transaction.set_rollback(True)
    return setting.counts


def test_no_rule_is_broken_whatever_officers_do():
    seen = {"+determine", "-determine", "+publish_edition", "+answer_request"}
    counts: Counter[str] = Counter()

    for _ in range(12):  # the draws are random: a rare act may be missing from one play
        counts += play(runs=8, steps=25)
        if all(counts[act] > 3 for act in seen):
            break

    assert {act for act in seen if counts[act] > 3} == seen


if FULL:  # make campaign-rules runs it; elsewhere it is no test, so none is skipped

    def test_no_rule_is_broken_in_100_000_steps():
        began, counts = time.monotonic(), Counter()
        for done in range(CHUNK, RUNS + 1, CHUNK):
            counts += play(runs=CHUNK, steps=STEPS, phases=GENERATE)
            took = time.monotonic() - began
            print(
                f"{done:>6,} runs, {done * STEPS:>8,} steps, 0 rules broken, {took:,.0f} s",
                flush=True,
            )
        print("\n".join(f"{count:>9,}  {name}" for name, count in sorted(counts.items())))


def dropped(monkeypatch, module, name, codes):
    """Switch a rule off: the obstacles no longer say it."""
    asked = getattr(module, name)

    def deaf(*given, **more):
        return tuple(one for one in asked(*given, **more) if one.code not in codes)

    monkeypatch.setattr(module, name, deaf)


SWITCHED_OFF = {
    "a thin sheet": ("R01", {"information_missing"}, {"flaw": "no information"}),
    "tested tomorrow": ("R01", {"tested_in_future", "approved_early"}, {"flaw": "tomorrow"}),
    "the PPID approves": ("R02", {"ppid_approves"}, {"approver": "ppid-head", **PPID_HEAD}),
    "the tester approves": ("R02", {"tester_approves"}, {**CLERK_HEAD, "tester": "clerk-head"}),
    "the proposer approves": ("R02", {"proposer_approves"}, {**CLERK_HEAD, "pick": 2}),
    "a letter without place": ("R03", {"place_and_date_missing"}, {"wrong": "place"}),
    "a letter of tomorrow": ("R03", {"determined_in_future"}, {"wrong": "tomorrow"}),
    "a huruf without angka": ("R04", {"ground_point_missing"}, {"flaw": "no angka"}),
    "a judgment": ("R05", {"never_exempt"}, {"flaw": "a judgment"}),
    "consent": ("R06", {"consent_opens"}, {"flaw": "consent"}),
    "for ever": ("R07", {"term_permanent"}, {"flaw": "for ever"}),
    "31 years": ("R08", {"term_over_max_years"}, {"flaw": "31 years"}),
    "the highest head": (
        "R09",
        {"term_not_set_by_head"},
        {"sample": SECRET_NETWORK, "approver": "superior"},
    ),
    "a term that is over": ("R10", {"term_already_over"}, {"flaw": "over"}),
    "an old test": ("R12", {"new_test_missing"}, {"flaw": "long ago", "pick": 0}),
    "whole for a part": ("R13", {"whole_closed_for_part"}, {"flaw": "whole for a part"}),
    "huruf j on a PP": ("R21", {"act_missing"}, {"flaw": "PP under j"}),
}


@pytest.mark.parametrize("name", SWITCHED_OFF)
def test_a_rule_switched_off_is_noticed(monkeypatch, name):
    rule, codes, forced = SWITCHED_OFF[name]
    dropped(monkeypatch, determinations, "obstacles", codes)

    with pytest.raises(Broken) as broken:
        play(runs=100, steps=25, forced=LAWFUL | forced, sound_at_end=False, phases=GENERATE)

    assert broken.value.rule == rule


@pytest.fixture
def run(db):
    """A run that a test steps through itself, with an item that is determined for 40 days."""
    one = type("Office", (Office,), {"setting": Setting(), "sound_at_end": False})()
    one.begin()
    one.bring(0, **LAWFUL | {"years": 0})
    yield one
    one.teardown()


def test_an_opening_after_the_term_is_noticed(monkeypatch, run):
    dropped(monkeypatch, openings, "opening_obstacles", {"opens_after_term", "declared_too_early"})

    with pytest.raises(Broken) as broken:
        run.open_early(0, "ppid", 41, reason=OpeningReason.TERM_ENDS, document="")

    assert broken.value.rule == "R10"


def test_an_opening_that_is_put_off_is_noticed(monkeypatch, run):
    dropped(monkeypatch, openings.law, "opening_obstacles", {"opening_delayed"})

    with pytest.raises(Broken) as broken:
        run.open_early(0, "ppid", 3, reason=OpeningReason.CONSENT, document="12/2026")

    assert broken.value.rule == "R10"


def test_closing_again_what_a_dispute_opened_is_noticed(monkeypatch, run):
    dropped(monkeypatch, determinations, "obstacles", {"opened_in_dispute", "already_open"})
    run.open_early(0, "ppid", 0, reason=OpeningReason.OBJECTION, document="12/2026")

    with pytest.raises(Broken) as broken:
        run.bring(0, **LAWFUL | {"years": 1})

    assert broken.value.rule == "R16"


def test_a_list_that_leaves_something_out_is_noticed(monkeypatch, run):
    whole = editions.register_of
    monkeypatch.setattr(editions, "register_of", lambda body: whole(body)[1:])

    with pytest.raises(Broken) as broken:
        run.publish("ppid")

    assert broken.value.rule == "R17"


def test_a_list_with_the_inside_title_is_noticed(monkeypatch, run):
    entry = editions._entry
    leaky = lambda item, body: replace(entry(item, body), title=item.title)  # noqa: E731
    monkeypatch.setattr(editions, "_entry", leaky)
    monkeypatch.setattr(editions, "edition_release", lambda *_, **__: ())  # which would refuse it

    with pytest.raises(Broken) as broken:
        run.publish("ppid")

    assert broken.value.rule == "R17"


def test_an_opening_that_the_list_does_not_tell_is_noticed(monkeypatch, run):
    monkeypatch.setattr(editions, "_why_open", lambda item: None)
    run.open_early(0, "ppid", 0, reason=OpeningReason.CONSENT, document="12/2026")

    with pytest.raises(Broken) as broken:
        run.publish("ppid")

    assert broken.value.rule == "R11"


def test_a_refusal_without_a_reason_is_noticed(monkeypatch, run):
    dropped(monkeypatch, approvals, "decision_findings", {"reason_missing"})

    with pytest.raises(Broken) as broken:
        run.head_approves([run.item(2)], "head", REFUSE, reason=" ")

    assert broken.value.rule == "R18"


def test_an_item_that_is_gone_is_noticed(run):
    run.item(2).delete()

    with pytest.raises(Broken) as broken:
        run.wait(1)

    assert broken.value.rule == "R20"


@pytest.fixture
def refused(run):
    """The run with a request for its item, which is closed in part: refused in part."""
    run.receive("clerk", 0, [0])
    run.reply(0, "ppid", Outcome.PART, 0, "Halaman 1")
    return run


def test_refusing_the_whole_for_a_part_is_noticed(monkeypatch, run):
    dropped(monkeypatch, answers, "answer_obstacles", {"whole_refused_for_part"})
    run.receive("clerk", 0, [0])

    with pytest.raises(Broken) as broken:
        run.reply(0, "ppid", Outcome.REFUSED, 0, "Halaman 1")

    assert broken.value.rule == "R13"


def test_a_refusal_without_a_determination_is_noticed(monkeypatch, run):
    dropped(monkeypatch, answers, "answer_obstacles", {"refusal_not_determined"})
    run.receive("clerk", 0, [2])

    with pytest.raises(Broken) as broken:
        run.reply(0, "ppid", Outcome.PART, 0, "Halaman 1")

    assert broken.value.rule == "R14"


def test_giving_what_is_exempt_is_noticed(monkeypatch, run):
    dropped(monkeypatch, answers, "answer_obstacles", {"exempt_information_granted"})
    run.receive("clerk", 0, [0])

    with pytest.raises(Broken) as broken:
        run.reply(0, "ppid", Outcome.GRANTED, 0, "Halaman 1")

    assert broken.value.rule == "R19"


def test_an_objection_that_somebody_else_answers_is_noticed(monkeypatch, refused):
    dropped(monkeypatch, objections, "answering_obstacles", {"not_authorised"})
    refused.object_to(0, "clerk", 0, [ObjectionGround.EXEMPT])

    with pytest.raises(Broken) as broken:
        refused.respond("ppid", ObjectionOutcome.UPHELD, 0, "Sebab", False)

    assert broken.value.rule == "R15"


def test_a_refusal_settled_amicably_is_noticed(monkeypatch, refused):
    dropped(monkeypatch, objections.law, "answering_obstacles", {"refusal_settled_amicably"})
    refused.object_to(0, "clerk", 0, [ObjectionGround.EXEMPT])

    with pytest.raises(Broken) as broken:
        refused.respond("superior", ObjectionOutcome.SETTLED, 0, "Sebab", False)

    assert broken.value.rule == "R15"


def test_the_list_shows_a_new_term_that_ends_before_the_declared_day(run):
    run.open_early(0, "ppid", 40, reason=OpeningReason.TERM_ENDS, document="")
    run.bring(0, **LAWFUL | {"years": 0, "days": 20})

    run.publish("ppid")

    assert run.setting.counts["+determine"] == 3
    assert run.setting.counts["+declare_open"] == 1
    assert run.setting.counts["+publish_edition"] == 1


def test_the_same_draws_break_nothing_while_every_rule_is_on():
    for _, _, forced in SWITCHED_OFF.values():
        play(runs=1, steps=25, forced=LAWFUL | forced, sound_at_end=False)
