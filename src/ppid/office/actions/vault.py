"""The keys of a body's vault, and sealing anew what was sealed to earlier ones.

Each step is whole by itself: killed anywhere, the next call goes on from what the log and the
files say. An old service key retires only when nothing is sealed to it any more.
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ppid.errors import BadInput, Conflict, CorruptData, Finding, Refused
from ppid.office import vault
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, SoftCopy, VaultKeys
from ppid.office.writing import writing
from ppid.vault import age, keyring
from ppid.vault.copies import SealedCopy, reseal_copy

NO_KEYS = Finding(
    "vault_without_keys",
    "Brankas badan publik ini belum memiliki kunci pemulihan.",
    hint="Buat dengan ppid vault key, cetak, dan simpan di luar mesin ini.",
)


def add_recovery_key(body: Body, *, recipient: str, at: datetime, by: UUID | None = None) -> None:
    """Seal to this recovery key too from now on; the first time, make the service key.

    Raises BadInput: `recipient_malformed`, `recipient_weak`, `recovery_is_service`, what keyring or
    storage refuse; Refused: `recovery_known`.
    """
    recipient = age.check_recipient(recipient)
    vault.storage().create()
    path = vault.keyring_of(body.pk)
    with suppress(Conflict):
        keyring.create(path)
    own = keyring.recipients(path)
    if recipient in own:
        text = "Kunci ini kunci layanan; kunci pemulihan harus kunci lain di luar mesin ini."
        raise BadInput(Finding("recovery_is_service", text))
    with writing():
        lock(body.pk)
        known = _keys(body)
        recovery = known.recovery if known else []
        if recipient in recovery:
            text = "Kunci pemulihan ini sudah tercatat."
            raise Refused(Finding("recovery_known", text, hint="Tidak perlu mencatatnya lagi."))
        service = known.service if known else own[-1]
        _set_keys(body, service=service, recovery=[*recovery, recipient], at=at, by=by)


def drop_recovery_key(body: Body, *, recipient: str, at: datetime, by: UUID | None = None) -> None:
    """Seal no longer to this recovery key. Raises Refused: `recovery_unknown`, `recovery_last`."""
    recipient = recipient.strip().lower()  # what was recorded once may go, whatever it is
    with writing():
        lock(body.pk)
        known = _keys(body)
        if known is None or recipient not in known.recovery:
            raise Refused(Finding("recovery_unknown", "Kunci pemulihan ini tidak tercatat."))
        rest = [one for one in known.recovery if one != recipient]
        if not rest:
            text = "Ini kunci pemulihan yang terakhir."
            raise Refused(
                Finding("recovery_last", text, hint="Catat kunci yang baru lebih dahulu.")
            )
        _set_keys(body, service=known.service, recovery=rest, at=at, by=by)


def begin_rotation(body: Body, *, at: datetime, by: UUID | None = None) -> None:
    """Take a new service key, unless a rotation is under way already; then only go on with it.

    Raises Refused: `vault_without_keys`; what the keyring refuses.
    """
    path = vault.keyring_of(body.pk)
    if keys_of(body).service == keyring.recipients(path)[0] and not under_way(body):
        keyring.add(path)
    newest = keyring.recipients(path)[0]
    with writing():
        lock(body.pk)
        known = keys_of(body)
        if known.service != newest:
            _set_keys(body, service=newest, recovery=known.recovery, at=at, by=by)


def under_way(body: Body) -> bool:
    """Return whether there are copies to be sealed anew, or old service keys to retire."""
    if _waiting(body).exists():
        return True
    return len(keyring.recipients(vault.keyring_of(body.pk))) > 1


def waiting(body: Body) -> list[int]:
    """Return the keys of the copies that are to be sealed anew. Raises as `keys_of`."""
    return list(_waiting(body).order_by("pk").values_list("pk", flat=True))


def reseal(body: Body, copy: int, *, at: datetime, by: UUID | None = None) -> bool:
    """Seal one copy anew to the keys of now; False if somebody else has done it.

    The new file is durable before the log names it, and the old one is removed only afterwards.
    Raises CorruptData for a damaged copy; what the storage or the keyring refuse.
    """
    keys, row = keys_of(body), _waiting(body).filter(pk=copy).first()
    if row is None:
        return False
    old, storage = row.sealed_copy, vault.storage()
    try:
        new = reseal_copy(
            old,
            storage=storage,
            identities=keyring.identities(vault.keyring_of(body.pk)),
            recipients=keys.recipients,
        )
    except CorruptData:
        if _is_still(copy, old):
            raise
        return False
    with writing():
        lock(body.pk)
        won = _is_still(copy, old)
        if won:
            append(_resealed(row, new, keys.version), body=body.pk, by=by, at=at)
    storage.remove(old.name if won else new.name)
    return won


def end_rotation(body: Body) -> int:
    """Retire the old service keys if nothing is sealed to them; return how many are gone."""
    path = vault.keyring_of(body.pk)
    if _waiting(body).exists() or keys_of(body).service != keyring.recipients(path)[0]:
        return 0
    return keyring.retire(path)


def keys_of(body: Body) -> VaultKeys:
    """Return what the body's copies are sealed to. Raises Refused: `vault_without_keys`."""
    keys = _keys(body)
    if keys is None:
        raise Refused(NO_KEYS)
    return keys


def _is_still(copy: int, sealed: SealedCopy) -> bool:
    """Return whether the row still names this sealed file."""
    return SoftCopy.objects.filter(pk=copy, name=sealed.name).exists()


def _keys(body: Body) -> VaultKeys | None:
    return VaultKeys.objects.filter(body=body).first()


def _waiting(body: Body) -> QuerySet[SoftCopy]:
    keys = keys_of(body)
    return SoftCopy.objects.filter(item__body=body, keys_version__lt=keys.version)


def _set_keys(
    body: Body, *, service: str, recovery: list[str], at: datetime, by: UUID | None
) -> None:
    known = _keys(body)
    said = {
        "version": known.version + 1 if known else 1,
        "service": service,
        "recovery": recovery,
    }
    append(Fact("vault.keys_set", said), body=body.pk, by=by, at=at)


def _resealed(row: SoftCopy, new: SealedCopy, keys_version: int) -> Fact:
    said = {
        "document": str(new.document),
        "version": new.version,
        "name": new.name,
        "sealed": {"size": new.sealed.size, "sha256": new.sealed.sha256},
        "keys_version": keys_version,
    }
    return Fact("document.resealed", said, item=row.item_id)
