"""What is wrong with an edition in itself, before it is compared with what is already public.

Types, lengths, dates, hash and signature. Whether a text may be published is the office's matter.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger import checkpoint
from ppid.ledger.checkpoint import Checkpoint
from ppid.public.edition import (
    BodyIn,
    EditionIn,
    EntryIn,
    HistoryIn,
    HistoryKind,
    Scope,
    content_hash,
    ground_letters,
)

TIMEZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
RESERVED_SLUGS = frozenset(
    {"aset", "api", "bantuan", "cari", "en", "kesehatan", "periksa", "tentang", "unduh"}
)
SLUG = re.compile(r"[a-z][a-z0-9-]{1,49}")
PUBLIC_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

LIMITS: dict[type, dict[str, int]] = {
    BodyIn: {"name": 200, "log_origin": 200, "vkey": 400},
    EditionIn: {"checkpoint": 8000},
    EntryIn: {
        "agency": 200,
        "title": 300,
        "ground_label": 200,
        "reason": 4000,
        "term_text": 500,
        "decree_number": 200,
    },
    HistoryIn: {"text": 1000},
}
OPTIONAL_LIMITS = {
    "consequence_if_open": 4000,
    "consequence_if_closed": 4000,
    "event": 500,
    "opened_reason": 1000,
}
LEGAL_BASIS_LIMIT = 500
OPTIONAL_DATES = ("term_ends_on", "review_on", "opens_on", "opens_soon_from")


def mistakes(edition: EditionIn) -> tuple[Finding, ...]:
    """Return everything that is wrong with the edition, each with its place; empty when usable."""
    if not (_is(edition, EditionIn) and _is(edition.body, BodyIn)):
        return (_wrong_type("edition"),)
    found = [*_body(edition.body), *_edition(edition), *_entries(edition.entries)]
    return tuple(found or _proofs(edition))


def _proofs(edition: EditionIn) -> Iterator[Finding]:
    """Yield what does not hold: the content under its hash, the note under the body's key."""
    if edition.content_hash != content_hash(edition):
        yield Finding(
            "content_hash_differs",
            "Sidik isi edisi tidak sama dengan isinya.",
            "content_hash",
            "Susun ulang edisi, lalu terbitkan kembali.",
        )
    try:
        verified_checkpoint(edition)
    except (BadInput, CorruptData) as error:
        yield from (replace(finding, place="checkpoint") for finding in error.findings)


def verified_checkpoint(edition: EditionIn) -> Checkpoint:
    """Return the edition's checkpoint, signed with the body's key and about the body's log.

    Raises BadInput, CorruptData: as ledger.checkpoint.verify.
    """
    body = edition.body
    return checkpoint.verify(
        edition.checkpoint, vkey=body.vkey, verify=signed_with(body.vkey), origin=body.log_origin
    )


def signed_with(vkey: str) -> checkpoint.Verify:
    """Return the function that checks a (signature, message) with a verifier key.

    Raises BadInput: `vkey_malformed`.
    """
    return verifier_with(checkpoint.parse_vkey(vkey).public_key)


def verifier_with(public_key: bytes) -> checkpoint.Verify:
    """Return the function that checks a (signature, message) with a public key of 32 bytes."""
    key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def _body(body: BodyIn) -> Iterator[Finding]:
    yield from _texts(body, "body")
    yield from _text(body.site_text, "body.site_text", limit=4000, required=False)
    if not (_is(body.slug, str) and SLUG.fullmatch(body.slug)):
        yield Finding(
            "slug_form",
            "Alamat badan publik hanya boleh berisi huruf kecil, angka, dan tanda hubung.",
            "body.slug",
        )
    elif body.slug in RESERVED_SLUGS:
        yield Finding("slug_reserved", "Alamat ini dipakai oleh situs sendiri.", "body.slug")
    if body.timezone not in TIMEZONES:
        yield Finding(
            "timezone_unknown",
            "Zona waktu badan publik tidak dikenal.",
            "body.timezone",
            f"Pakai salah satu: {', '.join(TIMEZONES)}.",
        )


def _edition(edition: EditionIn) -> Iterator[Finding]:
    yield from _texts(edition, "edition")
    if not _is(edition.number, int) or edition.number < 1:
        yield Finding("number_form", "Nomor edisi adalah bilangan mulai dari 1.", "number")
    if not _is(edition.published_at, datetime) or edition.published_at.utcoffset() is None:
        yield Finding(
            "published_at_form", "Waktu terbit harus lengkap dengan zonanya.", "published_at"
        )


