"""Editions made for tests: complete by default, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from ppid.ledger import checkpoint
from ppid.public.intake import BodyIn, EditionIn, EntryIn, content_hash

ON_THE_OPEN_SITE = [
    pytest.mark.django_db(databases=[settings.PUBLIC_DATABASE]),
    pytest.mark.urls("ppid.public.urls"),
]
PUBLISHED_AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ORIGIN = "ppid.contoh.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def vkey(origin: str = ORIGIN, key: Ed25519PrivateKey = KEY) -> str:
    """The verifier key of the test key under a log's name."""
    return checkpoint.vkey(origin, key.public_key().public_bytes_raw())


def note(size: int = 10, *, origin: str = ORIGIN, key: Ed25519PrivateKey = KEY) -> str:
    """A truly signed checkpoint of a log of that size."""
    head = checkpoint.Checkpoint(origin, size, size.to_bytes(32, "big"))
    public_key = key.public_key().public_bytes_raw()
    return checkpoint.sign(head, key_name=origin, public_key=public_key, sign=key.sign)


def body_in(**values) -> BodyIn:
    """A public body in WIB."""
    return BodyIn(
        **{
            "slug": "kota-contoh",
            "name": "Pemerintah Kota Contoh",
            "timezone": "Asia/Jakarta",
            "log_origin": ORIGIN,
            "vkey": vkey(),
            "site_text": "PPID, Jalan Contoh 1.",
        }
        | values
    )


def entry_in(public_id: str = "KC-001", **values) -> EntryIn:
    """An entry that is exempt until 1 July 2027."""
    return EntryIn(
        **{
            "public_id": public_id,
            "agency": "Dinas Komunikasi dan Informatika",
            "title": "Denah ruang pusat data",
            "ground_label": "Pasal 17 huruf c angka 6",
            "legal_basis": ("UU 14/2008 ps. 17 huruf c",),
            "reason": "Gambar ini memperlihatkan titik lemah pengamanan.",
            "consequence_if_open": "Pusat data mudah diserang.",
            "consequence_if_closed": "Layanan publik tetap berjalan aman.",
            "scope": "seluruhnya",
            "term_text": "2 tahun sejak ditetapkan",
            "term_starts_on": date(2025, 7, 1),
            "term_ends_on": date(2027, 7, 1),
            "decree_number": "188/12/2025",
            "decree_date": date(2025, 7, 1),
        }
        | values
        | {"public_id": public_id}
    )


def edition_in(
    *entries: EntryIn, number: int = 1, body: BodyIn | None = None, **values
) -> EditionIn:
    """An edition of these entries with its true content hash."""
    draft = EditionIn(
        body=body or body_in(),
        number=number,
        published_at=values.pop("published_at", PUBLISHED_AT),
        entries=entries or (entry_in(),),
        checkpoint=values.pop("checkpoint", note(10 * number)),
        content_hash="",
    )
    return replace(draft, **{"content_hash": content_hash(draft)} | values)
