"""Where a campaign happens: a data folder of its own, or the databases that the environment names.

Import `start` before anything of Django.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start() -> Path:
    """Set Django up on fresh data, migrate, and return the data folder."""
    folder = Path(tempfile.mkdtemp(prefix="ppid-campaign-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "ppid.config.settings",
        "PPID_DATA": str(folder),
        "PPID_ASSETS": "source",
        "PPID_LOG": "CRITICAL",
    }
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    from ppid.commands.migrate import migrate_all

    migrate_all()
    return folder
