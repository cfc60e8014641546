"""Write what a command made: all of it or nothing."""

import os
from pathlib import Path

from ppid.errors import BadInput, Finding


def write_beside(output: str, content: bytes, *, source: str) -> None:
    """Write the content under a temporary name beside `output`, then rename: all or nothing."""
    target = Path(output)
    beside = target.with_name(f".{target.name}.{os.getpid()}.baru")
    try:
        if target.exists() and target.samefile(source):
            message = "Hasil tidak boleh menimpa berkas SOP itu sendiri."
            raise BadInput(Finding("overwrites_source", message, output))
        try:
            beside.write_bytes(content)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"Hasil tidak dapat ditulis: {reason}."
        hint = "Periksa folder tujuan dan hak tulisnya."
        raise BadInput(Finding("unwritable", message, output, hint)) from None
