"""Press a paper in a process of its own: its memory ends with it, and so does a press that hangs.

Imports neither Typst nor pikepdf, so that a command which seldom prints does not wait for them.
"""

import subprocess
import sys
from datetime import date

from ppid.errors import BadInput, Finding
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper, as_json

MOST_SECONDS = 120


def press_apart(paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
    """Return the paper as Typst writes it, not packed. on: the day of the document.

    Raises BadInput (paper_not_printable).
    """
    command = [sys.executable, "-m", "ppid.papers.typesetting", paper.template, on.isoformat()]
    data = as_json(paper, letterhead).encode()
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, check=True, timeout=MOST_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        sentence = "Surat ini tidak dapat dicetak: pencetaknya berhenti."
        hint = "Periksa memori mesin ini, lalu coba lagi."
        raise BadInput(Finding("paper_not_printable", sentence, paper.template, hint)) from error
    return done.stdout
