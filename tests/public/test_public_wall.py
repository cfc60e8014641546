"""The public process runs with no office, no key, and a database it cannot write to."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = """
import sys
import django
from django.conf import settings
from django.core.management import call_command

django.setup()
call_command("check", fail_level="WARNING")
from ppid.config.wsgi_public import application  # the views, as the server loads them
from ppid.public import urls

behind = ("ppid.office", "ppid.law", "ppid.sop", "ppid.vault", "ppid.papers", "ppid.config.urls")
print("loaded:", *sorted(name for name in sys.modules if name.startswith(behind)))
print("databases:", *settings.DATABASES)
print("session:", *(name for name in settings.MIDDLEWARE if "session" in name.lower()))
"""
WRITE = """
import django
django.setup()
from django.db import OperationalError
from ppid.public.models import Body
print("rows:", Body.objects.count())
try:
    Body.objects.create(slug="x", name="x", timezone="Asia/Jakarta")
except OperationalError as error:
    print("refused:", error)
"""
MIGRATE = """
import django
from django.conf import settings
from ppid.config import settings_public as chosen
names = {name: getattr(chosen, name) for name in dir(chosen) if name.isupper()}
file = chosen.DATA / "public.sqlite3"
names["DATABASES"] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": file}}
settings.configure(**names)
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def run(program, folder):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ppid.config.settings_public",
        "PPID_DATA": str(folder),
        "PYTHONPATH": str(SOURCE),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)


def test_the_public_process_loads_nothing_from_behind_the_wall(tmp_path):
    told = run(PROGRAM, tmp_path)

    assert told["loaded"].strip() == ""
    assert told["databases"].split() == ["default"]
    assert told["session"].strip() == ""


def test_the_public_process_cannot_write(tmp_path):
    run(MIGRATE, tmp_path)

    told = run(WRITE, tmp_path)

    assert told["rows"].strip() == "0"
    assert "readonly" in told["refused"]
