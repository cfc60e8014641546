"""The demo is made once for a whole run; whoever changes it gets a copy."""

import pytest

from ready_made import copied


@pytest.fixture
def demo(demo_made, tmp_path):
    """A copy of the demo's data folder."""
    return copied(demo_made[0], tmp_path / "data")
