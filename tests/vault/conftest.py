"""A vault in a folder of its own."""

import pytest

from ppid.vault import age, age_program
from vault.vaults import folder_vault


@pytest.fixture
def vault(tmp_path):
    return folder_vault(tmp_path / "brankas")


@pytest.fixture
def file_of(vault):
    """Where the sealed file of a copy lies."""
    return lambda copy: vault.storage.path / copy.name


@pytest.fixture(params=["pyrage", "program"])
def engine(request, monkeypatch):
    """Who seals and opens, whatever the size."""
    if request.param == "program":
        monkeypatch.setattr(age, "LARGE", 1)
    else:
        monkeypatch.setattr(age_program, "usable", str)
    return request.param
