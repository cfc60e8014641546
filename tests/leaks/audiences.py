"""Which canaries an officer may see, said here and not asked of the program: a mistake in its rules
about who may see what is then found.

What is named nowhere below is content: only who may read in the body sees it, and never who merely
keeps the system, holds another agency's items, holds nothing any more, or is of another body.
"""

from collections.abc import Mapping

FORMER = "bekas auditor"
"""Holds no office any more, and sees none."""
BODIES = {"kenari-lama arsiparis": "kenari-lama", "kenari-lama ppid_utama": "kenari-lama"}
OUTSIDERS = {"ppid.kalteng": ""}
NO_READERS = frozenset({"pengelola_sistem", "ppid_pelaksana lain", FORMER})

OF_THE_OFFICE = frozenset(
    {
        *("add_agency.name", "rename_agency.name", "add_person.name", "create_body.name"),
        *("create_body.unit", "create_body.place", "make_appointment.decree_number"),
        *("make_appointment.position", "give_mandate.letter_number", "open_account.username"),
        *("appoint_team.team.decree_number", "appoint_team.team.members[].position"),
        *("enter_decree.decree.number", "enter_decree.source"),
        *("enter_decree.decree.holidays.*", "rules.footer", "set_letterhead.choice.lines[]"),
        *("set_letterhead.choice.footer", "settings.keepers", "settings.site_text"),
        *("set_channel.name", "channel.address", "channel.folder"),
        *("record_request.record.number",),
    }
)
"""Who holds which office, by which decree, and how the office is set up: everybody in it."""
OF_ONESELF = frozenset({"create_body.name", "add_person.name", "open_account.username"})
"""On the page that says why, and on those of the own account: the own name, and where."""
OF_CASES = frozenset(
    {
        *("add_titles.rows[].title", "add_titles.rows[].holder", "begin_change.title"),
        *("open_case.title", "decline_step.reason", "extend_step.reason", "act_on_step.note"),
        *("determine.letter.number", "import_list.name", "prepare.number", "withdraw.reason"),
        *("invite.invitation.place", "call_off.reason", "close_minutes.minutes.number"),
    }
)
"""How a case goes on, its letters, when the team meets, but not what it says: whoever has a part in
cases, of whichever agency."""
ONLY = {
    "record_request.record.requester": {"petugas_ppid", "ppid_utama", "pejabat_bidang"},
    "record_request.record.address": {"petugas_ppid", "ppid_utama", "pejabat_bidang"},
    "record_request.purpose": {"petugas_ppid", "ppid_utama", "pejabat_bidang"},
    "read_copy.reason": {"pimpinan_badan_publik", "auditor"},
    "record_backup.address": {"ppid_utama", "pimpinan_badan_publik", "auditor"},
    "draft.sheet": {"petugas_ppid"},
    "draft.upload": {"petugas_ppid"},
    "keep_upload.name": {"petugas_ppid"},
    "make_token.name": {"petugas_ppid"},
    "draft.sop": {"ppid_utama"},
    "start_sop_draft.origin": {"ppid_utama"},
    "start_sop_draft.told[]": {"ppid_utama"},
    "draft.perbaikan": {"ppid_utama"},
    "draft.hitam": {"ppid_utama"},
    "open_account.password": set(),
    "channel.secret": set(),
}
"""Personal data of a requester, who read what, unsaved work, secrets: these alone."""
OF_REQUESTS = {name for name in ONLY if name.startswith("record_request.")}
ANSWERING = {"atasan_ppid"}
"""The superior answers the objection, and needs to know to whom."""


def may_see(role: str, body: str, place: str) -> bool:
    """Return whether a role may see what was planted at a place of a body."""
    if body != BODIES.get(role, OUTSIDERS.get(role, "kenari")):
        return False
    if role == FORMER:
        return place in OF_ONESELF
    if place.startswith("rejected.") or ".content" in place:
        return False
    if place in ONLY:
        allowed = ONLY[place] | (ANSWERING if place in OF_REQUESTS else set())
        return role.removeprefix(f"{body} ") in allowed
    if place in OF_THE_OFFICE:
        return True
    if role in NO_READERS:
        return role == "ppid_pelaksana lain" and place in OF_CASES
    return True


def seen_too_much(seen: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return what a role saw and may not, with an address. seen: as officers.py writes it."""
    return [
        f"{role}: {what} in {address}"
        for role, found in seen.items()
        for what, address in found.items()
        if not may_see(role, *what.split(" ", 1))
    ]


def readers_that_saw_nothing(seen: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the roles that may read content and saw none: then the crawl shows nothing."""
    barred = NO_READERS | set(OUTSIDERS)
    own = {role: BODIES.get(role, "kenari") for role in seen if role not in barred}
    return [role for role, body in own.items() if f"{body} add_item.title" not in seen[role]]
