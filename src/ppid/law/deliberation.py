"""A deliberation (pertimbangan) of the team on the items of a case: complete or not, and its count.

Decides what must stand in the minutes (berita acara) before they are closed, what the team advises
on each item, who dissents, and whether a determination must wait for it. Whether the head follows
the advice is the head's. What no article says is a reading (docs/decisions/0026).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ppid.errors import Finding
from ppid.law.team import Team, votes_needed
from ppid.law.term import in_words


class Stance(StrEnum):
    """What a member holds of an item, from the most closed to open."""

    WHOLE = "seluruhnya"
    PART = "sebagian"
    OPEN = "terbuka"

    @property
    def label(self) -> str:
        """Return the stance in words."""
        return _LABELS[self]


_LABELS = {
    Stance.WHOLE: "Dikecualikan seluruhnya",
    Stance.PART: "Dikecualikan sebagian",
    Stance.OPEN: "Terbuka",
}


class Need(StrEnum):
    """Whether a determination waits for a deliberation, as the body has chosen."""

    WITH_TEAM = "bila_ada_tim"
    ALWAYS = "selalu"
    NEVER = "tidak"

    @property
    def label(self) -> str:
        """Return the choice in words."""
        return _NEEDS[self]


_NEEDS = {
    Need.WITH_TEAM: "Wajib selama ada Tim Pertimbangan yang bertugas",
    Need.ALWAYS: "Selalu wajib",
    Need.NEVER: "Tidak wajib; penetapan tanpa pertimbangan hanya diperingatkan",
}


@dataclass(frozen=True, slots=True)
class View:
    """What one member says of one item (pendapat), with the reason. member: a person id."""

    member: str
    stance: Stance
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recusal:
    """A member who keeps out of one item for a conflict of interest (mengundurkan diri)."""

    member: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemViews:
    """What the team said of one item. item: its title, the place of what is wrong about it."""

    item: str
    views: tuple[View, ...] = ()
    recusals: tuple[Recusal, ...] = ()

    @property
    def recused(self) -> frozenset[str]:
        """Return who keeps out of the item."""
        return frozenset(one.member for one in self.recusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """A deliberation (pertimbangan), from its invitation to its minutes; it may have gaps.

    invited_on: the day of the invitation. held_on: the day that it names. present: person ids.
    """

    team: Team
    invited_on: date | None = None
    held_on: date | None = None
    place: str = ""
    present: frozenset[str] = frozenset()
    items: tuple[ItemViews, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the count of the votes on one item says. stance: what the team advises."""

    counts: tuple[tuple[Stance, int], ...]
    stance: Stance

    @property
    def votes(self) -> int:
        """Return how many votes were cast."""
        return sum(count for _, count in self.counts)

    @property
    def is_tied(self) -> bool:
        """Return whether exactly half of the votes are for closing."""
        is_open = dict(self.counts)[Stance.OPEN]
        return self.votes > 0 and 2 * is_open == self.votes


@dataclass(frozen=True, slots=True)
class Deliberated:
    """That an item was deliberated on: the day of the meeting, and that of the closed minutes."""

    held_on: date
    closed_on: date


_CARE = "UU 14/2008 ps. 19"
_WRITTEN = "UU 14/2008 ps. 7 (4)"
_INVITATION = (
    ("invited_on", "invitation_missing", "Tanggal undangan belum diisi."),
    ("held_on", "invitation_missing", "Hari rapat belum diisi."),
    ("place", "invitation_missing", "Tempat rapat belum diisi."),
    ("items", "agenda_missing", "Undangan ini belum menyebut satu informasi pun."),
)


def advice(item: ItemViews) -> Advice:
    """Return the count on an item: closing a part, or the whole, needs more than half of the votes.

    Who would close the whole would close a part too; so on a tie nothing is advised to be closed.
    The order of the members means nothing.
    Source: UU 14/2008 ps. 2 (2) (reading: docs/decisions/0026).
    """
    counts = Counter(one.stance for one in item.views)
    closing, half = 0, len(item.views) / 2
    found = Stance.OPEN
    for stance in (Stance.WHOLE, Stance.PART):
        closing += counts[stance]
        if closing > half:
            found = stance
            break
    return Advice(tuple((stance, counts[stance]) for stance in Stance), found)


def dissents(item: ItemViews) -> tuple[View, ...]:
    """Return the views that differ from what the team advises; they stand in the minutes.

    Source: UU 14/2008 ps. 7 (4) (reading: docs/decisions/0026).
    """
    advised = advice(item).stance
    return tuple(one for one in item.views if one.stance is not advised)


