"""A vault for the tests: a folder, keys, and copies of random documents in it."""

import io
import random
from dataclasses import dataclass
from uuid import uuid4

from ppid.vault import age
from ppid.vault.copies import SealedCopy, open_copy, seal_copy
from ppid.vault.folder import Folder

CHUNK = 1 << 16
"""Plain bytes in one chunk of the age format."""

WEAK = [
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",
    "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya",
    "age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9",
    "age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m",
]
"""Points of small order: 0, 1, one of order 8, and p - 1."""


@dataclass(frozen=True)
class Vault:
    """A storage, the service's identity and the printed one."""

    storage: object
    service: str
    recovery: str

    @property
    def recipients(self):
        return [age.recipient_of(self.service), age.recipient_of(self.recovery)]

    def seal(self, data, *, document=None, version=1) -> SealedCopy:
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        return seal_copy(
            source,
            document=document or uuid4(),
            version=version,
            storage=self.storage,
            recipients=self.recipients,
        )

    def open(self, copy, *, identity="") -> bytes:
        target = io.BytesIO()
        open_copy(copy, target, storage=self.storage, identities=[identity or self.service])
        return target.getvalue()


def with_keys(storage) -> Vault:
    """Return a vault with new keys in a storage as it is."""
    return Vault(storage, age.generate_identity(), age.generate_identity())


def vault_in(storage) -> Vault:
    """Return an empty vault with new keys."""
    storage.create()
    return with_keys(storage)


def folder_vault(path) -> Vault:
    """Return an empty vault in a folder."""
    return vault_in(Folder(path))


def some_bytes(size, *, seed=0) -> bytes:
    """Return bytes that look like nothing, the same for the same seed."""
    return random.Random(f"{seed} {size}").randbytes(size)
