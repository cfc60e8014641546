"""The task inbox (*Kotak tugas*), the list of cases, and opening a case."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse


def show_inbox(request: HttpRequest) -> HttpResponse:
    raise Http404


def show_cases(request: HttpRequest) -> HttpResponse:
    raise Http404


def new_case(request: HttpRequest, sop: UUID) -> HttpResponse:
    raise Http404


def choose_agencies(request: HttpRequest, case: UUID) -> HttpResponse:
    raise Http404
