"""A sample of `make campaign-law`, and that it would notice a wrong calendar."""

from datetime import date

import pytest

from law import campaign
from law.independent import Calculator, Office
from ppid.law import term, workdays

STRIDE = 467  # a prime: every weekday, month and season comes up


def test_working_days_and_terms_agree_with_the_independent_calculator():
    tally = campaign.run(stride=STRIDE)

    assert tally.differences == []
    assert tally.total > 5_000


def test_the_independent_calculator_gives_the_known_days():
    usual, leave_works = Calculator(Office()), Calculator(Office(leave_works=True))

    assert usual.walk(date(2026, 12, 31), -30)[0] == date(2026, 11, 17)
    assert leave_works.walk(date(2026, 12, 31), -30)[0] == date(2026, 11, 18)
    assert usual.walk(date(2026, 3, 10), 10)[0] == date(2026, 3, 31)
    assert usual.walk(date(2026, 3, 10), 17)[0] == date(2026, 4, 10)
    assert usual.walk(date(2025, 12, 31), 240)[0] == date(2026, 12, 31)
    assert usual.term_end(date(2024, 2, 29), 1) == date(2025, 2, 28)


def a_saturday_more(day, calendar):
    return day.weekday() < 6 and day not in calendar.closed


def a_day_longer(start, months):
    return term.add_months(start, months).replace(day=1)


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (workdays, "is_workday", a_saturday_more),
        (workdays, "is_provisional", lambda after, through, calendar: False),
        (term, "ends_on", lambda given: a_day_longer(given.starts_on, 12 * given.years)),
    ],
    ids=["week", "horizon", "month"],
)
def test_a_wrong_rule_is_noticed(monkeypatch, module, name, wrong):
    monkeypatch.setattr(module, name, wrong)

    assert campaign.run(stride=STRIDE).differences
