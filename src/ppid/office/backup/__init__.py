"""Backups (cadangan): database, vault and keys of one moment, encrypted, signed, and restored.

    manifest.py   what a snapshot consists of, and the signed note over it
    place.py      where backups lie: a folder or a bucket; which snapshots are there
    snapshot.py   both databases and the keys of one moment, while the program runs
    making.py     make one, and open it again before it counts
    verifying.py  read every byte of one, and name what is damaged
    pruning.py    let old ones go
    restoring.py  restore one into an empty folder

    cadangan/potret/20261121T201500Z-1a2b3c4d.office.age      sealed: a database
    cadangan/potret/20261121T201500Z-1a2b3c4d.public.age
    cadangan/potret/20261121T201500Z-1a2b3c4d.keys.age        sealed: signing keys, service keys
    cadangan/potret/20261121T201500Z-1a2b3c4d.manifest.json
    cadangan/potret/20261121T201500Z-1a2b3c4d.note            written last: now it is a backup
    cadangan/berkas/<document>.<version>.<digits>.age         the vault's files, as they are, once

Decisions: docs/decisions/0130.
"""
