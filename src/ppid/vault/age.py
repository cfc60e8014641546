"""The age format (age-encryption.org/v1): identities, recipients, sealing and opening a stream.

    AGE-SECRET-KEY-1...   an identity: opens what is sealed to its recipient; secret
    age1...               a recipient: what to seal to; may be shown to everybody

The cryptography is pyrage's (the Rust implementation of age). Bytes go through 64 KiB at a time;
nothing is held back, so an opened stream is whole only when `unseal` has returned.
"""

from collections.abc import Sequence

import pyrage
from pyrage import x25519

from ppid.errors import BadInput, CorruptData, Finding
from ppid.vault.streams import (
    Digest,
    HashingAside,
    Meter,
    MeteredSource,
    MeteredTarget,
    Readable,
    Writable,
)

NOT_OURS = "No matching keys found"


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
    keys = [_recipient(one) for one in recipients]
    with HashingAside() as aside:
        plain, sealed = MeteredSource(source, aside=aside), MeteredTarget(target, aside=aside)
        try:
            pyrage.encrypt_io(plain, sealed, keys)
        except (pyrage.EncryptError, OSError):
            _raise_own(plain, sealed)
            raise
    _raise_own(plain, sealed)
    return plain.digest(), sealed.digest()


def unseal(source: Readable, target: Writable, *, identities: Sequence[str]) -> None:
    """Open a sealed source; what is written may be used only after this has returned.

    Raises whatever the source or the target raises; CorruptData: `seal_broken`; BadInput:
    `identity_not_a_recipient`, `identity_malformed`.
    """
    keys = [_identity(one) for one in identities]
    sealed = MeteredSource(source, hashing=False)
    plain = MeteredTarget(target, hashing=False)
    try:
        pyrage.decrypt_io(sealed, plain, keys)
    except (pyrage.DecryptError, OSError) as error:
        _raise_own(sealed, plain)
        raise _not_opened(error) from None
    _raise_own(sealed, plain)


def _raise_own(*meters: Meter) -> None:
    """Raise what really went wrong: the stream's own error, not the library's text about it.

    Asked after success too: the library writes the last bytes of a small file without looking
    whether they arrived.
    """
    for meter in meters:
        if meter.failed:
            raise meter.failed


def _not_opened(error: Exception) -> BadInput | CorruptData:
    if NOT_OURS in str(error):
        text = "Berkas tersegel ini tidak dapat dibuka dengan kunci yang ada."
        hint = "Pakai kunci layanan yang benar, atau salah satu kunci pemulihan yang dicetak."
        return BadInput(Finding("identity_not_a_recipient", text, hint=hint))
    text = "Berkas tersegel ini rusak: segelnya tidak utuh."
    return CorruptData(Finding("seal_broken", text, hint="Pulihkan berkas itu dari cadangan."))


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
