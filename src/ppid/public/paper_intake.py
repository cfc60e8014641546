"""What of a paper may cross the wall, and the third door: accept_paper().

A paper comes when it is prepared, and again when it is signed or taken back. Of an internal paper
nothing may come but its code, number, day and the hash of the file that all have signed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from ppid.errors import BadInput, Conflict, Finding
from ppid.ledger import checkpoint as notes
from ppid.public.edition import BodyIn, plain_content
from ppid.public.edition_check import CONTROL, PUBLIC_ID, signed_with
from ppid.public.models import Body, Checkpoint, Paper
from ppid.public.paper_code import LENGTH, LETTERS
from ppid.public.sop_sheet import HASH

CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
LONGEST = 200
MOST_SIGNERS = 20
LEVELS = ("", "B-B", "B-T", "B-LT")
FIXED = ("internal", "number", "dated_on", "kind", "ink", "refuses", "edition")
"""What a paper says from the first day on, and never otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerIn:
    """One signer of a paper, as it names them. at: when they signed, None while they have not.

    level: of PAdES, "" for ink. stamped: whether a trusted authority says when.
    """

    name: str
    position: str
    at: datetime | None = None
    level: str = ""
    stamped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIn:
    """A paper that a body issues, as everybody with its code may see it: fields as in Paper.

    checkpoint: one that covers the last signature, of a public paper that all have signed.
    """

    code: str
    state: str
    internal: bool
    number: str
    dated_on: date
    files: tuple[str, ...] = ()
    kind: str = ""
    ink: bool = False
    signers: tuple[SignerIn, ...] = ()
    items: tuple[str, ...] = ()
    refuses: bool = False
    edition: int | None = None
    completed_at: datetime | None = None
    withdrawn: bool = False
    replaced_by: str = ""
    decided_on: date | None = None
    checkpoint: str = ""


OF_INTERNAL = {"code", "state", "internal", "number", "dated_on", "files"}
"""All that may be known of an internal paper."""
COLUMNS = [one.name for one in fields(PaperIn) if one.name not in ("code", "checkpoint")]


def accept_paper(paper: PaperIn, *, body: BodyIn) -> None:
    """Put a paper on the site, or say what has become of it; the same again changes nothing.

    Raises BadInput with everything wrong in it, `paper_tells_too_much` for an internal paper with
    more than may be known; Conflict `paper_differs` when it says something else than before;
    CorruptData, BadInput: as checkpoint.verify.
    """
    if found := list(_mistakes(paper)):
        raise BadInput(*found)
    plain = plain_content(paper)
    values: dict[str, Any] = {name: getattr(paper, name) for name in COLUMNS}
    values |= {name: plain[name] for name in ("files", "signers", "items")}
    with transaction.atomic(using=settings.PUBLIC_DATABASE):
        row, _ = Body.objects.get_or_create(slug=body.slug, defaults=plain_content(body))
        known = Paper.objects.select_for_update().filter(code=paper.code).first()
        if known is not None and not _follows(known, paper, row):
            raise Conflict(_finding("paper_differs", "Naskah ini sudah tercatat lain.", "code"))
        Paper.objects.update_or_create(code=paper.code, defaults=values | {"body": row})
        if paper.checkpoint:
            _keep_checkpoint(paper, row, body)


def known_papers(slug: str) -> dict[str, str]:
    """Return the state of each of the body's papers that has arrived, by its code."""
    return dict(Paper.objects.filter(body__slug=slug).values_list("code", "state"))


def _follows(known: Paper, paper: PaperIn, body: Body) -> bool:
    same = known.body_id == body.pk and all(
        getattr(known, name) == getattr(paper, name) for name in FIXED
    )
    grown = list(paper.files[: len(known.files)]) == known.files
    done = known.completed_at is None or known.completed_at == paper.completed_at
    return same and grown and done


def _keep_checkpoint(paper: PaperIn, row: Body, body: BodyIn) -> None:
    """Let the public log move on to where it holds the paper's last signature."""
    head = notes.verify(
        paper.checkpoint, vkey=body.vkey, verify=signed_with(body.vkey), origin=body.log_origin
    )
    newest = Checkpoint.objects.filter(body=row).order_by("size").last()
    if newest is None or newest.size < head.size:
        Checkpoint.objects.create(
            body=row,
            size=head.size,
            root=head.root.hex(),
            note=paper.checkpoint,
            vkey=body.vkey,
            received_at=paper.completed_at,
        )


def _mistakes(paper: PaperIn) -> Iterator[Finding]:
    if not all(CODE.fullmatch(one) for one in (paper.code, paper.replaced_by) if one):
        yield _finding("code_form", "Kode naskah tidak berbentuk benar.", "code")
    if not all(HASH.fullmatch(one) for one in paper.files):
        yield _finding("hash_form", "Sidik berkas bukan SHA-256.", "files")
    if not all(PUBLIC_ID.fullmatch(one) for one in paper.items):
        yield _finding("item_form", "Nomor informasi tidak berbentuk benar.", "items")
    if len(paper.signers) > MOST_SIGNERS or any(one.level not in LEVELS for one in paper.signers):
        yield _finding("signers_form", "Penanda tangan naskah tidak dikenal bentuknya.", "signers")
    for text in (paper.number, paper.kind, *_words(paper)):
        if len(text) > LONGEST or CONTROL.search(text):
            yield _finding("text_form", "Teks terlalu panjang atau memuat tanda kendali.", "text")
    if paper.checkpoint and paper.completed_at is None:
        yield _finding("paper_incomplete", "Naskah ini belum selesai ditandatangani.", "checkpoint")
    if paper.internal and _tells_too_much(paper):
        text = "Naskah internal hanya boleh diketahui kode, nomor, tanggal, dan sidiknya."
        yield _finding("paper_tells_too_much", text, "internal")


def _words(paper: PaperIn) -> Iterator[str]:
    for one in paper.signers:
        yield from (one.name, one.position)


def _tells_too_much(paper: PaperIn) -> bool:
    more = [getattr(paper, one.name) for one in fields(PaperIn) if one.name not in OF_INTERNAL]
    return any(more) or len(paper.files) > 1


def _finding(code: str, message: str, place: str) -> Finding:
    return Finding(code, message, place, "Periksa catatan dengan ppid check.")
