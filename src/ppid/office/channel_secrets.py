"""The passwords, tokens and keys of publication channels: on this machine, for the program only.

keys/bontang.<channel>.channel    {"token": "..."}, mode 0600, beside the keys that sign

Never in the database, the log, or a page; a backup holds them as it holds the other keys.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

from ppid.errors import BadInput, CorruptData, Finding
from ppid.office.signing_keys import write_private

AGAIN = "Isi lagi rahasianya pada halaman saluran ini."


def secrets_of(body: str, channel: UUID) -> dict[str, str]:
    """Return the secrets of a channel by their fields.

    Raises BadInput: `channel_secret_missing`; CorruptData: `channel_secret_damaged`.
    """
    path = _file(body, channel)
    if not path.exists():
        text = "Kata sandi atau kunci saluran ini tidak ada di server."
        raise BadInput(Finding("channel_secret_missing", text, hint=AGAIN))
    try:
        return {str(name): str(value) for name, value in json.loads(path.read_bytes()).items()}
    except (ValueError, AttributeError):
        text = "Berkas rahasia saluran ini rusak."
        raise CorruptData(Finding("channel_secret_damaged", text, path.name, AGAIN)) from None


def keep_secrets(body: str, channel: UUID, secrets: Mapping[str, str]) -> None:
    """Keep the secrets of a channel in place of those it had."""
    write_private(_file(body, channel), json.dumps(dict(secrets)).encode())


def _file(body: str, channel: UUID) -> Path:
    return Path(settings.KEYS / f"{body}.{channel}.channel")