def invitation_obstacles(meeting: Deliberation) -> tuple[Finding, ...]:
    """Return why the team may not be invited so: day, place, agenda, notice, and a team in force.

    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    blank = (
        Finding(code, sentence, field, "Lengkapi undangannya.", _CARE)
        for field, code, sentence in _INVITATION
        if not getattr(meeting, field)
    )
    return (*blank, *_notice_obstacles(meeting), *_force_obstacles(meeting))


def obstacles(meeting: Deliberation, *, on: date) -> tuple[Finding, ...]:
    """Return every reason why the minutes may not be closed. on: today, the body's local date.

    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    return (
        *invitation_obstacles(meeting),
        *_minutes_obstacles(meeting, on=on),
        *_present_obstacles(meeting),
        *(each for item in meeting.items for each in item_obstacles(item, meeting)),
    )


def item_obstacles(item: ItemViews, meeting: Deliberation) -> tuple[Finding, ...]:
    """Return what is wrong with the views on one item: quorum, one vote each, and the reasons.

    Source: UU 14/2008 ps. 7 (4) (reading: docs/decisions/0026).
    """
    return (
        *_quorum_obstacles(item, meeting),
        *_vote_obstacles(item, meeting),
        *_reason_obstacles(item, meeting),
    )


def weaknesses(meeting: Deliberation) -> tuple[Finding, ...]:
    """Return what does not stand in the way of the minutes, but what somebody may ask about.

    Source: UU 14/2008 ps. 19 (reading: docs/decisions/0026).
    """
    return (*_chair_weakness(meeting), *(one for item in meeting.items for one in _thin(item)))


def is_needed(need: Need, *, team_in_force: bool) -> bool:
    """Return whether a determination waits for a deliberation.

    team_in_force: whether the body has a team on the day of the determination.
    Source: PP 61/2010 ps. 3 (1) (reading: docs/decisions/0026).
    """
    return need is Need.ALWAYS or (need is Need.WITH_TEAM and team_in_force)


def determination_findings(
    deliberated: Deliberated | None, *, determined_on: date, approved_on: date | None = None
) -> tuple[Finding, ...]:
    """Return what an item lacks of a deliberation when it is determined.

    An obstacle where `is_needed`, else a warning. The head approves with the minutes before the
    eyes: the minutes are not younger than the approval, and that not than the determination.
    Source: PP 61/2010 ps. 3 (1) (reading: docs/decisions/0026).
    """
    if deliberated is None or deliberated.held_on > determined_on:
        return (_DELIBERATION_MISSING,)
    if approved_on is not None and approved_on < deliberated.closed_on:
        return (_APPROVED_UNSEEN,)
    return ()


def approver_warnings(item: ItemViews, *, approver: str) -> tuple[Finding, ...]:
    """Return what speaks against this person approving the item: they had recused themselves.

    A warning and no obstacle: no article that was verified says so.
    Source: PP 61/2010 ps. 3 (2) (reading: docs/decisions/0026).
    """
    return (_RECUSED_APPROVES,) if approver in item.recused else ()


_DELIBERATION_MISSING = Finding(
    "deliberation_missing",
    "Belum ada pertimbangan tim atas informasi ini.",
    "",
    "Undang tim, catat rapatnya, dan tutup berita acaranya lebih dahulu.",
    _CARE,
)
_APPROVED_UNSEEN = Finding(
    "approved_before_deliberation",
    "Pimpinan menyetujui sebelum berita acara pertimbangan ditutup.",
    "approval",
    "Mintakan persetujuan lagi, dengan pendapat semua anggota di depan pimpinan.",
    "PP 61/2010 ps. 3 (2)",
)
_RECUSED_APPROVES = Finding(
    "recused_approves",
    "Anda mengundurkan diri dari pembahasan informasi ini karena konflik kepentingan.",
    "approval",
    "Sebaiknya pejabat lain yang berwenang memutusnya.",
)
_NOBODY_PRESENT = Finding(
    "attendance_missing",
    "Daftar hadir belum diisi.",
    "present",
    "Centang setiap anggota yang hadir.",
    _CARE,
)


def _notice_obstacles(meeting: Deliberation) -> tuple[Finding, ...]:
    if meeting.invited_on is None or meeting.held_on is None:
        return ()
    notice = meeting.team.notice_days
    latest = meeting.held_on - timedelta(days=notice)
    if meeting.invited_on <= latest:
        return ()
    before = f"{notice} hari sebelum rapat" if notice else "hari rapat itu sendiri"
    text = f"Undangan bertanggal {in_words(meeting.invited_on)}, sedangkan paling lambat "
    text += f"{in_words(latest)}, {before}."
    return (Finding("invited_late", text, "invited_on", "Undurkan hari rapatnya.", _CARE),)


def _force_obstacles(meeting: Deliberation) -> tuple[Finding, ...]:
    if meeting.held_on is None or meeting.team.is_in_force(meeting.held_on):
        return ()
    text = f"Tim ini tidak bertugas pada {in_words(meeting.held_on)}."
    hint = "Pilih hari lain, atau tetapkan tim yang baru dengan keputusan."
    return (Finding("team_not_in_force", text, "held_on", hint),)


