"""The age format (age-encryption.org/v1): identities, recipients, sealing and opening a stream.

    AGE-SECRET-KEY-1...   an identity: opens what is sealed to its recipient; secret
    age1...               a recipient: what to seal to; may be shown to everybody

Keys are made and read by pyrage (the Rust implementation of age); header and payload of a file are
ours (age_header.py, age_payload.py; docs/decisions/0136). Nothing is held back, so an opened stream
is whole only when `unseal` has returned.
"""

from collections.abc import Sequence

import pyrage
from pyrage import x25519

from ppid.errors import BadInput, CorruptData, Finding
from ppid.vault.age_header import Malformed, NotForUs, new_header, read_header
from ppid.vault.age_payload import opened_payload, sealed_payload
from ppid.vault.streams import (
    Aside,
    Continued,
    Digest,
    Meter,
    MeteredTarget,
    Overheard,
    Readable,
    Writable,
)

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHECKSUM = 6


def generate_identity() -> str:
    """Return a new identity: 74 characters, upper case."""
    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the recipient of an identity. Raises BadInput: `identity_malformed`."""
    return str(_identity(identity).to_public())


def check_recipient(recipient: str) -> str:
    """Return the recipient as it is written. Raises BadInput: `recipient_malformed`."""
    return str(_recipient(recipient))


def seal(source: Readable, target: Writable, *, recipients: Sequence[str]) -> tuple[Digest, Digest]:
    """Seal the source to every recipient; return the digests of plain and of sealed bytes.

    Raises whatever the source or the target raises; BadInput: `recipient_malformed`.
    """
    keys = [_bytes_of(check_recipient(one)) for one in recipients]
    header, key = new_header(keys)
    plain, sealed = Meter(), MeteredTarget(target)
    with Aside(plain.count) as counting, Aside(sealed.write) as writing:
        writing.put(header)
        for block in sealed_payload(Overheard(source, counting.put), key):
            writing.put(block)
    return plain.digest(), sealed.digest()


def unseal(source: Readable, target: Writable, *, identities: Sequence[str]) -> None:
    """Open a sealed source; what is written may be used only after this has returned.

    Raises whatever the source or the target raises; CorruptData: `seal_broken`; BadInput:
    `identity_not_a_recipient`, `identity_malformed`.
    """
    keys = [_bytes_of(str(_identity(one))) for one in identities]
    try:
        header, begun = read_header(source)
        key = header.payload_key(keys)
        for block in opened_payload(Continued(begun, source), key):
            target.write(block)
    except NotForUs:
        text = "Berkas tersegel ini tidak dapat dibuka dengan kunci yang ada."
        hint = "Pakai kunci layanan yang benar, atau salah satu kunci pemulihan yang dicetak."
        raise BadInput(Finding("identity_not_a_recipient", text, hint=hint)) from None
    except Malformed:
        text = "Berkas tersegel ini rusak: segelnya tidak utuh."
        hint = "Pulihkan berkas itu dari cadangan."
        raise CorruptData(Finding("seal_broken", text, hint=hint)) from None


def _bytes_of(key: str) -> bytes:
    """Return the 32 bytes of a key whose checksum pyrage has seen to."""
    number = 0
    for letter in key.lower().rpartition("1")[2][:-CHECKSUM]:
        number = number << 5 | BECH32.index(letter)
    return (number >> 4).to_bytes(32, "big")  # 52 letters have 4 bits too many


def _identity(text: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str(text.strip().upper())
    except pyrage.IdentityError:
        message = "Ini bukan kunci rahasia age yang utuh."
        hint = "Kunci itu diawali AGE-SECRET-KEY-1 dan panjangnya 74 huruf dan angka."
        raise BadInput(Finding("identity_malformed", message, hint=hint)) from None


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip().lower())
    except pyrage.RecipientError:
        message = "Ini bukan kunci penerima age yang utuh."
        hint = "Kunci penerima diawali age1 dan panjangnya 62 huruf dan angka."
        raise BadInput(Finding("recipient_malformed", message, hint=hint)) from None
