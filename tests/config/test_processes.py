"""Each process has its own settings, whatever the process that started it had."""

import inspect
import os
import re
import subprocess
import sys

import pytest

from ppid.config import settings_public, shared
from ppid.config.public_environment import NEEDED, public_environment
from ppid.config.settings import PASSWORD_HASHERS

SHOW = "from ppid.config import {}; from django.conf import settings; print(settings.ROOT_URLCONF)"


@pytest.mark.parametrize(
    ("module", "inherited", "addresses"),
    [
        ("wsgi_public", "ppid.config.settings", "ppid.public.urls"),
        ("wsgi_public", "", "ppid.public.urls"),
        ("wsgi", "ppid.config.settings_public", "ppid.config.urls"),
    ],
)
def test_a_process_does_not_inherit_the_settings_of_another(tmp_path, module, inherited, addresses):
    environment = {**os.environ, "PPID_DATA": str(tmp_path), "PPID_ASSETS": "source"}
    environment["DJANGO_SETTINGS_MODULE"] = inherited

    shown = subprocess.run(
        [sys.executable, "-c", SHOW.format(module)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.strip() == addresses


def test_the_public_process_has_of_our_variables_what_it_needs():
    kept = {"PATH": "/bin", "PPID_DATA": "/data", "PPID_PUBLIC_DATABASE_URL": "postgresql://x"}
    secret = {"PPID_SECRET_KEY": "x", "PPID_DATABASE_URL": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    assert public_environment(kept | secret) == kept


def test_what_the_settings_of_the_open_site_read_is_what_it_has():
    read = [inspect.getsource(one) for one in (settings_public, shared)]
    assert set(re.findall(r"PPID_[A-Z_]+", "".join(read))) | {"PPID_DATA"} == NEEDED


def test_passwords_of_the_office_are_kept_by_argon2():
    assert PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
