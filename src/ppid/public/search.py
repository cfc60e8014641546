"""Finding entries by words: word families always, a mistyped word when nothing else is found."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, QuerySet

from ppid.public.models import Body, Entry, KnownWord, SearchRow, WordGram
from ppid.public.search_index import all_in_title, all_of
from ppid.public.search_text import MOST_QUERY_WORDS, grams, query_stems, words
from ppid.reading import Reading

MOST_HITS = 1000
LONGEST_QUERY = 200
CLOSE_ENOUGH = 0.75
MOST_ALIKE = 300
"""Words that share the most letters in a row with a mistyped one: so many are looked at."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The ids of a part of the newest 1,000 entries found, those with the words in the title first.

    has_more: whether others come after this part. is_capped: whether there are 1,000 of them or
    more. corrected: the words really looked for.
    """

    ids: tuple[int, ...]
    has_more: bool = False
    is_capped: bool = False
    corrected: str = ""


def find(
    text: str,
    entries: QuerySet[Entry] | None,
    *,
    body: Body | None,
    start: int = 0,
    count: int | None = None,
) -> Hits:
    """Return the entries among `entries` that hold every word of `text`, in any of its forms.

    entries: None for all there are. body: whose words a mistyped one is put right by; None for
    those of every body. start, count: which part of the hits, all of them without.
    """
    count = MOST_HITS if count is None else count
    hits = _hits(text, entries, start, count)
    if hits.ids or (start and _hits(text, entries, 0, 1).ids):
        return hits
    corrected = _corrected(text, body)
    if not corrected:
        return hits
    return replace(_hits(corrected, entries, start, count), corrected=corrected)


def _hits(text: str, entries: QuerySet[Entry] | None, start: int, count: int) -> Hits:
    stems = query_stems(text)
    if not stems:
        return Hits(())
    using = settings.PUBLIC_DATABASE
    anywhere, titled = all_of(stems, using=using), all_in_title(stems, using=using)
    oldest = next(iter(_matching(anywhere, entries, 0, slice(MOST_HITS - 1, MOST_HITS))), 0)
    wanted = start + count + 1
    ranked = _matching(titled, entries, oldest, slice(wanted if start == 0 else MOST_HITS))
    if len(ranked) < wanted:
        known = set(ranked)
        others = _matching(anywhere, entries, oldest, slice(MOST_HITS))
        ranked += [pk for pk in others if pk not in known]
    part = tuple(ranked[start : start + count])
    return Hits(part, has_more=len(ranked) >= wanted, is_capped=bool(oldest))


def _matching(query: str, entries: QuerySet[Entry] | None, least: int, part: slice) -> list[int]:
    """Return the keys that match and are not below the least, newest first, of them a part."""
    if entries is None:
        rows = _of_all(part.start, part.stop).rows(
            db=settings.PUBLIC_DATABASE, query=query, least=least
        )
        return [pk for (pk,) in rows]
    found = entries.filter(search__stems__match=query, search__gte=least)
    return list(found.order_by("-search").values_list("id", flat=True)[part])


@lru_cache(maxsize=64)
def _of_all(start: int | None, stop: int) -> Reading:
    def build(query: str, least: int) -> QuerySet[SearchRow, tuple[int]]:
        found = SearchRow.objects.filter(stems__match=query, entry__gte=least)
        return found.order_by("-entry").values_list("entry")[start:stop]

    return Reading(build, query="\x01", least=2**60)


def _corrected(text: str, body: Body | None) -> str:
    """Return the text with every unknown word put right, or "" when nothing is to be changed."""
    asked = words(text)[:MOST_QUERY_WORDS]
    known = set(_known(body).filter(word__in=asked).values_list("word", flat=True))
    better = [word if word in known else _nearest(word, body) for word in asked]
    return " ".join(better) if better != asked else ""


def _nearest(word: str, body: Body | None) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    alike = (
        WordGram.objects.filter(gram__in=grams(word))
        .values_list("word")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "word")[:MOST_ALIKE]
    )
    near = [other for other, _ in alike if abs(len(other) - len(word)) <= 2]
    known = set(_known(body).filter(word__in=near).values_list("word", flat=True))
    candidates = [other for other in near if other in known]
    return next(iter(get_close_matches(word, candidates, n=1, cutoff=CLOSE_ENOUGH)), word)


def _known(body: Body | None) -> QuerySet[KnownWord]:
    return KnownWord.objects.filter(body=body) if body else KnownWord.objects.all()
