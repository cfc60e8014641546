"""Which waiting steps offer an extension: the SOP format's time grammar decides, not a sign."""

from datetime import UTC, datetime

import pytest

from ppid.office.queries.cases import Waiting
from ppid.sop.run import Task
from sop.strategies import row, sop

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def waiting(time, *, extended=False):
    return Waiting(
        task=Task(step=1, performer="p", opened_at=NOW, confirm=False, extended=extended),
        step=sop(row(time=time)).step(1),
        performer="P",
        agency_name="",
        due_at=None,
        provisional=False,
        late=False,
        people=(),
        obstacles=(),
        work=(),
    )


@pytest.mark.parametrize(
    "time",
    [
        "10 hari kerja + 7 hari kerja",
        "10 (sepuluh) hari kerja + 7 (tujuh) hari kerja",
        "Maks. 10 hari kerja + 7 hari kerja (bila perlu)",
    ],
)
def test_what_the_grammar_calls_extendable_is_offered_once(time):
    assert waiting(time).extendable
    assert not waiting(time, extended=True).extendable


@pytest.mark.parametrize("time", [None, "tentatif", "H s/d H+7", "10 hari kerja", "A + B"])
def test_no_other_time_is_offered(time):
    assert not waiting(time).extendable
