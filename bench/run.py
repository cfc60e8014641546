"""Run every bench, one after the other: `make bench`. The figures of a quiet run: README.md."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHES = ("ledger.py", "signing.py", "steps.py", "sweep.py", "vault.py")

if __name__ == "__main__":
    for name in BENCHES:
        print(f"\n== bench/{name}", flush=True)
        subprocess.run([sys.executable, str(HERE / name)], check=True)
