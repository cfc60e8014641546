"""The one error tree, and the finding that every refusal, error and warning is made of.

A leaf: it imports the standard library only, so that the pure packages may use it too
(docs/decisions/0001). Wordings are Indonesian and may change; codes are stable.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, missing, or in the way, with what to do about it.

    code: stable, lower case with "_"; tests assert it. message: an Indonesian sentence.
    place: where ("langkah 3: keputusan.Ya", "huruf a", a form field), or empty.
    hint: what to do next. source: the rule behind it ("UU 14/2008 ps. 19"), or empty.
    """

    code: str
    message: str
    place: str = ""
    hint: str = ""
    source: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the finding as plain data, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        law = f" ({self.source})" if self.source else ""
        return f"{where}{self.message}{law}"


class PpidError(Exception):
    """Base of every error that a person caused or can act on; carries every finding at once."""

    def __init__(self, *findings: Finding) -> None:
        if not findings:
            raise ValueError("an error needs at least one finding")
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the code of each finding, in order."""
        return tuple(finding.code for finding in self.findings)


class Refused(PpidError):
    """The rules say no: each finding is an obstacle with its source."""


class Conflict(Refused):
    """Somebody else was first: the state that the act was based on has moved on."""


class NotFound(PpidError):
    """It does not exist, or not for this person."""


class BadInput(PpidError):
    """What was given cannot be used: each finding is one mistake at its place."""


class CorruptData(PpidError):
    """Integrity failed: stop and alarm."""
