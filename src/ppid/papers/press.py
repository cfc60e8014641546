"""The press: a paper in, a PDF/A-2a that is PDF/UA-1 too out.

Content reaches Typst as JSON and is set as text, never read as markup. The same content gives the
same bytes: no clock, no fonts but those shipped here, and an id worked out from the content.
As a program of its own (`python -m ppid.papers.press TEMPLATE DAY`) it reads the JSON on its input,
so that a paper's memory goes back to the machine with the process that pressed it.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from ppid.errors import BadInput, Finding
from ppid.papers.joining import joined
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper, as_json

HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]


def press(
    paper: Paper, letterhead: Letterhead, *, on: date, attached: Sequence[Paper] = ()
) -> bytes:
    """Return the paper as a PDF, with what is attached to it behind it.

    on: the day of the document, which its metadata names.
    Raises BadInput (paper_not_printable), for a logo that is no picture.
    """
    papers = (paper, *attached)
    return joined([pressed(as_json(one, letterhead), one.template, on=on) for one in papers])


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


if __name__ == "__main__":
    template, day = sys.argv[1:]
    data = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(pressed(data, template, on=date.fromisoformat(day)))
