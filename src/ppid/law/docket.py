"""The docket of what ends (daftar jatuh tempo): which terms end soon, and how soon.

Decides at which stage the end of a term, or its review, stands on a day: 30 working days before,
then nearer and nearer, then open by law. Who is told, and who decides, is the office's. An item
that nobody decides on opens at its end all the same: no stage prolongs anything.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.law.workdays import (
    ProvisionalDate,
    WorkCalendar,
    add_workdays,
    count_workdays,
    is_provisional,
    is_workday,
)


class Matter(StrEnum):
    """What is due: the end of the term, or the review of a term without an end."""

    END = "masa_berakhir"
    REVIEW = "tinjau_ulang"


class Stage(StrEnum):
    """How near it is, from far to past; SETTLED: a person has declared the item open."""

    NOT_YET = "belum"
    DUE = "jatuh_tempo"
    LEFT_20 = "sisa_20"
    LEFT_10 = "sisa_10"
    LEFT_5 = "sisa_5"
    LEFT_1 = "sisa_1"
    OPEN_BY_LAW = "terbuka_demi_hukum"
    REVIEW_PASSED = "tinjau_ulang_lewat"
    SETTLED = "dinyatakan_terbuka"

    @property
    def label(self) -> str:
        """Return the stage in words."""
        return _LABELS[self]

    def is_nearer_than(self, other: "Stage") -> bool:
        """Return whether this stage comes after the other."""
        order = [*Stage]
        return order.index(self) > order.index(other)


_LABELS = {
    Stage.NOT_YET: "Belum jatuh tempo",
    Stage.DUE: "30 hari kerja atau kurang",
    Stage.LEFT_20: "20 hari kerja atau kurang",
    Stage.LEFT_10: "10 hari kerja atau kurang",
    Stage.LEFT_5: "5 hari kerja atau kurang",
    Stage.LEFT_1: "Hari kerja terakhir",
    Stage.OPEN_BY_LAW: "Terbuka demi hukum",
    Stage.REVIEW_PASSED: "Tinjau ulang lewat",
    Stage.SETTLED: "Sudah dinyatakan terbuka",
}

WORKDAYS_LEFT = {
    Stage.DUE: 30,
    Stage.LEFT_20: 20,
    Stage.LEFT_10: 10,
    Stage.LEFT_5: 5,
    Stage.LEFT_1: 1,
}
"""Stage -> on which working day before the end it begins; the end itself is not counted."""

_PAST = {Matter.END: Stage.OPEN_BY_LAW, Matter.REVIEW: Stage.REVIEW_PASSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """The days that a determination and an opening fixed for one item.

    opens_on: first open day by the term and its ground. declared_open_on: by a person's act.
    """

    opens_on: date | None = None
    review_on: date | None = None
    declared_open_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one matter stands on a day.

    ends_on: the end of the term, or the review day. workdays_left: working days from the day asked
    about, it included, up to the end, not included; 0 when past. provisional: a day that was
    counted is not decreed yet, so stage and number may still move; the end itself never does.
    """

    matter: Matter
    stage: Stage
    ends_on: date
    workdays_left: int
    provisional: bool


def standings(facts: TermFacts, *, on: date, calendar: WorkCalendar) -> tuple[Standing, ...]:
    """Return where the end and the review of an item's term stand on a day, the body's local date.

    Once the item is open, or declared open, no review is due any more.
    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0025).
    """
    found = []
    if facts.opens_on is not None:
        end = standing(Matter.END, facts.opens_on, on=on, calendar=calendar)
        found.append(_settled(end) if facts.declared_open_on else end)
    closed = facts.declared_open_on is None and (facts.opens_on is None or on < facts.opens_on)
    if facts.review_on is not None and closed:
        found.append(standing(Matter.REVIEW, facts.review_on, on=on, calendar=calendar))
    return tuple(found)


def standing(matter: Matter, ends_on: date, *, on: date, calendar: WorkCalendar) -> Standing:
    """Return where one end or review stands on a day, as if nobody had acted.

    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0025).
    """
    past = on >= ends_on
    return Standing(
        matter=matter,
        stage=_PAST[matter] if past else _nearest(ends_on, on=on, calendar=calendar),
        ends_on=ends_on,
        workdays_left=0 if past else -count_workdays(ends_on, on, calendar),
        provisional=not past and is_provisional(ends_on, on, calendar),
    )


def stage_day(ends_on: date, stage: Stage, calendar: WorkCalendar) -> ProvisionalDate:
    """Return the day on which one of the stages of WORKDAYS_LEFT begins for an end.

    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0018).
    """
    return add_workdays(ends_on, -WORKDAYS_LEFT[stage], calendar)


def last_end_due(on: date, calendar: WorkCalendar) -> date:
    """Return the latest end of a term that is due on a day: 30 working days away or nearer.

    Source: PP 61/2010 ps. 11 (2) (reading: docs/decisions/0018).
    """
    return add_workdays(on, WORKDAYS_LEFT[Stage.DUE], calendar).day


def _nearest(ends_on: date, *, on: date, calendar: WorkCalendar) -> Stage:
    left, works = -count_workdays(ends_on, on, calendar), is_workday(on, calendar)
    # A day off before the n-th working day has as many days left as that day, and is not it yet.
    begun = [stage for stage, n in WORKDAYS_LEFT.items() if left < n or (left == n and works)]
    return begun[-1] if begun else Stage.NOT_YET


def _settled(end: Standing) -> Standing:
    return Standing(
        matter=end.matter,
        stage=Stage.SETTLED,
        ends_on=end.ends_on,
        workdays_left=end.workdays_left,
        provisional=end.provisional,
    )
