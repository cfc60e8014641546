"""The register of items."""

from django.http import Http404, HttpRequest, HttpResponse


def show_register(request: HttpRequest) -> HttpResponse:
    raise Http404
