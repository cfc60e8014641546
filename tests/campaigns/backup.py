"""Restore drills, and damaged backups that must be refused with the damaged part named.

    python tests/campaigns/backup.py 20 200           # 20 drills, 200 damages
    python tests/campaigns/backup.py 0 40 --trusting  # the control: the hashes are not compared

A drill: officers store while two backups are made, and are killed; the newest backup is restored
into an empty folder. The log there must be the beginning of the log that there was, with the root
that the backup names, and every soft copy must open to its bytes.
Prints one line of JSON.
"""

import argparse
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from campaigns import clients
from campaigns.place import start

FOLDER = start()

from django.db import connections  # noqa: E402

from office import offices, vaults  # noqa: E402
from ppid.errors import PpidError  # noqa: E402
from ppid.ledger.tree import root  # noqa: E402
from ppid.office import keys  # noqa: E402
from ppid.office.backup import manifest as manifests  # noqa: E402
from ppid.office.backup import verifying  # noqa: E402
from ppid.office.backup.making import make_backup  # noqa: E402
from ppid.office.backup.place import place_at  # noqa: E402
from ppid.office.backup.restoring import restore_backup  # noqa: E402
from ppid.office.backup.snapshot import read_from  # noqa: E402
from ppid.office.models import Event, SoftCopy  # noqa: E402
from ppid.vault import copies, keyring  # noqa: E402
from ppid.vault.copies import open_copy  # noqa: E402
from ppid.vault.folder import Folder  # noqa: E402

LARGEST = 300_000
WRITERS = 2
HERE = Path(tempfile.mkdtemp(prefix="ppid-backups-"))


def act_for_ever(walk, item, out):
    """Store in a loop; one line for each copy that is stored."""
    connections.close_all()
    random.seed(os.urandom(8))
    while True:
        data = os.urandom(random.choice((0, 1, 65_536, random.randrange(LARGEST))))
        copy = vaults.store(walk, item, data)
        os.write(out, f"{copy.document} {hashlib.sha256(data).hexdigest()}\n".encode())


def drill(walk, item, identity, *, number):
    """Back up while officers store, and restore elsewhere; return every complaint, and seconds."""
    place, made, took = place_at(str(HERE / f"drill-{number}")), [], []

    def back_up():
        for _ in range(2):
            began = time.monotonic()
            made.append(make_backup(place, at=walk.tick(minutes=0)))
            took.append(time.monotonic() - began)

    connections.close_all()
    clients.killed(
        lambda _, out: act_for_ever(walk, item, out), count=WRITERS, longest=0.1, by=back_up
    )
    into, began = HERE / f"restored-{number}", time.monotonic()
    manifest = verifying.demand_backup(place)
    restore_backup(manifest, place, into=into, identities=[identity])
    seconds = {"back_up": took[-1], "restore": time.monotonic() - began}
    complaints = judged(manifest, into) + [str(one) for one in made[-1].damaged]
    shutil.rmtree(into)
    shutil.rmtree(place.address)
    return complaints, seconds | {"files": len(manifest.files)}


def judged(manifest, into):
    """Return what differs between what was restored and what there was."""
    complaints = []
    with read_from(into / "office.sqlite3") as alias:
        for head in manifest.heads:
            leaves = _leaves(alias, head.body)
            if leaves != _leaves("default", head.body)[: head.size]:
                complaints.append(f"{head.body}: another log")
            if (len(leaves), root(leaves).hex()) != (head.size, head.root):
                complaints.append(f"{head.body}: another root")
        for copy in SoftCopy.objects.using(alias).select_related("item"):
            ring = keyring.identities(into / "keys" / f"{copy.item.body_id}.vault")
            target = io.BytesIO()
            storage = Folder(into / "vault")
            open_copy(copy.sealed_copy, target, storage=storage, identities=ring)
            if hashlib.sha256(target.getvalue()).hexdigest() != copy.plain_sha256:
                complaints.append(f"{copy.name}: other bytes")
    return complaints


def _leaves(alias, body):
    rows = Event.objects.using(alias).filter(body=body).order_by("seq")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]


