"""Which addresses the site has, and what the answer to each depends on.

A page that depends on nothing but an entry and its status is asked for again only when one of them
changes; a page that tells the day or the newest edition is asked for each day and edition.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from ppid import public
from ppid.ledger import tiles
from ppid.public.api import WHOLE_PAGE, whole_list
from ppid.public.conditional import Place
from ppid.public.feeds import SITEMAP_PART
from ppid.public.language import FIRST, SECOND
from ppid.public.listing import PAGE
from ppid.public.log_intake import size_of
from ppid.public.models import Body, Checkpoint, Edition, EntryVersion, LogEntry, Paper, Sop
from ppid.public.paper_code import grouped
from ppid.public.status import status
from ppid.public.views import EDITION_PAGE, PARTS

AT_ONCE = 500
FOR_EVER = "tetap"
ASSETS = (
    *("ppid/icon.svg", "ppid/images/icon-document.svg", "ppid/ppid.css", "ppid/ppid.js"),
    *("public/public.css", "public/log_proof.js", "public/check_paper.js", "public/open_today.js"),
    *("public/list_search.js", "public/file_forms.js"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address, and what its answer depends on ("" for what has to be asked each time).

    hidden: only who holds a paper knows it. also: a second address with the same answer.
    """

    address: str
    key: str = ""
    hidden: bool = False
    also: str = ""


