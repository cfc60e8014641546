"""The vault of a small office: its keys, documents in it, and what lies on the disk."""

import io

from django.conf import settings

from office.offices import who
from ppid.office import vault
from ppid.office.actions.documents import store_document
from ppid.office.actions.vault import add_recovery_key
from ppid.vault import age, keyring
from ppid.vault.copies import open_copy


def recovery_key(walk) -> str:
    """Give the body a new recovery key; return its identity, which nobody else keeps."""
    identity = age.generate_identity()
    add_recovery_key(walk.body, recipient=age.recipient_of(identity), at=walk.tick())
    return identity


def store(walk, item, data=b"isi", *, role="arsiparis", name="rekam medis.pdf", **more):
    """Store a document of the item."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    return store_document(
        item,
        source=source,
        file_name=name,
        by=more.pop("by", None) or who(walk, role),
        at=walk.tick(),
        **more,
    )


def content(copy, *, identities=()) -> bytes:
    """Return what is in a soft copy; without identities, with the service's own."""
    target = io.BytesIO()
    copy.refresh_from_db()
    own = identities or keyring.identities(vault.keyring_of(copy.item.body_id))
    open_copy(copy.sealed_copy, target, storage=vault.storage(), identities=own)
    return target.getvalue()


def names() -> list[str]:
    """Return every file that lies in the vault's folder, whatever it is."""
    return sorted(path.name for path in settings.VAULT.iterdir())
