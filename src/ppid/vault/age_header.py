"""The header of a file in the age format: who can open it, and the key of what follows.

    age-encryption.org/v1
    -> X25519 <share>                the file key, wrapped for one recipient
    <wrapped file key>
    --- <HMAC-SHA256 of all above>
    <16 bytes, the nonce>            the payload's key is made of it and of the file key

Base64 without padding; bodies in lines of 64 characters. Stanzas of other kinds are passed over.
Keys are 32 bytes here. The format is that of c2sp.org/age, the primitives are OpenSSL's.
"""

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ppid.vault.streams import Readable, read_whole

VERSION = b"age-encryption.org/v1"
X25519_INFO = b"age-encryption.org/v1/X25519"
FILE_KEY, NONCE, MAC = 16, 16, 32
FIRST, LONGEST = 4 << 10, 64 << 10
"""Bytes that are read first, and at most, to find the end of a header."""

LINE = rb"[A-Za-z0-9+/]"
STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:%b{64}\n)*%b{0,63}\n)" % (LINE, LINE))
HEADER = re.compile(
    rb"(?P<signed>%b\n(?P<stanzas>(?:%b)+)---) (?P<mac>%b{43})\n" % (VERSION, STANZA.pattern, LINE)
)


class Malformed(ValueError):
    """What was read is no whole file in the age format."""


class NotForUs(ValueError):
    """No identity opens this file."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header as it was read. signed: what its MAC is of; wrapped: share and wrapped file key."""

    signed: bytes
    mac: bytes
    wrapped: tuple[tuple[bytes, bytes], ...]
    nonce: bytes

    def payload_key(self, identities: Sequence[bytes]) -> bytes:
        """Return the key of the payload. Raises NotForUs, Malformed."""
        file_key = _unwrapped(self.wrapped, identities)
        try:
            _mac(file_key, self.signed).verify(self.mac)
        except InvalidSignature:
            raise Malformed("header MAC") from None
        return _payload_key(file_key, self.nonce)


def new_header(recipients: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return a header for a new file, the nonce included, and the key of its payload.

    Raises ValueError for a recipient that is no point of the curve to seal to.
    """
    file_key, nonce = os.urandom(FILE_KEY), os.urandom(NONCE)
    stanzas = b"".join(_wrapped(file_key, one) for one in recipients)
    signed = VERSION + b"\n" + stanzas + b"---"
    mac = _mac(file_key, signed).finalize()
    return signed + b" " + _text(mac) + b"\n" + nonce, _payload_key(file_key, nonce)


def read_header(source: Readable) -> tuple[Header, bytes]:
    """Return the header and what was read beyond it. Raises Malformed."""
    data = read_whole(source, FIRST)
    found = HEADER.match(data)
    if found is None or len(data) < found.end() + NONCE:
        data += read_whole(source, LONGEST - FIRST)
        found = HEADER.match(data)
    if found is None or len(data) < (end := found.end() + NONCE):
        raise Malformed("header")
    mac, wrapped = _data(found["mac"]), _wrapped_keys(found["stanzas"])
    return Header(found["signed"], mac, wrapped, data[found.end() : end]), data[end:]


def _wrapped(file_key: bytes, recipient: bytes) -> bytes:
    """Return the stanza that lets one recipient open the file."""
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    key = _wrapping_key(once, recipient, salt=share + recipient)
    body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    return b"-> X25519 " + _text(share) + b"\n" + _text(body) + b"\n"


def _wrapped_keys(stanzas: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Return share and wrapped file key of each stanza of our kind. Raises Malformed."""
    found = []
    for arguments, lines in STANZA.findall(stanzas):
        kind, *rest = arguments.split(b" ")
        body = _data(lines.replace(b"\n", b""))
        if kind != b"X25519":
            continue
        if len(rest) != 1 or len(body) != FILE_KEY + 16 or len(share := _data(rest[0])) != 32:
            raise Malformed("X25519 stanza")
        found.append((share, body))
    return tuple(found)


def _unwrapped(wrapped: Sequence[tuple[bytes, bytes]], identities: Sequence[bytes]) -> bytes:
    for identity in map(X25519PrivateKey.from_private_bytes, identities):
        recipient = identity.public_key().public_bytes_raw()
        for share, body in wrapped:
            try:
                key = _wrapping_key(identity, share, salt=share + recipient)
                return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)
            except InvalidTag:
                continue
            except ValueError:
                raise Malformed("share of low order") from None
    raise NotForUs


def _wrapping_key(own: X25519PrivateKey, other: bytes, *, salt: bytes) -> bytes:
    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    return _derived(shared, salt=salt, info=X25519_INFO)


def _payload_key(file_key: bytes, nonce: bytes) -> bytes:
    return _derived(file_key, salt=nonce, info=b"payload")


def _mac(file_key: bytes, signed: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, salt=None, info=b"header"), SHA256())
    mac.update(signed)
    return mac


def _derived(secret: bytes, *, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(secret)


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _data(text: bytes) -> bytes:
    """Return what Base64 without padding says, in its one spelling. Raises Malformed."""
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        data = b""
    if _text(data) != text:
        raise Malformed("base64")
    return data