def digest(*parts: object) -> str:
    """Return what stands for all these parts together."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def site_wide() -> Iterator[Wanted]:
    """Yield the addresses of the whole installation; they are few, and asked for each time."""
    for name in ("home", "everywhere", "guide", "api", "check"):
        yield from pages(name)
    for name in ("openapi", "robots", "sitemaps", "catalog", "verifier"):
        yield _data(name)
    yield Wanted("/api/v1/bodies")


def pages(name: str, *parts: object, key: str = "") -> Iterator[Wanted]:
    """Yield the addresses of a page, in both languages."""
    for language in (FIRST, SECOND):
        with translation.override(language):
            address = reverse(f"public-{name}", args=parts)
        yield Wanted(address, key)


def _data(name: str, *parts: object, key: str = "") -> Wanted:
    with translation.override(FIRST):
        return Wanted(reverse(f"public-{name}", args=parts), key)


@dataclass(frozen=True)
class BodyAddresses:
    """The addresses of one body. site: the site's own address, which pages repeat."""

    place: Place
    site: str

    @property
    def body(self) -> Body:
        """Return the body."""
        return self.place.body

    @cached_property
    def frame(self) -> str:
        """Return what every page of the body depends on, whatever else it says."""
        known = [self.body.name, self.body.site_text, self.body.timezone, self.site]
        return digest(public.PAGES_VERSION, *known, *(static(one) for one in ASSETS))

    @cached_property
    def now(self) -> str:
        """Return what a page depends on that tells the day and the newest edition."""
        log = [*self._notes.values(), len(self._entries_of_log)]
        place = (self.place.edition.content_hash, self.place.today, self.body.sop_count)
        return digest(self.frame, *place, *log)

    @cached_property
    def _notes(self) -> dict[int | None, str]:
        heads = Checkpoint.objects.filter(body=self.body).order_by("pk")
        return {edition: digest(note) for edition, note in heads.values_list("edition_id", "note")}

    @cached_property
    def _entries_of_log(self) -> dict[int, bool]:
        """Return the editions that the log names, and whether it names their single entries."""
        named = LogEntry.objects.filter(edition__body=self.body).values_list("edition_id", "leaf")
        return {edition: b'"entries_root"' in bytes(leaf) for edition, leaf in named.iterator()}

    def overall(self) -> Iterator[Wanted]:
        """Yield the pages and files about the whole list."""
        slug, now = self.body.slug, self.now
        for name in ("list", "openings", "editions", "comparison", "statistics", "sops", "data"):
            yield from pages(name, slug, key=now)
        yield from pages("log", slug, key=now)
        for name in ("download", "xlsx", "json", "calendar", "atom", "dataset", "sitemap"):
            yield _data(name, slug, key=now)
        for part in range(self.place.edition.entry_count // SITEMAP_PART + 1):
            yield _data("sitemap-part", slug, part, key=now)
        for name in ("checkpoint", "vkey"):
            yield _data(name, slug)
        for name in ("", "/checkpoint", "/editions"):
            yield Wanted(f"/api/v1/bodies/{slug}{name}", now)

    def whole_list(self) -> Iterator[Wanted]:
        """Yield the pages on which the API gives every entry."""
        columns = ("fingerprint", "open_from", "opens_soon_from")
        told = whole_list(self.body).values_list(*columns, named=True)
        numbered = enumerate(told.iterator(chunk_size=AT_ONCE))
        count = self.place.edition.entry_count
        for number, rows in groupby(numbered, key=lambda row: row[0] // WHOLE_PAGE + 1):
            said = [f"{row.fingerprint}.{status(row, on=self.place.today)}" for _, row in rows]
            key = digest(self.frame, number * WHOLE_PAGE < count, *said)
            yield Wanted(f"/api/v1/bodies/{self.body.slug}/pages/{number}", key)

    def entries(self) -> Iterator[Wanted]:
        """Yield what there is of each entry, and the pages of the list that hold them."""
        below = self.place.edition.entry_count - PAGE
        numbered = enumerate(self._entry_keys())
        for number, rows in groupby(numbered, key=lambda row: row[0] // PAGE + 1):
            keys = []
            for rank, (public_id, key, proof) in rows:
                yield from self._entry(public_id, key, proof)
                keys += [key] if rank < below else []
            if keys:
                more = (self._offered, (number + 1) * PAGE - PAGE < below)
                yield from pages("list-page", self.body.slug, number, key=digest(*keys, *more))

    def _entry(self, public_id: str, key: str, proof: str) -> Iterator[Wanted]:
        slug = self.body.slug
        yield from pages("entry", slug, public_id, key=key)
        yield Wanted(f"/api/v1/bodies/{slug}/entries/{public_id}", key)
        if proof:
            yield _data("entry-proof", slug, public_id, key=proof)

    @cached_property
    def _offered(self) -> str:
        """Return what the filters on each page of the list depend on."""
        return digest(self.body.agencies, self.body.letters, self.body.years)

    def _entry_keys(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, key, and key of the proof ("" for none) of each entry, the oldest first."""
        held = EntryVersion.objects.filter(body=self.body, until=None).select_related("entry")
        oldest = held.defer("content", "path").order_by("entry__decree_date", "entry_id")
        for version in oldest.iterator(chunk_size=AT_ONCE):
            entry, note = version.entry, self._notes.get(version.edition_id, "")
            is_proven = version.place is not None and self._entries_of_log.get(version.edition_id)
            said = (entry.fingerprint, status(entry, on=self.place.today))
            past = _past(entry.history, self.place.today)
            key = digest(self.frame, *said, past, bool(is_proven))
            yield entry.public_id, key, digest(entry.fingerprint, note) if is_proven else ""

    def editions(self) -> Iterator[Wanted]:
        """Yield the pages of each edition, how it differs from the one before, and its proofs."""
        slug, newest = self.body.slug, self.place.edition
        for before in range(newest.number - EDITION_PAGE + 1, 1, -EDITION_PAGE):
            yield from pages("earlier", slug, before, key=digest(self.frame, newest.number))
        for edition in self.body.editions.order_by("number").iterator():
            note, number = self._notes.get(edition.pk, ""), edition.number
            key = digest(self.frame, newest.number, edition.pk in self._entries_of_log)
            yield from pages("edition", slug, number, key=key)
            yield from self._parts(edition, key)
            if number > 1:
                yield from self._comparison(number - 1, number, key)
            yield Wanted(f"/api/v1/bodies/{slug}/editions/{number}", key)
            yield _data("edition-checkpoint", slug, number, key=note or FOR_EVER)
            if edition.pk in self._entries_of_log:
                yield from self._proofs(number, note)

    def _proofs(self, number: int, note: str) -> Iterator[Wanted]:
        slug, newest = self.body.slug, self.place.edition
        yield _data("edition-proof", slug, number, key=note)
        yield _data("edition-document", slug, number, key=FOR_EVER)
        if number < newest.number and newest.pk in self._entries_of_log:
            yield _data("growth", slug, number, newest.number, key=self._notes[newest.pk])

    def _parts(self, edition: Edition, key: str) -> Iterator[Wanted]:
        for part in PARTS:
            yield from pages("part", self.body.slug, edition.number, part, key=key)
            for after in _every(_keys_of(edition, part), EDITION_PAGE):
                where = (self.body.slug, edition.number, part, after)
                yield from pages("part-page", *where, key=key)

    def _comparison(self, older: int, newer: int, key: str) -> Iterator[Wanted]:
        yield from pages("comparison-of", self.body.slug, older, newer, key=key)
        said = EntryVersion.objects.filter(body=self.body, number=newer).order_by("entry")
        for after in _every(said.values_list("entry_id", flat=True).iterator(), EDITION_PAGE):
            yield from pages("comparison-page", self.body.slug, older, newer, after, key=key)

    def sops(self) -> Iterator[Wanted]:
        """Yield the pages and sheets of the SOPs."""
        for sop in Sop.objects.filter(body=self.body).order_by("pk").iterator(chunk_size=10):
            where = (self.body.slug, sop.content_hash)
            yield from pages("sop", *where, key=self.now)
            for page in range(1, len(sop.sheets) + 1):
                yield _data("sheet", *where, page, key=FOR_EVER)

    def log(self) -> Iterator[Wanted]:
        """Yield the log's tiles, also the parts of tiles that a public checkpoint ends in."""
        heads = Checkpoint.objects.filter(body=self.body).order_by("size")
        sizes, public_size = (
            heads.values_list("size", flat=True).distinct(),
            size_of(self.body.slug),
        )
        for old, new in pairwise((0, *sizes)):
            for tile in tiles.tiles_for(old, min(new, public_size)):
                yield _data("tile", self.body.slug, tile.path().removeprefix("tile/"), key=FOR_EVER)

    def papers(self) -> Iterator[Wanted]:
        """Yield the pages of papers; only who holds one knows its address."""
        for paper in Paper.objects.filter(body=self.body).order_by("pk").iterator():
            code, key = grouped(paper.code), digest(self.now, paper.state, paper.seq)
            for one in pages("paper", code, key=key):
                also = f"/p/{code}/" if one.address.startswith("/periksa/") else ""
                yield Wanted(one.address, key, hidden=True, also=also)
            if paper.seq is not None:
                proof = _data("paper-proof", code)
                yield Wanted(proof.address, key, hidden=True)


def _past(history: list[dict[str, Any]], today: date) -> int:
    """Return how many lines of a history have happened; a line may tell a day to come."""
    return sum(line["date"] <= today.isoformat() for line in history)


def _keys_of(edition: Edition, part: str) -> Iterator[int]:
    """Yield the keys of the lines under a part of an edition, in the order of its pages."""
    if part == "terbuka":
        rows = edition.opened_entries.order_by("pk")
    else:
        rows = edition.versions.filter(is_new=part == "baru").order_by("pk")
    return rows.values_list("pk", flat=True).iterator()


def _every(keys: Iterator[int], size: int) -> Iterator[int]:
    """Yield the key with which each page but the last one ends."""
    for place, (key, _) in enumerate(pairwise(keys), start=1):
        if place % size == 0:
            yield key
