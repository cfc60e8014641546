"""The sheet that an old row gives to begin with: its words put where the new sheet has them.

A draft for a person to put right. It answers nothing that the row does not say: no term, no answer
to Pasal 18, no public interest (docs/decisions/0027).
"""

from datetime import date

from ppid.law.consequence_sheet import ConsequenceTest, Part
from ppid.law.defect import LegacyEntry
from ppid.law.defect_ground import known_grounds
from ppid.law.defect_words import is_whole, without_addresses
from ppid.law.legal_basis import INFORMATION_ACT
from ppid.law.reference import find, is_act
from ppid.law.term_kinds import Term, ends_on
from ppid.law.term_text import is_blank, read_term, suggest_term
from ppid.law.written_date import first_day


def sheet_from(entry: LegacyEntry, *, on: date) -> ConsequenceTest:
    """Return the sheet that a row's own words fill in, its term left out.

    The ground is taken when the row names one only; of the regulations, the Acts are.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0027).
    """
    known, _ = known_grounds(entry, on=on)
    ground = known[0] if len(known) == 1 else None
    part = "" if is_blank(entry.part) else entry.part
    return ConsequenceTest(
        document=without_addresses("" if is_blank(entry.document) else entry.document),
        information=_information(entry),
        ground=ground.code if ground else "",
        statutes=tuple([ground.citation] if ground else []) + _acts(entry),
        consequence_if_open=_written(entry.consequence_if_open),
        consequence_if_closed=_written(entry.consequence_if_closed),
        part=Part.PART if part and not is_whole(part) else None,
        parts=part if not is_whole(part) else "",
    )


def suggested_term(entry: LegacyEntry, *, on: date) -> Term | None:
    """Return the term that a row's words could be written as, None where they do not say.

    Nothing is suggested that has ended on the day: such a row is open, and not exempted again.
    Source: PP 61/2010 ps. 11 (3) (reading: docs/decisions/0027).
    """
    term = suggest_term(read_term(entry.term), decreed_on=first_day(entry.decree), on=on)
    return None if term is None or _is_over(term, on=on) else term


def _is_over(term: Term, *, on: date) -> bool:
    end = ends_on(term)
    return end is not None and end <= on


def _information(entry: LegacyEntry) -> str:
    parts = (entry.title.strip(), _written(entry.summary))
    return without_addresses(". ".join(part.rstrip(".") for part in parts if part))


def _written(text: str) -> str:
    return "" if is_blank(text) else text.strip()


def _acts(entry: LegacyEntry) -> tuple[str, ...]:
    """Return the Acts that the row cites, article by article; UU 14/2008 stands with the ground."""
    cited = [found.citation for found in find(entry.legal_basis) if not found.in_title]
    others = [one for one in cited if is_act(one) and one.whole != INFORMATION_ACT]
    return tuple(dict.fromkeys(str(one) for one in others))
