"""Reading what is exempt: who may, on a day, and whether it leaves a trace."""

from collections.abc import Collection
from datetime import date

from ppid.errors import Finding
from ppid.law.term import Status

_SECRECY = "UU 14/2008 ps. 54 (1)"
_NO_ROLE = Finding(
    "reader_without_role",
    "Pada hari ini Anda tidak bertugas menangani informasi yang dikecualikan.",
    "reader",
    "Minta penugasan lebih dahulu, atau ajukan permintaan informasi.",
    _SECRECY,
)
_OTHER_AGENCY = Finding(
    "reader_of_other_agency",
    "Informasi ini dikuasai perangkat daerah lain.",
    "reader",
    "Minta pejabat perangkat daerah itu, atau PPID Utama.",
    _SECRECY,
)


def reading_obstacles(
    *, has_role: bool, agency: str, limited_to: Collection[str] | None
) -> tuple[Finding, ...]:
    """Return why a person may not read an item: whoever has no office in it has no right to it.

    has_role: whether the person holds, on the day, a role that works with exempt information; who
    only manages the system does not. agency: which holds the item. limited_to: the agencies to
    which those roles are limited, None for all of the body's.
    Source: UU 14/2008 ps. 54 (1) (reading: docs/decisions/0092).
    """
    if not has_role:
        return (_NO_ROLE,)
    return () if limited_to is None or agency in limited_to else (_OTHER_AGENCY,)


def leaves_trace(status: Status | None, *, last_read_on: date | None, on: date) -> bool:
    """Return whether a person's reading of an item on a day is recorded.

    status: of the item on that day, None for a candidate that is still worked on. last_read_on: the
    last day for which a reading by this person is recorded already.
    Source: UU 14/2008 ps. 54 (1) (reading: docs/decisions/0092).
    """
    return status is Status.EXEMPT and (last_read_on is None or last_read_on < on)
