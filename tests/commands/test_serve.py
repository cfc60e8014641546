"""`ppid serve` and `ppid run`: pages that answer, taken ports, an end without leftovers."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from commands.programs import WAIT_SECONDS, end, ppid, refused, started
from postgresql import free_port


def answer(port, path="/"):
    """The page of a server that may still be starting."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
                return page.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"nobody answers on {port}")


def children(pid):
    """The processes that a process has started."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if f") S {pid} " in (text := _text(path)) or f") R {pid} " in text
    ]


def _text(path):
    try:
        return path.read_text()
    except OSError:
        return ""


SECRETS = {
    "PPID_SECRET_KEY": "rahasia",
    "PPID_DATABASE_URL": "postgresql://ppid_office:rahasia@127.0.0.1:1/kantor",
    "PPID_SMTP_PASSWORD": "rahasia",
    "AWS_SECRET_ACCESS_KEY": "rahasia",
}


def _shown(pid):
    """What the system shows of a process: its arguments, and the environment it began with."""
    return b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))


@pytest.fixture
def taken_port():
    """A port on which somebody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    "args", [["serve", "--port"], ["run", "--port"], ["run", "--public-port"]], ids=" ".join
)
def test_a_taken_port_is_named_before_anything_is_made(tmp_path, taken_port, args):
    done = ppid(*args, taken_port, data=tmp_path, PPID_SECRET_KEY="x")
    assert refused(done, str(taken_port))
    assert list(tmp_path.iterdir()) == []


def test_the_public_site_answers_with_nothing_but_its_database(demo_made, tmp_path):
    data, _ = demo_made
    (tmp_path / "public.sqlite3").write_bytes((data / "public.sqlite3").read_bytes())
    port = free_port()

    with started("serve", "--public", "--port", port, data=tmp_path, **SECRETS) as process:
        page = answer(port, "/kalteng/")
        shown = [_shown(pid) for pid in (process.pid, *children(process.pid))]
        code = end(process)

    assert "Kalimantan Tengah" in page
    assert code == 0
    assert len(shown) >= 2
    assert all(b"PPID_DATA=" in one for one in shown)
    assert [one for one in shown if b"rahasia" in one] == []


def test_run_starts_everything_says_where_and_leaves_nothing_behind(demo):
    office, public = free_port(), free_port()

    with started("run", "--port", office, "--public-port", public, data=demo) as process:
        pages = answer(office), answer(public)
        started_by_it = children(process.pid)
        code = end(process)
        said = process.stdout.read()

    assert "<form" in pages[0]
    assert "Bontang" in pages[1]
    assert f"http://127.0.0.1:{office}/" in said
    assert f"http://127.0.0.1:{public}/" in said
    assert (demo / "demo-password").read_text().strip() in said
    assert len(started_by_it) == 3
    assert [pid for pid in started_by_it if Path(f"/proc/{pid}").exists()] == []
    assert code == 0


def test_when_one_process_ends_all_end(demo):
    office, public = free_port(), free_port()
    command = ("run", "--port", office, "--public-port", public)
    with started(*command, data=demo, traced=False) as process:
        answer(office)
        victim, *others = children(process.pid)
        os.kill(victim, signal.SIGTERM)
        code = process.wait(WAIT_SECONDS)
    assert code != 0
    assert [pid for pid in others if Path(f"/proc/{pid}").exists()] == []
