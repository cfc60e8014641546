"""Finding entries by words: word families always, a mistyped word when nothing else is found."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.conf import settings
from django.db.models import Count, QuerySet

from ppid.public.models import Body, Entry, KnownWord, WordGram
from ppid.public.search_index import all_of, rank
from ppid.public.search_text import MOST_QUERY_WORDS, grams, query_stems, words

MOST_HITS = 1000
LONGEST_QUERY = 200
CLOSE_ENOUGH = 0.75
MOST_ALIKE = 300
"""Words that share the most letters in a row with a mistyped one: so many are looked at."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The ids of at most 1,000 entries, best first; corrected: the words really looked for."""

    ids: tuple[int, ...]
    corrected: str = ""

    @property
    def is_capped(self) -> bool:
        """Return whether there may be more than are listed."""
        return len(self.ids) == MOST_HITS


def find(text: str, entries: QuerySet[Entry], *, body: Body | None) -> Hits:
    """Return the entries among `entries` that hold every word of `text`, in any of its forms.

    body: whose words a mistyped one is put right by; None for those of every body.
    """
    ids = _ids(text, entries)
    if ids:
        return Hits(ids)
    corrected = _corrected(text, body)
    return Hits(_ids(corrected, entries), corrected) if corrected else Hits(())


def _ids(text: str, entries: QuerySet[Entry]) -> tuple[int, ...]:
    """Return the ids, best first, of the newest 1,000 that match."""
    stems = query_stems(text)
    if not stems:
        return ()
    using = settings.PUBLIC_DATABASE
    query = all_of(stems, using=using)
    hits = (
        entries.filter(search__stems__match=query)
        .annotate(fit=rank(query, using=using))
        .order_by("-id")
        .values_list("fit", "id")[:MOST_HITS]
    )
    return tuple(pk for _, pk in sorted(hits, key=lambda hit: (hit[0], -hit[1])))


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
