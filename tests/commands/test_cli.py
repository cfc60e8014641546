"""The command `ppid`: finding commands, and turning every error into sentences."""

import os
import subprocess
import sys
from importlib.metadata import version
from io import StringIO

import click
import pytest

from ppid import cli
from ppid.commands import lazy
from ppid.errors import BadInput, CorruptData, Finding, NotFound, Refused


@pytest.fixture
def ppid(capsys):
    def call(*args):
        code = cli.run(args)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def stage(monkeypatch):
    """Put a command of the test in the place of `ppid check`."""

    def staged(body):
        command = click.Command("check", callback=body)
        monkeypatch.setattr(
            lazy, "import_module", lambda name: type("module", (), {"check": command})
        )

    return staged


def test_the_help_lists_every_command_and_speaks_indonesian_only(ppid):
    code, out, _ = ppid("--help")

    assert code == 0
    listed = [line.split()[0] for line in out.split("Perintah:")[1].strip().splitlines()]
    assert listed == [name for name, (_, text) in cli.COMMANDS.items() if text]
    for word in ("Usage", "Options", "Commands", "Show", "COMMAND", "[OPTIONS]"):
        assert word not in out


def test_the_list_of_commands_imports_none_of_them():
    program = (
        "import sys; from ppid.cli import run; run(['--help']);"
        "sys.exit(any(name.startswith(('django', 'ppid.commands.sop')) for name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == 0


def test_the_version_is_that_of_the_package(ppid):
    assert ppid("--version") == (0, f"ppid {version('sip-ppid')}\n", "")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["terbang"], "Perintah 'terbang' tidak ada."),
        (["sop", "chek"], "Perintah 'chek' tidak ada."),
        (["sop", "check"], "Belum diisi: 'BERKAS...'."),
        (["sop", "check", "--jsn", "x"], "Pilihan '--jsn' tidak ada."),
        (["sop", "draw", "x"], "Pilihan wajib belum diisi: '-o' / '--output'."),
        (["sop", "draw", "x", "-o"], "Pilihan '-o' memerlukan nilai."),
        (["sop", "show", "x", "y"], "Isian berlebih: y"),
    ],
)
def test_misuse_is_said_in_indonesian_and_ends_with_two(ppid, args, words):
    code, out, err = ppid(*args)

    assert (code, out) == (2, "")
    assert f"ppid: kesalahan: {words}" in err


def test_misuse_points_to_the_help(ppid):
    assert "ppid: saran: ketik 'ppid sop check --help'" in ppid("sop", "check")[2]


@pytest.mark.parametrize("kind", [BadInput, Refused, NotFound, CorruptData])
def test_every_finding_of_an_error_is_printed_with_its_suggestion(ppid, stage, kind):
    def fail():
        raise kind(Finding("a", "Satu.", place="sini", hint="Begini."), Finding("b", "Dua."))

    stage(fail)

    assert ppid("check") == (
        1,
        "",
        "ppid: kesalahan: sini: Satu.\nppid: saran: Begini.\nppid: kesalahan: Dua.\n",
    )


def test_an_interrupt_is_quiet(ppid, stage):
    def interrupted():
        raise KeyboardInterrupt

    stage(interrupted)
    code, out, err = ppid("check")

    assert (code, out, err.strip()) == (130, "", "")


def test_a_mistake_of_ours_is_not_hidden(ppid, stage):
    def broken():
        raise ZeroDivisionError

    stage(broken)

    with pytest.raises(ZeroDivisionError):
        ppid("check")


def test_the_group_knows_its_commands_by_name(ppid):
    assert cli.ppid.list_commands(click.Context(cli.ppid)) == list(cli.COMMANDS)


def test_the_entry_point_exits_with_the_code(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stderr", StringIO())

    with pytest.raises(SystemExit) as done:
        cli.main(["--version"])

    assert (done.value.code, capsys.readouterr().out) == (0, f"ppid {version('sip-ppid')}\n")


def test_a_pipe_that_breaks_at_the_last_moment_is_quiet(stage, tmp_path, monkeypatch):
    class Broken(StringIO):
        target = (tmp_path / "output").open("w")

        def flush(self):
            raise BrokenPipeError

        def fileno(self):
            return self.target.fileno()

    stage(lambda: None)
    monkeypatch.setattr(sys, "stdout", Broken())

    assert cli.run(["check"]) == 1
    Broken.target.close()


def test_a_reader_that_has_gone_is_no_traceback():
    # `true` reads nothing and ends; the output must be more than the pipe between them holds.
    files = " ".join(["sops/kalteng.toml"] * 200)
    command = f"{sys.executable} -m ppid.cli sop check {files} | true"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_a_terminal_without_the_letters_gets_substitutes():
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "ppid.cli", "sop", "show", "sops/bali.toml"]

    done = subprocess.run(command, env=environment, capture_output=True, check=False)

    assert done.returncode == 0
    assert b"Undang ? Undang" in done.stdout
