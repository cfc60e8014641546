"""Labels for papers and places: a QR code with an opaque address, and few words beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import segno

from ppid.office.labels import SHEETS, USUAL_SHEET, USUAL_WORDS, WORDS, code_of
from ppid.office.models import Body
from ppid.office.queries.places import Node
from ppid.office.queries.store_room import PaperLine
from ppid.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed on one label beside its QR code."""

    id: UUID
    lines: tuple[str, ...]


def labels_of(
    body: Body, nodes: Sequence[Node], papers: Sequence[PaperLine], *, paths: dict[UUID, str]
) -> tuple[Label, ...]:
    """Return a label for each place and each paper, with the words that the body has chosen."""
    chosen = body.settings.get("label_words", USUAL_WORDS)
    return (
        *(Label(one.place.pk, (one.place.label, *_above(one))) for one in nodes),
        *(
            Label(one.item.pk, _words(one, paths.get(one.entry.place_id, ""), chosen))
            for one in papers
        ),
    )


def _above(node: Node) -> tuple[str, ...]:
    above = node.path.rpartition(", ")[0]
    return (above,) if above else ()


def _words(line: PaperLine, place: str, chosen: Sequence[str]) -> tuple[str, ...]:
    entry = line.entry
    numbers = ".".join(filter(None, (entry.file_number, entry.item_number)))
    known = {
        "nomor": f"Nomor {numbers or line.item.public_id}",
        "tempat": place,
        "kode_klasifikasi": entry.classification_code,
        "unit_pengolah": entry.processing_unit or line.item.agency.name,
        "kurun_waktu": entry.period,
        "keamanan": entry.security.replace("_", " ").capitalize(),
    }
    return tuple(known[name] for name in WORDS if name in chosen and known[name])


def label_sheet(
    body: Body, labels: Sequence[Label], *, address: Callable[[str], str], first: int = 1
) -> Paper:
    """Return sheets of labels. address: of a code, which its QR holds and nothing else.

    first: the label of the first sheet on which printing begins, from 1, to use up a sheet.
    """
    sheet = SHEETS[body.settings.get("label_sheet", USUAL_SHEET)]
    return Paper(
        template="label",
        title=f"Label ruang simpan, {body.name}",
        content={
            "columns": sheet.columns,
            "rows": sheet.rows,
            "width": sheet.width,
            "height": sheet.height,
            "skip": (first - 1) % sheet.labels,
            "labels": [{"code": code_of(one.id), "lines": one.lines} for one in labels],
        },
        pictures=tuple(qr_of(address(code_of(one.id))) for one in labels),
    )


def qr_of(text: str) -> str:
    """Return a QR code as SVG, quiet zone included; a quarter of it may be damaged."""
    made = segno.make(text, error="q", micro=False, boost_error=False)
    drawn = made.svg_inline(svgclass=None, lineclass=None, border=4)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
