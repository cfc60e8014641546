"""The frame around every page: menu, language, and what the foot says of edition and day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ppid.public.as_file import is_file
from ppid.public.conditional import Place
from ppid.public.language import data_language, is_second, other_address

SECTIONS = {"entry": "list", "edition": "editions", "comparison": "editions", "sop": "sops"}
"""Pages that have no line in the menu, and under which line they stand."""


def render_frame(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Return a page of the whole installation."""
    frame = of_language() | addresses(request)
    return render(request, f"public/{name}.html", frame | context)


def render_page(
    request: HttpRequest, name: str, *, place: Place, context: dict[str, Any]
) -> HttpResponse:
    """Return a page of one body, with its menu."""
    return render_frame(request, name, of_place(place, name) | context)


def of_language() -> dict[str, Any]:
    """Return what a page needs to know of its language."""
    return {"english": is_second(), "data_lang": data_language()}


def addresses(request: HttpRequest) -> dict[str, Any]:
    """Return where a page is, in both languages, and whether it will be a file."""
    other = other_address(request)
    both = request.build_absolute_uri(), request.build_absolute_uri(other)
    indonesian, english = reversed(both) if is_second() else both
    pages = {"indonesian_page": indonesian, "english_page": english}
    pages |= {"page_address": both[0], "other_address": other}
    return pages | {"is_file": is_file(request)}


def of_place(place: Place, name: str) -> dict[str, Any]:
    """Return what a page of one body starts from, with its menu."""
    return {
        "body": place.body,
        "edition": place.edition,
        "today": place.today,
        "links": _menu(place, SECTIONS.get(name, name)),
    }


def _menu(place: Place, section: str) -> list[dict[str, Any]]:
    lines = (
        ("list", _("Daftar")),
        ("openings", _("Pembukaan")),
        ("editions", _("Edisi")),
        ("statistics", _("Statistik")),
        ("sops", _("SOP")),
        ("data", _("Data")),
        ("log", _("Bukti")),
    )
    return [
        {
            "url": reverse(f"public-{target}", args=[place.body.slug]),
            "label": label,
            "current": target == section,
        }
        for target, label in lines
    ]
