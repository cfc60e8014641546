"""The grounds of exemption (huruf, Pasal 17) with their term rules, and what is never exempt.

Decides which grounds exist on a day and what each allows. What a sheet must say about its ground is
consequence_test's; how long a concrete term may be is term's.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ppid.errors import BadInput, Finding


class TermRule(StrEnum):
    """How long a ground may close information (PP 61/2010 ps. 5-9)."""

    MAX_YEARS = "paling_lama"
    BY_LEGISLATION = "peraturan"
    AS_NEEDED = "selama_dibutuhkan"
    PER_CITED_ACT = "undang_undang"
    UNREGULATED = "belum_diatur"


class TermSetBy(StrEnum):
    """Who fixes the term: the PPID with the head's approval, or the highest head himself."""

    PPID = "ppid"
    HEAD = "pimpinan_tertinggi"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of exemption (huruf and angka of UU 14/2008 ps. 17).

    number: the angka, or None for the huruf as a whole. max_years: set for MAX_YEARS only.
    never_permanent: UU 14/2008 ps. 20 (1). has_points: the Act lists angka under the huruf.
    opens_early: what opens it before its term ends, an Indonesian sentence, or "".
    """

    letter: str
    number: int | None
    summary: str
    term_rule: TermRule
    max_years: int | None
    term_set_by: TermSetBy
    never_permanent: bool
    has_points: bool
    opens_early: str
    note: str
    source: str
    term_source: str = ""

    @property
    def code(self) -> str:
        """Return "a", or "a.2" for an angka: the form that the program stores."""
        return self.letter if self.number is None else f"{self.letter}.{self.number}"

    @property
    def label(self) -> str:
        """Return the ground as officers write it: "Pasal 17 huruf a angka 2"."""
        return f"Pasal 17 huruf {self.letter}{self._angka}"

    @property
    def citation(self) -> str:
        """Return the ground as a citation: "UU 14/2008 ps. 17 huruf a angka 2"."""
        return f"UU 14/2008 ps. 17 huruf {self.letter}{self._angka}"

    @property
    def _angka(self) -> str:
        return "" if self.number is None else f" angka {self.number}"


@dataclass(frozen=True, slots=True)
class NeverExempt:
    """One kind of information that is never exempt (UU 14/2008 ps. 18 (1)); code: its huruf."""

    code: str
    text: str
    source: str


@lru_cache(maxsize=256)
def grounds(*, on: date) -> tuple[Ground, ...]:
    """Return every ground in force on a day, each huruf before its angka, in the Act's order.

    Source: UU 14/2008 ps. 17 (reading: docs/decisions/0010).
    """
    found: list[Ground] = []
    for entry in _in_force(_read("grounds")["huruf"], on=on):
        found.append(_ground(entry, number=None, summary=entry["ringkasan"], on=on))
        for number, summary in enumerate(entry.get("angka", ()), start=1):
            found.append(_ground(entry, number=number, summary=summary, on=on))
    return tuple(found)


def ground(code: str, *, on: date) -> Ground:
    """Return the ground of a code ("a", "a.2") in force on a day.

    Raises BadInput (ground_unknown).
    Source: UU 14/2008 ps. 17.
    """
    found = _by_code(on=on).get(code)
    if found is None:
        raise BadInput(_unknown(code))
    return found


@lru_cache(maxsize=256)
def never_exempt(*, on: date) -> tuple[NeverExempt, ...]:
    """Return what may never be exempt on a day, in the Act's order.

    Source: UU 14/2008 ps. 18 (1).
    """
    entries = _in_force(_read("never_exempt")["butir"], on=on)
    return tuple(NeverExempt(entry["huruf"], entry["bunyi"], entry["sumber"]) for entry in entries)


@lru_cache(maxsize=256)
def _by_code(*, on: date) -> dict[str, Ground]:
    return {each.code: each for each in grounds(on=on)}


def _ground(entry: dict[str, Any], *, number: int | None, summary: str, on: date) -> Ground:
    term = entry["jangka_waktu"]
    regulated = term["sejak"] <= on
    angka = "" if number is None else f" angka {number}"
    return Ground(
        letter=entry["huruf"],
        number=number,
        summary=summary,
        term_rule=TermRule(term["aturan"]) if regulated else TermRule.UNREGULATED,
        max_years=term.get("tahun") if regulated else None,
        term_set_by=TermSetBy(term["penetap"]) if regulated else TermSetBy.PPID,
        never_permanent=entry["tidak_permanen"],
        has_points="angka" in entry,
        opens_early=entry.get("terbuka_lebih_awal", ""),
        note=entry.get("catatan", ""),
        source=entry["sumber"] + angka,
        term_source=term["sumber"] if regulated else "UU 14/2008 ps. 20 (2)",
    )


def _in_force(entries: list[dict[str, Any]], *, on: date) -> list[dict[str, Any]]:
    return [each for each in entries if each["sejak"] <= on <= each.get("sampai", date.max)]


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    text = files("ppid.law").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _unknown(code: str) -> Finding:
    return Finding(
        "ground_unknown",
        f"Dasar pengecualian “{code}” tidak ada dalam Pasal 17 pada tanggal itu.",
        "ground",
        "Pilih huruf a sampai j, dengan angkanya bila ada, misalnya h.3.",
        "UU 14/2008 ps. 17",
    )
