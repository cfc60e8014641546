"""The age format (age-encryption.org/v1): identities, recipients, sealing and opening a stream.

    AGE-SECRET-KEY-1...   an identity: opens what is sealed to its recipient; secret
    age1...               a recipient: what to seal to; may be shown to everybody

The cryptography is pyrage's (the Rust implementation of age). Bytes go through a block at a time;
nothing is held back, so an opened stream is whole only when `unseal` has returned.
"""

from collections.abc import Callable, Sequence

import pyrage
from pyrage import x25519

from ppid.errors import BadInput, CorruptData, Finding
from ppid.vault.streams import (
    BLOCK,
    Aside,
    Digest,
    Meter,
    MeteredTarget,
    Overheard,
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
    plain, sealed = Meter(), MeteredTarget(target)
    with Aside(plain.count) as counting, Aside(sealed.write) as writing:
        given, taken = _Given(Overheard(source, counting.put)), _Taken(writing.put)
        try:
            pyrage.encrypt_io(given, taken, keys)
        except (pyrage.EncryptError, OSError):
            _raise_own(given, taken)
            raise
        _raise_own(given, taken)
        taken.end()
    return plain.digest(), sealed.digest()


def unseal(source: Readable, target: Writable, *, identities: Sequence[str]) -> None:
    """Open a sealed source; what is written may be used only after this has returned.

    Raises whatever the source or the target raises; CorruptData: `seal_broken`; BadInput:
    `identity_not_a_recipient`, `identity_malformed`.
    """
    keys = [_identity(one) for one in identities]
    given, taken = _Given(source), _Taken(target.write)
    try:
        pyrage.decrypt_io(given, taken, keys)
    except (pyrage.DecryptError, OSError) as error:
        _raise_own(given, taken)
        raise _not_opened(error) from None
    _raise_own(given, taken)
    taken.end()


class _Given:
    """What pyrage reads from. It asks for a few KiB at a time; the source is read in blocks.

    failed: the first error of the source, which pyrage answers with a text of its own.
    """

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._block = memoryview(b"")
        self.failed: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Return the next bytes, never across two blocks; none at the end."""
        if not self._block:
            try:
                self._block = memoryview(self._source.read(BLOCK))
            except BaseException as error:
                self.failed = self.failed or error
                raise
        part, self._block = self._block[:size], self._block[size:]
        return bytes(part)


class _Taken:
    """What pyrage writes to, passed on in blocks; the rest at the end. failed: as for `_Given`."""

    def __init__(self, put: Callable[[bytes], object]) -> None:
        self._put = put
        self._block = bytearray()
        self.failed: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take the bytes; return how many there were."""
        self._block += data
        if len(self._block) >= BLOCK:
            try:
                self._put(bytes(self._block))
            except BaseException as error:
                self.failed = self.failed or error
                raise
            self._block.clear()
        return len(data)

    def flush(self) -> None:
        """Do nothing: who opened the target closes it."""

    def end(self) -> None:
        """Pass on what is left, when all went well."""
        self._put(bytes(self._block))


def _raise_own(*streams: _Given | _Taken) -> None:
    """Raise what really went wrong: the stream's own error, not the library's text about it.

    Asked after success too: the library writes the last bytes of a small file without looking
    whether they arrived.
    """
    for stream in streams:
        if stream.failed:
            raise stream.failed


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
