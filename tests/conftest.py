"""Every test run has a data folder of its own; nothing of the machine's own data is touched."""

import os
import tempfile
from pathlib import Path

os.environ["PPID_DATA"] = tempfile.mkdtemp(prefix="ppid-test-")
os.environ["PPID_ASSETS"] = "in place"
(Path(os.environ["PPID_DATA"]) / "aset").mkdir()
os.environ.setdefault("PPID_SECRET_KEY", "only-for-tests")
for name in ("PPID_DATABASE_URL", "PPID_PUBLIC_DATABASE_URL"):
    os.environ.pop(name, None)
