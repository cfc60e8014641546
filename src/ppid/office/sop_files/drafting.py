"""A draft of an SOP from a file that somebody sent: a job for a process apart (ppid.vault.apart).

The whole way from bytes to draft is gone there: packages, XML, PDF, and the words themselves.
"""

import io
import json
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from ppid.office.sop_files.reading import blocks_of_file
from ppid.sop.transcription.draft import Draft, draft
from ppid.vault.apart import work_apart

JOB = "ppid.office.sop_files.drafting"


def draft_of_file(data: bytes, *, code: str) -> Draft:
    """Return the draft of a DOCX, ODT, XLSX, PDF or text file, read in a process apart.

    Raises BadInput for a file that cannot be read, and for one without rows of a matrix.
    """
    done = work_apart(JOB, io.BytesIO(data), asked={"code": code})
    with done.file as file:
        said = json.load(file)
    guesses = tuple((number, guess) for number, guess in said["guesses"])
    return Draft(said["text"], tuple(said["remarks"]), guesses)


def code_of(name: str) -> str:
    """Return a `kode` from a file's name: its letters and digits, with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.casefold()).strip("-")[:60] or "sop"


def work(source: BinaryIO, target: BinaryIO, asked: Mapping[str, Any]) -> dict[str, int]:
    """Write the draft of the source as JSON; say how many guesses there are. Raises BadInput."""
    found = draft(blocks_of_file(source.read()), code=asked["code"])
    said = {"text": found.text, "remarks": found.remarks, "guesses": found.guesses}
    target.write(json.dumps(said).encode())
    return {"guesses": len(found.guesses)}
