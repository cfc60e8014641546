"""Typst: the data of a paper in, the PDF as Typst writes it out.

No clock, no fonts but those shipped here, nothing read outside the templates' folder. As a program
of its own (`python -m ppid.papers.typesetting TEMPLATE DAY`) it reads the JSON on its input: a
paper's memory goes back to the machine with the process that made it. Nothing heavy is imported
beside Typst, because a long list starts this many times.
"""

import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from ppid.errors import BadInput, Finding

HERE = Path(__file__).parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]


def typeset(data: str, template: str, *, on: date) -> bytes:
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
    sys.stdout.buffer.write(typeset(data, template, on=date.fromisoformat(day)))
