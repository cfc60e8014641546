"""What every test of the open site stands on."""

import pytest


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """An empty folder of collected static files: whitenoise wants one to exist."""
    settings.STATIC_ROOT = tmp_path
