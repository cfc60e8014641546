"""Read a published log: from a folder, or from a web site that may be slow, false, or gone.

Whatever happens becomes one sentence: a path that is missing is NotFound, everything else is
BadInput `source_unreadable`. Answers are read up to a size and for a time, never longer.
"""

import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from ppid.errors import BadInput, Finding, NotFound

Read = Callable[[str], bytes]

SILENCE_SECONDS = 20
FILE_SECONDS = 120
LARGEST = 512 * 1024 * 1024
CHUNK = 64 * 1024
GONE = (404, 410)
HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
)


def is_address(source: str) -> bool:
    """Return whether the source is a web address."""
    return urlsplit(source).scheme in ("http", "https")


def reader_of(source: str) -> Read:
    """Return the function that reads a path below a web address or a folder."""
    if is_address(source):
        prefix = source.rstrip("/").removesuffix("/checkpoint")
        return lambda path: fetch(f"{prefix}/{path}")
    folder = Path(source)
    return lambda path: read_file(folder / path)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file. Raises NotFound `file_missing`, BadInput `source_unreadable`."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(_missing(str(path))) from None
    except OSError as error:
        hint = "Periksa nama berkas dan izinnya."
        raise BadInput(_unreadable(str(path), str(error.strerror), hint)) from None


def fetch(address: str, *, silence: float = SILENCE_SECONDS, most: float = FILE_SECONDS) -> bytes:
    """Return what a web address answers.

    silence: seconds without a byte, most: seconds in all, after which nobody waits any longer.
    Raises NotFound `file_missing`; BadInput `source_unreadable`.
    """
    # the opener below knows http and https only
    request = Request(address, headers={"User-Agent": "ppid-ledger-verify"})  # noqa: S310
    try:
        with _opener().open(request, timeout=silence) as answer:
            return _all_of(answer.read1, address, until=time.monotonic() + most)
    except HTTPError as error:
        error.close()
        if error.code in GONE:
            raise NotFound(_missing(address)) from None
        raise BadInput(_unreadable(address, f"jawabannya {error.code}")) from None
    except URLError as error:
        raise BadInput(_unreadable(address, str(error.reason))) from None
    except TimeoutError:
        raise BadInput(_unreadable(address, "tidak menjawab")) from None
    except (OSError, HTTPException, ValueError) as error:
        what = str(error) or type(error).__name__
        raise BadInput(_unreadable(address, what)) from None


def _opener() -> OpenerDirector:
    """Return what opens web addresses and nothing else: no redirect leads to a file or to FTP."""
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    return opener


def _all_of(read: Callable[[int], bytes], address: str, *, until: float) -> bytes:
    parts, size = [], 0
    while part := read(CHUNK):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise BadInput(_unreadable(address, "jawabannya terlalu besar"))
        if time.monotonic() > until:
            raise BadInput(_unreadable(address, "jawabannya terlalu lambat"))
    return b"".join(parts)


def _missing(place: str) -> Finding:
    return Finding("file_missing", "Berkas ini tidak ada.", place=place, hint="Periksa alamatnya.")


def _unreadable(place: str, why: str, hint: str = "") -> Finding:
    return Finding(
        "source_unreadable",
        f"Sumber ini tidak dapat dibaca: {why}.",
        place=place,
        hint=hint or "Periksa alamat dan jaringan, lalu ulangi.",
    )
