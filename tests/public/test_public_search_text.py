"""Words of one Indonesian family are found by each other."""

import pytest

from ppid.public.search_text import MOST_QUERY_WORDS, normalise, query_stems, stem, words
from public.families import FAMILIES


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.split()[0])
def test_a_family_has_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pertahanan", "pertanahan"),
        ("rahasia", "sandi"),
        ("penyelidikan", "penyidikan"),
        ("pengadaan", "pengaduan"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_text_is_stored_as_stems_without_marks():
    assert normalise("Denah, “Ruang” Pusat-Data (2026)!") == "denah ruang pusat data 2026"


def test_accents_and_case_do_not_matter():
    assert words("RÉSUMÉ Kafé") == ["resume", "kafe"]


def test_a_very_long_word_is_cut():
    assert words("a" * 500) == ["a" * 40]


def test_small_words_are_not_asked_for_unless_alone():
    assert query_stems("informasi yang dikecualikan") == ["informasi", "kecuali"]
    assert query_stems("yang") == ["yang"]


def test_a_query_has_a_limit_and_no_repeats():
    assert query_stems("denah denah") == ["denah"]
    assert len(query_stems(" ".join(f"kata{n}" for n in range(50)))) == MOST_QUERY_WORDS


def test_signs_alone_ask_for_nothing():
    assert query_stems("\" * ( ) -- ' ; %") == []
