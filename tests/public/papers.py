"""Papers made for tests: complete by default, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from ppid.public.intake import PaperEntryIn, PaperIn, SignerIn, accept_paper, code_of, grouped
from public.editions import body_in
from public.logs import OfficeLog

ID = UUID("6f1c3a52-90d4-4b6e-8a11-2f3b5c7d9e01")
CODE = code_of(ID)
SHORT = grouped(CODE)
OTHER = code_of(UUID(int=7))
FILES = ("a" * 64, "b" * 64)
SIGNED_AT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
NAME, POSITION = "Rina Wati, S.H.", "PPID Utama"


def paper_in(**values) -> PaperIn:
    """A public copy of a letter, signed electronically by one person; no checkpoint yet."""
    signer = SignerIn(name=NAME, position=POSITION, at=SIGNED_AT, level="B-T", stamped=True)
    return PaperIn(
        **{
            "code": CODE,
            "state": "2",
            "internal": False,
            "number": "188/12/2025",
            "dated_on": date(2025, 7, 1),
            "files": FILES,
            "kind": "Surat penetapan klasifikasi, salinan untuk umum",
            "signers": (signer,),
            "items": ("KC-001",),
            "completed_at": SIGNED_AT,
        }
        | values
    )


def unsigned(**values) -> PaperIn:
    """The same paper before anybody has signed it."""
    signer = SignerIn(name=NAME, position=POSITION)
    before = {"state": "1", "files": FILES[:1], "signers": (signer,), "completed_at": None}
    return paper_in(**before | values)


def internal_in(**values) -> PaperIn:
    """A paper that holds what is exempt, signed by all."""
    return PaperIn(
        **{
            "code": CODE,
            "state": "3",
            "internal": True,
            "number": "1/PPID/2026",
            "dated_on": date(2026, 3, 2),
            "files": FILES[1:],
        }
        | values
    )


def let_in(*papers: PaperIn) -> None:
    """Hand papers of the example body over."""
    for paper in papers:
        accept_paper(paper, body=body_in())


def signed_entry(log: OfficeLog, **values) -> PaperEntryIn:
    """Append the last signature on the paper to the log; return its entry."""
    said = {"paper": str(ID), "last": True, "sha256": FILES[1], "number": "188/12/2025"}
    seq = log.append("paper.signed", **said | values)
    return PaperEntryIn(code=CODE, seq=seq, leaf=log.entries[seq])


def issued(log: OfficeLog, **values) -> PaperEntryIn:
    """Sign the paper in the log and hand both over."""
    entry = signed_entry(log)
    log.append()
    let_in(replace(paper_in(**values), checkpoint=log.note()))
    log.hand_over(papers=(entry,))
    return entry
