"""The age format (age-encryption.org/v1): identities, recipients, sealing and opening a stream.

    AGE-SECRET-KEY-1...   an identity: opens what is sealed to its recipient; secret
    age1...               a recipient: what to seal to; may be shown to everybody

The cryptography is pyrage's (the Rust implementation of age) or, for large files and where it is
installed, that of the `age` program (in Go); the files are the same. Bytes go through a block at a
time; nothing is held back, so an opened stream is whole only when `unseal` has returned.
"""

import io
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

import pyrage
from pyrage import x25519

from ppid.errors import BadInput, CorruptData, Finding
from ppid.vault import age_program
from ppid.vault.age_program import Hearing
from ppid.vault.memory import unchanging
from ppid.vault.streams import (
    BLOCK,
    Aside,
    Chunks,
    Digest,
    Meter,
    MeteredTarget,
    Overheard,
    Readable,
    Writable,
    blocks_of,
)

LARGE = 4 << 20
"""Bytes from which on the `age` program is worth its start, measured (docs/decisions/0137)."""

SAID_SO = 1
PANIC = "PanicException"
"""What pyrage raises, below every other exception and without a name to import, where its library
gives up: sealing to a point of small order is the only way there that is known."""

NOT_OURS = "No matching keys found"


def generate_identity() -> str:
    """Return a new identity: 74 characters, upper case."""
    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the recipient of an identity. Raises BadInput: `identity_malformed`."""
    return str(_identity(identity).to_public())


def check_recipient(recipient: str) -> str:
    """Return the recipient as it is written.

    Raises BadInput: `recipient_malformed`, `recipient_weak` for one of the few that hide nothing.
    """
    key = _recipient(recipient)
    try:
        pyrage.encrypt(b"", [key])
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        text = "Kunci penerima ini tidak melindungi: yang disegel kepadanya dapat dibuka siapa pun."
        hint = "Kunci ini bukan hasil program age. Buat pasangan kunci yang baru."
        raise BadInput(Finding("recipient_weak", text, hint=hint)) from None
    return str(key)


def seal(source: Readable, target: Writable, *, recipients: Sequence[str]) -> tuple[Digest, Digest]:
    """Seal the source to every recipient; return the digests of plain and of sealed bytes.

    Raises whatever the source or the target raises; BadInput: `recipient_malformed`,
    `age_failed`.
    """
    keys = [_recipient(one) for one in recipients]
    plain, sealed, begun = Meter(), MeteredTarget(target), _begun(source)
    if not (begun.large and _program_seals(begun.whole, sealed, keys, hear=plain.count)):
        with Aside(plain.count) as counting:
            _seal_here(Overheard(begun.whole, counting.put), sealed, keys)
    return plain.digest(), sealed.digest()


def unseal(source: Readable, target: Writable, *, identities: Sequence[str]) -> Digest:
    """Open a sealed source; return the digest of the very bytes that were opened.

    What is written may be used only after this has returned; a target that is a file may be
    written past Python's buffer. Raises whatever the source or the target raises; CorruptData:
    `seal_broken`; BadInput: `identity_not_a_recipient`, `identity_malformed`, `age_failed`.
    """
    keys = [_identity(one) for one in identities]
    sealed, begun = Meter(), _begun(source)
    if not (begun.large and _program_unseals(begun, target, keys, hear=sealed.count)):
        with Aside(sealed.count) as counting:
            _unseal_here(Overheard(begun.whole, counting.put), target, keys)
    return sealed.digest()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A source of which so much has been read that its size class is known.

    first: its first block; whole: all of it, to be read once.
    """

    large: bool
    first: bytes
    whole: Readable


def _begun(source: Readable) -> _Begun:
    still = unchanging(source)
    if still is not None:
        place = os.lseek(still, 0, os.SEEK_CUR)
        large = os.fstat(still).st_size - place >= LARGE
        return _Begun(large, os.pread(still, BLOCK, place), source)
    blocks, head, size = blocks_of(source), deque[bytes](), 0
    while size < LARGE and (block := next(blocks, b"")):
        head.append(block)
        size += len(block)
    first = head[0] if head else b""
    return _Begun(size >= LARGE, first, Chunks(chain(_emptied(head), blocks)))


def _emptied(blocks: deque[bytes]) -> Iterator[bytes]:
    """Yield the blocks and keep none of them."""
    while blocks:
        yield blocks.popleft()


def _program_seals(
    whole: Readable, target: Writable, keys: Sequence[x25519.Recipient], *, hear: Hearing
) -> bool:
    """Let the `age` program seal; return False, with nothing read, if it is not to be had."""
    path = age_program.usable()
    try:
        if path:
            to = [str(one) for one in keys]
            age_program.seal(path, whole, target, recipients=to, hear=hear)
    except age_program.NotStarted:
        return False
    except age_program.Failed:
        raise _program_failed() from None
    return bool(path)


def _program_unseals(
    begun: _Begun, target: Writable, keys: Sequence[x25519.Identity], *, hear: Hearing
) -> bool:
    """As `_program_seals`. Why a file does not open is said by the same library for all sizes."""
    path = age_program.usable()
    try:
        if path:
            own = [str(one) for one in keys]
            age_program.unseal(path, begun.whole, target, identities=own, hear=hear)
    except age_program.NotStarted:
        return False
    except age_program.Failed as error:
        _demand_recipient(begun.first, keys)
        raise (_broken() if error.code == SAID_SO else _program_failed()) from None
    return bool(path)


def _demand_recipient(first: bytes, keys: Sequence[x25519.Identity]) -> None:
    """Raise BadInput if the beginning of a sealed file says that it is for somebody else."""
    with suppress(CorruptData):  # as it is only a beginning
        _unseal_here(io.BytesIO(first), io.BytesIO(), keys)


def _seal_here(source: Readable, target: Writable, keys: Sequence[x25519.Recipient]) -> None:
    with Aside(target.write) as writing:
        given, taken = _Given(source), _Taken(writing.put)
        try:
            pyrage.encrypt_io(given, taken, keys)
        except (pyrage.EncryptError, OSError):
            _raise_own(given, taken)
            raise
        _raise_own(given, taken)
        taken.end()


def _unseal_here(source: Readable, target: Writable, keys: Sequence[x25519.Identity]) -> None:
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
    return _broken()


def _broken() -> CorruptData:
    text = "Berkas tersegel ini rusak: segelnya tidak utuh."
    return CorruptData(Finding("seal_broken", text, hint="Pulihkan berkas itu dari cadangan."))


def _program_failed() -> BadInput:
    text = "Program age di mesin ini berhenti sebelum selesai; tidak ada yang disimpan atau dibuka."
    hint = "Ulangi. Bila terulang, periksa memori mesin dan pasang ulang paket age."
    return BadInput(Finding("age_failed", text, hint=hint))


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
