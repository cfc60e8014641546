"""The bytes of papers, by their hash: kept once, given back exactly, compared by `ppid check`."""

import hashlib
from collections.abc import Iterator

from ppid.errors import CorruptData, Finding
from ppid.office.models import PaperFile, PaperRevision
from ppid.office.statements import insert

FROM_BACKUP = "Pulihkan dari cadangan terakhir yang lulus pemeriksaan."


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep the bytes and return their hash; must run inside `writing()`."""
    name = digest(content)
    if not PaperFile.objects.filter(pk=name).exists():
        insert(PaperFile, sha256=name, content=content)
    return name


def content_of(sha256: str) -> bytes:
    """Return the bytes of a hash. Raises CorruptData if they are gone or not the same."""
    row = PaperFile.objects.filter(pk=sha256).first()
    fault = _fault(sha256, None if row is None else bytes(row.content))
    if fault:
        raise CorruptData(fault)
    return bytes(row.content) if row else b""


def paper_file_faults() -> Iterator[Finding]:
    """Yield every revision of a paper whose bytes are gone or not those that the log names."""
    names = PaperRevision.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for name in names:
        row = PaperFile.objects.filter(pk=name).first()
        fault = _fault(name, None if row is None else bytes(row.content))
        if fault:
            yield fault


def _fault(sha256: str, content: bytes | None) -> Finding | None:
    if content is None:
        return Finding("paper_file_missing", "Berkas naskah ini hilang.", sha256, FROM_BACKUP)
    if digest(content) != sha256:
        return Finding("paper_file_altered", "Berkas naskah ini berubah.", sha256, FROM_BACKUP)
    return None
