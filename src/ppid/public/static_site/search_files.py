"""The index with which a browser finds in a list what the live site finds, in the same order;
sharded, so that one search loads little.

    cari/indeks.json        how many entries, in how many shards what follows stands, and `runs`
    cari/akar/16/3.json     {stem: [step, …]}, or {stem: 0} where its steps fill a file of their own
    cari/akar/stem.json     the steps of a stem that many entries hold
    cari/bentuk/8/0.json    {word: stem}: words of the list and all their families
    cari/kata.txt           the words that a mistyped one is put right by
    cari/isi/0.json         of 1,000 entries each what they are filtered by: agency, letters, days
    cari/urut/0.json        the same, the oldest decree first, with each one's seat and decree
    cari/baris/id/0.json    of ten entries each the row of the table, in either language

An entry's seat says how many of its list came in before it: it never changes, and a search gives
the newest seats first. A step leads from a seat to the next one that holds the stem: twice the
distance, and one more where the stem stands in the title. `runs` lead from seats to keys, by which
seats of several lists are put in order. A shard is chosen by FNV-1a of the word.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from ppid.public.conditional import Place
from ppid.public.listing import PAGE
from ppid.public.models import Entry, KnownWord
from ppid.public.search_text import STOP_WORDS, rest_of, stem, words
from ppid.public.static_site.addresses import AT_ONCE, digest
from ppid.public.static_site.folder import Folder
from ppid.public.static_site.row_files import IN_ROWS, write_rows
from ppid.public.static_site.word_forms import families

VERSION = 2
IN_BLOCK = 1000
STEMS_IN_SHARD, FORMS_IN_SHARD = 64, 1024
MOST_IN_SHARD = 500
"""A stem that more entries hold has a file of its own: who asks for another does not load it."""
NOTES = (
    "CREATE TABLE posting (stem TEXT, seat INTEGER, in_title INTEGER)",
    "CREATE TABLE seat (seat INTEGER PRIMARY KEY, pk INTEGER, decree TEXT, told TEXT)",
)


def write_indexes(folder: Folder, bodies: Sequence[Place]) -> None:
    """Write the index of every list, and which lists there are."""
    for place in bodies:
        _write_index(folder, place)
    known = [[one.body.slug, one.body.name] for one in bodies]
    folder.write("/cari/daftar.json", partial(_json, known))


def _write_index(folder: Folder, place: Place) -> None:
    base, body = f"/{place.body.slug}/cari/", place.body
    write_rows(folder, base, place)
    key = digest(VERSION, place.edition.content_hash, body.name, body.timezone)
    if folder.holds(f"{base}indeks.json", key):
        return
    # A file that goes with the connection: what stands in it may be larger than the memory.
    with closing(sqlite3.connect("")) as rows:
        for statement in NOTES:
            rows.execute(statement)
        seen = _note_entries(rows, place)
        _write_blocks(folder, f"{base}isi/", rows, "SELECT told FROM seat ORDER BY seat")
        in_order = """SELECT '[' || seat || ',"' || decree || '",' || substr(told, 2) FROM seat
            ORDER BY decree, seat"""
        _write_blocks(folder, f"{base}urut/", rows, in_order)
        stems = _write_stems(folder, f"{base}akar/", rows)
        runs = _runs(rows)
    forms = _write_forms(folder, base, seen)
    known = KnownWord.objects.filter(body=body).order_by("word").values_list("word", flat=True)
    folder.write(f"{base}kata.txt", lambda: ["\n".join(known).encode()])
    said = _sizes(place) | {"stems": stems, "forms": forms, "runs": runs}
    folder.write(f"{base}indeks.json", partial(_json, said), key=key)


def _sizes(place: Place) -> dict[str, Any]:
    body, zone = place.body, ZoneInfo(place.body.timezone)
    editions = body.editions.order_by("number").values_list("number", "published_at")
    return {
        "count": place.edition.entry_count,
        "page": PAGE,
        "block": IN_BLOCK,
        "rows": IN_ROWS,
        "zone": body.timezone,
        "agencies": body.agencies,
        "stop": sorted(STOP_WORDS),
        "editions": [
            [number, moment.astimezone(zone).date().isoformat()] for number, moment in editions
        ],
    }


def _note_entries(rows: sqlite3.Connection, place: Place) -> set[str]:
    """Note the words of every entry and what it is filtered by; return the words seen."""
    agencies = {name: at for at, name in enumerate(place.body.agencies)}
    entries = Entry.objects.filter(body=place.body).order_by("pk")
    seen: set[str] = set()
    for seat, entry in enumerate(entries.iterator(chunk_size=AT_ONCE)):
        title, rest = words(entry.title), words(rest_of(entry))
        seen.update(word for word in (*title, *rest) if word.isalpha())
        in_title = {stem(word) for word in title}
        held = in_title | {stem(word) for word in rest}
        rows.executemany(
            "INSERT INTO posting VALUES (?, ?, ?)",
            ((one, seat, one in in_title) for one in held),
        )
        days = (entry.open_from, entry.opens_soon_from)
        plain = [day.isoformat() if day else "" for day in days]
        told = _json([agencies[entry.agency], entry.ground_letters, *plain])[0].decode()
        noted = (seat, entry.pk, entry.decree_date.isoformat(), told)
        rows.execute("INSERT INTO seat VALUES (?, ?, ?, ?)", noted)
    return seen


def _runs(rows: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return seat and key where the keys of a list do not go on by one."""
    runs, offset = [], None
    for seat, pk in rows.execute("SELECT seat, pk FROM seat ORDER BY seat"):
        if pk - seat != offset:
            runs.append((seat, pk))
            offset = pk - seat
    return runs


