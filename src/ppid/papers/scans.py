"""The scan of a paper that was signed with ink: what kind of file it is, and that it can be read.

Its first bytes are looked at here; a PDF or picture is opened only in a process set apart.
"""

import io

from ppid.errors import BadInput, Finding
from ppid.vault.apart import MIB, Limits, work_apart

MOST_BYTES = 20 * 1000 * 1000
READING = Limits(memory=1024 * MIB, seconds=60)
KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
UNREADABLE = Finding(
    "scan_unreadable",
    "Pindaian ini rusak dan tidak dapat dibuka.",
    "scan",
    "Pindai sekali lagi, lalu simpan sebagai PDF.",
)


def kind_of(content: bytes) -> str:
    """Return "pdf", "jpg" or "png" by the first bytes, or nothing for anything else."""
    return next((kind for start, kind in KINDS.items() if content.startswith(start)), "")


def check_scan(content: bytes) -> int:
    """Return how many pages a scan has.

    Raises BadInput: `scan_too_large`, `scan_wrong_kind`, `scan_is_signed`, `scan_unreadable`, and
    as `work_apart`.
    """
    if len(content) > MOST_BYTES:
        text = f"Pindaian lebih besar dari {MOST_BYTES // 1000000} MB."
        raise BadInput(Finding("scan_too_large", text, "scan", "Pindai dengan 200 dpi."))
    kind = kind_of(content)
    if not kind:
        text = "Pindaian harus PDF, JPEG, atau PNG."
        raise BadInput(Finding("scan_wrong_kind", text, "scan"))
    if b"/ByteRange" in content:
        text = "Berkas ini sudah memuat tanda tangan elektronik; ini bukan pindaian."
        raise BadInput(Finding("scan_is_signed", text, "scan"))
    source, asked = io.BytesIO(content), {"kind": kind}
    done = work_apart("ppid.papers.scan_pages", source, asked=asked, limits=READING)
    done.file.close()
    pages: int = done.said
    return pages
