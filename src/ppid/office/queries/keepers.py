"""Who keeps a body's checkpoints outside, how far, and what failed."""

from dataclasses import dataclass
from datetime import datetime

from ppid.office.keepers import Keeper, KeeperKind, keepers_of
from ppid.office.models import Body, Checkpoint, Cosignature, KeeperState


@dataclass(frozen=True, slots=True)
class Kept:
    """One keeper and what it has. newest: the size of the newest checkpoint there is."""

    keeper: Keeper
    size: int
    newest: int
    sent_at: datetime | None
    tries: int
    error: str
    retry_at: datetime | None
    vouched_at: datetime | None

    @property
    def is_up_to_date(self) -> bool:
        """Return whether it has the newest checkpoint."""
        return self.size >= self.newest


def kept_outside(body: Body) -> list[Kept]:
    """Return each keeper of the body, in the order of its settings."""
    rows = {one.keeper: one for one in KeeperState.objects.filter(body=body.pk)}
    last = Checkpoint.objects.filter(body=body.pk).order_by("size").last()
    newest = last.size if last else 0
    return [
        _kept(body, keeper, rows.get(keeper.key) or KeeperState(), newest)
        for keeper in keepers_of(body.settings)
    ]


def _kept(body: Body, keeper: Keeper, row: KeeperState, newest: int) -> Kept:
    return Kept(
        keeper=keeper,
        size=row.size,
        newest=newest,
        sent_at=row.sent_at,
        tries=row.tries,
        error=row.error,
        retry_at=row.retry_at,
        vouched_at=_vouched_at(body, keeper),
    )


def _vouched_at(body: Body, keeper: Keeper) -> datetime | None:
    if keeper.kind is not KeeperKind.WITNESS:
        return None
    lines = Cosignature.objects.filter(body=body.pk, vkey=keeper.vkey).order_by("size")
    return lines.values_list("at", flat=True).last()
