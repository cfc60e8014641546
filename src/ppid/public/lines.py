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

from ppid.public.hot_pages import entry_address
from ppid.public.models import Body
from ppid.public.status import Status, status
from ppid.public.templatetags.public_dates import eve, months, written

SHORT, BASES = 180, 2


class Line(NamedTuple):
    """A line: where it leads, what it says of the entry, its status, and since or until when.

    body: the name of its body, "" where all are of one. is_part: whether only a part is exempt.
    opens, opens_soon: days on which its status will change, None where that is past or unknown.
    bases: the first two. if_open, if_closed: cut at 180 letters, "" for what is not published.
    """

    address: str
    title: str
    body: str
    agency: str
    public_id: str
    is_part: bool
    ground: str
    bases: list[str]
    has_more_bases: bool
    if_open: str
    if_closed: str
    term: str
    mark: str
    status: str
    when: str
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
    return [_line(entry, body_of(entry), on(body_of(entry)), named, said) for entry in entries]


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


def _line(entry: Any, body: Body, on: date, named: bool, said: _Words) -> Line:
    now = status(entry, on=on)
    mark, label = said.labels[now]
    return Line(
        entry_address(said.language, body.slug, entry.public_id),
        entry.title,
        body.name if named else "",
        entry.agency,
        entry.public_id,
        entry.scope == "sebagian",
        entry.ground_label,
        entry.legal_basis[:BASES],
        len(entry.legal_basis) > BASES,
        _short(entry.consequence_if_open or ""),
        _short(entry.consequence_if_closed or ""),
        entry.term_text,
        mark,
        label,
        said.when(entry, now),
        None if now is Status.OPEN else entry.open_from,
        entry.opens_soon_from,
    )


def _short(text: str) -> str:
    return text if len(text) <= SHORT and text.isascii() else Truncator(text).chars(SHORT)
