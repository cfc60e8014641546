"""Take an upload into the vault: name, type and structure agree, no virus, then it is sealed.

Whatever is refused leaves nothing behind: the bytes were in memory only.
"""

from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings

from ppid.errors import BadInput, Finding, Refused
from ppid.office.actions.archive import filing_obstacles
from ppid.office.actions.documents import checked_file_name, store_document
from ppid.office.actions.vault import keys_of
from ppid.office.authority import authority_in
from ppid.office.models import Item, SoftCopy
from ppid.vault.apart import work_apart
from ppid.vault.kinds import kind_of_name
from ppid.vault.scan import MB, Scanner, demand_clean
from ppid.vault.streams import digest_of


def take_document(
    item: Item,
    *,
    file: BinaryIO,
    file_name: str,
    by: UUID,
    at: datetime,
    document: UUID | None = None,
    act: UUID | None = None,
) -> SoftCopy:
    """Store an uploaded file of the item if nothing stands against it; return its row.

    file: sealed, in memory (ppid.vault.memory). Raises BadInput with what was found in it, and as
    `store_document`.
    Source: UU 14/2008 ps. 8; UU 43/2009 ps. 44
    """
    named = checked_file_name(file_name)
    kind = kind_of_name(named)
    if refused := filing_obstacles(authority_in(item.body, by=by, at=at)):
        raise Refused(*refused)
    keys_of(item.body)
    found: dict[str, Any] = work_apart("ppid.vault.inspection", file, asked={"kind": kind}).said
    demand_clean(file, scanner())
    file.seek(0)
    announced = digest_of(file)
    file.seek(0)
    return store_document(
        item,
        source=file,
        file_name=named,
        by=by,
        at=at,
        document=document,
        expected=announced,
        found=found,
        act=act,
    )


def scanner() -> Scanner:
    """Return the virus scanner of the settings; its address is empty where there is none.

    Raises BadInput: `scan_limit`.
    """
    most = settings.CLAMD_MOST_MB
    if not (most.isascii() and most.isdigit()):
        text = "PPID_CLAMD_MOST_MB bukan jumlah MB."
        raise BadInput(Finding("scan_limit", text, hint="Tulis angka bulat, misalnya 25."))
    return Scanner(settings.CLAMD, most=int(most) * MB)
