"""Each process has its own settings, whatever the process that started it had."""

import os
import subprocess
import sys

import pytest

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


def test_passwords_of_the_office_are_kept_by_argon2():
    assert PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
