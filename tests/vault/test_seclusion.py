"""What a process set apart can reach, as the job that looks around says it."""

import io
import os

from ppid.vault import landlock, seclusion
from ppid.vault.apart import work_apart


def looked(path):
    return seclusion.work(io.BytesIO(), io.BytesIO(), {"path": str(path), "closed": {}})


def test_it_finds_every_door_closed_that_this_machine_can_close():
    found = work_apart("ppid.vault.seclusion", io.BytesIO(), asked={"path": __file__}).said

    assert found["network"] is (found["closed"]["network"] == "")
    assert found["files"] is (landlock.version() == 0)


def test_it_sees_the_doors_that_are_open(tmp_path):
    found = looked(__file__)

    assert (found["files"], found["network"]) == (True, True)
    assert found["variables"] == len(os.environ)
    assert looked(tmp_path / "tidak ada")["files"] is False
    assert looked(tmp_path)["files"] is False
