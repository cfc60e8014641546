"""A vault in a folder of its own."""

import pytest

from vault.vaults import folder_vault


@pytest.fixture
def vault(tmp_path):
    return folder_vault(tmp_path / "brankas")


@pytest.fixture
def file_of(vault):
    """Where the sealed file of a copy lies."""
    return lambda copy: vault.storage.path / copy.name
