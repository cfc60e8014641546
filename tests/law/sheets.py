"""A complete sheet and a lawful determination as plain data; a case changes what it is about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ppid.law.consequence_test import ConsequenceTest, from_dict
from ppid.law.determination import Approval, Determination, DeterminedItem

COMPLETE: Mapping[str, Any] = {
    "document": "Laporan hasil evaluasi jabatan 2025, 700/12/INSP, 3 Maret 2026",
    "information": "Nilai dan rekomendasi kemampuan setiap pegawai yang dievaluasi tahun 2025",
    "ground": "h.4",
    "statutes": ["UU 14/2008 ps. 17 huruf h angka 4", "UU 27/2022 ps. 4 (2)"],
    "consequence_if_open": "Nilai perorangan terbaca umum dan dapat dipakai menjatuhkan pegawai",
    "consequence_if_closed": "Pegawai terlindungi, dan hasil per unit tetap terbaca masyarakat",
    "public_interest": "Kinerja unit sudah terbuka; nilai perorangan tidak menambah pengawasan",
    "part": "sebagian",
    "parts": "Lampiran II kolom nama dan nilai",
    "reason_whole": "",
    "term": {"kind": "period", "starts_on": "2026-03-20", "years": 5},
    "moment": "sebelum_permintaan",
    "place": "Bontang",
    "tested_on": "2026-03-16",
    "participants": [
        {"name": "Peserta Satu", "position": "PPID"},
        {"name": "Peserta Dua", "position": "Arsiparis"},
    ],
    "never_exempt_checked": dict.fromkeys("abcdefg", False),
    "consent": False,
    "public_office": False,
    "memo_harms": [],
}
DETERMINED_ON = date(2026, 3, 20)


def sheet(**changes: Any) -> ConsequenceTest:
    """Return the complete sheet with some of its fields changed."""
    return from_dict({**COMPLETE, **changes})


def item(*, changes: Mapping[str, Any] | None = None, **fields: Any) -> DeterminedItem:
    """Return a line that may be determined: tested, proposed and approved by three people."""
    lawful: dict[str, Any] = {
        "item": "B-7",
        "approval": Approval("kepala", date(2026, 3, 18)),
        "tested_by": ("penguji",),
        "proposed_by": "pengusul",
    }
    return DeterminedItem(sheet=sheet(**(changes or {})), **{**lawful, **fields})


def determination(*items: DeterminedItem, **fields: Any) -> Determination:
    """Return a determination that may be issued, of the items or else of one lawful item."""
    lawful: dict[str, Any] = {
        "number": "188.4/12/PPID/2026",
        "determined_on": DETERMINED_ON,
        "place": "Bontang",
        "body": "Pemerintah Kota Bontang",
        "unit": "Dinas Komunikasi dan Informatika",
        "ppid_name": "Pejabat PPID",
        "ppid_position": "Kepala Dinas",
        "determined_by": "ppid",
        "approved_by": "kepala",
        "items": items or (item(),),
    }
    return Determination(**{**lawful, **fields})
