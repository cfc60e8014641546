"""Random documents blackened at random: nothing of what is black may be found in a public copy.

    python tests/campaigns/redaction.py 300
    python tests/campaigns/redaction.py 20 --boxes-only   # the control: boxes drawn over the text

Each document has random words, turned and cropped pages; each copy is judged by the program's own
check and by a reader that knows no PDF library. Prints one line of JSON.
"""

import argparse
import io
import json
import random
import sys
from pathlib import Path

import pikepdf
from pikepdf import Pdf, Stream

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from ppid.vault.redaction.checking import check  # noqa: E402
from ppid.vault.redaction.copying import as_written, saved  # noqa: E402
from ppid.vault.redaction.pages import pages_of  # noqa: E402
from vault.covered import copy_of, listing, marks_on, pdf  # noqa: E402
from vault.raw_pdf import holds  # noqa: E402

SYLLABLES = [one + two for one in "bdjklmnprstwy" for two in "aiu"]


def word() -> str:
    return "".join(random.choices(SYLLABLES, k=random.randint(2, 4))).capitalize()


def document() -> tuple[bytes, str]:
    """Return a document and a name that stands on some of its lines."""
    secret = f"{word()} {word()}"
    pages = []
    for _ in range(random.randint(1, 3)):
        lines = [" ".join(word() for _ in range(4)) for _ in range(random.randint(2, 9))]
        lines.insert(random.randrange(len(lines)), f"{word()} {secret} {random.randint(10, 99)}")
        pages.append(tuple(lines))
    crop = random.choice([None, (20, 10, 410, 335)])
    return pdf(*pages, rotate=random.choice([0, 90, 180, 270]), crop=crop), secret


def boxes_only(source: bytes, marks) -> bytes:
    """Return what a word processor does: rectangles over the text, which stays."""
    with Pdf.open(io.BytesIO(source)) as opened, Pdf.open(io.BytesIO(listing())) as listed:
        for mark in marks:
            page = opened.pages[mark.page - 1].obj
            wide, high = mark.right - mark.left, mark.top - mark.bottom
            box = f" 0 g {mark.left} {mark.bottom} {wide} {high} re f"
            page.Contents = Stream(opened, page.Contents.read_bytes() + box.encode())
        opened.pages.extend(listed.pages)
        return as_written(saved(opened))


def judged(copy: bytes, source: bytes, marks, secret: str) -> tuple[set[str], bool]:
    """Return what the program's check says, and whether the digger found the name."""
    with pages_of(source) as shown:
        leaks = {one.code for one in check(copy, shown, marks).leaks}
    return leaks, holds(copy, secret)


def main() -> int:
    asking = argparse.ArgumentParser()
    asking.add_argument("count", type=int)
    asking.add_argument("--boxes-only", action="store_true")
    asking.add_argument("--seed", type=int, default=1)
    asked = asking.parse_args()
    random.seed(asked.seed)
    found = {"documents": 0, "marks": 0, "leaks": 0, "dug_out": 0, "damaged": 0, "missed": 0}
    for _ in range(asked.count):
        source, secret = document()
        marks = marks_on(source, secret)
        copy = boxes_only(source, marks) if asked.boxes_only else copy_of(source, marks)
        leaks, dug = judged(copy, source, marks, secret)
        found["documents"] += 1
        found["marks"] += len(marks)
        found["leaks"] += bool(leaks)
        found["dug_out"] += dug
        at = random.randrange(len(copy))
        damaged = copy[:at] + bytes([copy[at] ^ (1 << random.randrange(8))]) + copy[at + 1 :]
        try:
            found["missed"] += not judged(damaged, source, marks, secret)[0]
        except (pikepdf.PdfError, ValueError, RuntimeError) as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        found["damaged"] += 1
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["leaks"] or found["dug_out"] or found["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
