"""What runs on PostgreSQL too: no statement of the program is left out, and nobody is forgotten."""

from collections import Counter
from pathlib import Path

import pytest

import asked

ROOT = Path(__file__).resolve().parents[2]


def test_whose_statements_others_send_need_not_run_and_the_dearest_go_first():
    sent = {
        "tests/office/test_a.py::test_page": Counter(read=2, count=1),
        "tests/office/test_a.py::test_form": Counter(read=9, count=1),
        "tests/office/test_b.py::test_list": Counter(count=1, sort=1),
    }

    assert asked.spared(sent) == ["tests/office/test_a.py::test_form"]


def test_what_alone_sends_a_statement_or_sends_none_that_is_seen_runs():
    sent = {
        "tests/office/test_a.py::test_alone": Counter(read=1),
        "tests/office/test_a.py::test_in_a_thread": Counter(),
    }

    assert asked.spared(sent) == []


@pytest.mark.parametrize("file", ["log", "log_delivery", "writing", "two_officers", "editions"])
def test_the_log_writing_and_locks_always_run(file):
    sent = {f"tests/office/test_{file}.py::test_{one}": Counter(read=1) for one in "ab"}

    assert asked.spared(sent) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM b WHERE c IN (%s, %s)", "SELECT a  FROM b WHERE c IN (%s)"),
        ("SELECT a FROM b WHERE c = 'it''s' LIMIT 21", "SELECT a FROM b WHERE c = %s LIMIT 1"),
        ("INSERT INTO a VALUES (%s, %s), (%s, %s)", "INSERT INTO a VALUES (%s, %s)"),
        ('SAVEPOINT "s1_x1"', 'SAVEPOINT "s2_x7"'),
    ],
)
def test_a_statement_is_the_same_with_other_values(one, other):
    assert asked.shape(one) == asked.shape(other)


@pytest.mark.parametrize("other", ["SELECT a FROM b ORDER BY c", "SELECT DISTINCT a FROM b"])
def test_another_statement_is_another(other):
    assert asked.shape("SELECT a FROM b") != asked.shape(other)


def test_the_list_names_tests_of_files_that_are_there_and_may_be_left_out():
    known = asked.elsewhere()

    assert len(known) > 100
    assert {name for name in known if asked.WHOLE.search(name)} == set()
    assert {name for name in known if not (ROOT / name.partition("::")[0]).exists()} == set()
