"""What the office's tests stand on: keys of their own, and both databases."""

import pytest
from django.core.cache import cache

from office.remembered import Memory


@pytest.fixture(autouse=True)
def keys_folder(settings, tmp_path):
    """An empty folder of signing keys."""
    settings.KEYS = tmp_path / "keys"
    settings.DATA = tmp_path
    settings.VAULT = tmp_path / "vault"
    return settings.KEYS


@pytest.fixture
def unhurried():
    """No token was tried before."""
    cache.clear()


@pytest.fixture(autouse=True)
def memory(monkeypatch, keys_folder):
    """What was built before serves as long as a test has patched nothing."""
    Memory.serves = lambda: not monkeypatch._setattr
    yield
    Memory.serves = lambda: False
