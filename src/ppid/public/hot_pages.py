"""The pages that are asked most, made by Jinja2 inside a frame that the framework made once.

Django's templates took 9 of the 11 ms of a list (docs/decisions/0147). Their frame is the same for
every page of an edition, a day, a language and a line of the menu: it is kept in pieces, and what a
page gives stands between them. A slot is marked by NUL, which no published text may hold.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ppid.public.as_file import is_file
from ppid.public.conditional import Place
from ppid.public.frame import addresses, of_language, of_place
from ppid.public.status import Status
from ppid.public.templatetags import public_dates

SLOTS = (
    *("title", "description", "indonesian_page", "english_page", "other_address"),
    *("breadcrumbs", "content"),
)
MARK = re.compile("\0([a-z_]+)\0")
SHORT = 180


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
    language = get_language()
    said = {
        "frame": _pieces(_Frame(name, language, _stands_for(place), is_file(request), place)),
        "labels": {status: status.label for status in Status},
        "day": partial(public_dates.written, months=public_dates.months()),
        "url": partial(_address, language),
        "entry_url": partial(_entry_address, language),
    }
    page = _templates.get_template(f"public/{name}.html")
    return HttpResponse(page.render(of_language() | addresses(request) | known | said | context))


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


def _entry_address(language: str | None, slug: str, public_id: str) -> str:
    """Return an entry's address; a public id holds nothing that an address would quote."""
    return _address(language, "entry", slug, "-").removesuffix("-/") + f"{public_id}/"


def _short(text: str) -> str:
    """Return the text, cut at 180 letters."""
    return text if len(text) <= SHORT and text.isascii() else Truncator(text).chars(SHORT)


def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("jinja2")),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    # The method that the extension adds is not in the library's types.
    templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    templates.filters["capfirst"] = capfirst
    templates.globals |= {
        "eve": public_dates.eve,
        "moment": public_dates.moment,
        "number": number_format,
        "short": _short,
    }
    return templates


_templates = _environment()
