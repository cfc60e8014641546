"""What the vault holds, read to its last byte: which file is not the one, which is nobody's."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from ppid.errors import BadInput, CorruptData, Finding
from ppid.office import vault
from ppid.office.models import SoftCopy
from ppid.vault import keyring
from ppid.vault.copies import examine, open_copy, strangers
from ppid.vault.memory import in_memory, sealed
from ppid.vault.storage import Stored
from ppid.vault.streams import Erasable


def faults(*, body: str = "") -> Iterator[Finding]:
    """Yield what is wrong with the sealed files, of one body or of all.

    Reads every byte. Raises BadInput if the storage as a whole does not do its part.
    """
    rows = SoftCopy.objects.order_by("pk").select_related("item")
    if body:
        rows = rows.filter(item__body=body)
    known = places_by_hash()
    for row in rows.iterator(chunk_size=500):
        fault = examine(row.sealed_copy, vault.storage(), known=known)
        # A copy that was sealed anew while we read is another file now, and that one is looked at
        # the next time.
        if fault and SoftCopy.objects.filter(pk=row.pk, name=row.name).exists():
            yield Finding(
                fault.code, fault.message, f"{row.item.body_id} {fault.place}", fault.hint
            )


def content_of(copy: SoftCopy) -> BinaryIO:
    """Return the plain bytes of a soft copy, as a sealed file in memory.

    Asks nobody whether they may: that is for who hands it out. Raises CorruptData, BadInput.
    """
    file = in_memory()
    try:
        write_content(copy, file)
    except BaseException:
        file.close()
        raise
    return sealed(file)


def write_content(copy: SoftCopy, target: Erasable) -> None:
    """Write the plain bytes of a soft copy into an empty target, which is empty again if this
    raises; sealed anew meanwhile, the copy is read from its new file. Raises as `content_of`.
    """
    while True:
        identities = keyring.identities(vault.keyring_of(copy.item.body_id))
        try:
            open_copy(copy.sealed_copy, target, storage=vault.storage(), identities=identities)
        except (BadInput, CorruptData):
            now = SoftCopy.objects.select_related("item").get(pk=copy.pk)
            if now.name == copy.name:
                raise
            copy = now
        else:
            return


def places_by_hash() -> dict[str, str]:
    """Return the place of every copy by the hash of its sealed file."""
    rows = SoftCopy.objects.values_list("sealed_sha256", "document", "version")
    return {sha256: f"dokumen {document} versi {version}" for sha256, document, version in rows}


def nobodys(*, before: datetime) -> list[Stored]:
    """Return the sealed files that no row names and that are older than that moment."""
    found = list(strangers((), vault.storage(), before=before))
    names = set(SoftCopy.objects.values_list("name", flat=True))
    return [one for one in found if one.name not in names]
