"""Does the time of an answer tell whether a word stands in a title that only the office knows?

Words of inside titles and words that stand nowhere are asked for in turn, in random order, each at
an address of its own, so that no kept page answers. A rank test compares the two.
"""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle, islice
from math import erfc, sqrt
from pathlib import Path

from browser.conftest import environment, free_port, wait_for
from leaks.planting import MARK
from leaks.public_site import Stranger
from leaks.released import released
from leaks.serving import TESTS, opened

SAMPLES = 1000
LEAST_P = 0.01
SEARCHES = {
    "search over all lists": "/cari/?cari={}",
    "search in a list": "/kenari/?cari={}",
    "search by the API": "/api/v1/bodies/kenari/entries?q={}",
}
ENTRIES = {
    "page of an entry": "/kenari/informasi/{}/?",
    "entry of the API": "/api/v1/bodies/kenari/entries/{}?",
}
MUTANTS = ("a hit inside that is dropped", "no second look after a hit inside")


def hidden_words(planted: Mapping[str, list]) -> list[str]:
    """Return the canaries of titles that nobody outside may know."""
    public = released(planted)
    found = (one["text"] for one in planted["canaries"] if one["place"].endswith(".title"))
    return [text.removeprefix(MARK) for text in found if text not in public]


def hidden_entries(data: Path) -> list[str]:
    """Return the public ids of items that are in no edition."""
    with sqlite3.connect(data / "office.sqlite3") as office:
        ids = office.execute(
            "SELECT public_id FROM office_item WHERE body_id = 'kenari' AND stage = 'usulan'"
        )
        return [one for (one,) in ids]


def strangers(names: Iterable[str], draw: random.Random) -> list[str]:
    """Return as many names of the same make that stand nowhere."""
    letters = sorted(set("".join(names := list(names))))
    return ["".join(draw.choices(letters, k=len(one))) for one in names]


def differences(
    site: str, data: Path, planted: Mapping[str, list], *, samples: int = SAMPLES
) -> dict[str, float]:
    """Return way of asking -> p of the rank test, where the time tells the two apart.

    What differs by chance in one series of a hundred must differ in a second one as well.
    """
    ways = {address: hidden_words(planted) for address in SEARCHES.values()}
    ways |= {address: hidden_entries(data) for address in ENTRIES.values()}
    names = {address: name for name, address in (SEARCHES | ENTRIES).items()}
    found = {}
    with Stranger(site) as stranger:
        for address, inside in ways.items():
            for seed in (1, 2):
                p = compared(stranger, address, inside, seed=seed, samples=samples)
                print(f"time of {names[address]}: p = {p:.3g}", flush=True)
                if p > LEAST_P:
                    break
            else:
                found[names[address]] = p
    return found


def compared(
    stranger: Stranger, address: str, inside: list[str], *, seed: int, samples: int
) -> float:
    """Return the p of the rank test over so many answers to each kind of name."""
    draw = random.Random(seed)
    pairs = list(islice(cycle(zip(inside, strangers(inside, draw), strict=True)), samples))
    taken: tuple[list[float], list[float]] = ([], [])
    for number, pair in enumerate(pairs):
        for kind in draw.sample((0, 1), 2):
            asked = f"{address.format(pair[kind])}&n={seed}.{number}.{kind}"
            start = time.perf_counter()
            stranger.ask(asked)
            taken[kind].append(time.perf_counter() - start)
    return rank_test(*taken)


def rank_test(one: list[float], other: list[float]) -> float:
    """Return the two-sided p of Mann and Whitney's test, by the normal distribution.

    Equal values share their rank; a half is taken off for continuity.
    """
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted([*one, *other]), start=1):
        places.setdefault(value, []).append(place)
    rank = {value: sum(found) / len(found) for value, found in places.items()}
    first, second = len(one), len(other)
    whole = first + second
    u = sum(rank[value] for value in one) - first * (first + 1) / 2
    ties = sum(len(found) ** 3 - len(found) for found in places.values())
    spread = sqrt(first * second / 12 * (whole + 1 - ties / (whole * (whole - 1))))
    distance = max(abs(u - first * second / 2) - 0.5, 0)
    return erfc(distance / spread / sqrt(2)) if spread else 1.0


@contextmanager
def leaky(data: Path, mutant: str) -> Iterator[str]:
    """Serve the open site with a search that looks into inside titles, and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    told = environment(data) | {"PYTHONPATH": str(TESTS), "LEAKY_SEARCH": mutant}
    command.append("leaks.leaky_search:application")
    process = subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def campaign(data: Path, planted: Mapping[str, list]) -> tuple[list[str], dict[str, bool]]:
    """Return what the time of an answer tells, and by mutant whether it was told."""
    with opened(data, quiet=True) as site:
        told = differences(site, data, planted)
    wrong = [f"time of {name}: p = {p:.3g}, twice" for name, p in told.items()]
    caught = {}
    for mutant in MUTANTS:
        with leaky(data, mutant) as site, Stranger(site) as stranger:
            address, inside = SEARCHES["search in a list"], hidden_words(planted)
            p = compared(stranger, address, inside, seed=1, samples=SAMPLES)
        caught[f"time: {mutant}"] = p <= LEAST_P
        print(f"time, {mutant}: p = {p:.3g}")
    return wrong, caught
