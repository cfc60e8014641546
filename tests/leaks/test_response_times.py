"""The statistic that judges response times; `make campaign-leaks` takes them."""

import random

import pytest

from leaks.response_times import LEAST_P, rank_test, strangers


def test_the_rank_test_gives_a_published_example():
    # the example of scipy.stats.mannwhitneyu: method="asymptotic", with continuity
    p = rank_test([19, 22, 16, 29, 24], [20, 11, 17, 12])
    assert p == pytest.approx(0.11134688653314041)


def test_neither_side_comes_first():
    one, other = [19.0, 22, 16, 29, 24, 20], [20.0, 11, 17, 12]
    assert rank_test(one, other) == pytest.approx(rank_test(other, one))


def test_equal_times_tell_nothing():
    assert rank_test([1.0] * 9, [1.0] * 9) == 1


def test_a_small_step_among_many_times_is_told_and_none_is_not():
    draw = random.Random(1)
    one, other = ([draw.lognormvariate(0, 0.3) for _ in range(1000)] for _ in range(2))
    assert rank_test(one, other) > LEAST_P
    assert rank_test([time + 0.1 for time in one], other) < 1e-6


def test_strangers_are_of_the_same_make():
    names = ["ABC", "BCDE"]
    found = strangers(names, random.Random(1))
    assert [len(one) for one in found] == [3, 4]
    assert set("".join(found)) <= set("ABCDE")
