"""One question over HTTP that ends: in time, in size, and without following anybody elsewhere."""

import http.client
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. headers: names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class TooLarge(ValueError):
    """The answer is larger than anything that was asked for."""


def exchange(
    line: http.client.HTTPConnection,
    method: str,
    path: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str],
    seconds: float,
    most: int,
) -> Answer:
    """Return the answer to one question, and close the line.

    seconds: the longest the whole of it may take; most: bytes of the answer.
    Raises TimeoutError, TooLarge; http.client.HTTPException for half an answer; OSError.
    """
    late = threading.Event()
    held: list[socket.socket] = []
    clock = threading.Timer(seconds, _give_up, (held, late))
    clock.daemon = True
    clock.start()
    try:
        if line.sock is None:
            line.connect()
        # The line lets go of its socket once an answer begins that ends with the connection.
        held.append(line.sock)
        line.request(method, path, body, dict(headers))
        answer = _answer(line.getresponse(), most)
    except (OSError, http.client.HTTPException, ValueError):
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        clock.cancel()
        line.close()
    if late.is_set():
        raise TimeoutError
    return answer


def _give_up(held: list[socket.socket], late: threading.Event) -> None:
    """End the line under its reader, which a server could feed one byte at a time for ever."""
    late.set()
    for one in held:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def _answer(response: http.client.HTTPResponse, most: int) -> Answer:
    parts, size = [], 0
    while chunk := response.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise TooLarge
        parts.append(chunk)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, b"".join(parts))
