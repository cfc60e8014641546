"""Articles in a text (pasal, ayat, huruf, angka): reading a run of them, lists and ranges among it.

Reads "Pasal 17 huruf a, c dan h" as three; knows nothing of the regulation they belong to.
"""

import re
from dataclasses import dataclass

PASAL = re.compile(
    r"(?<![a-z])(?:pasal|psl|ps)(?:\s{0,5}\.)?\s{0,5}[0-9]", re.IGNORECASE | re.ASCII
)

_LEVELS = ("number", "paragraph", "letter", "point")
_LONGEST_RANGE = 40
_TOKEN = re.compile(
    r"""\s{0,9}
    (?P<sep>(?:[,;]|dan/atau|dan|atau|serta|s\s?\.?\s?/?\s?d\.?|sampai\s{1,5}dengan|hingga|-|/)
        (?:\s{0,5}(?:dan|atau))?\s{0,9})?
    (?P<item>(?:pasal|psl|ps)(?:\s{0,5}\.)?\s{0,5}
        (?P<number>[0-9]{1,4}(?:\s?(?-i:[A-Z])(?![A-Za-z0-9]))?)(?![0-9])
    |ayat\s{0,5}\(?\s?(?P<ayat>[0-9]{1,3}[a-z]?)(?![a-z0-9])\s?\)?
    |\(\s?(?P<paragraph>[0-9]{1,3}[a-z]?)\s?\)
    |huruf\s{0,5}(?P<letter>[a-z])(?![a-z0-9])
    |angka\s{0,5}(?P<point>[0-9]{1,3}[a-z]?)(?![a-z0-9])
    |(?P<bare>[a-z](?![a-z0-9])|[0-9]{1,4}(?=\s{0,9}(?:$|[;,()/.-]
        |(?:dan|atau|serta|s\.?/?d|sampai|huruf|ayat|angka|uu|undang|peraturan|pp|jo|tentang)\b))))
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
# After "a," the "b." of "huruf a, b. UU ..." numbers the next line and is no huruf.
_ENUMERATOR = re.compile(r"[.)]\s{0,9}[a-z0-9]", re.IGNORECASE | re.ASCII)
_RANGE = re.compile(r"s\s?\.?\s?/?\s?d|sampai|hingga|-", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Article:
    """An article (pasal) and what is cited in it; "" where a level is not cited."""

    number: str = ""
    paragraph: str = ""
    letter: str = ""
    point: str = ""

    def __str__(self) -> str:
        return "".join(
            form.format(text)
            for form, text in zip(
                (" ps. {}", " ({})", " huruf {}", " angka {}"),
                (self.number, self.paragraph, self.letter, self.point),
                strict=True,
            )
            if text
        )


def read_articles(plain: str, position: int) -> tuple[list[tuple[Article, int, int]], int]:
    """Return the articles of the run that starts at a "Pasal", each with its span, and its end."""
    run = _Run(position)
    while token := _TOKEN.match(plain, run.end):
        if not run.take(token):
            break
    return run.close(), run.end


class _Run:
    """A run of articles while it is read: the levels set so far, and what is complete."""

    def __init__(self, position: int) -> None:
        self.end = self.start = position
        self.levels: dict[str, str] = {}
        self.last = ""
        self.done: list[tuple[Article, int, int]] = []

    def take(self, token: re.Match[str]) -> bool:
        """Add a token to the run; False when it does not belong to it."""
        level, text = self._level(token)
        if not level or (not self.levels and level != "number"):
            return False
        repeated = any(deeper in self.levels for deeper in _LEVELS[_LEVELS.index(level) :])
        skipped = self._skipped(level, text, token["sep"] or "") if repeated else []
        if repeated:
            self._emit()
            self.start = token.start("item")
            for deeper in _LEVELS[_LEVELS.index(level) :]:
                self.levels.pop(deeper, None)
        self.last, self.end = level, token.end()
        for name in skipped:
            self.levels[level] = name
            self._emit()
        self.levels[level] = text
        return True

    def close(self) -> list[tuple[Article, int, int]]:
        """Return all articles of the run."""
        self._emit()
        return self.done

    def _level(self, token: re.Match[str]) -> tuple[str, str]:
        """Return the level and the text of a token; "" where the token is no part of the run."""
        for name in ("number", "ayat", "paragraph", "letter", "point"):
            if token[name]:
                text = token[name].replace(" ", "")
                lowered = text if name == "number" else text.lower()
                return ("paragraph" if name == "ayat" else name), lowered.lstrip("0") or "0"
        bare = token["bare"].lower()
        if not token["sep"] or bare.isdigit() == (self.last == "letter"):
            return "", ""
        if token["sep"].strip() in {",", ";"} and _ENUMERATOR.match(token.string, token.end()):
            return "", ""
        return self.last, bare

    def _skipped(self, level: str, text: str, separator: str) -> list[str]:
        """Return what a range leaves out: 2 and 3 of "(1)-(4)"."""
        first = self.levels.get(level, "")
        return _between(first, text) if _RANGE.match(separator) else []

    def _emit(self) -> None:
        if self.levels:
            self.done.append((Article(**self.levels), self.start, self.end))


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        names = [str(number) for number in range(low + 1, min(high, low + _LONGEST_RANGE))]
        return names if high - low <= _LONGEST_RANGE else []
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []
