"""Background work: made up by the timer whenever it was missed, so running it twice is safe."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import DatabaseError

from ppid.errors import CorruptData, Finding, PpidError
from ppid.office.actions.backups import record_restore
from ppid.office.actions.channels import deliver_due
from ppid.office.actions.editions import deliver
from ppid.office.actions.fixity import check_every_file, check_share
from ppid.office.actions.keepers import send_out
from ppid.office.actions.vault import end_rotation, reseal, waiting
from ppid.office.actions.watch import Watched, watch
from ppid.office.backup.restoring import MARKER
from ppid.office.models import Body

log = logging.getLogger(__name__)


def make_up_deliveries(*, at: datetime) -> int:
    """Hand every edition that the public site lacks to it; return how many were handed over.

    What fails for one body is logged and tried again in the next round; the others go on.
    """
    return sum(_deliver(body, at=at) for body in Body.objects.order_by("slug"))


def _deliver(body: Body, *, at: datetime) -> int:
    try:
        return deliver(body, at=at)
    except (PpidError, DatabaseError, OSError):
        log.exception("Edisi %s belum sampai ke situs umum", body.pk)
        return 0


def send_checkpoints(*, at: datetime) -> int:
    """Send each body's newest checkpoint to whoever keeps it outside; return how many arrived.

    What fails is noted beside the keeper, and tried again later; the others go on.
    """
    return sum(_send(body, at=at) for body in Body.objects.order_by("slug"))


def _send(body: Body, *, at: datetime) -> int:
    try:
        return send_out(body, at=at)
    except (PpidError, DatabaseError):
        log.exception("Titik periksa %s belum terkirim", body.pk)
        return 0


def bring_to_channels(*, at: datetime) -> int:
    """Bring each body's newest list to its publication channels; return how many arrived.

    What fails is noted beside the channel, and tried again later; the others go on.
    """
    return sum(_bring(body, at=at) for body in Body.objects.order_by("slug"))


def _bring(body: Body, *, at: datetime) -> int:
    try:
        return deliver_due(body, at=at)
    except (PpidError, DatabaseError, OSError):
        log.exception("Saluran publikasi %s belum selesai", body.pk)
        return 0


def watch_bodies(
    watched: Mapping[str, date], *, at: datetime
) -> Iterator[tuple[Body, date, Watched]]:
    """Watch each body whose own local day is not the one it was last watched on.

    watched: by body, the local day of its last run in this process; empty when it starts. A body
    that fails is logged and left out, so that the next round tries it again; the others go on.
    """
    for body in Body.objects.order_by("slug"):
        day = at.astimezone(body.zone).date()
        if watched.get(body.pk) == day:
            continue
        try:
            yield body, day, watch(body, at=at)
        except (PpidError, DatabaseError, OSError):
            log.exception("Jatuh tempo %s belum diperiksa", body.pk)


def check_shares(*, at: datetime) -> list[Finding]:
    """Read what is left of today's share of each vault, a batch at most; return what is damaged.

    A body whose storage does not answer is logged and tried again in the next round.
    """
    return [one for body in Body.objects.order_by("slug") for one in _check_share(body, at=at)]


def _check_share(body: Body, *, at: datetime) -> tuple[Finding, ...]:
    try:
        return check_share(body, at=at).damaged
    except (PpidError, DatabaseError, OSError):
        log.exception("Keutuhan brankas %s belum diperiksa", body.pk)
        return ()


def check_restored(*, at: datetime) -> bool:
    """Record that the data come from a backup, and check every file; whether there was need.

    The restore leaves a marker in the data folder, which goes when all is recorded.
    """
    marker = settings.DATA / MARKER
    if not marker.exists():
        return False
    snapshot = marker.read_text().strip()
    for body in Body.objects.order_by("slug"):
        record_restore(body, snapshot=snapshot, at=at)
        check_every_file(body, at=at)
    marker.unlink()
    return True


def reseal_waiting(damaged: set[int], *, at: datetime, most: int = 20) -> int:
    """Seal anew what waits for it, of each body at most so many copies; return how many.

    damaged: the copies that could not be read in this process; told once, then left alone.
    """
    bodies = Body.objects.filter(vault_keys__isnull=False).order_by("slug")
    return sum(_reseal(body, damaged, at=at, most=most) for body in bodies)


def _reseal(body: Body, damaged: set[int], *, at: datetime, most: int) -> int:
    try:
        todo = [copy for copy in waiting(body) if copy not in damaged][:most]
        done = sum(_reseal_one(body, copy, damaged, at=at) for copy in todo)
        end_rotation(body)
    except (PpidError, DatabaseError, OSError):
        log.exception("Penyegelan ulang brankas %s belum selesai", body.pk)
        return 0
    return done


def _reseal_one(body: Body, copy: int, damaged: set[int], *, at: datetime) -> bool:
    try:
        return reseal(body, copy, at=at)
    except CorruptData:
        damaged.add(copy)
        log.exception("Sebuah soft copy %s tidak dapat disegel ulang", body.pk)
        return False
