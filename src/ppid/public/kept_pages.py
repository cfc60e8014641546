"""Answers kept in the process: what was made once for an edition and a day is handed out again.

It stands before the framework, since finding the view and passing the middleware cost more than
looking here. Kept is what a view has marked with keep(), under the state of the database that it
was made from and until the moment at which it would read differently. The least recently asked goes
first. Bounded in number and in bytes. A conditional request always goes on to the view.
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
ADDRESS = ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "PATH_INFO", "QUERY_STRING")

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer with its headers; until: POSIX seconds, exclusive."""

    state: Hashable
    until: float
    headers: tuple[tuple[str, str], ...]
    body: bytes


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
        if found := self._find(key, state):
            start_response("200 OK", list(found.headers))
            return [found.body]
        made = self._application(environment, start_response)
        if isinstance(made, HttpResponse) and hasattr(made, "keep_until"):
            self._keep(key, _Answer(state, made.keep_until, tuple(made.items()), made.content))
        return made

    def _find(self, key: Key, state: Hashable) -> _Answer | None:
        with self._lock:
            found = self._answers.get(key)
            if found is None or found.state != state or found.until <= time.time():
                return None
            self._answers.move_to_end(key)
            return found

    def _keep(self, key: Key, answer: _Answer) -> None:
        if len(answer.body) > LARGEST:
            return
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = answer
            self._bytes += len(answer.body) - (len(before.body) if before else 0)
            while len(self._answers) > MOST or self._bytes > MOST_BYTES:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)


def keep(response: HttpResponseBase, *, until: float) -> None:
    """Mark an answer as one that reads the same until a moment (POSIX seconds, exclusive).

    What is a file, streamed or no success is not marked.
    """
    is_page = isinstance(response, HttpResponse) and response.status_code == 200
    if is_page and not response.has_header("Content-Disposition"):
        response.keep_until = until  # type: ignore[attr-defined]


def _key(environment: Environment) -> Key | None:
    """Return what an answer depends on besides the database; None for what is never kept."""
    if environment["REQUEST_METHOD"] != "GET" or any(one in environment for one in CONDITIONS):
        return None
    packed = "gzip" in environment.get("HTTP_ACCEPT_ENCODING", "")
    return (packed, *(environment.get(name) for name in ADDRESS))


def _state() -> Hashable | None:
    try:
        return database_state()
    except DatabaseError:
        return None  # the view meets the same fault and says so
