"""The written consideration (pertimbangan tertulis) of an exemption, for whoever asks for it.

Decides which lines of a sheet are given and which stay sealed. What is sealed is exactly what the
exemption covers: the description of the information itself, and a sentence that its officer did not
mark as fit for everybody. Once the information is open, nothing is sealed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ppid.errors import Finding
from ppid.law import term as terms
from ppid.law.consequence_sheet import ConsequenceTest, Part

REASONS = {
    "public_interest": "reason",
    "consequence_if_open": "consequence_if_open",
    "consequence_if_closed": "consequence_if_closed",
}
"""Field of the sheet -> the name under which its officer marks it as fit for everybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the written consideration. sealed: its text is withheld, and empty."""

    field: str
    label: str
    text: str
    sealed: bool = False


def written_consideration(
    sheet: ConsequenceTest, *, publishable: Collection[str], is_open: bool
) -> tuple[Line, ...]:
    """Return the lines of the consideration, in the order in which they are read.

    publishable: the sentences marked as fit for everybody. is_open: the information is open today.
    Source: UU 14/2008 ps. 7 (5) (reading: docs/decisions/0091).
    """
    return (
        _line("document", "Dokumen", sheet.document, sealed=not is_open),
        _line("information", "Uraian informasi", sheet.information, sealed=not is_open),
        *(
            _line(name, label, getattr(sheet, name), sealed=not is_open and mark not in publishable)
            for (name, mark), label in zip(REASONS.items(), _REASON_LABELS, strict=True)
        ),
        _line("statutes", "Undang-Undang yang menjadi dasar", "\n".join(sheet.statutes)),
        _line("part", "Yang ditutup", _scope(sheet)),
        _line("term", "Jangka waktu", terms.describe(sheet.term) if sheet.term else ""),
    )


def consideration_findings(lines: Collection[Line]) -> tuple[Finding, ...]:
    """Return which reasons nobody could read: each must exist in words that can be given.

    Source: UU 14/2008 ps. 7 (4) (reading: docs/decisions/0091).
    """
    return tuple(
        Finding(
            "consideration_sealed" if line.sealed else "consideration_empty",
            f"“{line.label}” tidak dapat dibaca pemohon.",
            line.field,
            "Tulis kalimat yang tidak membuka isinya, lalu tandai boleh diumumkan.",
            "UU 14/2008 ps. 7 (4)",
        )
        for line in lines
        if line.field in REASONS and not line.text
    )


_REASON_LABELS = (
    "Pertimbangan kepentingan publik",
    "Konsekuensi bila dibuka",
    "Konsekuensi bila ditutup",
)


def _line(field: str, label: str, text: str, *, sealed: bool = False) -> Line:
    return Line(field, label, "" if sealed else text, sealed=sealed)


def _scope(sheet: ConsequenceTest) -> str:
    names = {Part.PART: "Sebagian", Part.WHOLE: "Seluruhnya"}
    chosen = names[sheet.part] if sheet.part else ""
    return "\n".join(text for text in (chosen, sheet.parts, sheet.reason_whole) if text)
