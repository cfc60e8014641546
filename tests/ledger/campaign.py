"""Twelve kinds of tampering with a log, and two verifiers over random logs (`make campaign-log`).

Each kind is done by somebody who owns the database; the last four hold the signing key, or the
body itself does it. "Outside" is one checkpoint that somebody else kept and that covers the place.
docs/decisions/0033 and docs/proof.md state which kinds are not seen without it.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ledger import verifikasi
from ledger.logs import KEY, STRANGER, VKEY, StoredLog, row, signed, stored
from ledger.published import checked, entries_of, files_of
from ppid.errors import PpidError
from ppid.ledger.verify import Row

LONGEST = 60
ALL = tuple(row(seq) for seq in range(LONGEST))


@dataclass
class Draw:
    """One trial: a log, the place that is tampered with, and the size kept outside."""

    random: random.Random
    rows: tuple[Row, ...] = ()
    seq: int = 0
    kept: int = 0

    def __post_init__(self):
        self.rows = ALL[: self.random.randint(20, LONGEST)]
        self.kept = self.random.randint(2, len(self.rows))
        self.seq = self.random.randrange(self.kept)

    def put(self, *rows, start=None, end=None):
        start = self.seq if start is None else start
        return (*self.rows[:start], *rows, *self.rows[start + 1 if end is None else end :])


def edit_field(draw):
    changed = draw.rows[draw.seq].entry.replace(b"Denah", b"Danah")
    return replace(stored(draw.rows), rows=draw.put(replace(draw.rows[draw.seq], entry=changed)))


def edit_and_fix_own_hash(draw):
    return replace(stored(draw.rows), rows=draw.put(row(draw.seq, title="Lain")))


def delete(draw):
    end = draw.random.randint(draw.seq + 1, len(draw.rows))
    return replace(stored(draw.rows), rows=draw.put(end=end))


def insert(draw):
    pushed = [replace(one, seq=one.seq + 1) for one in draw.rows[draw.seq :]]
    rows = (*draw.rows[: draw.seq], row(draw.seq, title="Sisipan"), *pushed)
    return replace(stored(draw.rows), rows=rows)


def swap(draw):
    other = draw.random.choice([seq for seq in range(len(draw.rows)) if seq != draw.seq])
    rows = list(draw.rows)
    rows[draw.seq] = replace(draw.rows[other], seq=draw.seq)
    rows[other] = replace(draw.rows[draw.seq], seq=other)
    return replace(stored(draw.rows), rows=tuple(rows))


def reorder(draw):
    """Rewrite all from the place on in another order, each with the hash of its own."""
    seqs = list(range(draw.seq, len(draw.rows)))
    others = seqs[1:] + seqs[:1] if len(seqs) > 1 else [draw.seq + 500]
    fresh = [row(seq, minute=other) for seq, other in zip(seqs, others, strict=True)]
    return replace(stored(draw.rows), rows=(*draw.rows[: draw.seq], *fresh))


def cut_tail(draw):
    return replace(stored(draw.rows), rows=draw.rows[: draw.seq])


def cut_tail_and_sign_again(draw):
    return stored(draw.rows[: draw.seq])


def rewrite_all_with_the_key(draw):
    fresh = [row(seq, title="Lain") for seq in range(draw.seq, len(draw.rows))]
    return stored([*draw.rows[: draw.seq], *fresh])


def restore_a_backup_and_go_on(draw):
    later = range(draw.seq, draw.random.randint(draw.seq + 1, LONGEST))
    return stored([*draw.rows[: draw.seq], *(row(seq, minute=seq + 500) for seq in later)])


def show_two_histories(draw):
    """This one keeps the checkpoint of the first history; that one is shown the second."""
    other = row(draw.seq, title="Untuk orang lain")
    return stored([*draw.rows[: draw.seq], other, *draw.rows[draw.seq + 1 :]])


def change_time_only(draw):
    changed = row(draw.seq, minute=draw.seq + 90)
    return replace(
        stored(draw.rows), rows=draw.put(replace(draw.rows[draw.seq], entry=changed.entry))
    )


KINDS: dict[Callable[[Draw], StoredLog], bool] = {
    edit_field: True,
    edit_and_fix_own_hash: True,
    delete: True,
    insert: True,
    swap: True,
    reorder: True,
    change_time_only: True,
    cut_tail: True,
    cut_tail_and_sign_again: False,
    rewrite_all_with_the_key: False,
    restore_a_backup_and_go_on: False,
    show_two_histories: False,
}
"""The kinds, and whether each is seen without anything from outside."""


@dataclass
class Tally:
    """What was done and what was found."""

    done: Counter = field(default_factory=Counter)
    found_outside: Counter = field(default_factory=Counter)
    found_inside: Counter = field(default_factory=Counter)


def tamper(times, *, seed=1, kinds=KINDS):
    """Do each kind so many times; return how often it was found with and without the outside."""
    tally, rng = Tally(), random.Random(seed)
    for kind in kinds:
        for _ in range(times):
            draw = Draw(rng)
            log, outside = kind(draw), signed(draw.rows, draw.kept)
            tally.done[kind] += 1
            tally.found_outside[kind] += bool(log.compared(outside))
            tally.found_inside[kind] += bool(log.compared())
    return tally


def damaged(files, rng):
    """The files with one of them flipped, cut, lost, doubled, or put in the place of another."""
    names = [name for name in sorted(files) if name != "vkey"]
    name, other = rng.choice(names), rng.choice(names)
    data, at = bytearray(files[name]), rng.randrange(max(1, len(files[name])))
    match rng.randrange(5):
        case 0:
            data[at] ^= 1 << rng.randrange(8)
        case 1:
            del data[at:]
        case 2:
            return {one: content for one, content in files.items() if one != name}
        case 3:
            data += data[at:]
        case _:
            data = files[other]
    return files | {name: bytes(data)}


def agree(times, *, seed=1, ours=None):
    """Compare the two verifiers over random logs, whole and damaged; return where they differ."""
    rng, differences, verdicts = random.Random(seed), [], Counter()
    for number in range(times):
        size = rng.choice([rng.randint(4, 40), rng.randint(41, 300), rng.choice([256, 257, 512])])
        editions = tuple(sorted(rng.sample(range(size), rng.randint(0, 2))))
        files = files_of(
            entries_of(size, editions), editions, with_entries=rng.random() < 0.7, key=key_for(rng)
        )
        if rng.random() < 0.6:
            files = damaged(files, rng)
        one, other = (ours or holds)(files), verifikasi.holds(files, VKEY)
        verdicts[one] += 1
        if one != other:
            differences.append((number, one, other))
    return differences, verdicts


def key_for(rng):
    """The body's key, now and then a stranger's."""
    return STRANGER if rng.random() < 0.03 else KEY


def holds(files):
    """What ppid.ledger says of a published log."""
    try:
        return checked(files).findings == ()
    except PpidError:
        return False


def main(times):
    """Run both campaigns and print the figures; return 1 if anything is not as it should be."""
    tally = tamper(times)
    wrong = 0
    for kind, seen in KINDS.items():
        inside, outside = tally.found_inside[kind], tally.found_outside[kind]
        print(f"{kind.__name__:<28} {outside}/{times} with, {inside}/{times} without", flush=True)
        wrong += outside != times or inside != (times if seen else 0)
    differences, verdicts = agree(times)
    print(f"two verifiers: {times - len(differences)}/{times} agree", dict(verdicts), differences)
    return 1 if wrong or differences else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
