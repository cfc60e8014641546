"""Ask the read API whatever its document allows, and more, CASES times: `make campaign-api`.

The demo served by the real server, asked by schemathesis from outside: no answer may be 5xx, and
none may differ from the OpenAPI document.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = 8796
OPERATIONS = 8
BIN = Path(sys.executable).parent


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
    """Serve the demo, ask, and return what schemathesis returns."""
    with tempfile.TemporaryDirectory() as folder:
        variables = os.environ | {"PPID_DATA": folder}
        ppid = [sys.executable, "-m", "ppid.cli"]
        subprocess.run([*ppid, "demo"], env=variables, check=True, capture_output=True)
        serve = [*ppid, "serve", "--public", "--port", str(PORT)]
        server = subprocess.Popen(serve, env=variables)
        try:
            document = f"http://127.0.0.1:{PORT}/api/v1/openapi.json"
            wait_for(document)
            most = ["--max-examples", str(-(-cases // OPERATIONS))]
            phases = ["--phases", "examples,coverage,fuzzing"]
            asked = [str(BIN / "st"), "run", document, *most, *phases]
            return subprocess.run(asked, cwd=folder, check=False).returncode
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
