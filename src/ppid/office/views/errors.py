"""The one place where errors become pages: a sentence, what to do, and the right status."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ppid.errors import BadInput, Conflict, CorruptData, Finding, NotFound, PpidError, Refused

STATUS = ((Conflict, 409), (Refused, 403), (NotFound, 404), (BadInput, 400), (CorruptData, 500))
TITLES = {
    400: "Isian perlu diperbaiki",
    403: "Tindakan ini belum dapat dilakukan",
    404: "Halaman tidak ditemukan",
    409: "Keadaan sudah berubah",
    500: "Data perlu diperiksa",
    503: "Data sedang tidak dapat dipakai",
}
DATA_UNUSABLE = Finding(
    "data_unusable",
    "Data tidak dapat dibaca atau ditulis; tidak ada yang disimpan separuh.",
    hint="Beri tahu pengelola sistem: ppid doctor menyebut sebabnya, misalnya disk penuh. "
    "Sesudah itu muat ulang halaman dan lihat apakah tindakan Anda sudah tercatat.",
)
log = structlog.get_logger()


class ErrorMiddleware:
    """Answer every error of our own tree with its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; nothing an officer sees may be kept by a cache."""
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the error's page, or None for an error that is not ours: those of
        the disk and the database have a page too, and stay in the log as what they are.
        """
        # a file that cannot be read is told by SQLite as a DatabaseError of no narrower kind
        if isinstance(error, OperationalError | OSError) or type(error) is DatabaseError:
            log.exception("data_unusable")
            return error_page(request, BadInput(DATA_UNUSABLE), status=503)
        return error_page(request, error) if isinstance(error, PpidError) else None


def error_page(request: HttpRequest, error: PpidError, *, status: int = 0) -> HttpResponse:
    """Return the page that says what is wrong and what to do next. status: 0 for the error's."""
    status = status or next((code for kind, code in STATUS if isinstance(error, kind)), 400)
    log.info("refused", codes=error.codes, status=status)
    context = {"title": TITLES[status], "findings": error.findings, "status": status}
    return render(request, "office/error.html", context, status=status)
