"""The one place where errors become pages: a sentence, what to do, and the right status."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ppid.errors import BadInput, Conflict, CorruptData, NotFound, PpidError, Refused

STATUS = ((Conflict, 409), (Refused, 403), (NotFound, 404), (BadInput, 400), (CorruptData, 500))
TITLES = {
    400: "Isian perlu diperbaiki",
    403: "Tindakan ini belum dapat dilakukan",
    404: "Halaman tidak ditemukan",
    409: "Keadaan sudah berubah",
    500: "Data perlu diperiksa",
}
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
        """Return the error's page, or None for an error that is not ours."""
        return error_page(request, error) if isinstance(error, PpidError) else None


def error_page(request: HttpRequest, error: PpidError) -> HttpResponse:
    """Return the page that says what is wrong and what to do next."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 400)
    log.info("refused", codes=error.codes, status=status)
    context = {"title": TITLES[status], "findings": error.findings, "status": status}
    return render(request, "office/error.html", context, status=status)
