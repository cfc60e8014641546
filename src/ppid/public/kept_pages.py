"""Answers kept in the process: what was made once for an edition and a day is handed out again.

It stands before the framework, since finding the view and passing the middleware cost more than
looking here. Kept is what a view has marked with keep(), under the state of the database that it
was made from and until the moment at which it would read differently. Bounded in number and in
bytes; the oldest that nobody asked for again goes first. A conditional request always goes on to
the view.

Finding takes no lock: a look into a dict is one step, and only who keeps changes it.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseBase

from ppid.public.database_state import database_state

MOST = 512
MOST_BYTES = 32 * 2**20
LARGEST = 256 * 2**10
CONDITIONS = (
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"),
)

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
Key = tuple[Hashable, ...]


@dataclass(slots=True)
class _Answer:
    """An answer with its headers; until: POSIX seconds, exclusive. again: asked since looked at."""

    state: Hashable
    until: float
    headers: list[tuple[str, str]]
    body: bytes
    again: bool = False


class KeptPages:
    """A WSGI application before another: answers what is kept, and passes on the rest."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(
        self, environment: Environment, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Return the answer to this very address, made anew only where it is not kept."""
        key = _key(environment)
        state = _state() if key else None
        if key is None or state is None:
            return self._application(environment, start_response)
        found = self._answers.get(key)
        if found and found.state == state and time.time() < found.until:
            found.again = True
            start_response("200 OK", found.headers.copy())
            return [found.body]
        said: list[tuple[str, str]] = []

        def begin(status: str, headers: list[tuple[str, str]]) -> Any:
            said.extend(headers)
            return start_response(status, headers)

        made = self._application(environment, begin)
        if not isinstance(made, HttpResponse):
            return made
        if hasattr(made, "keep_until"):
            self._keep(key, _Answer(state, made.keep_until, said, made.content))
        if not made.closed:
            made.close()
        return [made.content]  # the server sends a list at once, anything else piece by piece

    def _keep(self, key: Key, answer: _Answer) -> None:
        if len(answer.body) > LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += len(answer.body)
            while len(self._answers) > MOST or self._bytes > MOST_BYTES:
                self._let_one_go()

    def _let_one_go(self) -> None:
        """Drop the oldest; who was asked again since the last look here becomes the newest."""
        oldest, answer = next(iter(self._answers.items()))
        if answer.again:
            answer.again = False
            self._answers.move_to_end(oldest)
        else:
            self._drop(oldest)

    def _drop(self, key: Key) -> None:
        if before := self._answers.pop(key, None):
            self._bytes -= len(before.body)


def keep(response: HttpResponseBase, *, until: float) -> None:
    """Mark an answer as one that reads the same until a moment (POSIX seconds, exclusive).

    What is a file, streamed or no success is not marked.
    """
    is_page = isinstance(response, HttpResponse) and response.status_code == 200
    if is_page and not response.has_header("Content-Disposition"):
        response.keep_until = until  # type: ignore[attr-defined]


def is_plain_get(environment: Environment) -> bool:
    """Return whether an answer is asked for as a whole, whatever the reader may have of it."""
    return environment["REQUEST_METHOD"] == "GET" and environment.keys().isdisjoint(CONDITIONS)


def _key(environment: Environment) -> Key | None:
    """Return what an answer depends on besides the database; None for what is never kept."""
    if not is_plain_get(environment):
        return None
    told = environment.get
    return (
        "gzip" in told("HTTP_ACCEPT_ENCODING", ""),
        environment["PATH_INFO"],
        told("QUERY_STRING"),
        told("HTTP_HOST"),
        told("wsgi.url_scheme"),
        told("HTTP_X_FORWARDED_PROTO"),
    )


def _state() -> Hashable | None:
    try:
        return database_state()
    except DatabaseError:
        return None  # the view meets the same fault and says so
