"""Read sealed files to their last byte and record what was found.

One event for a batch of files that were read, and one for each file that was newly found damaged;
a file that is still damaged is not told again (docs/decisions/0131).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from ppid.errors import Finding, Refused
from ppid.office import vault
from ppid.office.authority import authority_in
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Fixity, SoftCopy
from ppid.office.queries.fixity import (
    copies_by_age,
    copy_names,
    share_of_today,
    wish_obstacles,
)
from ppid.office.queries.vault import places_by_hash
from ppid.office.writing import writing
from ppid.vault.copies import examine

MOST_FILES, MOST_BYTES = 500, 1 << 30
"""How much is read before it is recorded; an event has room for the names of so many files."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read. damaged: every file that is not the one, also those known before."""

    files: int
    size: int
    damaged: tuple[Finding, ...]


def check_share(body: Body, *, at: datetime) -> Checked:
    """Read what is left of today's share, at most one batch of it, and record what was found.

    Raises BadInput if the storage as a whole does not do its part; nothing is recorded then.
    """
    batch, size = [], 0
    for copy in islice(share_of_today(body, at=at), MOST_FILES):
        batch.append(copy)
        size += copy.sealed_size
        if size >= MOST_BYTES:
            break
    return _check(body, batch, at=at)


def check_every_file(body: Body, *, at: datetime) -> Checked:
    """Read every file of the body's vault, and record what was found batch by batch.

    Raises BadInput if the storage as a whole does not do its part; what was read stays recorded.
    """
    done: list[Checked] = []
    todo = list(copies_by_age(body).values_list("pk", flat=True))
    for start in range(0, len(todo), MOST_FILES):
        rows = copies_by_age(body).filter(pk__in=todo[start : start + MOST_FILES])
        done.append(_check(body, list(rows), at=at))
    found = tuple(finding for one in done for finding in one.damaged)
    return Checked(sum(one.files for one in done), sum(one.size for one in done), found)


def wish_check(body: Body, *, by: UUID, at: datetime, act: UUID | None = None) -> None:
    """Wish that the worker read the whole vault now, batch by batch.

    Raises Refused: not_authorised, vault_empty, check_under_way.
    """
    with writing(act=act, at=at):
        lock(body.pk)
        if findings := wish_obstacles(body, authority_in(body, by=by, at=at)):
            raise Refused(*findings)
        append(Fact("vault.check_wished", {}), body=body.pk, by=by, at=at)


def _check(body: Body, copies: Sequence[SoftCopy], *, at: datetime) -> Checked:
    if not copies:
        return Checked(0, 0, ())
    known, storage = places_by_hash(), vault.storage()
    faults = {one.name: examine(one.sealed_copy, storage, known=known) for one in copies}
    with writing():
        lock(body.pk)
        # one that was sealed anew while we read is another file now, and is read another time
        rows = {one.name: one for one in SoftCopy.objects.filter(name__in=list(faults))}
        found = {name: fault for name, fault in faults.items() if fault and name in rows}
        told = dict(Fixity.objects.filter(name__in=list(found)).values_list("name", "damage"))
        fresh = [name for name, fault in found.items() if told.get(name) != fault.code]
        for name in sorted(fresh):
            append(_damage(rows[name], found[name]), body=body.pk, by=None, at=at)
        said = {
            "names": copy_names(row for name, row in rows.items() if name not in found),
            "still": sorted(set(found) - set(fresh)),
            "bytes": sum(row.sealed_size for row in rows.values()),
        }
        append(Fact("vault.checked", said), body=body.pk, by=None, at=at)
    return Checked(len(rows), said["bytes"], tuple(found.values()))


def _damage(copy: SoftCopy, fault: Finding) -> Fact:
    said = {
        "document": str(copy.document),
        "version": copy.version,
        "name": copy.name,
        "code": fault.code,
    }
    return Fact("vault.damaged", said, item=copy.item_id)
