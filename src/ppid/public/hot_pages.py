"""The pages that are asked most, made by Jinja2 inside a frame that the framework made once.

Django's templates took 9 of the 11 ms of a list (docs/decisions/0147). Their frame is the same for
every page of an edition, a day, a language and a line of the menu: it is kept in pieces, and what a
page gives stands between them. A slot is marked by NUL, which no published text may hold.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from ppid.public.as_file import is_file
from ppid.public.conditional import Place
from ppid.public.frame import addresses, of_language, of_place
from ppid.public.spoken_templates import SpokenTemplates
from ppid.public.templatetags import public_dates

SLOTS = (
    *("title", "description", "indonesian_page", "english_page", "other_address"),
    *("page_address", "breadcrumbs", "content"),
)
MARK = re.compile("\0([a-z_]+)\0")
ROWS_BEGIN = '<tbody class="govuk-table__body" role="rowgroup">'


@dataclass(frozen=True, slots=True)
class _Frame:
    """Everything that a frame depends on; place: where the rest comes from."""

    name: str
    language: str | None
    edition: tuple[Any, ...]
    is_file: bool
    place: Place | None = field(compare=False)


def render_hot(
    request: HttpRequest, name: str, *, place: Place | None, context: dict[str, Any]
) -> HttpResponse:
    """Return a page of one body, or without a place one of the whole installation."""
    known = {"body": place.body, "edition": place.edition, "today": place.today} if place else {}
    frame = _pieces(_Frame(name, get_language(), _stands_for(place), is_file(request), place))
    page = _templates(get_language()).get_template(f"public/{name}.html")
    return HttpResponse(page.render(addresses(request) | known | {"frame": frame} | context))


def rows_of_files(lines: Sequence[Any]) -> list[str]:
    """Return each line of a list as the row of its table, for a page that will be a file."""
    template = _templates(get_language()).get_template("public/rows.html")
    text = str(template.module.table(lines, True))  # type: ignore[attr-defined]
    rows = text.partition(ROWS_BEGIN)[2].partition("</tbody>")[0]
    return [f"{row.strip()}</tr>" for row in rows.split("</tr>")[:-1]]


def _stands_for(place: Place | None) -> tuple[Any, ...]:
    if place is None:
        return ()
    edition = place.edition
    return (place.body.slug, edition.content_hash, edition.number, place.today)


@lru_cache(maxsize=64)
def _pieces(frame: _Frame) -> tuple[SafeString, ...]:
    """Return the frame in the pieces that stand before, between and after the slots."""
    slots = {name: f"\0{name}\0" for name in SLOTS}
    context = of_language() | slots | {"slots": slots, "is_file": frame.is_file}
    if frame.place:
        context |= of_place(frame.place, frame.name)
    parts = MARK.split(render_to_string("public/shell.html", context))
    return tuple(SafeString(part) for part in parts[0::2])


@lru_cache(maxsize=1024)
def _address(language: str | None, name: str, *parts: object) -> str:
    """Return the address of a route in the language that is switched on."""
    return reverse(f"public-{name}", args=parts)


def entry_address(language: str | None, slug: str, public_id: str) -> str:
    """Return an entry's address in the language that is switched on.

    A public id holds nothing that an address would quote.
    """
    return f"{_address(language, 'entry', slug, '-')[:-2]}{public_id}/"


@lru_cache(maxsize=256)
def options(offered: tuple[tuple[str, str] | str, ...], chosen: str) -> SafeString:
    """Return the choices of a field as HTML, in order: each a value with its words, or a value."""
    pairs = [one if isinstance(one, tuple) else (one, "") for one in offered]
    return SafeString("".join(_option(value, words, value == chosen) for value, words in pairs))


def _option(value: str, words: str, is_chosen: bool) -> SafeString:
    given = format_html(' value="{}"', value) if words else SafeString("")
    mark = SafeString(" selected") if is_chosen else SafeString("")
    return format_html("<option{}{}>{}</option>\n        ", given, mark, words or value)


@lru_cache(maxsize=4)
def _templates(language: str | None) -> SpokenTemplates:
    templates = SpokenTemplates(Path(__file__).with_name("jinja2"))
    written = partial(public_dates.written, months=public_dates.months())
    templates.filters |= {
        "capfirst": capfirst,
        "day": written,
        "eve": public_dates.eve,
        "number": number_format,
    }
    templates.globals |= {
        "moment": public_dates.moment,
        "options": options,
        "url": partial(_address, language),
    }
    return templates
