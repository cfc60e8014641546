"""Let old snapshots go, and the vault's files that none of the others names.

What was destroyed by law (PP 28/2012 ps. 56 to 78) leaves the backups only with them.
"""

from dataclasses import dataclass

from ppid.errors import BadInput, Finding
from ppid.office.backup.making import alone
from ppid.office.backup.place import Place


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is gone: names of snapshots, and how many files of the vault."""

    snapshots: tuple[str, ...]
    files: int


def prune(place: Place, *, keep: int) -> Pruned:
    """Remove all but the newest snapshots, and the files that no remaining one names.

    Nothing is removed unless every remaining one has its signed manifest. Raises BadInput:
    `keep_too_few`; Refused: `backup_running`; as `Place.manifest`.
    """
    if keep < 1:
        text = "Sedikitnya satu cadangan harus disimpan."
        raise BadInput(Finding("keep_too_few", text, hint="Tulis misalnya --keep 30."))
    with alone():
        known = place.ids()
        kept = [place.manifest(name) for name in known[-keep:]]
        named = {one.name for manifest in kept for one in manifest.files}
        old = known[:-keep]
        # the note first: what is left of a snapshot without it is none
        for one in sorted(place.snapshots.files(), key=lambda one: not one.name.endswith(".note")):
            if one.name.partition(".")[0] in old:
                place.snapshots.remove(one.name)
        idle = [one.name for one in place.files.files() if one.name not in named]
        for name in idle:
            place.files.remove(name)
    return Pruned(tuple(old), len(idle))
