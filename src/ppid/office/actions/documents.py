"""Store a soft copy of an item: the file durable first, then the database.

When the action returns, file, row and event are there, whatever happens to the machine. When it
raises, there is no row and no event, and the file is gone; after a kill in between a file without
a row may stay, sealed, which `ppid vault sweep` removes.
"""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from ppid.errors import BadInput, Conflict, Finding, PpidError, Refused
from ppid.office import vault
from ppid.office.actions.archive import demand_kept, filing_obstacles
from ppid.office.actions.vault import keys_of
from ppid.office.authority import authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import Item, SoftCopy
from ppid.office.writing import writing
from ppid.vault.copies import SealedCopy, seal_copy
from ppid.vault.streams import Digest, Readable

LONGEST_NAME = 255


def store_document(
    item: Item,
    *,
    source: Readable,
    file_name: str,
    by: UUID,
    at: datetime,
    document: UUID | None = None,
    expected: Digest | None = None,
    found: Mapping[str, Any] | None = None,
    act: UUID | None = None,
) -> SoftCopy:
    """Seal the source and record it as a soft copy of the item; return its row.

    document: of which this is a new version; without it the first version of a new one.
    expected: what the source must turn out to be. found: what a look into it found (kind, pages,
    remarks, metadata; ppid.vault.inspection), confidential. Raises BadInput: `file_name_invalid`,
    `source_changed`, what the storage refuses; Refused: `not_authorised`, `vault_without_keys`;
    NotFound; Conflict: `copy_exists`, `version_taken`, `vault_keys_changed`.
    Source: UU 14/2008 ps. 8; UU 43/2009 ps. 44
    """
    named = checked_file_name(file_name)
    _demand(item, by=by, at=at)
    keys = keys_of(item.body)
    copy = seal_copy(
        source,
        document=document or uuid4(),
        version=_next_version(item, document),
        storage=vault.storage(),
        recipients=keys.recipients,
        expected=expected,
    )
    try:
        with writing(act=act, at=at):
            lock(item.body_id)
            _demand(item, by=by, at=at)
            _demand_still(item, copy, document=document, keys_version=keys.version)
            fact = _stored(item, copy, keys.version, kept={"file_name": named, **(found or {})})
            append(fact, body=item.body_id, by=by, at=at)
    except PpidError:
        # Raised by us before the commit, so no row can name the file; after any other error one
        # might, and the file stays for the sweep.
        with suppress(BadInput):
            vault.storage().remove(copy.name)
        raise
    return SoftCopy.objects.get(name=copy.name)


def checked_file_name(name: str) -> str:
    """Return the name under which a file was given, in one Unicode form; never used as a path.

    Raises BadInput: `file_name_invalid` for an empty, long, or strange one.
    """
    named = unicodedata.normalize("NFC", name).strip()
    strange = [one for one in named if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    if not named or len(named) > LONGEST_NAME or strange or set(named) & set("/\\"):
        text = "Nama berkas ini tidak dapat dipakai."
        hint = (
            f"Pakai nama tanpa garis miring atau huruf tersembunyi, paling banyak {LONGEST_NAME}."
        )
        raise BadInput(Finding("file_name_invalid", text, place="file", hint=hint))
    return named


def _demand(item: Item, *, by: UUID, at: datetime) -> None:
    refused = filing_obstacles(authority_in(item.body, by=by, at=at))
    if refused:
        raise Refused(*refused)
    demand_kept(item)


def _next_version(item: Item, document: UUID | None) -> int:
    newest = SoftCopy.objects.filter(item=item, document=document).order_by("-version").first()
    if document and newest is None:
        text = "Dokumen ini tidak ada pada informasi ini."
        raise BadInput(Finding("document_unknown", text, place="document"))
    return newest.version + 1 if newest else 1


def _demand_still(
    item: Item, copy: SealedCopy, *, document: UUID | None, keys_version: int
) -> None:
    """Raise Conflict for what has changed while the file was being sealed."""
    again = "Muat ulang halaman, lalu unggah sekali lagi."
    if keys_of(item.body).version != keys_version:
        text = "Kunci brankas diganti selagi berkas disegel."
        raise Conflict(Finding("vault_keys_changed", text, hint=again))
    if document and _next_version(item, document) != copy.version:
        text = "Versi baru dokumen ini sudah disimpan orang lain."
        raise Conflict(Finding("version_taken", text, hint=again))
    if SoftCopy.objects.filter(item=item, plain_sha256=copy.plain.sha256).exists():
        text = "Berkas dengan isi yang sama sudah tersimpan pada informasi ini."
        raise Conflict(
            Finding("copy_exists", text, place="file", hint="Tidak perlu mengunggahnya.")
        )


def _stored(item: Item, copy: SealedCopy, keys_version: int, *, kept: Mapping[str, Any]) -> Fact:
    said = {
        "document": str(copy.document),
        "version": copy.version,
        "name": copy.name,
        "sealed": {"size": copy.sealed.size, "sha256": copy.sealed.sha256},
        "keys_version": keys_version,
    }
    # The hash of the plain bytes would let somebody who guesses a document prove the guess.
    plain = {"size": copy.plain.size, "sha256": copy.plain.sha256}
    return Fact("document.stored", said, {**kept, "plain": plain}, case=item.case_id, item=item.pk)