def _entries(entries: tuple[EntryIn, ...]) -> Iterator[Finding]:
    if not (_is(entries, tuple) and all(_is(entry, EntryIn) for entry in entries)):
        yield _wrong_type("entries")
        return
    for index, entry in enumerate(entries, start=1):
        yield from _entry(entry, f"entri {entry.public_id or index}")
    for public_id, times in Counter(str(entry.public_id) for entry in entries).items():
        if times > 1:
            yield Finding(
                "public_id_twice", "Nomor entri dipakai lebih dari sekali.", f"entri {public_id}"
            )


def _entry(entry: EntryIn, place: str) -> Iterator[Finding]:
    if not (_is(entry.public_id, str) and PUBLIC_ID.fullmatch(entry.public_id)):
        yield Finding("public_id_form", "Nomor entri memuat tanda yang tidak boleh.", place)
    yield from _texts(entry, place)
    for name, limit in OPTIONAL_LIMITS.items():
        if getattr(entry, name) is not None:
            yield from _text(getattr(entry, name), f"{place}: {name}", limit=limit)
    if entry.scope not in set(Scope):
        yield Finding("scope_unknown", "Cakupan harus seluruhnya atau sebagian.", f"{place}: scope")
    if _is(entry.ground_label, str) and not ground_letters(entry.ground_label):
        yield Finding(
            "ground_without_letter",
            "Dasar pengecualian tidak menyebut huruf a sampai j.",
            f"{place}: ground_label",
            "Tulis seperti: Pasal 17 huruf a angka 2.",
            "UU 14/2008 ps. 17",
        )
    yield from _legal_basis(entry.legal_basis, f"{place}: legal_basis")
    yield from _dates(entry, place)
    yield from _history(entry.history, f"{place}: history")


def _legal_basis(basis: tuple[str, ...], place: str) -> Iterator[Finding]:
    if not _is(basis, tuple):
        yield _wrong_type(place)
    elif not basis:
        yield Finding("text_missing", "Dasar hukum pengecualian belum diisi.", place)
    else:
        for text in basis:
            yield from _text(text, place, limit=LEGAL_BASIS_LIMIT)


def _dates(entry: EntryIn, place: str) -> Iterator[Finding]:
    dates = [("term_starts_on", entry.term_starts_on), ("decree_date", entry.decree_date)]
    dates += [(name, day) for name in OPTIONAL_DATES if (day := getattr(entry, name)) is not None]
    wrong = [_wrong_type(f"{place}: {name}") for name, day in dates if not _is(day, date)]
    yield from wrong if wrong else _date_order(entry, place)


def _date_order(entry: EntryIn, place: str) -> Iterator[Finding]:
    end, opens = entry.term_ends_on, entry.opens_on
    if end is not None and end < entry.term_starts_on:
        yield Finding("term_backwards", "Jangka waktu berakhir sebelum mulai.", place)
    if end is not None and opens is not None and opens > end:
        yield Finding(
            "opens_after_term",
            "Informasi tidak dapat terbuka sesudah jangka waktunya berakhir.",
            f"{place}: opens_on",
            source="PP 61/2010 ps. 11 (3)",
        )


def _history(history: tuple[HistoryIn, ...], place: str) -> Iterator[Finding]:
    if not (_is(history, tuple) and all(_is(line, HistoryIn) for line in history)):
        yield _wrong_type(place)
        return
    for line in history:
        yield from _texts(line, place)
        if line.kind not in set(HistoryKind):
            yield Finding("history_kind_unknown", "Jenis riwayat tidak dikenal.", place)
        if not _is(line.date, date):
            yield _wrong_type(place)


def _texts(value: Any, place: str) -> Iterator[Finding]:
    for name, limit in LIMITS[type(value)].items():
        yield from _text(getattr(value, name), f"{place}: {name}", limit=limit)


def _text(text: Any, place: str, *, limit: int, required: bool = True) -> Iterator[Finding]:
    if not _is(text, str):
        yield _wrong_type(place)
        return
    if required and not text.strip():
        yield Finding("text_missing", "Isian ini belum diisi.", place)
    if len(text) > limit:
        yield Finding("text_too_long", f"Teks lebih panjang dari {limit} huruf.", place)
    if CONTROL.search(text):
        yield Finding("text_control", "Teks memuat tanda kendali yang tidak tampak.", place)


def _is(value: Any, kind: type) -> bool:
    """Whether the type is exactly this one: a datetime is no date here, a bool no number."""
    return type(value) is kind


def _wrong_type(place: str) -> Finding:
    return Finding("wrong_type", "Jenis nilai ini tidak sesuai.", place)
