"""The press: a paper's content and its template in, a PDF/A-2a that is PDF/UA-1 too out.

Content reaches Typst as JSON and is set as text, never read as markup. The same content gives the
same bytes: no clock, no fonts but those shipped here, and an id worked out from the content.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pikepdf
import typst

from ppid.errors import BadInput, Finding
from ppid.papers.glyphs import drawable
from ppid.papers.letterhead import Letterhead

HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. template: its .typ file without the ending; content: what the template reads.

    title: as the reader of the PDF shows it. mark: printed at the head of each page, for papers
    that must not leave the office. foot: printed at the left of each page's foot.
    """

    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""
    foot: str = ""


def press(paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
    """Return the paper as a PDF. on: the day of the document, which its metadata names."""
    return resaved(pressed(as_json(paper, letterhead), paper.template, on=on))


def as_json(paper: Paper, letterhead: Letterhead) -> str:
    """Return what the templates read, every text made of characters that the fonts can draw."""
    plain = {
        "title": paper.title,
        "mark": paper.mark,
        "foot": paper.foot,
        "content": paper.content,
        "letterhead": {
            "body": letterhead.body,
            "unit": letterhead.unit,
            "lines": letterhead.lines,
            "place": letterhead.place,
            "size": letterhead.size,
        },
    }
    data = _drawable(plain)
    data["letterhead"]["logo"] = list(letterhead.logo)
    return json.dumps(data, ensure_ascii=False)


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: _drawable(each) for key, each in value.items()}
    return [_drawable(each) for each in value] if isinstance(value, list | tuple) else value


def pressed(data: str, template: str, *, on: date) -> bytes:
    """Return what Typst makes of a template and its data, as it is. Raises BadInput."""
    moment = datetime.combine(on, time(), tzinfo=UTC)
    try:
        return typst.compile(
            HERE / "templates" / f"{template}.typ",
            root=HERE / "templates",
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=STANDARDS,
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        sentence = f"Surat ini tidak dapat dicetak: {error.message}."
        hint = "Periksa logo dan huruf-huruf yang tidak lazim di dalamnya."
        raise BadInput(Finding("paper_not_printable", sentence, template, hint)) from error


def resaved(raw: bytes) -> bytes:
    """Return the same document packed tightly, about a third as long; its conformance stays."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        packed = io.BytesIO()
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return packed.getvalue()
