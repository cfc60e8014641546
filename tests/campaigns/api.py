"""Ask both APIs whatever their documents allow, and more, CASES times each: `make campaign-api`.

The demo served by the real servers, asked by schemathesis from outside: no answer may be 5xx, and
none may differ from the OpenAPI document. The officers' API is asked by everybody of one body, and
acts (api_hooks.py). Afterwards the office must be sound and the open site without a word of what
was confidential.
"""

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api_hooks import MARK

PORT, OFFICE_PORT = 8796, 8797
NOT_ASKED = ("ignored_auth", "missing_required_header", "negative_data_rejection")
"""Ten questions without a token hold everybody off (429), and HTTP itself strips the blanks of a
header that breaks its pattern, so that it is accepted as empty."""

CONFIG = """
[[operations]]
include-method = ["POST", "PUT"]
checks.positive_data_acceptance.enabled = false
"""
"""What a form wants depends on the day and the office: its GET says so, no document can."""

MORE = 1.2
"""The read API has few operations, and schemathesis leaves out what it has asked before."""

HERE, BIN = Path(__file__).parent, Path(sys.executable).parent
PPID = [sys.executable, "-m", "ppid.cli"]
GENERATED = re.compile(r"(\d+) generated")
FAILED = re.compile(r"(\d+) found (\d+) unique failures")


@dataclass(frozen=True)
class Run:
    """One API and what came of asking it. status: of schemathesis, 0 for no finding."""

    name: str
    operations: int
    generated: int
    status: int
    answers: dict[str, int]
    words: str

    def line(self) -> str:
        """Return the figures in one line."""
        answers = ", ".join(f"{name}: {count}" for name, count in sorted(self.answers.items()))
        found = FAILED.search(self.words)
        failures = found[2] if found else "0"
        if self.status and not found:
            failures = "not known"
        return (
            f"{self.name}: {self.operations} operations, {self.generated} cases generated, "
            f"{failures} failures ({answers})"
        )

    def too_few(self, wanted: int) -> list[str]:
        """Return a sentence if fewer cases were asked than wanted."""
        few = self.generated < wanted
        return [f"{self.name}: {self.generated} of {wanted} cases asked"] if few else []


def wait_for(address: str) -> None:
    """Return when the address answers. Raises TimeoutError after a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


def main(cases: int) -> int:
    """Serve the demo, ask both APIs, look at what is left, and return 1 for any finding."""
    with tempfile.TemporaryDirectory() as name:
        folder, variables = Path(name), os.environ | {"PPID_API_RATE": "1000000"}
        variables["PPID_DATA"] = str(folder / "data")
        subprocess.run([*PPID, "demo"], env=variables, check=True, capture_output=True)
        (folder / "schemathesis.toml").write_text(CONFIG)
        runs = ask_office(cases, variables, folder), ask_public(cases, variables, folder)
        wrong = left_behind(variables, folder)
    for run in runs:
        wrong += run.too_few(cases)
        if run.status:
            print(run.words)
    print(*(run.line() for run in runs), *wrong, sep="\n")
    return int(bool(wrong) or any(run.status for run in runs))


def ask_public(cases: int, variables: dict[str, str], folder: Path) -> Run:
    """Ask the read API of the open site."""
    document = f"http://127.0.0.1:{PORT}/api/v1/openapi.json"
    with serving(["--public", "--port", str(PORT)], variables, folder):
        wait_for(document)
        with urllib.request.urlopen(document, timeout=30) as answer:
            said = json.load(answer)
        return asked("read API", MORE * cases, said, folder, document, variables=variables)


def ask_office(cases: int, variables: dict[str, str], folder: Path) -> Run:
    """Ask the officers' API, whose document only those see who are signed in."""
    document, askers = folder / "openapi.json", folder / "askers.json"
    making = [sys.executable, str(HERE / "api_askers.py"), str(document), str(askers)]
    subprocess.run(making, env=variables, check=True)
    base = f"http://127.0.0.1:{OFFICE_PORT}"
    more = variables | {"PPID_ASKERS": str(askers), "PPID_BASE": base}
    with serving(["--port", str(OFFICE_PORT)], variables, folder):
        wait_for(f"{base}/akun/login/")
        said = json.loads(document.read_text())
        options = [str(document), "--url", base, "--exclude-checks", ",".join(NOT_ASKED)]
        return asked("officers' API", cases, said, folder, *options, variables=more)


@contextmanager
def serving(options: list[str], variables: dict[str, str], folder: Path) -> Iterator[None]:
    """Run the real server meanwhile; what it logs is kept beside the data."""
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen([*PPID, "serve", *options], env=variables, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.terminate()
            server.wait(20)


def asked(
    name: str, cases: float, said: dict, folder: Path, *what: str, variables: dict[str, str]
) -> Run:
    """Return what came of asking by schemathesis. cases: how many at random, in all."""
    operations = sum(len(methods) for methods in said["paths"].values())
    counts = folder / "counts.json"
    hooks = {"SCHEMATHESIS_HOOKS": "api_hooks", "PPID_COUNTS": str(counts)}
    hooks["PYTHONPATH"] = os.pathsep.join((str(HERE), os.environ.get("PYTHONPATH", "")))
    command = [str(BIN / "st"), "run", *what, "--workers", "1", "--max-examples"]
    command += [str(math.ceil(cases / operations)), "--phases", "examples,coverage,fuzzing"]
    done = subprocess.run(
        command, cwd=folder, env=variables | hooks, check=False, capture_output=True, text=True
    )
    found = GENERATED.findall(done.stdout)
    answers = json.loads(counts.read_text()) if counts.exists() else {}
    words = done.stdout + done.stderr
    generated = int(found[-1]) if found else 0
    return Run(name, operations, generated, done.returncode, answers, words)


def left_behind(variables: dict[str, str], folder: Path) -> list[str]:
    """Return what is wrong with the office and the open site after all those acts."""
    checked = subprocess.run([*PPID, "check"], env=variables, capture_output=True, text=True)
    wrong = [checked.stdout + checked.stderr] if checked.returncode else []
    if (log := (folder / "server.log").read_text()).count("Traceback"):
        wrong.append(log[log.index("Traceback") :][:4000])
    site = folder / "site"
    made = [*PPID, "publish", "--static", str(site)]
    subprocess.run(made, env=variables, check=True, capture_output=True)
    files = [*site.rglob("*"), *(folder / "data").glob("public.sqlite3*")]
    leaks = [str(one) for one in files if one.is_file() and MARK.encode() in one.read_bytes()]
    print(f"ppid check: {checked.returncode}; open site: {len(files)} files, {len(leaks)} leaks")
    return wrong + leaks


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
