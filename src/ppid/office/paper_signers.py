"""Who signs which papers, as a body has set it: by role, so the name is that of the day.

Letters that a law gives to who decided (a determination, an answer) are signed by that person and
are not among these. The setting "paper_signers":

{"daftar": {"role": "ppid_utama", "with": "atasan_ppid", "above": "Mengetahui,"}}
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SETTING = "paper_signers"
ABOVE = ("Mengetahui,", "Menyetujui,")
_ROLE = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Signed(StrEnum):
    """A kind of paper whose signers a body may set."""

    SHEET = "lembar_uji"
    LIST = "daftar"
    OPENING = "pembukaan"
    INVITATION = "undangan"
    ARCHIVES = "daftar_arsip"
    DESTRUCTION = "pemusnahan"

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return _KINDS[self][0]

    @property
    def usual(self) -> tuple[str, ...]:
        """Return the roles that sign where the body has set nothing; the first names the line."""
        return _KINDS[self][1]


_PPID = ("ppid_utama",)
_KINDS: Mapping[Signed, tuple[str, tuple[str, ...]]] = {
    Signed.SHEET: ("Lembar pengujian konsekuensi", _PPID),
    Signed.LIST: ("Daftar informasi", _PPID),
    Signed.OPENING: ("Surat penetapan pembukaan", _PPID),
    Signed.INVITATION: ("Undangan rapat pertimbangan", _PPID),
    Signed.ARCHIVES: ("Daftar arsip", ("arsiparis",)),
    Signed.DESTRUCTION: ("Berita acara pemusnahan", ("arsiparis", *_PPID)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Who signs a kind of paper. role: empty for the usual. beside: a second role, or empty.

    above: what stands over the second, one of ABOVE.
    """

    role: str = ""
    beside: str = ""
    above: str = ABOVE[0]

    def as_said(self) -> dict[str, str]:
        """Return the choice as it stands in the settings."""
        return {"role": self.role, "with": self.beside, "above": self.above}


def choice_of(settings: Mapping[str, object], kind: Signed) -> Choice:
    """Return what a body has set for a kind of paper."""
    chosen = settings.get(SETTING, {})
    said = chosen.get(kind.value, {}) if isinstance(chosen, dict) else {}
    return Choice(said.get("role", ""), said.get("with", ""), said.get("above", ABOVE[0]))


def is_paper_signers(value: object) -> bool:
    """Return whether a value can stand as the setting."""
    return isinstance(value, dict) and all(
        kind in [*Signed] and isinstance(said, dict) and _is_choice(said)
        for kind, said in value.items()
    )


def _is_choice(said: dict[str, object]) -> bool:
    roles = (said.get("role"), said.get("with"))
    return (
        said.keys() == {"role", "with", "above"}
        and said["above"] in ABOVE
        and all(isinstance(one, str) and (not one or _ROLE.fullmatch(one)) for one in roles)
        and (not said["with"] or said["with"] != said["role"])
    )
