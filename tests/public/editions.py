"""Editions made for tests: complete by default, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime

from ppid.public.intake import BodyIn, EditionIn, EntryIn, content_hash

PUBLISHED_AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def body_in(**values) -> BodyIn:
    """A public body in WIB."""
    return BodyIn(
        **{
            "slug": "kota-contoh",
            "name": "Pemerintah Kota Contoh",
            "timezone": "Asia/Jakarta",
            "log_origin": "ppid.contoh.example/log",
            "vkey": "ppid.contoh.example/log+00000000+AAAA",
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
            "reason": "Denah memperlihatkan titik lemah pengamanan.",
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
        checkpoint=values.pop("checkpoint", "ppid.contoh.example/log\n1\nAAAA\n\n- tanda tangan\n"),
        content_hash="",
    )
    return replace(draft, **{"content_hash": content_hash(draft)} | values)
