"""Typed reading of one table of an SOP file: each key with its type, each mistake at its place.

It decides what a text, a list, a number or a choice is; what the keys mean is `load` and `rows`.
A mistake is noted and reading goes on with a neutral value: a file gives every error at once.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ppid.errors import Finding

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table, and the list in which its mistakes are noted.

    prefix: what stands before a key in a place: "", "tanggal.", "langkah 3: ".
    """

    values: Mapping[str, object]
    findings: list[Finding]
    prefix: str = ""

    def report(self, key: str, code: str, message: str, *, hint: str = "") -> None:
        """Note a mistake at `key`."""
        self.findings.append(Finding(code, message, place=self.prefix + key, hint=hint))

    def wrong_type(self, key: str, value: object, *, allowed: str) -> None:
        """Note that `key` holds a value of another type than the allowed ones."""
        self.report(key, "wrong_type", f"Isinya {type_name(value)}, seharusnya {allowed}.")

    def require(self, key: str, *, allowed: str) -> bool:
        """Return whether the key is there; note it as missing otherwise."""
        if key in self.values:
            return True
        self.report(key, "missing_key", f"Kunci ini wajib ada: {allowed}.")
        return False

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note every key that format 1 does not know here."""
        for key in self.values:
            if key not in known:
                near = meant(key, known)
                hint = f'Mungkin maksud Anda "{near}".' if near else ""
                allowed = ", ".join(known)
                message = f"Kunci ini tidak dikenal; yang boleh: {allowed}."
                self.report(key, "unknown_key", message, hint=hint)

    def text(self, key: str) -> str:
        """Return an optional text; empty when absent."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return value
        self.wrong_type(key, value, allowed="teks dalam tanda kutip")
        return ""

    def required_text(self, key: str) -> str:
        """Return a text that must be there and must not be blank."""
        if not self.require(key, allowed="teks"):
            return ""
        value = self.text(key)
        if isinstance(self.values[key], str) and not value.strip():
            self.report(key, "empty_text", "Teks ini wajib diisi.")
        return value

    def slug(self, key: str, *, allow: str) -> str:
        """Return a required code made of a-z, 0-9 and the character `allow`."""
        value = self.required_text(key)
        if value.strip() and not is_slug(value, allow=allow):
            message = f'Isinya "{value}", seharusnya hanya a-z, 0-9, dan "{allow}".'
            self.report(key, "bad_code", message)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return an optional list of texts; empty when absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.wrong_type(key, value, allowed='daftar teks, misalnya ["..."]')
            return ()
        for entry in value:
            if not isinstance(entry, str):
                self.wrong_type(key, entry, allowed="teks pada setiap isi daftar")
        return tuple(entry for entry in value if isinstance(entry, str))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong_type(key, value, allowed="true atau false")
        return default

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """Return a word out of a closed set; None when absent."""
        if key not in self.values:
            return None
        value = self.values[key]
        allowed = ", ".join(kind)
        if not isinstance(value, str):
            self.wrong_type(key, value, allowed=f"salah satu dari: {allowed}")
            return None
        if value not in list(kind):
            message = f'"{value}" tidak dikenal; yang boleh: {allowed}.'
            self.report(key, "unknown_word", message)
            return None
        return kind(value)

    def day(self, key: str) -> date | str | None:
        """Return a date, the verbatim text that stands in its place, or None when absent."""
        value = self.values.get(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.wrong_type(
            key, value, allowed="tanggal (misalnya 2026-01-05) atau teks seperti tercetak"
        )
        return None

    def table(self, key: str) -> "Table":
        """Return an optional table, with places like "tanggal.revisi"; empty when absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.wrong_type(key, value, allowed=f"tabel [{key}]")
            value = {}
        return Table(value, self.findings, prefix=f"{key}.")

    def tables(self, key: str) -> tuple["Table | None", ...]:
        """Return a required array of tables, with places like "langkah 3: waktu".

        What is no table is noted and stands as None, so that the numbers stay right.
        """
        if not self.require(key, allowed=f"paling sedikit satu [[{key}]]"):
            return ()
        value = self.values[key]
        if not isinstance(value, list):
            self.wrong_type(key, value, allowed=f"daftar tabel [[{key}]]")
            return ()
        if not value:
            self.report(key, "empty_list", f"Tidak ada isi; tulis paling sedikit satu [[{key}]].")
        return tuple(self._numbered(f"{key} {at}", entry) for at, entry in enumerate(value, 1))

    def _numbered(self, place: str, entry: object) -> "Table | None":
        if isinstance(entry, dict):
            return Table(entry, self.findings, prefix=f"{place}: ")
        self.wrong_type(place, entry, allowed="tabel")
        return None


def meant(key: str, known: Collection[str]) -> str:
    """Return the known key that a misspelt one probably stands for, or ""."""
    near = get_close_matches(key, known, n=1)
    return near[0] if near else ""


def is_slug(value: str, *, allow: str) -> bool:
    """Return whether the code consists of a-z, 0-9 and `allow` only."""
    return re.fullmatch(f"[a-z0-9{re.escape(allow)}]+", value) is not None


def is_whole_number(value: object) -> bool:
    """Return whether it is an integer; TOML's true and false are none, though Python's are."""
    return isinstance(value, int) and not isinstance(value, bool)


TYPE_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "true/false"),
    (str, "teks"),
    (int, "bilangan bulat"),
    (float, "bilangan pecahan"),
    (datetime, "tanggal dengan jam"),
    (date, "tanggal"),
    (time, "jam"),
    (list, "daftar"),
    (dict, "tabel"),
)


def type_name(value: object) -> str:
    """Return the Indonesian name of a TOML value's type."""
    return next(name for kind, name in TYPE_NAMES if isinstance(value, kind))
