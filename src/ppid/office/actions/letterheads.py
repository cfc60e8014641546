"""Set the letterhead (kop surat) and the paper of a body."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ppid.errors import BadInput, Finding
from ppid.office.actions.bodies import change_settings
from ppid.office.models import Body
from ppid.papers.letterhead import (
    LONGEST_FOOTER,
    LONGEST_LINE,
    MOST_LINES,
    PaperSize,
    check_logo,
    is_footer,
    is_letterhead_lines,
    letterhead_of,
)
from ppid.papers.paper import Paper
from ppid.papers.press import press

PROOF = {
    "number": "",
    "attached": "Tidak ada",
    "subject": "Contoh kop surat",
    "day": "",
    "to": ["Siapa pun yang mencoba kop surat ini"],
    "opening": "Lembar ini mencoba kop surat, ukuran kertas, dan tempat tanda tangan. Isinya bukan "
    "surat.",
    "sections": [],
    "rights": [],
    "closing": "Bila kop surat di atas sudah benar, semua naskah memakainya.",
    "signers": [{"position": "", "name": "", "nip": ""}],
}


@dataclass(frozen=True, slots=True)
class LetterheadChoice:
    """What an office chooses. logo: an image, b"" for none, None to keep the one there is.

    footer: a line at the foot of every page, or empty.
    """

    lines: Sequence[str]
    size: PaperSize
    logo: bytes | None = None
    footer: str = ""


def set_letterhead(body: Body, choice: LetterheadChoice, *, by: UUID, at: datetime) -> None:
    """Set lines, paper, logo and footer.

    Raises Refused, BadInput: also for a logo that does not print.
    """
    lines = [line.strip() for line in choice.lines if line.strip()]
    if not is_letterhead_lines(lines):
        text = f"Paling banyak {MOST_LINES} baris, masing-masing {LONGEST_LINE} huruf."
        raise BadInput(Finding("letterhead_lines_too_long", text, "lines"))
    footer = choice.footer.strip()
    if not is_footer(footer):
        text = f"Baris kaki halaman paling panjang {LONGEST_FOOTER} huruf, dalam satu baris."
        raise BadInput(Finding("footer_too_long", text, "footer"))
    chosen = {**body.settings, "letterhead_lines": lines, "paper_size": choice.size.value}
    if footer or "paper_footer" in chosen:
        chosen["paper_footer"] = footer
    if choice.logo is not None:
        if choice.logo:
            check_logo(choice.logo)
        chosen["logo"] = base64.b64encode(choice.logo).decode()
    _demand_print(body, chosen, at=at)
    change_settings(body, by=by, at=at, choices=chosen)


def proof(body: Body) -> Paper:
    """Return a letter that says nothing, to look at the letterhead."""
    content = {**PROOF, "place": body.place}
    return Paper(template="surat", title="Contoh kop surat", foot="Contoh", content=content)


def _demand_print(body: Body, chosen: dict[str, object], *, at: datetime) -> None:
    """Raise BadInput logo_unreadable if the letterhead cannot be printed: a broken image."""
    head = letterhead_of(chosen, body=body.name, unit=body.unit, place=body.place)
    try:
        press(proof(body), head, on=at.astimezone(body.zone).date())
    except BadInput as error:
        text = "Gambar logo ini rusak dan tidak dapat dicetak."
        hint = "Simpan ulang sebagai PNG, lalu unggah lagi."
        raise BadInput(Finding("logo_unreadable", text, "logo", hint)) from error
