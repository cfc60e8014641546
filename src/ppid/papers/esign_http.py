"""One question to a signing gateway over HTTP: with an end in time, in size, and no redirects.

The answer is whatever came; what it means is decided by `ppid.papers.esign`. Nothing that was sent
or received is written anywhere or put into an error: it holds passphrases and NIK.
"""

import base64
import http.client
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ppid.errors import BadInput, Finding, Refused
from ppid.papers.timed_http import Answer, TooLarge, exchange

MOST_BYTES = 64 * 1024 * 1024
TRY_LATER = "Naskah belum ditandatangani. Coba lagi nanti, atau hubungi pengelola gateway."


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """Where the eSign Client Service of the office answers, and how it is signed in to.

    address: "https://esign.example.go.id", with a path before /api if there is one. version: 1 or
    2. seconds: the longest a whole question may take.
    """

    address: str
    user: str
    password: str = field(repr=False)
    version: int = 2
    seconds: float = 60


def check_address(address: str) -> None:
    """Raise BadInput `esign_address_invalid` unless it is an http or https address of a host."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        text = "Alamat ini bukan alamat http atau https."
        hint = "Contoh: https://esign.daerah.go.id"
        raise BadInput(Finding("esign_address_invalid", text, "address", hint))


def ask(
    gateway: Gateway, method: str, path: str, *, body: bytes = b"", kind: str = "application/json"
) -> Answer:
    """Return the answer to one question.

    Raises Refused: `esign_unreachable`, `esign_timeout`, `esign_cut`, `esign_too_large`,
    `esign_login_refused`.
    """
    check_address(gateway.address)
    path = urlsplit(gateway.address).path.rstrip("/") + path
    headers = {"Authorization": _basic(gateway), "Content-Type": kind, "Accept": "*/*"}
    try:
        answer = exchange(
            _line(gateway),
            method,
            path,
            body=body,
            headers=headers,
            seconds=gateway.seconds,
            most=MOST_BYTES,
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused(_broken(error)) from None
    if answer.status in (401, 403):
        text = "Gateway eSign menolak akun badan publik ini."
        hint = "Minta pengelola sistem memeriksa nama pengguna dan kata sandi gateway."
        raise Refused(Finding("esign_login_refused", text, hint=hint))
    return answer


def _line(gateway: Gateway) -> http.client.HTTPConnection:
    parts = urlsplit(gateway.address)
    host, port, seconds = parts.hostname or "", parts.port, gateway.seconds
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=seconds)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=seconds, context=context)


def _basic(gateway: Gateway) -> str:
    pair = f"{gateway.user}:{gateway.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def _broken(error: Exception) -> Finding:
    if isinstance(error, TimeoutError):
        text = "Gateway eSign tidak selesai menjawab pada waktunya."
        return Finding("esign_timeout", text, hint=TRY_LATER)
    if isinstance(error, TooLarge):
        return Finding("esign_too_large", "Jawaban gateway eSign terlalu besar.", hint=TRY_LATER)
    if isinstance(error, http.client.HTTPException | ConnectionResetError | BrokenPipeError):
        text = "Jawaban gateway eSign terputus di tengah."
        return Finding("esign_cut", text, hint=TRY_LATER)
    text = "Gateway eSign tidak dapat dihubungi."
    hint = "Periksa jaringan dan alamat gateway, lalu coba lagi."
    return Finding("esign_unreachable", text, hint=hint)
