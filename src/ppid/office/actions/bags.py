"""Export items as a BagIt bag: confidential, so it is a reading of each of them, with a reason."""

import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from ppid.errors import BadInput, Finding, NotFound, Refused
from ppid.office.actions.archive import filing_obstacles
from ppid.office.actions.readings import record_reading
from ppid.office.authority import authority_in
from ppid.office.bag import unwritable, write_bag
from ppid.office.log import Fact, append, checkpoint, lock
from ppid.office.models import Body, Item
from ppid.office.writing import writing
from ppid.vault.folder import FOLDER_MODE, sync_folder


def export_bag(
    items: Sequence[Item],
    *,
    into: Path,
    name: str,
    title: str,
    reason: str,
    by: UUID,
    at: datetime,
    opened: bool = False,
    act: UUID | None = None,
) -> Path:
    """Write a bag of items of one body into a folder, under a name; return where it is.

    opened: also the plain soft copies. The event comes first, then the bag: whole, or nothing of
    it. Raises BadInput: `reason_missing`, `bag_exists`, `bag_unwritable`; Refused:
    `not_authorised`; NotFound: `bag_empty`; CorruptData for a damaged soft copy.
    Source: UU 43/2009 ps. 44; UU 14/2008 ps. 54
    """
    final = into / name
    if not items:
        raise NotFound(Finding("bag_empty", "Tidak ada informasi untuk bag ini."))
    if not reason.strip():
        raise BadInput(Finding("reason_missing", "Isi alasan mengekspor.", place="reason"))
    if final.exists():
        text = "Di folder itu sudah ada bag dengan nama ini; tidak ada yang ditimpa."
        raise BadInput(Finding("bag_exists", text, str(final), "Pakai folder lain."))
    body = items[0].body
    note = _recorded(items, body, opened=opened, reason=reason.strip(), by=by, at=at, act=act)
    draft = into / f".{name}.{secrets.token_hex(8)}"
    try:
        draft.mkdir(mode=FOLDER_MODE)
        write_bag(draft, items, body=body, checkpoint=note, opened=opened, title=title, at=at)
        draft.rename(final)
        sync_folder(into)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise BadInput(unwritable(into, error)) from error
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return final


def _recorded(
    items: Sequence[Item],
    body: Body,
    *,
    opened: bool,
    reason: str,
    by: UUID,
    at: datetime,
    act: UUID | None,
) -> str:
    """Record who exports what and why; return a signed checkpoint over the log with that in it."""
    with writing(act=act, at=at):
        lock(body.pk)
        refused = filing_obstacles(authority_in(body, by=by, at=at))
        if refused:
            raise Refused(*refused)
        for item in items:
            record_reading(item, by=by, at=at)
            fact = Fact("bag.exported", {"opened": opened}, {"reason": reason}, item=item.pk)
            append(fact, body=body.pk, by=by, at=at)
        return checkpoint(body.pk, at=at).note
