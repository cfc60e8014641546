"""The two languages of the open site: Indonesian at its own addresses, English under /en/.

The frame, the statuses, the words about grounds and rights are in both; what a body published
stays as it is, marked as Indonesian. Downloads and the API have one address and are never
translated. No cookie and no header of the reader decides: an address always gives the same page.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIRST, SECOND = "id", "en"
PREFIX = f"/{SECOND}/"


class LanguageOfTheAddress:
    """Middleware: answer in the language that the address asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, made with that language switched on."""
        language = language_of(request.path_info)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(path: str) -> str:
    """Return the language of the page at an address."""
    return SECOND if path.startswith(PREFIX) else FIRST


def is_second() -> bool:
    """Return whether the page being made is in English."""
    return translation.get_language() == SECOND


def other_address(request: HttpRequest) -> str:
    """Return the address, with its query, of the same page in the other language."""
    here = request.get_full_path()
    return here[len(PREFIX) - 1 :] if here.startswith(PREFIX) else f"/{SECOND}{here}"


def data_language() -> SafeString:
    """Return the attribute for published text on a page in English, "" on one in Indonesian."""
    return format_html(' lang="{}"', FIRST) if is_second() else SafeString("")
