"""Record that a backup was made, and that one was restored."""

from datetime import datetime

from ppid.office.backup.making import Made
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body
from ppid.office.writing import writing

MOST_NAMES = 200
"""How many missing files an event names."""


def record_backup(made: Made, *, address: str, at: datetime) -> None:
    """Record in the log of each body that a backup holds it, and up to which event."""
    manifest = made.manifest
    with writing():
        for head in manifest.heads:
            lock(head.body)
            said = {
                "snapshot": manifest.id,
                "size": head.size,
                "root": head.root,
                "files": len(manifest.files),
                "missing": list(manifest.missing[:MOST_NAMES]),
            }
            fact = Fact("backup.made", said, {"address": address})
            append(fact, body=head.body, by=None, at=at)


def record_restore(body: Body, *, snapshot: str, at: datetime) -> None:
    """Record that the body's data come from a backup; what was done after it is gone."""
    with writing():
        lock(body.pk)
        append(Fact("backup.restored", {"snapshot": snapshot}), body=body.pk, by=None, at=at)
