"""The demo is made once for a whole run; whoever changes it gets a copy."""

import shutil

import pytest


@pytest.fixture
def demo(demo_made, tmp_path):
    """A copy of the demo's data folder."""
    return shutil.copytree(demo_made[0], tmp_path / "data")