def _write_blocks(folder: Folder, base: str, rows: sqlite3.Connection, asked: str) -> None:
    for block, part in groupby(enumerate(rows.execute(asked)), key=lambda row: row[0] // IN_BLOCK):
        text = ",".join(told for _, (told,) in part)
        folder.write(f"{base}{block}.json", partial(list, [f"[{text}]".encode()]))


def _write_stems(folder: Folder, base: str, rows: sqlite3.Connection) -> int:
    (count,) = rows.execute("SELECT count(DISTINCT stem) FROM posting").fetchone()
    shards = _shards(count, STEMS_IN_SHARD)
    rows.create_function("shard", 1, partial(_shard, shards=shards), deterministic=True)
    ordered = rows.execute("SELECT shard(stem), stem, seat, in_title FROM posting ORDER BY 1, 2, 3")
    empty = set(range(shards))
    for shard, found in groupby(ordered, key=lambda row: row[0]):
        told: dict[str, list[int] | int] = {}
        for one, held in groupby(found, key=lambda row: row[1]):
            steps = list(_steps((seat, in_title) for _, _, seat, in_title in held))
            told[one] = steps
            if len(steps) > MOST_IN_SHARD:
                folder.write(f"{base}{one}.json", partial(_json, steps))
                told[one] = 0
        folder.write(f"{base}{shards}/{shard}.json", partial(_json, told))
        empty.discard(shard)
    for shard in empty:
        folder.write(f"{base}{shards}/{shard}.json", partial(_json, {}))
    return shards


def _steps(places: Iterable[tuple[int, int]]) -> Iterator[int]:
    before = 0
    for seat, in_title in places:
        yield (seat - before) * 2 + in_title
        before = seat


def _write_forms(folder: Folder, base: str, seen: set[str]) -> int:
    of = families(seen)
    shards = _shards(len(of), FORMS_IN_SHARD)
    parts: Mapping[int, dict[str, str]] = defaultdict(dict)
    for word in sorted(of):
        parts[_shard(word, shards=shards)][word] = of[word]
    for shard in range(shards):
        folder.write(f"{base}bentuk/{shards}/{shard}.json", partial(_json, parts[shard]))
    return shards


def _shards(count: int, each: int) -> int:
    """Return how many shards there are, a power of two, of about so many words each."""
    return 1 << max(count // each, 0).bit_length()


def _shard(word: str, *, shards: int) -> int:
    value = 0x811C9DC5
    for letter in word:
        value = (value ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return value % shards


def _json(said: Any) -> list[bytes]:
    return [json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()]
