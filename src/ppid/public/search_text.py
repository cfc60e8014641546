"""How words are made comparable for search: Indonesian word families share one stem.

PySastrawi (a dictionary with confix stripping) is kept behind normalise(); its few misses in
the field's own words stand in STEMS.
"""

import re
import unicodedata
from functools import lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from ppid.public.models import Entry

STEMS = {
    "keberatan": "berat",
    "berkeberatan": "berat",
    "penyelidikan": "selidik",
    "penyidikan": "sidik",
    "penegakan": "tegak",
    "perawatan": "rawat",
    "perpajakan": "pajak",
    "dokumentasi": "dokumen",
    "pendokumentasian": "dokumen",
    "mendokumentasikan": "dokumen",
    "didokumentasikan": "dokumen",
}
STOP_WORDS = frozenset(
    {"atas", "atau", "dalam", "dan", "dari", "dengan", "di", "ini", "itu", "ke", "oleh", "pada"}
    | {"para", "tentang", "untuk", "yang"}
)
WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD = 40
MOST_QUERY_WORDS = 12
# Not the factory's own stemmer: that one keeps every word it ever saw.
_sastrawi = Stemmer(ArrayDictionary(StemmerFactory().get_words()))


def words(text: str) -> list[str]:
    """Return the words of `text` in order: lower case, without accents and marks, cut at 40."""
    plain = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in WORD.findall(bare)]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what all words of the same Indonesian family share: dikecualikan gives kecuali."""
    if not word.isalpha():
        return word  # a number, a code: no family to look for, and no two of them alike
    return STEMS.get(word) or _sastrawi.stem_word(word) or word


def normalise(text: str) -> str:
    """Return `text` as stems with single spaces: the form that is stored and searched."""
    return " ".join(stem(word) for word in words(text))


def query_stems(text: str) -> list[str]:
    """Return the stems to look for, at most 12, each once; words such as "yang" only if alone."""
    asked = words(text)
    telling = [word for word in asked if word not in STOP_WORDS] or asked
    return list(dict.fromkeys(stem(word) for word in telling))[:MOST_QUERY_WORDS]


def grams(word: str) -> tuple[str, ...]:
    """Return each three letters in a row of the word with a blank at both ends, each once."""
    framed = f" {word} "
    return tuple(dict.fromkeys(framed[n : n + 3] for n in range(len(framed) - 2)))


def rest_of(entry: Entry) -> str:
    """Return all that is searched of an entry beside its title."""
    parts = [
        entry.agency,
        entry.ground_label,
        *entry.legal_basis,
        entry.reason,
        entry.consequence_if_open or "",
        entry.consequence_if_closed or "",
        entry.term_text,
        entry.decree_number,
        entry.public_id,
    ]
    return " ".join(parts)
