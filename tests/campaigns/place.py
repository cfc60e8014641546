"""Where a campaign happens: a data folder of its own, or the databases that the environment names.

Import `start` before anything of Django. CAMPAIGN_DATA names a migrated data folder to copy, which
spares the migrations; databases on a server may be copies in the same way.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start() -> Path:
    """Set Django up on fresh data, migrate, and return the data folder."""
    folder = Path(tempfile.mkdtemp(prefix="ppid-campaign-"))
    if made := os.environ.get("CAMPAIGN_DATA"):
        shutil.copytree(made, folder, dirs_exist_ok=True)
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
