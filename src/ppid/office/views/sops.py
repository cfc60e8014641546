"""The SOP library."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse


def show_sops(request: HttpRequest) -> HttpResponse:
    raise Http404


def adopt(request: HttpRequest) -> HttpResponse:
    raise Http404


def show_sop(request: HttpRequest, sop: UUID) -> HttpResponse:
    raise Http404
