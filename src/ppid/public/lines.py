"""The lines of a list as its table shows them: each value ready, so that the template only places
it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import escape

from ppid.public.hot_pages import entry_address
from ppid.public.models import Body
from ppid.public.status import Status, status
from ppid.public.templatetags.public_dates import eve, months, written

SHORT, BASES = 180, 2
TEXTS = 14
"""How many of a line's values are texts; they come first."""


class Line(NamedTuple):
    """A line: where it leads, what it says of the entry, its status, and since or until when.

    Its texts are HTML, escaped: a template places them as they are. body: the name of its body, ""
    where all are of one. basis, second_basis: the first two. if_open, if_closed: cut at 180
    letters, "" for what is not published. is_part: whether only a part is exempt. opens,
    opens_soon: days on which its status will change, None where that is past or unknown.
    """

    address: str
    title: str
    body: str
    agency: str
    public_id: str
    ground: str
    basis: str
    second_basis: str
    if_open: str
    if_closed: str
    term: str
    mark: str
    status: str
    when: str
    is_part: bool
    has_more_bases: bool
    opens: date | None
    opens_soon: date | None


def lines(
    entries: Iterable[Any],
    *,
    body_of: Callable[[Any], Body],
    on: Callable[[Body], date],
    named: bool,
) -> list[Line]:
    """Return the lines, their statuses on a day of each body; named: whether to name the body."""
    said = _words(get_language())
    texts: list[str] = []
    others = []
    for entry in entries:
        body = body_of(entry)
        now = status(entry, on=on(body))
        texts += _texts(entry, body, now, named, said)
        others.append(_others(entry, now))
    safe = _escaped(texts)
    return [Line(*safe[TEXTS * at : TEXTS * (at + 1)], *rest) for at, rest in enumerate(others)]


class _Words:
    """The words of the statuses in the language that is switched on, looked up once."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.labels = {one: (one.mark, one.label) for one in Status}
        self.since, self.until, self.reviewed = _("sejak"), _("sampai"), _("ditinjau")
        self.months = months()

    def when(self, entry: Any, now: Status) -> str:
        """Return since or until when it has its status, "" where no day is known."""
        if now is Status.OPEN:
            return f"{self.since} {written(entry.open_from, months=self.months)}"
        if entry.open_from:
            return f"{self.until} {written(eve(entry.open_from), months=self.months)}"
        if entry.review_on:
            return f"{self.reviewed} {written(entry.review_on, months=self.months)}"
        return ""


@lru_cache(maxsize=4)
def _words(language: str | None) -> _Words:
    return _Words(language)


def _texts(entry: Any, body: Body, now: Status, named: bool, said: _Words) -> tuple[str, ...]:
    mark, label = said.labels[now]
    bases = entry.legal_basis
    return (
        entry_address(said.language, body.slug, entry.public_id),
        entry.title,
        body.name if named else "",
        entry.agency,
        entry.public_id,
        entry.ground_label,
        bases[0] if bases else "",
        bases[1] if len(bases) > 1 else "",
        _short(entry.consequence_if_open or ""),
        _short(entry.consequence_if_closed or ""),
        entry.term_text,
        mark,
        label,
        said.when(entry, now),
    )


def _others(entry: Any, now: Status) -> tuple[bool, bool, date | None, date | None]:
    return (
        entry.scope == "sebagian",
        len(entry.legal_basis) > BASES,
        None if now is Status.OPEN else entry.open_from,
        entry.opens_soon_from,
    )


def _escaped(texts: list[str]) -> list[str]:
    """Return the texts as HTML. All at once: one by one it took a tenth of the time of a page.

    They are set apart by NUL, which no published text may hold.
    """
    return str(escape("\0".join(texts))).split("\0")


def _short(text: str) -> str:
    return text if len(text) <= SHORT and text.isascii() else Truncator(text).chars(SHORT)
