"""`ppid walk` drives SOPs that nobody here wrote: other matters, and every rule of who acts."""

from datetime import date
from pathlib import Path

import pytest

from ppid.office.demo.walk import set_up, walk_to_end
from ppid.office.rebuild import check_all
from sop.files import file, step

pytestmark = pytest.mark.django_db(databases=["default", "public"])

MATTERS = Path(__file__).parents[1] / "sop" / "other_matters"
SAME_ROLE = "".join(
    f'[[pelaksana]]\nkode = "{code}"\nnama = "{code}"\nperan = ["x"]\n' for code in "abc"
)
EACH = 'untuk_setiap = "perangkat_daerah"\n'


def walked(text):
    """Return (row, outcome) of every act, after the case has ended and the log was checked."""
    walk, case = set_up(text, on=date(2026, 3, 2))
    lines = list(walk_to_end(walk, case))
    case.refresh_from_db()
    assert case.ended_at is not None
    assert check_all().findings == ()
    return [(line.row, line.outcome) for line in lines]


def test_a_request_for_information_is_served_to_its_end():
    rows = [row for row, _ in walked((MATTERS / "permohonan-informasi.toml").read_text())]

    # Row 4a once for each of the three agencies, row 4b by one and confirmed by the other.
    assert sorted(rows) == ["1", "2", "3", "4a", "4a", "4a", "4b", "4b", "6", "8", "9"]
    assert rows.index("6") > max(at for at, row in enumerate(rows) if row in ("4a", "4b"))


def test_an_objection_is_decided_by_other_eyes():
    acts = walked((MATTERS / "keberatan.toml").read_text())

    assert acts == [
        ("1", ""),
        ("2", ""),
        ("3", ""),
        ("3", "dikonfirmasi"),
        ("4", "Diterima, seluruhnya"),
        ("5", ""),
        ("5", "dikonfirmasi"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (file("", "", "bukan_pelaku = [1]", "bukan_pelaku = [1, 2, 3]"), 4),
        (file("", 'bukan_pelaku = [1]\nkeputusan = { Ya = "selesai", Tidak = 1 }'), 2),
        (
            file(
                step(performers='pelaksana = ["a", "b", "c"]'),
                step("bukan_pelaku = [1]", performers='pelaksana = ["b", "a"]'),
                performers=SAME_ROLE,
            ),
            5,
        ),
        (file(EACH, EACH + "bukan_pelaku = [1]", ""), 7),
    ],
    ids=["other eyes in a row", "other eyes in a decision", "joint steps of one role", "a run"],
)
def test_there_are_always_enough_people(text, rows):
    assert len(walked(text)) == rows


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        (file('keputusan = { Ya = 2, Ditolak = "selesai" }\nalasan = ["Ditolak"]', ""), ["Ya", ""]),
        (file('keputusan = { A = 2, B = "selesai" }\nalasan = ["A", "B"]', ""), ["B"]),
        (
            file('keputusan = { A = 2, B = "selesai" }\nalasan = ["B"]', "lanjut = 1"),
            ["A", "", "B"],
        ),
    ],
    ids=["one without a reason", "all need a reason", "back by lanjut"],
)
def test_an_outcome_that_needs_a_reason_gets_one(text, outcomes):
    assert [outcome for _, outcome in walked(text)] == outcomes


def test_a_determination_before_anything_was_collected_collects():
    assert walked(file('aksi = "tetapkan"', 'aksi = "kumpulkan"')) == [("1", ""), ("2", "")]
