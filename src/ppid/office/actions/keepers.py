"""Send checkpoints out of the machine, and choose who keeps them (docs/decisions/0036).

Never part of an act: an act commits, and the worker sends afterwards what is new. A keeper that
fails is asked again later, at most an hour later, and its failure is shown until it has succeeded.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ppid.errors import BadInput, Finding, PpidError
from ppid.ledger import cosignature, tree
from ppid.ledger.proof import ConsistencyProof
from ppid.office.actions.bodies import change_settings
from ppid.office.keeper_channels import OtherSize, ask_witness, put_in_folder, send_mail
from ppid.office.keepers import MOST, Keeper, KeeperKind, keeper_findings, keepers_of
from ppid.office.models import Body, Checkpoint, Cosignature, Event, KeeperState
from ppid.public import intake

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def set_keepers(body: Body, keepers: Sequence[Keeper], *, by: UUID, at: datetime) -> None:
    """Choose who outside is sent the body's checkpoints. Raises BadInput, Refused."""
    found = [finding for one in keepers for finding in keeper_findings(one)]
    if len(keepers) > MOST:
        found.append(Finding("keepers_too_many", f"Paling banyak {MOST} penyimpan."))
    if len({one.key for one in keepers}) < len(keepers):
        found.append(Finding("keeper_twice", "Penyimpan ini sudah ada.", "address"))
    if found:
        raise BadInput(*found)
    chosen = {**body.settings, "keepers": [one.as_dict() for one in keepers]}
    change_settings(body, by=by, at=at, choices=chosen)


def send_out(body: Body, *, at: datetime) -> int:
    """Send each keeper what it lacks and is due; return how many checkpoints arrived."""
    keepers = keepers_of(body.settings)
    return sum(_send(body, one, at=at) for one in keepers) if keepers else 0


def _send(body: Body, keeper: Keeper, *, at: datetime) -> int:
    kept, _ = KeeperState.objects.get_or_create(body=body.pk, keeper=keeper.key)
    if kept.retry_at and kept.retry_at > at:
        return 0
    count = 0
    try:
        for checkpoint in _due(body, kept, keeper):
            _give(body, keeper, checkpoint, kept)
            count += 1
            done = {"size": checkpoint.size, "sent_at": at, "tries": 0, "error": ""}
            done |= {"failed_at": None, "retry_at": None}
            KeeperState.objects.filter(pk=kept.pk).update(**done)
            kept.size = checkpoint.size
    except PpidError as error:
        wait = min(FIRST_WAIT * 2 ** min(kept.tries, 10), LONGEST_WAIT)
        said = " ".join(f"{one.message} {one.hint}".strip() for one in error.findings)
        failed = {"tries": kept.tries + 1, "error": said, "failed_at": at, "retry_at": at + wait}
        KeeperState.objects.filter(pk=kept.pk).update(**failed)
    return count


def _due(body: Body, kept: KeeperState, keeper: Keeper) -> list[Checkpoint]:
    """Return the newest checkpoint, and for a witness before it the one that the site shows."""
    rows = Checkpoint.objects.filter(body=body.pk, size__gt=kept.size).order_by("size")
    newest = rows.last()
    if newest is None:
        return []
    shown = intake.log_state(body.pk).due if keeper.kind is KeeperKind.WITNESS else 0
    return [*rows.filter(size=shown).exclude(pk=newest.pk), newest]


def _give(body: Body, keeper: Keeper, checkpoint: Checkpoint, kept: KeeperState) -> None:
    match keeper.kind:
        case KeeperKind.WITNESS:
            _ask(body, keeper, checkpoint, old=kept.size)
        case KeeperKind.MAIL:
            subject = f"Titik periksa log {body.name}: {checkpoint.size} catatan"
            text = LETTER.format(body=body.name, size=checkpoint.size, vkey=body.vkey)
            send_mail(keeper, checkpoint.note, subject=subject, text=text)
        case KeeperKind.FOLDER:
            put_in_folder(keeper, checkpoint.note, name=f"{body.pk}-{checkpoint.size:012}.txt")


def _ask(body: Body, keeper: Keeper, checkpoint: Checkpoint, *, old: int) -> None:
    """Ask the witness, from the size that it remembers; keep its line."""
    try:
        line = ask_witness(keeper, _proof(body, checkpoint, old=old))
    except OtherSize as other:
        line = ask_witness(keeper, _proof(body, checkpoint, old=_demand_shorter(other, checkpoint)))
    at = datetime.fromtimestamp(int.from_bytes(line.blob[: cosignature.TIME_BYTES], "big"), UTC)
    Cosignature.objects.update_or_create(
        body=body.pk,
        size=checkpoint.size,
        vkey=keeper.vkey,
        defaults={"line": line.line(), "at": at},
    )


def _demand_shorter(other: OtherSize, checkpoint: Checkpoint) -> int:
    if other.size > checkpoint.size:
        text = f"Saksi sudah menyaksikan {other.size} catatan, lebih banyak dari yang ada di sini."
        hint = "Log dipotong atau dipulihkan dari cadangan lama; jalankan ppid check."
        raise BadInput(Finding("witness_ahead", text, hint=hint))
    return other.size


def _proof(body: Body, checkpoint: Checkpoint, *, old: int) -> ConsistencyProof:
    if old == 0:
        return ConsistencyProof(0, (), checkpoint.note)
    rows = Event.objects.filter(body=body.pk, seq__lt=checkpoint.size).order_by("seq")
    leaves = [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
    path = tree.consistency_proof(leaves, old, new=checkpoint.size)
    return ConsistencyProof(old, path, checkpoint.note)


LETTER = """Terlampir titik periksa log {body} pada {size} catatan.

Simpanlah surel ini. Bila catatan lama kelak diubah atau dihapus, titik periksa ini menunjukkannya.
Memeriksa: ppid ledger verify titik-periksa.txt --vkey '{vkey}'
"""
