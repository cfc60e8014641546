"""What the checks of the source look at: read once, by the process that has these tests."""

from pathlib import Path

import pytest

import source_tree

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def modules():
    """Every module of the program."""
    return source_tree.read_modules(ROOT / "src" / "ppid", "ppid")
