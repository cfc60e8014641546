"""Answers kept in the process for one edition and day: what was made once is handed out again.

The key holds the ETag, so a new edition, a new SOP and midnight all miss; nothing has to be thrown
away in time. The least recently asked goes first. Bounded in number and in bytes.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseBase

MOST = 512
MOST_BYTES = 32 * 2**20
LARGEST = 256 * 2**10

Key = tuple[str, str]
_kept: OrderedDict[Key, tuple[bytes, str]] = OrderedDict()
_lock = Lock()
_bytes = 0


def kept(request: HttpRequest, etag: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the answer to this very address, made anew only where it is not kept.

    What is streamed, large or no success is never kept.
    """
    key = (etag, request.build_absolute_uri())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
    if found is not None:
        return HttpResponse(found[0], content_type=found[1])
    response = make()
    if isinstance(response, HttpResponse) and response.status_code == 200:
        _keep(key, response)
    return response


def forget() -> None:
    """Throw away everything that is kept."""
    global _bytes
    with _lock:
        _kept.clear()
        _bytes = 0


def _keep(key: Key, response: HttpResponse) -> None:
    global _bytes
    content = response.content
    if len(content) > LARGEST or response.has_header("Content-Disposition"):
        return
    with _lock:
        before = _kept.pop(key, None)
        _kept[key] = (content, response["Content-Type"])
        _bytes += len(content) - (len(before[0]) if before else 0)
        while len(_kept) > MOST or _bytes > MOST_BYTES:
            _, (oldest, _kind) = _kept.popitem(last=False)
            _bytes -= len(oldest)
