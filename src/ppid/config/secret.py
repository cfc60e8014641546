"""The installation's own secret, kept in the data folder."""

import os
import secrets
from pathlib import Path

from ppid.errors import BadInput, Finding


def installation_secret(folder: Path) -> str:
    """Return the secret of this installation, making it (0600) on first use.

    Two processes that start at once agree: the first link wins.
    Raises BadInput: `data_folder`, `secret_empty`.
    """
    try:
        secret = _secret(folder)
    except OSError as error:
        text = f"Folder data tidak dapat dibuka atau ditulis: {error.strerror}."
        hint = "Periksa PPID_DATA: sebuah folder yang boleh ditulis oleh pengguna ini."
        raise BadInput(Finding("data_folder", text, place=str(folder), hint=hint)) from error
    if not secret:
        text = "Berkas rahasia pemasangan kosong."
        hint = "Pulihkan dari cadangan, atau hapus berkas itu; semua orang lalu masuk kembali."
        raise BadInput(Finding("secret_empty", text, place=str(folder / "secret"), hint=hint))
    return secret


def _secret(folder: Path) -> str:
    file = folder / "secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".secret.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