def flip(file, _other):
    data = bytearray(file.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    file.write_bytes(data)


def cut(file, _other):
    os.truncate(file, random.randrange(file.stat().st_size))


def lengthen(file, _other):
    file.write_bytes(file.read_bytes() + random.randbytes(random.randrange(1, 99)))


def lose(file, _other):
    file.unlink()


def swap(file, other):
    shutil.copy(other, file)


def newer(file, _other):
    """Sign a manifest anew that names a migration which this program does not know."""
    place = place_at(str(file.parents[1]))
    manifest = place.manifest()
    manifest = replace(manifest, migrations=(*manifest.migrations, "office.9999_future"))
    _sign_anew(file.parent, manifest)


def foreign(file, _other):
    """Give it the name of another snapshot."""
    place = place_at(str(file.parents[1]))
    name = place.manifest().id
    for one in list(file.parent.glob(f"{name}.*")):
        one.rename(file.parent / one.name.replace(name, "29991231T235959Z-00000000"))


def _sign_anew(folder, manifest):
    data = manifest.to_bytes()
    signers = [(one.vkey, SIGNERS[one.body]) for one in manifest.heads]
    (folder / f"{manifest.id}.manifest.json").write_bytes(data)
    note = manifests.note_over(manifest, data, signers=signers)
    (folder / f"{manifest.id}.note").write_text(note)


SIGNERS = {}
DAMAGES = (flip, flip, flip, cut, cut, lengthen, lose, swap, swap, newer, foreign)


def damaged_once(good, identity):
    """Damage a copy of a place of backups; return the kind, and complaints about how it was met."""
    bad = HERE / "bad"
    shutil.copytree(good, bad)
    place = place_at(str(bad))
    manifest = place.manifest()
    parts = sorted((bad / "potret").glob(f"{manifest.id}.*"))
    files = [bad / "berkas" / one.name for one in manifest.files]
    damage = random.choice(DAMAGES)
    file = random.choice(random.choice([parts, files]))
    others = [one for one in (bad / file.parent.name).iterdir() if one.suffix == file.suffix]
    other = random.choice([one for one in others if one.read_bytes() != file.read_bytes()])
    if damage in (newer, foreign):
        file = parts[0]
    damage(file, other)
    found, into = _met(place, HERE / "into", identity), HERE / "into"
    named = _named(damage, file, manifest)
    complaints = []
    if not found or (named and not any(named in str(one) for one in found)):
        complaints.append(f"{damage.__name__} of {file.name}: {[str(one) for one in found]}")
    if into.exists() or list(HERE.glob(".into.*")):
        complaints.append(f"{damage.__name__} of {file.name}: something was left")
        shutil.rmtree(into, ignore_errors=True)
    shutil.rmtree(bad)
    return damage.__name__, complaints


def _met(place, into, identity):
    """Return the findings with which a restore is refused."""
    try:
        manifest = verifying.demand_backup(place)
        found = list(verifying.faults_of_backup(manifest, place, identities=[identity]))
        if not TRUSTING:
            restore_backup(manifest, place, into=into, identities=[identity])
    except PpidError as error:
        return error.findings
    return found


def _named(damage, file, manifest):
    """Return what the refusal has to name: the damaged part or document."""
    if damage in (newer, foreign):
        return ""
    if file.parent.name == "berkas":
        document, version, *_ = file.name.split(".")
        return f"dokumen {document} versi {version}"
    ending = file.name.removeprefix(f"{manifest.id}.").removesuffix(".age")
    return "" if ending in ("note", "manifest.json") else f"bagian {ending}"


def main():
    global TRUSTING
    parser = argparse.ArgumentParser()
    parser.add_argument("drills", type=int)
    parser.add_argument("damages", type=int)
    parser.add_argument("--trusting", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    TRUSTING, began = arguments.trusting, time.monotonic()
    walk = offices.office("kota")
    item = offices.item_in(walk, offices.case_in(walk))
    identity = vaults.recovery_key(walk)
    for size in (0, 1, 70_000):
        vaults.store(walk, item, os.urandom(size))
    complaints, seconds, met = [], {}, Counter()
    for number in range(arguments.drills):
        found, seconds = drill(walk, item, identity, number=number)
        complaints += found
    good = _two_backups(walk)
    if TRUSTING:
        copies._fault = verifying._demand_same = lambda *_: None
    while met.total() < arguments.damages and not complaints:
        kind, found = damaged_once(good, identity)
        met[kind] += 1
        complaints += found
    result = {
        "drills": arguments.drills,
        "damages": met.total(),
        "kinds": dict(met),
        "last_drill": {name: round(one, 2) for name, one in seconds.items()},
        "seconds": round(time.monotonic() - began, 1),
        "complaints": complaints[:10],
    }
    print(json.dumps(result))
    connections.close_all()
    for folder in (HERE, FOLDER):
        shutil.rmtree(folder)
    return 1 if complaints else 0


def _two_backups(walk):
    """Return a place with two snapshots of different moments."""
    place = place_at(str(HERE / "good"))
    for _ in range(2):
        walk.tick()
        manifest = make_backup(place, at=walk.now).manifest
        offices.case_in(walk)
    for head in manifest.heads:
        SIGNERS[head.body] = keys.signer(FOLDER / "keys", head.body)
    return HERE / "good"


if __name__ == "__main__":
    sys.exit(main())
