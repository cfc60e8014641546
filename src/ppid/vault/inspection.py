"""A job that looks into an upload: is it what its name says, and can it do more than be read?

What it finds in the way it raises, with a code; what is only worth knowing, and the metadata that
the officer should see, it returns. Nothing of it is rendered, and nothing is changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from ppid.errors import BadInput, Finding
from ppid.vault import inspection_image, inspection_package, inspection_pdf, inspection_text
from ppid.vault.kinds import HEAD, IMAGES, PACKAGES, Kind, kinds_of_head
from ppid.vault.traits import Traits

LONGEST_VALUE, MOST_VALUES = 200, 60


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file that was found fit to keep.

    pages: of a PDF or an image file, 0 for others. remarks: codes (REMARKS). metadata: label and
    value, as the file says them; confidential.
    """

    kind: str
    pages: int = 0
    remarks: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file's Inspection as plain data. asked: "kind", which its name says.

    Raises BadInput with what stands against keeping it.
    """
    return asdict(inspected(source, Kind(asked["kind"])))


def inspected(source: BinaryIO, kind: Kind) -> Inspection:
    """Return what is known of a file of that kind. Raises BadInput."""
    head = source.read(HEAD)
    if not head:
        text = "Berkas ini kosong."
        raise BadInput(Finding("file_empty", text, place="file", hint="Periksa berkas asalnya."))
    if kind not in kinds_of_head(head):
        raise BadInput(differs(kind))
    source.seek(0)
    traits = _looker(kind)(source, kind)
    values = tuple((label, value[:LONGEST_VALUE]) for label, value in traits.metadata if value)
    remarks = tuple(sorted(set(traits.remarks)))
    return Inspection(kind.value, traits.pages, remarks, values[:MOST_VALUES])


def differs(kind: Kind) -> Finding:
    """Return what is said of a file whose content is not of the kind that its name says."""
    text = f"Isi berkas ini bukan {kind.value.upper()} seperti nama berkasnya."
    hint = "Buka di program asalnya, simpan ulang dengan jenis yang benar, lalu unggah lagi."
    return Finding("kind_differs", text, place="file", hint=hint)


def _looker(kind: Kind) -> Callable[[BinaryIO, Kind], Traits]:
    if kind is Kind.PDF:
        return inspection_pdf.traits_of
    if kind in IMAGES:
        return inspection_image.traits_of
    return inspection_package.traits_of if kind in PACKAGES else inspection_text.traits_of
