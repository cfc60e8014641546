"""What of an SOP may cross the wall, and the second door: accept_sop().

An SOP is a public document of its own: it comes when it is adopted, not with an edition, and an
edition's hash does not speak of it. Its own hash is that of its file, which the log has.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.db import transaction

from ppid.errors import BadInput, Finding
from ppid.public.edition import BodyIn, plain_content
from ppid.public.models import Body, Sop

SVG = "{http://www.w3.org/2000/svg}"
DRAWN_WITH = frozenset(SVG + name for name in ("svg", "title", "desc", "g", "rect", "path", "text"))
NEVER = re.compile(r"on|href|src|style|class|\{", re.IGNORECASE)
FETCHES = re.compile(r"url|\\", re.IGNORECASE)
"""What makes an attribute's value name something else: a reference, or letters in disguise."""
INSTRUCTION = re.compile(r"<\?(?!xml )")
"""A processing instruction: a parser passes over it, a browser loads the style sheet it names."""
LONGEST_SHEET = 400_000
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SopStepIn:
    """One step of an SOP in words, as its sheet says it."""

    row: str
    activity: str
    performers: tuple[str, ...]
    requirements: tuple[str, ...]
    time: str
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SopIn:
    """An SOP that a body has adopted (Permen PAN-RB 35/2012), as everybody may see it.

    sheets: one SVG a page, as ppid.sop.svg draws them. made, revised, effective: as the sheet's
    head says them. starts_on, ends_on: when it is in force, where that is a day.
    """

    content_hash: str
    code: str
    name: str
    number: str
    made: str
    revised: str
    effective: str
    starts_on: date | None
    ends_on: date | None
    adopted_at: datetime
    sheets: tuple[str, ...]
    steps: tuple[SopStepIn, ...]


def accept_sop(sop: SopIn, *, body: BodyIn) -> None:
    """Make an SOP public; the same SOP again changes nothing.

    body: whose it is; its row is made when no edition has come yet. Raises BadInput for a hash
    that is none, an SOP without a sheet, or a sheet that holds more than drawings and text.
    """
    if found := _mistakes(sop):
        raise BadInput(*found)
    values = {name: getattr(sop, name) for name in SopIn.__dataclass_fields__}
    values["steps"] = plain_content(sop.steps)
    with transaction.atomic(using=settings.PUBLIC_DATABASE):
        row, _ = Body.objects.get_or_create(slug=body.slug, defaults=plain_content(body))
        Sop.objects.get_or_create(
            body=row, content_hash=sop.content_hash, defaults=values | {"sheets": list(sop.sheets)}
        )
        Body.objects.filter(pk=row.pk).update(sop_count=row.sops.count())


def known_sops(slug: str) -> frozenset[str]:
    """Return the content hashes of the body's SOPs that have arrived."""
    return frozenset(Sop.objects.filter(body__slug=slug).values_list("content_hash", flat=True))


def _mistakes(sop: SopIn) -> list[Finding]:
    found = []
    if not HASH.fullmatch(sop.content_hash):
        found.append(Finding("hash_form", "Sidik SOP bukan SHA-256.", "content_hash"))
    if not sop.sheets:
        found.append(Finding("sheet_missing", "SOP ini tidak mempunyai lembar.", "sheets"))
    for page, sheet in enumerate(sop.sheets, start=1):
        if not _is_plain_drawing(sheet):
            message = "Gambar lembar SOP memuat lebih dari garis dan teks."
            found.append(Finding("sheet_not_plain", message, f"sheets {page}"))
    return found


def _is_plain_drawing(sheet: str) -> bool:
    """Whether the text is an SVG of shapes and words: nothing that runs, loads or leads away."""
    if len(sheet) > LONGEST_SHEET or INSTRUCTION.search(sheet):
        return False
    try:
        drawn = fromstring(sheet, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        return False
    return drawn.tag == f"{SVG}svg" and all(
        part.tag in DRAWN_WITH
        and not any(NEVER.match(name) or FETCHES.search(value) for name, value in part.items())
        for part in drawn.iter()
    )
