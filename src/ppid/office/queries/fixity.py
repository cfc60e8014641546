"""How whole the vault is: what is to be read next, what is damaged, where a good copy lies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ppid.errors import BadInput, Finding, Refused
from ppid.ledger.entry import Entry
from ppid.office.authority import MAY, Authority, Right, authority_of, head_roles, not_authorised
from ppid.office.models import Backup, Body, Event, Fixity, FixityWish, SoftCopy

MOST_DAYS = 3650
DAMAGE = {
    "file_missing": "tidak ada",
    "file_cut": "terpotong",
    "file_altered": "berubah",
    "file_swapped": "tertukar dengan berkas lain",
    "file_unreadable": "tidak terbaca sampai habis",
}


@dataclass(frozen=True, slots=True)
class Damaged:
    """A sealed file that is not the one. others: versions of its document that are whole."""

    copy: SoftCopy
    checked_at: datetime
    what: str
    others: tuple[int, ...]
    backup: Backup | None


@dataclass(frozen=True, slots=True)
class VaultCare:
    """How whole a body's vault is.

    size: in bytes. unread: files never read since they were sealed; fresh: how many were read
    within the days of a round. round_at: every file was read at or after it, None if one never
    was; due_at: by when all are to be read again. wish: the last one for a check of everything;
    left: how many files it still waits for.
    """

    files: int
    size: int
    days: int
    unread: int
    fresh: int
    round_at: datetime | None
    due_at: datetime | None
    damaged: tuple[Damaged, ...]
    backups: tuple[Backup, ...]
    wish: FixityWish | None
    left: int


def care_roles(body: Body) -> frozenset[str]:
    """Return whose holders see how whole the vault is: the head's, the auditor's, the PPID's."""
    return frozenset({*head_roles(body), "auditor"}) | MAY[Right.DETERMINE]


def may_see_care(body: Body, authority: Authority) -> bool:
    """Return whether the person may see how whole the vault is."""
    return authority.holds(care_roles(body))


def vault_care(body: Body, *, by: UUID, at: datetime) -> VaultCare:
    """Return how whole a body's vault is. Raises Refused."""
    on = at.astimezone(body.zone).date()
    if not may_see_care(body, authority_of(by, on=on, body=body.pk)):
        raise Refused(not_authorised(care_roles(body)))
    rows = copies_by_age(body)
    unread = rows.filter(checked_at__isnull=True).count()
    oldest = rows.filter(checked_at__isnull=False).first()
    round_at = oldest.checked_at if oldest and not unread else None
    days, wish = timedelta(days=fixity_days(body)), wish_of(body)
    # what waits longest: the oldest check, or the oldest seal of a file that was never read
    waiting = rows.annotate(since=Coalesce("checked_at", "stored_at")).order_by("since").first()
    return VaultCare(
        files=rows.count(),
        size=rows.aggregate(size=Sum("sealed_size"))["size"] or 0,
        days=days.days,
        unread=unread,
        fresh=rows.filter(checked_at__gt=at - days).count(),
        round_at=round_at,
        due_at=waiting.since + days if waiting else None,
        damaged=tuple(_damaged(body)),
        backups=tuple(body.backups.order_by("-at")[:5]),
        wish=wish,
        left=left_to_read(body),
    )


def damaged_for(body: Body, *, by: UUID, at: datetime) -> int:
    """Return how many damaged files the person is to be told of; 0 for who does not see them."""
    authority = authority_of(by, on=at.astimezone(body.zone).date(), body=body.pk)
    return copies_by_age(body).filter(damage__gt="").count() if may_see_care(body, authority) else 0


def wish_of(body: Body) -> FixityWish | None:
    """Return the last wish that the whole vault be read, fulfilled or not."""
    return FixityWish.objects.filter(body=body).select_related("by").first()


def left_to_read(body: Body) -> int:
    """Return how many files the last wish still waits for."""
    wish = wish_of(body)
    return copies_by_age(body).filter(before(wish.at)).count() if wish else 0


