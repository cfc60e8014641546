"""A remark (komentar) on a legal basis: a warning where the mistake is sure, else a note."""

from dataclasses import dataclass
from enum import StrEnum

from ppid.errors import Finding


class Severity(StrEnum):
    """WARNING: surely a mistake. NOTE: worth a look, or known from memory alone."""

    WARNING = "peringatan"
    NOTE = "catatan"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with how sure it is."""

    severity: Severity
    finding: Finding

    @property
    def code(self) -> str:
        """Return the code of the finding."""
        return self.finding.code


def warning(
    code: str, message: str, *, place: str = "", hint: str = "", source: str = ""
) -> Remark:
    """Return a remark on a sure mistake."""
    return Remark(Severity.WARNING, Finding(code, message, place, hint, source))


def note(code: str, message: str, *, place: str = "", hint: str = "", source: str = "") -> Remark:
    """Return a remark on what is worth a look."""
    return Remark(Severity.NOTE, Finding(code, message, place, hint, source))
