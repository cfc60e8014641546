"""What every test of the open site stands on."""

import pytest

from ppid.config import settings_public


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """An empty folder of collected static files: whitenoise wants one to exist."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(autouse=True)
def public_process(settings):
    """What the public process puts between the address and the page, and no more."""
    settings.MIDDLEWARE = settings_public.MIDDLEWARE
    settings.LANGUAGES = settings_public.LANGUAGES
