"""The team that deliberates (Tim Pertimbangan): appointed by a decree, with a quorum of its own.

Decides what a decree must say before a team may deliberate, and how many votes make a quorum. No
article gives either: what a body's own decree says goes, and the rest is a reading
(docs/decisions/0026).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppid.errors import Finding

FEWEST_MEMBERS = 3


class Quorum(StrEnum):
    """How many of those who may vote must be present."""

    MORE_THAN_HALF = "lebih_dari_setengah"
    HALF = "setengah"
    TWO_THIRDS = "dua_pertiga"
    ALL = "semua"

    @property
    def label(self) -> str:
        """Return the quorum in words."""
        return _LABELS[self]


_LABELS = {
    Quorum.MORE_THAN_HALF: "lebih dari setengah anggota yang berhak bersuara",
    Quorum.HALF: "paling sedikit setengah anggota yang berhak bersuara",
    Quorum.TWO_THIRDS: "paling sedikit dua pertiga anggota yang berhak bersuara",
    Quorum.ALL: "semua anggota yang berhak bersuara",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the team. person: an id; two accounts of one person are one id.

    position: the position in office, as the decree names it. chair: leads the meeting.
    """

    person: str
    name: str
    position: str = ""
    chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team (Tim Pertimbangan) as its decree appoints it; a draft may have gaps.

    starts_on, ends_on: first and last day in force, None for no end. notice_days: how many days
    before a meeting its members are invited at the latest; 0 allows the day itself.
    """

    decree_number: str = ""
    decree_date: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    members: tuple[Member, ...] = ()
    quorum: Quorum = Quorum.MORE_THAN_HALF
    notice_days: int = 1

    def is_in_force(self, on: date) -> bool:
        """Return whether the team may deliberate on the day."""
        begun = self.starts_on is not None and self.starts_on <= on
        return begun and (self.ends_on is None or on <= self.ends_on)


_FILL_IN = "Lengkapi isian ini seperti tertulis dalam keputusannya."
_DECREE = (
    ("decree_number", "team_decree_missing", "Nomor keputusan pembentukan tim belum diisi."),
    ("decree_date", "team_decree_missing", "Tanggal keputusan pembentukan tim belum diisi."),
    ("starts_on", "team_start_missing", "Hari mulai bertugas tim belum diisi."),
    ("members", "team_members_missing", "Tim ini belum mempunyai anggota."),
)


def votes_needed(quorum: Quorum, voters: int) -> int:
    """Return how many of the members who may vote must be present.

    voters: members who may vote on the item; who is recused does not count.
    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    return {
        Quorum.MORE_THAN_HALF: voters // 2 + 1,
        Quorum.HALF: -(-voters // 2),
        Quorum.TWO_THIRDS: -(-2 * voters // 3),
        Quorum.ALL: voters,
    }[quorum]


def team_obstacles(team: Team, *, on: date) -> tuple[Finding, ...]:
    """Return why a team may not be appointed as filled in. on: today.

    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    blank = (
        Finding(code, sentence, field, _FILL_IN)
        for field, code, sentence in _DECREE
        if not str(getattr(team, field) or "").strip()
    )
    return (*blank, *_date_obstacles(team, on=on), *_member_obstacles(team))


def team_weaknesses(team: Team) -> tuple[Finding, ...]:
    """Return what does not stand in the way, but what somebody may ask about.

    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    if not 0 < len(team.members) < FEWEST_MEMBERS:
        return ()
    text = f"Tim dengan kurang dari {FEWEST_MEMBERS} anggota sulit disebut tim."
    return (Finding("team_small", text, "members", "Periksa lagi daftar anggotanya."),)


def _date_obstacles(team: Team, *, on: date) -> Iterator[Finding]:
    if team.decree_date is not None and team.decree_date > on:
        text = "Tanggal keputusan pembentukan tim belum tiba."
        yield Finding("team_decree_in_future", text, "decree_date", "Isi tanggal yang sebenarnya.")
    if team.starts_on and team.decree_date and team.starts_on < team.decree_date:
        text = "Tim mulai bertugas sebelum tanggal keputusannya."
        yield Finding("team_before_decree", text, "starts_on", "Periksa kedua tanggalnya.")
    if team.starts_on and team.ends_on and team.ends_on < team.starts_on:
        text = "Hari terakhir tim mendahului hari mulainya."
        yield Finding("team_ends_before_start", text, "ends_on", "Periksa kedua tanggalnya.")
    if team.notice_days < 0:
        text = "Jarak undangan dan rapat tidak dapat kurang dari nol hari."
        yield Finding(
            "notice_invalid", text, "notice_days", "Isi 0 bila boleh pada hari yang sama."
        )


def _member_obstacles(team: Team) -> Iterator[Finding]:
    for member in team.members:
        if not member.position.strip():
            text = f"Jabatan {member.name} dalam tim belum diisi."
            yield Finding("member_position_missing", text, "members", "Isi jabatan kedinasannya.")
    names = {member.person: member.name for member in team.members}
    for person, count in Counter(member.person for member in team.members).items():
        if count > 1:
            text = f"{names[person]} tercantum {count} kali; satu orang satu suara."
            yield Finding("member_twice", text, "members", "Hapus yang berlebih.")
    chairs = sum(member.chair for member in team.members)
    if team.members and chairs != 1:
        text = "Tim mempunyai tepat satu ketua."
        yield Finding("chair_not_one", text, "chair", "Pilih satu ketua seperti dalam keputusan.")
