"""One soft copy: seal it, open it, seal it anew, verify it; and a survey of them all.

A sealed file is read once to be opened: the very bytes that are opened are hashed beside it, and
what came out of them may be used only when the hash is the one that was noted when it was sealed.
Whoever is given plain bytes here has them all, or an error and nothing (docs/decisions/0136).
"""

import os
import secrets
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ppid.errors import BadInput, CorruptData, Finding, NotFound, PpidError
from ppid.vault import age
from ppid.vault.storage import Rereadable, Storage, Stored
from ppid.vault.streams import (
    BLOCK,
    Chunks,
    Digest,
    Erasable,
    MeteredTarget,
    Readable,
    Writable,
    digest_of,
    pulled,
)

FROM_BACKUP = "Pulihkan berkas itu dari cadangan."


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """One version of a document as it is kept. name: of the sealed file in its storage."""

    document: UUID
    version: int
    name: str
    plain: Digest
    sealed: Digest

    @property
    def place(self) -> str:
        """Return what a person finds it by, without anything of what is in it."""
        return f"dokumen {self.document} versi {self.version}"


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A sealed file as a list of files knows it, without what is in it."""

    name: str
    sealed: Digest

    @property
    def place(self) -> str:
        """Return what a person finds it by: its name says of which document it is."""
        document, version, *_ = self.name.split(".")
        return f"dokumen {document} versi {version}"


class Noted(Protocol):
    """What is known of a sealed file from outside of it."""

    @property
    def name(self) -> str:
        """Return its name in its storage."""

    @property
    def sealed(self) -> Digest:
        """Return size and hash of the sealed bytes."""

    @property
    def place(self) -> str:
        """Return what a person finds it by."""


def seal_copy(
    source: Readable,
    *,
    document: UUID,
    version: int,
    storage: Storage,
    recipients: Sequence[str],
    expected: Digest | None = None,
) -> SealedCopy:
    """Seal the source into a new file; when this returns, the file is durable.

    expected: what the source must turn out to be. Raises BadInput: `recipient_missing`,
    `source_changed`, `age_failed`, what the storage refuses; whatever the source raises. Nothing is
    left then.
    """
    if len(set(recipients)) < 2:
        text = "Brankas belum memiliki kunci pemulihan."
        hint = "Buat dengan ppid vault key, cetak, dan simpan di luar mesin ini."
        raise BadInput(Finding("recipient_missing", text, hint=hint))
    name = f"{document}.{version}.{secrets.token_hex(8)}.age"
    with storage.writer(name) as file:
        plain, sealed = age.seal(source, file, recipients=recipients)
        if expected and expected != plain:
            text = "Isi berkas berubah selagi dibaca; tidak ada yang disimpan."
            raise BadInput(Finding("source_changed", text, hint="Tutup berkas itu, lalu ulangi."))
    return SealedCopy(document, version, name, plain, sealed)


def open_copy(
    copy: SealedCopy, target: Erasable, *, storage: Storage, identities: Sequence[str]
) -> None:
    """Write the plain bytes of a soft copy into an empty target; it is empty again if this raises.

    Raises CorruptData: `file_missing`, `file_cut`, `file_altered`, `seal_broken`, `plain_differs`;
    BadInput: `identity_not_a_recipient`, `age_failed`, what the storage refuses; whatever the
    target raises.
    """
    try:
        _open(copy, target, storage=storage, identities=identities)
        if target.seek(0, os.SEEK_END) != copy.plain.size:
            raise _plain_differs(copy)
    except BaseException:
        target.seek(0)
        target.truncate()
        raise


def reseal_copy(
    copy: SealedCopy, *, storage: Storage, identities: Sequence[str], recipients: Sequence[str]
) -> SealedCopy:
    """Seal the same bytes into a new file, to these recipients; the old file stays.

    Raises as `open_copy` and `seal_copy`; CorruptData: `plain_differs` if what comes out of the
    old file is not what once went in.
    """
    # Its end is read, or its error raised, before the new file gets its name.
    opened = pulled(lambda pipe: _open(copy, pipe, storage=storage, identities=identities))
    with closing(opened) as chunks:
        try:
            return seal_copy(
                Chunks(chunks),
                document=copy.document,
                version=copy.version,
                storage=storage,
                recipients=recipients,
                expected=copy.plain,
            )
        except BadInput as error:
            if error.codes != ("source_changed",):
                raise
            raise _plain_differs(copy) from error


def copy_sealed(copy: Noted, *, source: Storage, target: Storage) -> None:
    """Copy a sealed file as it is into another storage, under the same name, durably.

    Raises CorruptData: `file_missing`, `file_cut`, `file_altered`, and nothing is left in the
    target; BadInput: what the storages refuse.
    """
    try:
        with source.reader(copy.name) as file, target.writer(copy.name) as new:
            metered = MeteredTarget(new)
            while block := file.read(BLOCK):
                metered.write(block)
            fault = _fault(copy, metered.digest(), {})
            if fault:
                raise CorruptData(fault)
    except NotFound:
        raise CorruptData(_gone(copy)) from None


def examine(
    copy: Noted, storage: Storage, *, known: Mapping[str, str] | None = None
) -> Finding | None:
    """Read a sealed file to its end; return what is wrong with it, None if it is the one.

    known: the place of every copy by the SHA-256 of its sealed file, to name a swap.
    Raises BadInput if the storage as a whole does not do its part.
    """
    try:
        with storage.reader(copy.name) as file:
            return _fault(copy, digest_of(file), known or {})
    except NotFound:
        return _gone(copy)
    except BadInput as error:
        if error.codes != ("storage_failed",):
            raise
        text = f"Berkas tersegel ini tidak dapat dibaca sampai habis. {error.findings[0].message}"
        return Finding("file_unreadable", text, copy.place, FROM_BACKUP)


def strangers(names: Container[str], storage: Storage, *, before: datetime) -> Iterator[Stored]:
    """Yield the sealed files that no row names, of those written before that moment.

    Later ones may belong to an upload that is under way.
    """
    for file in storage.files():
        if file.name not in names and file.at < before:
            yield file


def _open(
    copy: SealedCopy, target: Writable, *, storage: Storage, identities: Sequence[str]
) -> None:
    """Write the plain bytes; they are those of the copy only when this has returned."""
    try:
        with storage.reader(copy.name) as file:
            if file.size != copy.sealed.size:
                raise CorruptData(_damaged(copy, digest_of(file)))
            try:
                found = age.unseal(file, target, identities=identities)
            except PpidError as error:
                _blame_the_file(copy, file, error)
                raise
            fault = _fault(copy, found, {})
            if fault:
                raise CorruptData(fault)
    except NotFound:
        raise CorruptData(_gone(copy)) from None


def _blame_the_file(copy: Noted, file: Rereadable, error: PpidError) -> None:
    """Raise CorruptData if what did not open is not the file that was noted."""
    if error.codes[0] in ("seal_broken", "identity_not_a_recipient"):
        file.seek(0)
        fault = _fault(copy, digest_of(file), {})
        if fault:
            raise CorruptData(fault) from error


def _fault(copy: Noted, found: Digest, known: Mapping[str, str]) -> Finding | None:
    if found == copy.sealed:
        return None
    other = known.get(found.sha256)
    if other:
        text = f"Berkas tersegel ini tertukar: isinya milik {other}."
        return Finding("file_swapped", text, copy.place, FROM_BACKUP)
    return _damaged(copy, found)


def _damaged(copy: Noted, found: Digest) -> Finding:
    if found.size < copy.sealed.size:
        text = f"Berkas tersegel ini terpotong: {found.size} dari {copy.sealed.size} bita."
        return Finding("file_cut", text, copy.place, FROM_BACKUP)
    return Finding("file_altered", "Berkas tersegel ini berubah.", copy.place, FROM_BACKUP)


def _plain_differs(copy: SealedCopy) -> CorruptData:
    text = "Isi berkas tersegel ini bukan isi yang dahulu disimpan."
    return CorruptData(Finding("plain_differs", text, copy.place, FROM_BACKUP))


def _gone(copy: Noted) -> Finding:
    return Finding("file_missing", "Berkas tersegel ini tidak ada.", copy.place, FROM_BACKUP)
