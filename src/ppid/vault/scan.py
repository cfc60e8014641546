"""Have a file scanned for viruses by clamd, if there is one to ask; then nothing goes without it.

    unix:/run/clamav/clamd.ctl        127.0.0.1:3310        (empty: there is none)

clamd calls a file clean that is longer than it looks at (unless AlertExceedsMax is on), so what is
longer than it is known to take is refused here, before it is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from ppid.errors import BadInput, Finding

MB = 1_000_000
CLEAN = "OK"


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens. most: bytes that it looks at; seconds: that it may stay silent."""

    address: str
    most: int = 25 * MB
    seconds: int = 60


def demand_clean(file: BinaryIO, scanner: Scanner) -> None:
    """Have the file scanned from its beginning; nothing happens where there is no scanner.

    Raises BadInput: `virus_found`, `scan_too_large`, `scan_unavailable`, `scan_address`,
    `scan_library`.
    """
    if not scanner.address:
        return
    size = file.seek(0, 2)
    file.seek(0)
    if size > scanner.most:
        raise BadInput(_too_large(scanner.most))
    client = _library()
    ask = _asking(client, scanner)
    try:
        answers = ask(file)
    except client.BufferTooLongError:
        raise BadInput(_too_large(scanner.most)) from None
    except (client.ClamdError, OSError) as error:
        raise BadInput(_unavailable()) from error
    verdict, name = answers.get("stream", ("", ""))
    if verdict == "FOUND":
        text = f"Pemindai menemukan perangkat lunak jahat: {name}."
        hint = "Jangan buka berkas itu, dan beri tahu pengelola sistem."
        raise BadInput(Finding("virus_found", text, place="file", hint=hint))
    if verdict != CLEAN:
        raise BadInput(_unavailable())


def _library() -> Any:
    try:
        return import_module("clamav_client.clamd")  # an extra
    except ModuleNotFoundError as error:
        text = "Pustaka untuk pemindai virus belum terpasang."
        hint = "Pasang dengan tambahan scan: uv sync --extra scan."
        raise BadInput(Finding("scan_library", text, hint=hint)) from error


def _asking(client: Any, scanner: Scanner) -> Callable[[BinaryIO], dict[str, Any]]:
    if scanner.address.startswith("unix:"):
        path = scanner.address.removeprefix("unix:")
        return client.ClamdUnixSocket(path=path, timeout=scanner.seconds).instream
    host, _, port = scanner.address.rpartition(":")
    if not host or not port.isdigit():
        text = "Alamat pemindai virus tidak dapat dipakai."
        hint = "Tulis PPID_CLAMD=unix:/run/clamav/clamd.ctl atau PPID_CLAMD=peladen:3310."
        raise BadInput(Finding("scan_address", text, hint=hint))
    return client.ClamdNetworkSocket(host, int(port), timeout=scanner.seconds).instream


def _too_large(most: int) -> Finding:
    text = f"Berkas ini lebih besar daripada yang diperiksa pemindai virus ({most / MB:.0f} MB)."
    hint = "Pecah berkas itu, atau minta pengelola sistem menaikkan batas pemindai."
    return Finding("scan_too_large", text, place="file", hint=hint)


def _unavailable() -> Finding:
    text = "Pemindai virus tidak menjawab, jadi berkas tidak disimpan."
    hint = "Coba lagi beberapa menit lagi; bila tetap begitu, hubungi pengelola sistem."
    return Finding("scan_unavailable", text, place="file", hint=hint)
