"""The list in a folder of this machine or one that is mounted: a web server's, a shared one."""

import json
import os
import secrets
from pathlib import Path

from ppid.errors import BadInput, Finding
from ppid.office.channels.errand import Errand, manifest
from ppid.office.channels.kinds import FIELDS, ChannelKind

READABLE = 0o644


def send(errand: Errand) -> str:
    """Write each file under its name, whole or not at all, and last the one that names them.

    Raises BadInput: `channel_folder`, `channel_folder_inside`.
    """
    [field] = FIELDS[ChannelKind.FOLDER]
    folder = Path(errand.settings["folder"])
    if not field.fits(str(folder)):  # a link may have been laid since it was chosen
        text = f"Folder {folder} ada di dalam folder data program ini."
        raise BadInput(Finding("channel_folder_inside", text, hint="Pilih folder lain."))
    about = json.dumps(manifest(errand.lists), ensure_ascii=False, indent=1).encode()
    try:
        for one in errand.lists.files:
            _write(folder / one.name, one.path.read_bytes())
        _write(folder / f"dik-{errand.lists.slug}-edisi.json", about)
    except OSError as error:
        why = "tidak ada" if isinstance(error, FileNotFoundError) else f"gagal: {error.strerror}"
        hint = "Buat folder itu, atau beri pengguna program hak menulis di sana."
        raise BadInput(Finding("channel_folder", f"Folder {folder} {why}.", hint=hint)) from error
    return f"{len(errand.lists.files)} berkas daftar ada di folder {folder}."


def _write(file: Path, data: bytes) -> None:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        draft.chmod(READABLE)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
