"""The addresses asked most, answered without what the framework does anew for each request.

Finding the view, the middlewares and two signals cost as much as making the page of an entry
(docs/decisions/0146), and what they put around an answer is always the same. So it is learned: the
first answer to an address goes through the framework; those of its headers that the view did not
give are kept, and from then on the view is asked directly, in the language of the address, and its
answer packed by the framework's own class. All entries of a body count as one address.

Only a plain GET goes this way, only to where the framework answered 200, and only a 200 comes out
of it: for anything else the framework is asked, which says what there is to say. Its signals, left
out here, close connections that broke; an answer that met one is no 200.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import ResolverMatch, resolve
from django.utils import translation

from ppid.public.kept_pages import Application, Environment, is_plain_get
from ppid.public.language import LanguageOfTheAddress, language_of

HOT = frozenset({"public-list", "public-entry", "public-everywhere", "list_entries", "get_entry"})
"""Names of the routes; the last two are the API's."""
MOST_WAYS = 1024
SCHEMES = (None, "http", "https")
"""What a proxy may say of the reader's; others fill no place among the ways."""
OF_AN_ENTRY = re.compile(r"(.+/(?:informasi|entries)/)([^/]+)(/?)")
LENGTH = "Content-Length"

Key = tuple[str | bool | None, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """The view behind an address, in its language and packed, and all headers in their order.

    Of those that the answer itself gives the value is None.
    """

    answer: Callable[[HttpRequest], HttpResponseBase]
    headers: tuple[tuple[str, str | None], ...]


class ShortWay:
    """A WSGI application before the framework's: answers where it learned how, else passes on."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._ways: dict[Key, _Way] = {}

    def __call__(
        self, environment: Environment, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Return the answer that the framework gives."""
        if not _may_be_known(environment):
            return self._application(environment, start_response)
        key, parts = _address(environment)
        way = self._ways.get(key)
        if way is None:
            made = self._application(environment, start_response)
            if isinstance(made, HttpResponse) and made.status_code == 200:
                self._learn(key, environment, made)
            return made
        answer = way.answer(_request(environment, parts))
        if not isinstance(answer, HttpResponse) or answer.status_code != 200 or answer.cookies:
            return self._application(environment, start_response)
        answer.closed = True  # no signal began it, so none is to end it
        start_response("200 OK", _headers(answer, way))
        return answer

    def _learn(self, key: Key, environment: Environment, made: HttpResponse) -> None:
        path = environment["PATH_INFO"]
        with translation.override(language_of(path)):
            match = resolve(path)
        if match.url_name in HOT and len(self._ways) < MOST_WAYS:
            answer = _packed(match)
            inner = answer(_request(environment, {}))
            inner.headers.setdefault(LENGTH, "")
            around = {name: value for name, value in made.items() if not inner.has_header(name)}
            order = tuple((name, around.get(name)) for name, _ in made.items())
            self._ways[key] = _Way(answer, order)


def _headers(answer: HttpResponse, way: _Way) -> list[tuple[str, str]]:
    """Return the headers of an answer and those around it, as the framework puts them."""
    own = dict(answer.items())
    own.setdefault(LENGTH, str(len(answer.content)))
    found = [(name, own.pop(name, value)) for name, value in way.headers]
    return [(name, value) for name, value in found if value is not None] + list(own.items())


def _may_be_known(environment: Environment) -> bool:
    """Return whether it is a plain GET, of a kind of which there are only so many."""
    told = environment.get
    is_usual = told("HTTP_X_FORWARDED_PROTO") in SCHEMES and not told("SCRIPT_NAME")
    return is_usual and is_plain_get(environment)


def _address(environment: Environment) -> tuple[Key, dict[str, str]]:
    """Return what the headers depend on, and what of the address differs between two entries."""
    path, parts = environment["PATH_INFO"], {}
    if found := OF_AN_ENTRY.fullmatch(path):
        path, parts = f"{found[1]}*{found[3]}", {"public_id": found[2]}
    told = environment.get
    host, scheme = told("HTTP_HOST"), told("wsgi.url_scheme")
    packed = "gzip" in told("HTTP_ACCEPT_ENCODING", "")
    return (path, packed, host, scheme, told("HTTP_X_FORWARDED_PROTO")), parts


def _request(environment: Environment, parts: dict[str, str]) -> HttpRequest:
    request = WSGIRequest(environment)
    request.parts = parts
    return request


def _packed(match: ResolverMatch) -> Callable[[HttpRequest], HttpResponseBase]:
    def view(request: HttpRequest) -> HttpResponseBase:
        try:
            return match.func(request, **match.kwargs | request.parts)
        except Http404:
            return HttpResponse(status=404)  # the framework makes the page that says so

    return GZipMiddleware(LanguageOfTheAddress(convert_exception_to_response(view)))
