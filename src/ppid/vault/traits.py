"""What looking into a file yields: traits to note, and findings that stand against keeping it."""

from dataclasses import dataclass
from enum import StrEnum

from ppid.errors import BadInput, Finding

AS_PDF = "Buka di program asalnya, simpan ulang sebagai PDF, lalu unggah lagi."
AGAIN = "Buka di program asalnya, simpan ulang, lalu unggah lagi."


class Remark(StrEnum):
    """What is worth knowing of a file that is kept. It stays sealed and is never run."""

    SIGNED = "signed"
    LOCATION = "location"
    COMMENTS = "comments"
    CHANGES = "changes"
    HIDDEN_SHEETS = "hidden_sheets"
    FORMULAS = "formulas"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class Traits:
    """What one kind of look found. See ppid.vault.inspection."""

    pages: int = 0
    remarks: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()


PROBLEMS = {
    "file_damaged": ("Berkas ini rusak atau tidak lengkap.", AGAIN),
    "file_locked": ("Berkas ini terkunci kata sandi.", "Hapus kata sandinya, lalu unggah lagi."),
    "file_polyglot": ("Berkas ini memuat sesuatu di belakang akhirnya.", AGAIN),
    "file_has_script": ("Berkas ini memuat skrip.", AS_PDF),
    "file_has_action": ("Berkas ini menjalankan sesuatu ketika dibuka.", AS_PDF),
    "file_has_attachments": (
        "Berkas ini memuat berkas lain di dalamnya.",
        "Keluarkan lampirannya dan unggah masing-masing sebagai dokumen sendiri.",
    ),
    "file_has_xfa": ("Berkas ini formulir XFA, yang dapat mengubah isinya sendiri.", AS_PDF),
    "file_has_media": ("Berkas ini memuat suara, film, atau isi tiga dimensi.", AS_PDF),
    "file_has_macros": ("Berkas ini memuat makro.", AS_PDF),
    "file_has_objects": ("Berkas ini memuat berkas atau kontrol lain di dalamnya.", AS_PDF),
    "file_has_external_content": ("Berkas ini mengambil isi dari luar.", AS_PDF),
    "file_has_dde": ("Berkas ini memanggil program lain (DDE).", AS_PDF),
    "file_has_entities": ("Berkas ini memuat definisi entitas XML.", AS_PDF),
    "file_odd": ("Susunan berkas ini tidak wajar.", AGAIN),
    "file_unpacks_too_large": ("Isi berkas ini terlalu besar bila dibuka.", "Pecah berkas itu."),
    "too_many_pages": ("Berkas ini memuat terlalu banyak halaman.", "Pecah berkas itu."),
    "too_many_pixels": ("Gambar ini terlalu besar.", "Pindai dengan resolusi lebih rendah."),
    "too_many_columns": ("Tabel ini memuat terlalu banyak kolom.", "Pecah tabel itu."),
}
"""Code -> what is wrong, and the way out."""


def refused(code: str) -> BadInput:
    """Return the error for what stands against keeping a file. code: one of PROBLEMS."""
    text, hint = PROBLEMS[code]
    return BadInput(Finding(code, text, place="file", hint=hint))
