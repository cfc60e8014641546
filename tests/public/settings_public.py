"""The public process as tests run it alone: its own settings, on a database of its own.

In memory, or on the PostgreSQL server of TEST_DATABASE_URL:
pytest tests/public --ds=public.settings_public
"""

import os
from pathlib import Path

from ppid.config.database import database
from ppid.config.settings_public import *  # noqa: F403

DATABASES = {"default": database(os.environ.get("TEST_DATABASE_URL", ""), file=Path(":memory:"))}
