"""The index with which a browser finds in a list what the live site finds; sharded, so that one
search loads little.

    cari/indeks.json     how many entries, and in how many shards what follows stands
    cari/akar/16/3.json  {stem: [rank, weight, step to the next rank, weight, …]}
    cari/bentuk/8/0.json {word: stem}: words of the list and all their families
    cari/kata.txt        the words that a mistyped one is put right by
    cari/isi/0.json      of 1,000 entries each: id, agency, letters, days

A rank counts from the oldest decree, as the numbered pages of the list do: a row of the result is
the row of such a page, as the live templates made it. A shard is chosen by FNV-1a of the word.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from ppid.public.static_site.word_forms import families

VERSION = 1
IN_BLOCK = 1000
STEMS_IN_SHARD, FORMS_IN_SHARD = 64, 1024
TITLE_WEIGHT, MOST_WEIGHT = 8, 99


def write_indexes(folder: Folder, bodies: Sequence[Place]) -> None:
    """Write the index of every list, and which lists there are."""
    for place in bodies:
        _write_index(folder, place)
    known = [[one.body.slug, one.body.name] for one in bodies]
    folder.write("/cari/daftar.json", partial(_json, known))


def _write_index(folder: Folder, place: Place) -> None:
    base, body = f"/{place.body.slug}/cari/", place.body
    key = digest(VERSION, place.edition.content_hash, body.name, body.timezone)
    if folder.holds(f"{base}indeks.json", key):
        return
    # A file that goes with the connection: what stands in it may be larger than the memory.
    with closing(sqlite3.connect("")) as rows:
        rows.execute("CREATE TABLE posting (stem TEXT, rank INTEGER, weight INTEGER)")
        entries = Entry.objects.filter(body=body).order_by("decree_date", "id")
        ranked = enumerate(entries.iterator(chunk_size=AT_ONCE))
        seen: set[str] = set()
        for block, part in groupby(ranked, key=lambda one: one[0] // IN_BLOCK):
            told = [_told(rows, rank, entry, place, seen) for rank, entry in part]
            folder.write(f"{base}isi/{block}.json", partial(_json, told))
        stems = _write_stems(folder, base, rows)
    forms = _write_forms(folder, base, seen)
    known = KnownWord.objects.filter(body=body).order_by("word").values_list("word", flat=True)
    folder.write(f"{base}kata.txt", lambda: ["\n".join(known).encode()])
    zone = ZoneInfo(body.timezone)
    said = {
        "count": place.edition.entry_count,
        "page": PAGE,
        "block": IN_BLOCK,
        "stems": stems,
        "forms": forms,
        "zone": body.timezone,
        "agencies": body.agencies,
        "stop": sorted(STOP_WORDS),
        "editions": [
            [number, moment.astimezone(zone).date().isoformat()]
            for number, moment in body.editions.order_by("number").values_list(
                "number", "published_at"
            )
        ],
    }
    folder.write(f"{base}indeks.json", partial(_json, said), key=key)


def _told(
    rows: sqlite3.Connection, rank: int, entry: Entry, place: Place, seen: set[str]
) -> list[object]:
    """Note the words of an entry; return what its block says of it."""
    title, rest = words(entry.title), words(rest_of(entry))
    weights = Counter(map(stem, rest))
    for word in title:
        weights[stem(word)] += TITLE_WEIGHT
    seen.update(word for word in (*title, *rest) if word.isalpha())
    postings = ((one, rank, min(weight, MOST_WEIGHT)) for one, weight in weights.items())
    rows.executemany("INSERT INTO posting VALUES (?, ?, ?)", postings)
    days = (entry.open_from, entry.opens_soon_from, entry.decree_date)
    agency = place.body.agencies.index(entry.agency)
    plain = [day.isoformat() if day else "" for day in days]
    return [entry.public_id, agency, entry.ground_letters, *plain]


def _write_stems(folder: Folder, base: str, rows: sqlite3.Connection) -> int:
    (count,) = rows.execute("SELECT count(DISTINCT stem) FROM posting").fetchone()
    shards = _shards(count, STEMS_IN_SHARD)
    rows.create_function("shard", 1, partial(_shard, shards=shards), deterministic=True)
    ordered = rows.execute("SELECT shard(stem), stem, rank, weight FROM posting ORDER BY 1, 2, 3")
    empty = set(range(shards))
    for shard, found in groupby(ordered, key=lambda row: row[0]):
        folder.write(f"{base}akar/{shards}/{shard}.json", partial(_json, _steps(found)))
        empty.discard(shard)
    for shard in empty:
        folder.write(f"{base}akar/{shards}/{shard}.json", partial(_json, {}))
    return shards


def _steps(found: Iterator[tuple[int, str, int, int]]) -> dict[str, list[int]]:
    steps: dict[str, list[int]] = {}
    for one, rows in groupby(found, key=lambda row: row[1]):
        steps[one], before = [], 0
        for _, _, rank, weight in rows:
            steps[one] += (rank - before, weight)
            before = rank
    return steps


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
