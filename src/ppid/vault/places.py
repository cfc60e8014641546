"""Which storage an address means: a folder when it is empty, else an S3-compatible bucket."""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from ppid.errors import BadInput, Finding
from ppid.vault.folder import Folder
from ppid.vault.storage import NAME, Storage


def storage_at(address: str, *, folder: Path, names: re.Pattern[str] = NAME) -> Storage:
    """Return the storage of an address such as `s3://bucket/prefix`; "" means the folder.

    names: what a file in it may be called. Raises BadInput: `storage_address`, `storage_library`;
    what the service's client refuses.
    """
    if not address:
        return Folder(folder, names=names)
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
        text = "Alamat penyimpanan brankas tidak dapat dipakai."
        hint = "Tulis PPID_STORAGE=s3://wadah/awalan tanpa kunci, atau kosongkan untuk folder."
        raise BadInput(Finding("storage_address", text, hint=hint))
    try:
        bucket = import_module("ppid.vault.s3").Bucket  # its library is an extra, and slow to load
    except ModuleNotFoundError as error:
        text = "Pustaka untuk penyimpanan S3 belum terpasang."
        hint = "Pasang dengan tambahan s3: uv sync --extra s3."
        raise BadInput(Finding("storage_library", text, hint=hint)) from error
    storage: Storage = bucket(parts.netloc, prefix=parts.path, names=names)
    return storage
