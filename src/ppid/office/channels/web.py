"""One question to a server that an officer named: only where it may go, and with an end.

The name is looked up once, every address it has must be one that may be reached, and the line goes
to the address that was looked at: a name that means another place a moment later gains nothing.
Redirects are not followed. What the server says is never put into an error: it may repeat a secret.
"""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from ppid.errors import BadInput, Finding
from ppid.papers.timed_http import Answer, TooLarge, exchange

MOST_BYTES = 4 << 20
LATER = "Dicoba lagi dengan sendirinya."
IPAddress = IPv4Address | IPv6Address


def ask(
    address: str,
    method: str = "GET",
    *,
    headers: Mapping[str, str],
    body: bytes = b"",
    seconds: float,
) -> Answer:
    """Return the answer to one question, whatever its status but a redirect.

    Raises BadInput: `channel_address_private`, `channel_address_unknown`, `channel_address_plain`,
    `channel_unreachable`, `channel_certificate`, `channel_late`, `channel_cut`,
    `channel_answer_too_large`, `channel_redirects`.
    """
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path or "/"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = allowed_place(host, port)
    if parts.scheme != "https" and not place.is_loopback:
        text = f"Alamat {host} tidak memakai https."
        raise BadInput(Finding("channel_address_plain", text, hint="Isi alamat https."))
    target = f"{path}?{parts.query}" if parts.query else path
    try:
        line = _line(parts.scheme, host, parts.port, place=str(place), seconds=seconds)
        answer = exchange(
            line, method, target, body=body, headers=headers, seconds=seconds, most=MOST_BYTES
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise BadInput(broken(error, host)) from None
    if 300 <= answer.status < 400:
        text = f"{host} mengalihkan ke alamat lain; kiriman tidak diteruskan ke sana."
        raise BadInput(Finding("channel_redirects", text, hint="Isi alamat yang terakhir."))
    return answer


def demand_done(answer: Answer, host: str) -> Answer:
    """Return the answer of a server that did what it was asked.

    Raises BadInput: `channel_refused`, `channel_missing`, `channel_conflict`, `channel_failed`.
    """
    if 200 <= answer.status < 300:
        return answer
    if answer.status in (401, 403):
        text = f"{host} menolak nama pengguna, kunci, atau tokennya ({answer.status})."
        hint = "Isi yang baru pada halaman saluran ini, dan periksa haknya di sana."
        raise BadInput(Finding("channel_refused", text, hint=hint))
    if answer.status == 404:
        text = f"{host} tidak mengenal tempat tujuannya (404)."
        raise BadInput(Finding("channel_missing", text, hint="Periksa alamat dan nama tujuan."))
    if answer.status == 409:
        text = f"{host} menolak isinya karena bertentangan dengan yang ada di sana (409)."
        hint = "Periksa nama tujuan dan isian yang diwajibkan di sana."
        raise BadInput(Finding("channel_conflict", text, hint=hint))
    text = f"{host} gagal menerima kiriman ({answer.status})."
    raise BadInput(Finding("channel_failed", text, hint=LATER))


def read_json(answer: Answer, host: str) -> Any:
    """Return what the answer says. Raises BadInput: `channel_answer_strange`."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise strange(host) from None


def strange(host: str) -> BadInput:
    """Return the error for an answer that such a server does not give."""
    text = f"Jawaban {host} bukan jawaban layanan yang dimaksud."
    hint = "Periksa apakah alamatnya benar."
    return BadInput(Finding("channel_answer_strange", text, hint=hint))


def allowed_place(host: str, port: int) -> IPAddress:
    """Return an address of the host, all of whose addresses may be reached.

    Private ones may be reached where PPID_CHANNEL_NETWORKS names their network.
    Raises BadInput: `channel_address_unknown`, `channel_address_private`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    except (OSError, ValueError):
        text = f"Nama {host} tidak dikenal."
        hint = "Periksa alamat, dan apakah server ini terhubung ke jaringan."
        raise BadInput(Finding("channel_address_unknown", text, hint=hint)) from None
    if not all(_is_allowed(place) for place in places):
        text = f"{host} berada di jaringan dalam, yang tidak boleh dituju saluran."
        hint = "Minta pengelola server mengizinkan jaringan itu dengan PPID_CHANNEL_NETWORKS."
        raise BadInput(Finding("channel_address_private", text, hint=hint))
    return places[0]


def _is_allowed(place: IPAddress) -> bool:
    networks = [ip_network(one, strict=False) for one in settings.CHANNEL_NETWORKS]
    if any(place.version == one.version and place in one for one in networks):
        return True
    inner = _inner(place)
    if inner is not None:
        return _is_allowed(inner)
    return place.is_global and not place.is_multicast


def _inner(place: IPAddress) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to, if it does (6to4, NAT64, mapped)."""
    if not isinstance(place, IPv6Address):
        return None
    if place in ip_network("64:ff9b::/96"):
        return IPv4Address(int(place) & 0xFFFFFFFF)
    return place.ipv4_mapped or place.sixtofour


def _line(
    scheme: str, host: str, port: int | None, *, place: str, seconds: float
) -> http.client.HTTPConnection:
    """Return a line to the host that is open already, to the address that was looked at."""
    if scheme != "https":
        line = http.client.HTTPConnection(host, port, timeout=seconds)
        line.sock = socket.create_connection((place, line.port), timeout=seconds)
        return line
    context = ssl.create_default_context()
    safe = http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    bare = socket.create_connection((place, safe.port), timeout=seconds)
    try:
        safe.sock = context.wrap_socket(bare, server_hostname=host)
    except OSError:
        bare.close()
        raise
    return safe


def broken(error: Exception, host: str) -> Finding:
    """Return what went wrong on the way to a host."""
    if isinstance(error, TimeoutError):
        return Finding("channel_late", f"{host} tidak menjawab pada waktunya.", hint=LATER)
    if isinstance(error, TooLarge):
        text = f"Jawaban {host} terlalu besar."
        return Finding("channel_answer_too_large", text, hint="Periksa alamatnya.")
    if isinstance(error, ssl.SSLCertVerificationError):
        text = f"Sertifikat https {host} tidak sah."
        hint = "Minta pengelola server itu memperbaikinya; kiriman tidak dikirim."
        return Finding("channel_certificate", text, hint=hint)
    if isinstance(error, http.client.HTTPException | ConnectionResetError | BrokenPipeError):
        return Finding("channel_cut", f"Sambungan dengan {host} terputus di tengah.", hint=LATER)
    return Finding("channel_unreachable", f"{host} tidak dapat dihubungi.", hint=LATER)
