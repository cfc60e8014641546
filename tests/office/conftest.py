"""What the office's tests stand on: keys of their own, and both databases."""

import pytest


@pytest.fixture(autouse=True)
def keys_folder(settings, tmp_path):
    """An empty folder of signing keys."""
    settings.KEYS = tmp_path / "keys"
    settings.DATA = tmp_path
    settings.VAULT = tmp_path / "vault"
    return settings.KEYS
