"""People and their appointments."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse


def show_people(request: HttpRequest) -> HttpResponse:
    raise Http404


def new_person(request: HttpRequest) -> HttpResponse:
    raise Http404


def new_appointment(request: HttpRequest, person: UUID) -> HttpResponse:
    raise Http404


def end(request: HttpRequest, appointment: UUID) -> HttpResponse:
    raise Http404