def wish_obstacles(body: Body, authority: Authority) -> tuple[Finding, ...]:
    """Return why the person may not wish now that the whole vault be read."""
    if not may_see_care(body, authority):
        return (not_authorised(care_roles(body)),)
    if not copies_by_age(body).exists():
        return (Finding("vault_empty", "Belum ada berkas di brankas."),)
    if left := left_to_read(body):
        text = f"Pemeriksaan yang diminta sebelumnya masih membaca {left} berkas."
        return (Finding("check_under_way", text, hint="Tunggu sampai selesai."),)
    return ()


def before(moment: datetime) -> Q:
    """Return the condition that a file was sealed before the moment and not read since."""
    unread = Q(checked_at__isnull=True, stored_at__lte=moment)
    return unread | Q(checked_at__lt=moment)


def fixity_days(body: Body) -> int:
    """Return within how many days every file is read again: the body's choice, or the machine's.

    Raises BadInput: `fixity_days`.
    """
    if chosen := body.settings.get("fixity_days"):
        return int(chosen)
    try:
        days = int(settings.FIXITY_DAYS)
    except ValueError:
        days = 0
    if not 1 <= days <= MOST_DAYS:
        text = "PPID_FIXITY_DAYS bukan jumlah hari antara 1 dan 3650."
        raise BadInput(Finding("fixity_days", text, hint="Tulis misalnya PPID_FIXITY_DAYS=90."))
    return days


def copies_by_age(body: Body) -> QuerySet[SoftCopy]:
    """Return the body's copies with `checked_at` and `damage`, those never read first."""
    last = Fixity.objects.filter(name=OuterRef("name"))
    return (
        SoftCopy.objects.filter(item__body=body)
        .annotate(
            checked_at=Subquery(last.values("checked_at")[:1]),
            damage=Subquery(last.values("damage")[:1]),
        )
        .order_by(F("checked_at").asc(nulls_first=True), "stored_at", "name")
    )


def share_of_today(body: Body, *, at: datetime) -> Iterator[SoftCopy]:
    """Yield the copies that are still to be read on the body's local day, the longest unread first.

    A day's share is as many bytes as all of them by the days of a round; what was not read within
    the round, because the worker stood still, comes on top, and so does what somebody wished.
    """
    days, wish = fixity_days(body), wish_of(body)
    rows = copies_by_age(body)
    midnight = at.astimezone(body.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    whole = rows.aggregate(size=Sum("sealed_size"))["size"] or 0
    today = rows.filter(checked_at__gte=midnight).aggregate(size=Sum("sealed_size"))["size"] or 0
    left = -(-whole // days) - today
    given = set()
    earlier = Q(checked_at__isnull=True) | Q(checked_at__lt=midnight)
    for row in rows.filter(earlier).iterator(chunk_size=500):
        if left <= 0:
            break
        left -= row.sealed_size
        given.add(row.pk)
        yield row
    overdue = max(at - timedelta(days=days), wish.at) if wish else at - timedelta(days=days)
    late = rows.filter(before(overdue)).iterator(chunk_size=500)
    yield from (row for row in late if row.pk not in given)


def _damaged(body: Body) -> Iterator[Damaged]:
    broken = copies_by_age(body).filter(damage__gt="").select_related("item")
    for copy in broken.order_by("document", "version"):
        versions = copies_by_age(body).filter(document=copy.document).exclude(pk=copy.pk)
        others = tuple(
            versions.filter(damage="").order_by("version").values_list("version", flat=1)
        )
        backup = newest_backup_of(copy)
        yield Damaged(copy, copy.checked_at, DAMAGE.get(copy.damage, "rusak"), others, backup)


def newest_backup_of(copy: SoftCopy) -> Backup | None:
    """Return the newest backup that holds the sealed file as the log names it."""
    # the first event of the item with this name is the one that gave it, whatever its kind
    named = Event.objects.filter(item=copy.item_id).order_by("seq")
    seq = next((one.seq for one in named if _names(one, copy.name)), None)
    if seq is None:
        return None
    held = Backup.objects.filter(body=copy.item.body_id, size__gt=seq).order_by("-at")
    return next((one for one in held if copy.name not in one.missing), None)


def _names(event: Event, name: str) -> bool:
    return Entry.from_bytes(bytes(event.entry)).payload.get("name") == name


def copy_names(copies: Iterable[SoftCopy]) -> list[str]:
    """Return the names of sealed files, sorted."""
    return sorted(one.name for one in copies)
