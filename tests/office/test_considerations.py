"""Considerations of the team: recorded while their step waits, by whoever it waits for."""

from datetime import timedelta

import pytest

from office.factories import go_to
from office.offices import SHORT_SOP, assert_sound, case_in, codes, office, who
from ppid.errors import BadInput, Refused
from ppid.office.actions.considerations import record_consideration
from ppid.office.models import Consideration, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def desk():
    """An office and a case that waits for the team."""
    walk = office()
    case = case_in(walk)
    go_to(walk, case, before=3)
    return walk, case


def record(walk, case, *, role="tim_pertimbangan", by=None, **values):
    given = {
        "held_on": walk.today,
        "place": "Aula",
        "minutes": "NOTULEN-RAHASIA",
        "attendance": [{"name": "Ketua", "position": "Ketua Tim"}],
        "positions": [{"name": "Ketua", "position": "setuju", "reason": ""}],
    }
    record_consideration(case, **(given | values), by=by or who(walk, role), at=walk.tick())


def test_a_meeting_is_recorded_beside_the_log(desk):
    walk, case = desk

    record(walk, case)

    event = Event.objects.latest("seq")
    assert Consideration.objects.get().minutes == "NOTULEN-RAHASIA"
    assert event.kind == "consideration.recorded"
    assert b"NOTULEN-RAHASIA" not in bytes(event.entry)
    assert_sound()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"minutes": " "}, "minutes_missing"),
        ({"attendance": []}, "attendance_missing"),
    ],
)
def test_what_is_missing_is_named(desk, values, code):
    walk, case = desk
    with pytest.raises(BadInput) as error:
        record(walk, case, **values)
    assert codes(error) == {code}


def test_a_meeting_of_tomorrow_has_not_been_held(desk):
    walk, case = desk
    with pytest.raises(BadInput) as error:
        record(walk, case, held_on=walk.today + timedelta(days=1))
    assert codes(error) == {"date_in_future"}


@pytest.mark.parametrize("role", ["petugas_ppid", "auditor"])
def test_only_whom_the_step_waits_for_records(desk, role):
    walk, case = desk
    with pytest.raises(Refused) as error:
        record(walk, case, role=role)
    assert codes(error) == {"not_authorised"}
    assert not Consideration.objects.exists()


def test_the_team_of_another_body_records_nothing_here(desk):
    walk, case = desk
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        record(walk, case, by=who(other, "tim_pertimbangan"))
    assert codes(error) == {"not_authorised"}


def test_nothing_is_recorded_before_the_step_waits():
    walk = office()
    with pytest.raises(Refused) as error:
        record(walk, case_in(walk))
    assert codes(error) == {"not_authorised"}


def test_where_the_sop_knows_no_meeting_none_is_recorded():
    walk = office()
    text = SHORT_SOP.replace('aksi = "pertimbangkan"', 'aksi = "kerjakan"')
    with pytest.raises(Refused) as error:
        record(walk, case_in(walk, text=text))
    assert codes(error) == {"not_authorised"}
