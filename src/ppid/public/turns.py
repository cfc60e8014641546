"""Who is served at once: pages in turn, and only so many downloads.

A page is made by Python, of which one process runs one thread at a time; four at once made each
slower and the slowest much slower (docs/decisions/0148). So they take turns. Who has waited for
PATIENCE goes on without one: a page that takes long, or a database that is far away, holds up
nobody for longer. A file is sent piece by piece outside of these turns, but it holds a thread for
as long as its reader takes: there are fewer of them than threads, so that pages always find one,
and their pieces are made one at a time, so that a page is beside one of them at most.
"""

from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore, Lock
from typing import Any
from weakref import finalize

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

PATIENCE = 0.05
"""Seconds."""
MOST_DOWNLOADS = 12
RETRY_AFTER = 30
"""Seconds."""

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
View = Callable[[HttpRequest], HttpResponseBase]


class InTurn:
    """A WSGI application before another, which it calls one request at a time."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._turn = Lock()

    def __call__(
        self, environment: Environment, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Return what the application answers, its turn taken."""
        has_turn = self._turn.acquire(timeout=PATIENCE)
        try:
            return self._application(environment, start_response)
        finally:
            if has_turn:
                self._turn.release()


class FewDownloads:
    """A middleware: what is streamed counts until it is sent or given up; too many get a 503."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places = BoundedSemaphore(MOST_DOWNLOADS)
        self._turn = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, or when to ask again."""
        response = self._view(request)
        if not isinstance(response, StreamingHttpResponse):
            return response
        if not self._places.acquire(blocking=False):
            return _busy()
        pieces = _Pieces(response.streaming_content, self._places, self._turn)
        response.streaming_content = pieces
        return response


def _busy() -> HttpResponse:
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    text = _("Terlalu banyak unduhan sedang berjalan. Coba lagi sebentar lagi.")
    return HttpResponse(text, status=503, headers=headers, content_type="text/plain; charset=utf-8")


class _Pieces:
    """The pieces of a download, each made in turn; closed or forgotten it gives its place back."""

    def __init__(self, pieces: Iterable[bytes], places: BoundedSemaphore, turn: Lock) -> None:
        self._pieces = iter(pieces)
        self._turn = turn
        self.close = finalize(self, places.release)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._turn:
            return next(self._pieces)
