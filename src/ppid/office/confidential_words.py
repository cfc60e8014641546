"""Whether a text repeats a confidential one: as a whole, or by a run of its words.

Words are compared without case, accents and marks, so that another comma hides nothing.
"""

import re
import unicodedata

RUN = 8
"""So many words in a row, the same in both texts, are no chance."""

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text as they are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(filter(_counts, plain))))


def _counts(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Mn", "Cf")


def runs(words: Words, length: int = RUN) -> set[Words]:
    """Return every run of so many words; none for a text that is shorter."""
    return {words[n : n + length] for n in range(len(words) - length + 1)}


def holds(words: Words, others: Words) -> bool:
    """Return whether the others, not none, stand in these words one after another."""
    return bool(others) and others in runs(words, len(others))
