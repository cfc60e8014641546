"""Ask both APIs whatever their documents allow, and more, CASES times each: `make campaign-api`.

The demo served by the real servers, asked by schemathesis from outside: no answer may be 5xx, and
none may differ from the OpenAPI document. The officers' API is asked with a token of a PPID.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT, OFFICE_PORT = 8796, 8797
OPERATIONS, OFFICE_OPERATIONS = 8, 20
NOT_ASKED = ("ignored_auth", "missing_required_header", "negative_data_rejection")
"""Ten questions without a token hold everybody off (429), and HTTP itself strips the blanks of a
header that breaks its pattern, so that it is accepted as empty."""
TOKEN = """
import json, sys
import ppid.config.setup
from datetime import timedelta
from django.utils import timezone
from ppid.office.actions.tokens import make_token
from ppid.office.api.site import described
from ppid.office.models import Account
person, at = Account.objects.get(username="ppid.kalteng").person, timezone.now()
day = at.date() + timedelta(days=1)
json.dump(described(), open(sys.argv[1], "w"))
print(make_token(person, name="Kampanye", ends_on=day, acting=True, at=at))
"""
BIN = Path(sys.executable).parent
PPID = [sys.executable, "-m", "ppid.cli"]


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
    """Serve the demo, ask both APIs, and return the first answer of schemathesis that is not 0."""
    with tempfile.TemporaryDirectory() as folder:
        variables = os.environ | {"PPID_DATA": folder, "PPID_API_RATE": "1000000"}
        subprocess.run([*PPID, "demo"], env=variables, check=True, capture_output=True)
        return ask_public(cases, variables, folder) or ask_office(cases, variables, folder)


def ask_public(cases: int, variables: dict[str, str], folder: str) -> int:
    """Ask the read API of the open site."""
    with serving(["--public", "--port", str(PORT)], variables):
        document = f"http://127.0.0.1:{PORT}/api/v1/openapi.json"
        wait_for(document)
        return asked(cases, OPERATIONS, folder, document)


def ask_office(cases: int, variables: dict[str, str], folder: str) -> int:
    """Ask the officers' API, whose document only those see who are signed in."""
    document = Path(folder) / "openapi.json"
    making = [sys.executable, "-c", TOKEN, str(document)]
    made = subprocess.run(making, env=variables, check=True, capture_output=True, text=True)
    base = f"http://127.0.0.1:{OFFICE_PORT}"
    with serving(["--port", str(OFFICE_PORT)], variables):
        wait_for(f"{base}/akun/login/")
        more = ["--url", base, "--header", f"Authorization: Bearer {made.stdout.strip()}"]
        more += ["--exclude-checks", ",".join(NOT_ASKED)]
        return asked(cases, OFFICE_OPERATIONS, folder, str(document), *more)


@contextmanager
def serving(options: list[str], variables: dict[str, str]) -> Iterator[None]:
    """Run the real server meanwhile."""
    server = subprocess.Popen([*PPID, "serve", *options], env=variables)
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)


def asked(cases: int, operations: int, folder: str, *what: str) -> int:
    """Return what schemathesis returns."""
    most = ["--max-examples", str(-(-cases // operations))]
    phases = ["--phases", "examples,coverage,fuzzing"]
    command = [str(BIN / "st"), "run", *what, *most, *phases]
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
