"""One row of a list of exempt information (DIK) as a body kept it before this program.

Holds the old text as it stood, whatever it says. Reading it from a file is the office's; what is
wrong with it is judged beside this module.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyEntry:
    """A row of an old list (entri DIK lama, UU 14/2008 ps. 17); every field is text, "" if empty.

    number: as printed in the list. title: the information. summary: what it holds. ground: huruf
    (and angka) of Pasal 17, in the list's own words. legal_basis: the regulations cited.
    part: which part is closed. term: jangka waktu. document: the document that holds the
    information; document_link: where the list links it to. test: the consequence test's number and
    date. decree: the determination's number and date. remark: keterangan.
    """

    number: str = ""
    title: str = ""
    summary: str = ""
    agency: str = ""
    ground: str = ""
    legal_basis: str = ""
    consequence_if_open: str = ""
    consequence_if_closed: str = ""
    part: str = ""
    term: str = ""
    document: str = ""
    document_link: str = ""
    test: str = ""
    decree: str = ""
    remark: str = ""
