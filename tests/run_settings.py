"""The settings of a test run: a data folder of its own, and no database of the machine's own.

pytest-django reads the settings before any conftest.py, so this is the only place early enough.
TEST_OFFICE_SERVER puts the test databases on that server, as copies of two that are migrated, and
whose names begin with TEST_OFFICE_MODEL; tests/on_postgresql.py sets both.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="ppid-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["PPID_DATA"] = str(FOLDER)
os.environ["PPID_ASSETS"] = "source"
os.environ.setdefault("PPID_SECRET_KEY", "only-for-tests")
SERVER = os.environ.get("TEST_OFFICE_SERVER", "")
for variable, name in (("PPID_DATABASE_URL", "office"), ("PPID_PUBLIC_DATABASE_URL", "public")):
    os.environ.pop(variable, None)
    if SERVER:
        os.environ[variable] = f"{SERVER}/{name}"

from ppid.config.settings import *  # noqa: E402, F403
from ppid.config.settings import DATABASES  # noqa: E402

if SERVER:
    MODEL = os.environ["TEST_OFFICE_MODEL"]
    DATABASES["default"]["TEST"] = {"TEMPLATE": f"{MODEL}_office"}
    DATABASES["public"]["TEST"] |= {"TEMPLATE": f"{MODEL}_public"}

# Argon2 takes a quarter of a second by design. That people's passwords go through it is shown by
# tests/config and by every sign-in of tests/browser.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
