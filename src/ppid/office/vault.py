"""Where this installation keeps its soft copies, and the service keys of its bodies.

keys/bontang.vault   the identities of one body's service key (ppid.vault.keyring)
vault/               the sealed files of all bodies, unless PPID_STORAGE names a bucket
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from ppid.vault.places import storage_at
from ppid.vault.storage import Storage


def storage() -> Storage:
    """Return the storage of the settings. Raises BadInput: `storage_address`, `storage_library`."""
    return _storage(settings.STORAGE, settings.VAULT)


@lru_cache(maxsize=4)
def _storage(address: str, folder: Path) -> Storage:
    return storage_at(address, folder=folder)


def keyring_of(body: str) -> Path:
    """Return the file of a body's own identities."""
    return settings.KEYS / f"{body}.vault"