def _minutes_obstacles(meeting: Deliberation, *, on: date) -> Iterator[Finding]:
    if not meeting.number.strip():
        hint = "Isi nomor dari buku nomor surat."
        yield Finding("minutes_number_missing", "Nomor berita acara belum diisi.", "number", hint)
    if meeting.held_on is not None and meeting.held_on > on:
        text = f"Rapat pada {in_words(meeting.held_on)} belum berlangsung."
        yield Finding("held_in_future", text, "held_on", "Catat sesudah rapat.", _CARE)


def _present_obstacles(meeting: Deliberation) -> Iterator[Finding]:
    if not meeting.present:
        yield _NOBODY_PRESENT
    if meeting.present - {one.person for one in meeting.team.members}:
        text = "Daftar hadir memuat orang yang bukan anggota tim."
        hint = "Yang bukan anggota dapat disebut dalam catatan rapat, tanpa suara."
        yield Finding("attendant_not_member", text, "present", hint)


def _quorum_obstacles(item: ItemViews, meeting: Deliberation) -> Iterator[Finding]:
    may_vote = {one.person for one in meeting.team.members} - item.recused
    needed = votes_needed(meeting.team.quorum, len(may_vote))
    here = len(meeting.present & may_vote)
    if not may_vote:
        text = "Semua anggota mengundurkan diri; tidak ada yang berhak bersuara."
        hint = "Ganti anggota dengan keputusan, lalu adakan rapat baru."
        yield Finding("nobody_may_vote", text, item.item, hint, _CARE)
    elif here < needed:
        text = f"Kuorum tidak tercapai: hadir {here}, perlu {needed} dari {len(may_vote)} anggota "
        text += "yang berhak bersuara."
        hint = f"Kuorum tim ini {meeting.team.quorum.label}. Undang lagi untuk hari lain."
        yield Finding("quorum_missing", text, item.item, hint, _CARE)


def _vote_obstacles(item: ItemViews, meeting: Deliberation) -> Iterator[Finding]:
    names = {one.person: one.name for one in meeting.team.members}
    given = Counter(one.member for one in item.views)
    for person in sorted(given.keys() - names.keys()):
        yield _stray("view_of_stranger", f"{person} bukan anggota tim.", item)
    for person, name in names.items():
        present, count = person in meeting.present, given[person]
        if count > 1:
            yield _stray("view_twice", f"{name} memberi lebih dari satu pendapat.", item)
        if count and person in item.recused:
            yield _stray("view_of_recused", f"{name} mengundurkan diri tetapi bersuara.", item)
        elif count and not present:
            yield _stray("view_of_absent", f"{name} tidak hadir tetapi bersuara.", item)
        if present and not count and person not in item.recused:
            text = f"Pendapat {name} belum diisi."
            hint = "Pilih pendapatnya, atau catat pengunduran dirinya."
            yield Finding("view_missing", text, item.item, hint, _WRITTEN)


def _stray(code: str, text: str, item: ItemViews) -> Finding:
    return Finding(code, text, item.item, "Periksa daftar hadir dan pendapatnya.", _CARE)


def _reason_obstacles(item: ItemViews, meeting: Deliberation) -> Iterator[Finding]:
    names = {one.person: one.name for one in meeting.team.members}
    for view in dissents(item):
        if not view.reason.strip():
            text = f"Pendapat berbeda {names.get(view.member, view.member)} belum beralasan."
            hint = "Tulis alasannya; pimpinan membacanya sebelum memutus."
            yield Finding("dissent_reason_missing", text, item.item, hint, _WRITTEN)
    for one in item.recusals:
        if not one.ground.strip():
            text = f"Sebab {names.get(one.member, one.member)} mengundurkan diri belum ditulis."
            hint = "Tulis konflik kepentingannya, cukup satu kalimat."
            yield Finding("recusal_ground_missing", text, item.item, hint, _WRITTEN)


def _chair_weakness(meeting: Deliberation) -> tuple[Finding, ...]:
    chairs = {one.person for one in meeting.team.members if one.chair}
    if not meeting.present or chairs & meeting.present:
        return ()
    text = "Ketua tim tidak hadir."
    hint = "Sebut dalam catatan siapa yang memimpin rapat."
    return (Finding("chair_absent", text, "present", hint),)


def _thin(item: ItemViews) -> Iterator[Finding]:
    found = advice(item)
    if found.votes == 1:
        text = "Hanya satu suara; pertimbangan satu orang mudah dipersoalkan."
        yield Finding("single_vote", text, item.item, "", _CARE)
    if found.is_tied:
        text = "Suara menutup dan membuka sama banyak; menutup tidak dianjurkan."
        yield Finding("votes_tied", text, item.item, "", "UU 14/2008 ps. 2 (2)")
