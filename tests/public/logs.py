"""A body's log with editions in it, handed through the door as the office does."""

from dataclasses import replace

from ppid.ledger import checkpoint as notes
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.entry import Entry
from ppid.public.edition import plain_content
from ppid.public.intake import (
    EditionIn,
    LogEntryIn,
    LogIn,
    accept,
    accept_log,
    content_hash,
    entries_root,
    log_state,
)
from public.editions import KEY, ORIGIN, edition_in, entry_in

SLUG = "kota-contoh"
WORDS = [entry_in(f"KC-{number:03}", title=f"Denah {number}") for number in range(5)]


class OfficeLog:
    """The office's side: leaves, and what was published of them."""

    def __init__(self):
        self.entries = []
        self.leaves = []

    def append(self, kind="item.added", **payload):
        """One more entry; returns its number."""
        seq = len(self.entries)
        at = "2026-03-02T12:00:00+08:00"
        data = Entry(1, SLUG, seq, kind, at, "3f1c", payload, {}).to_bytes()
        self.entries.append(data)
        self.leaves.append(tree.leaf_hash(data))
        return seq

    def note(self, size=None, origin=ORIGIN):
        """The signed checkpoint at a size."""
        size = len(self.leaves) if size is None else size
        head = Checkpoint(origin, size, tree.root(self.leaves[:size]))
        public = KEY.public_key().public_bytes_raw()
        return notes.sign(head, key_name=origin, public_key=public, sign=KEY.sign)

    def publish(self, number, *entries, acts=3, saying=()) -> tuple[EditionIn, LogEntryIn]:
        """An edition after some other acts, accepted; and its entry of the log."""
        for act in range(acts):
            self.append(number=act)
        draft = edition_in(*(entries or WORDS), number=number)
        said = {
            "number": number,
            "content_hash": content_hash(draft),
            "entries": len(draft.entries),
            "entries_root": entries_root(draft),
        }
        seq = self.append("edition.published", **said | dict(saying))
        accept(replace(draft, checkpoint=self.note()))
        body = plain_content(draft.body)
        return draft, LogEntryIn(number=number, seq=seq, leaf=self.entries[seq], body=body)

    def hand_over(self, *entries, **more):
        """Hand over what the public side lacks."""
        state = log_state(SLUG)
        hashes = tuple(self.leaves[state.size : state.due])
        log = {"slug": SLUG, "start": state.size, "hashes": hashes, "entries": entries} | more
        accept_log(LogIn(**log))


def published(*numbers, acts=3):
    """A log with these editions, all handed over."""
    log = OfficeLog()
    for number in numbers:
        _, entry = log.publish(number, acts=acts)
        log.hand_over(entry)
    return log
