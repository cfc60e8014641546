"""The minutes of a deliberation and its invitation as papers (berita acara, undangan)."""

from ppid.law.team import Member
from ppid.office.models import Item
from ppid.office.paper_signers import Signed
from ppid.office.queries.deliberations import AdviceLine, MeetingPage, Said
from ppid.office.queries.papers.letterheads import INTERNAL, Signer, signer, signers_of
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, weekday

CHAIR = "Ketua"
HEADING = "Berita acara pertimbangan"


LEFT_OUT = "Alasan para anggota dan catatan rapat tidak dimuat dalam salinan untuk umum."


def minutes(page: MeetingPage, *, public: bool = False) -> Paper:
    """Return the minutes as a paper, before the meeting as a form to write on by hand.

    public: what may leave the office: public titles, positions, no reasons and no notes.
    Source: UU 14/2008 ps. 7 (4) (reading: docs/decisions/0026)
    """
    meeting, team = page.meeting, page.team
    draft = meeting.closed_at is None
    said = [_advised(line, public=public) for line in page.advice]
    asked = [_asked(item, team.members) for item in page.agenda]
    return Paper(
        template="berita_acara",
        title=f"{HEADING} {meeting.number}".strip(),
        mark="" if public else INTERNAL,
        foot=f"{HEADING}, berkas {meeting.case.number}",
        content={
            "number": meeting.number,
            "draft": draft,
            "weekday": weekday(meeting.held_on),
            "day": day_in_words(meeting.held_on),
            "begins": meeting.begins_at,
            "place": meeting.place,
            "place-of-office": meeting.case.body.place,
            "team": f"Tim Pertimbangan yang dibentuk dengan keputusan Nomor {team.decree_number} "
            f"tanggal {day_in_words(team.decree_date)}",
            "case": meeting.case.number,
            "invited": day_in_words(meeting.invited_on),
            "attendance": _attendance(page, draft=draft),
            "members": [_member(one, page, draft=draft) for one in team.members],
            "items": asked if draft else said,
            "notes": LEFT_OUT if public else meeting.notes,
            "signers": _signers(page, draft=draft),
        },
    )


def _attendance(page: MeetingPage, *, draft: bool) -> str:
    quorum = f"Kuorum: {page.team.quorum.label}."
    if draft:
        return quorum
    return f"Hadir {len(page.present)} dari {len(page.team.members)} anggota. {quorum}"


def _member(one: Member, page: MeetingPage, *, draft: bool) -> dict[str, str]:
    title = f"{one.position}\n{CHAIR}" if one.chair else one.position
    here = "Hadir" if one.person in page.meeting.present else "Tidak hadir"
    return {"name": one.name, "position": title, "here": "" if draft else here}


def _advised(line: AdviceLine, *, public: bool) -> dict[str, object]:
    counts = ", ".join(f"{label} {count}" for label, count in line.counts)
    return {
        "title": line.item.public_title if public else line.item.title,
        "advice": f"Anjuran tim: {line.advised}.\nSuara: {counts}.",
        "said": [_view(one, public=public) for one in line.said],
    }


def _view(one: Said, *, public: bool) -> dict[str, str]:
    words = f"{one.words}\nPendapat berbeda" if one.dissents else one.words
    return {"name": one.name, "words": words, "reason": "" if public else one.reason}


def _asked(item: Item, members: tuple[Member, ...]) -> dict[str, object]:
    blank = [{"name": one.name, "words": "\n", "reason": ""} for one in members]
    return {"title": item.title, "advice": "", "said": blank}


def _signers(page: MeetingPage, *, draft: bool) -> list[Signer]:
    chair = next((one for one in page.team.members if one.chair), None)
    leads = None
    if chair and _was_there(chair, page, draft):
        leads = signer(CHAIR, chair.name, person=str(chair.person))
    wrote = "" if draft else str(page.meeting.closed_by or "")
    recorder = signer("Pencatat", "" if draft else page.recorder, person=wrote)
    return [recorder, leads or signer("Pimpinan rapat", "")]


def _was_there(chair: Member, page: MeetingPage, draft: bool) -> bool:
    return draft or chair.person in page.meeting.present


def invitation(page: MeetingPage) -> Paper:
    """Return the letter that invites the team to the meeting."""
    meeting, body = page.meeting, page.meeting.case.body
    when = f"{weekday(meeting.held_on)}, {day_in_words(meeting.held_on)}"
    agenda = "\n".join(f"{place}. {item.title}" for place, item in enumerate(page.agenda, start=1))
    lines = [("Hari, tanggal", when), ("Pukul", meeting.begins_at), ("Tempat", meeting.place)]
    return Paper(
        template="surat",
        title=f"Undangan rapat pertimbangan, {day_in_words(meeting.held_on)}",
        mark=INTERNAL,
        foot=f"Undangan rapat pertimbangan, berkas {meeting.case.number}",
        content={
            "number": "",
            "attached": "Tidak ada",
            "subject": "Undangan rapat pertimbangan",
            "place": body.place,
            "day": day_in_words(meeting.invited_on),
            "to": ["Anggota Tim Pertimbangan:", *(one.name for one in page.team.members)],
            "opening": "Kami mengundang Anda untuk mempertimbangkan informasi yang diusulkan "
            f"dikecualikan dalam berkas nomor {meeting.case.number}.",
            "sections": [
                {"heading": "Waktu dan tempat", "text": "", "lines": [x for x in lines if x[1]]},
                {"heading": "Yang dipertimbangkan", "text": agenda, "lines": []},
            ],
            "rights": [],
            "closing": "Anggota yang mempunyai konflik kepentingan atas salah satu informasi di "
            "atas mengundurkan diri dari pembahasannya.",
            "signers": signers_of(body, Signed.INVITATION, on=meeting.invited_on),
        },
    )
