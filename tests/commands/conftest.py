"""One demo for all the tests of a run; whoever changes it gets a copy."""

import shutil

import pytest

from commands.programs import ppid


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory):
    """The data folder of a demo, and what `ppid demo` said. Not to be changed."""
    data = tmp_path_factory.mktemp("demo") / "data"
    return data, ppid("demo", data=data)


@pytest.fixture
def demo(demo_made, tmp_path):
    """A copy of the demo's data folder."""
    return shutil.copytree(demo_made[0], tmp_path / "data")
