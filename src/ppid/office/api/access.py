"""Who asks the officers' API, how often, and how it says no.

A token stands for its owner, with the owner's authority of the moment and no other. What is refused
is told as application/problem+json (RFC 9457) with every finding: code, sentence, place, article.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from ppid.errors import (
    BadInput,
    Conflict,
    CorruptData,
    Finding,
    NotFound,
    PpidError,
    Refused,
)
from ppid.office.authority import authority_of, demand_office
from ppid.office.models import ApiToken, TokenUse
from ppid.office.queries.tokens import token_shown
from ppid.office.views.asking import Officer

APP = "ppid"
STATUS = ((Conflict, 409), (Refused, 403), (NotFound, 404), (BadInput, 422), (CorruptData, 500))
TITLES = {
    401: "Token tidak berlaku",
    403: "Tindakan ini belum dapat dilakukan",
    404: "Tidak ditemukan",
    409: "Keadaan sudah berubah",
    422: "Isian perlu diperbaiki",
    429: "Terlalu sering",
    500: "Data perlu diperiksa",
}
PROBLEM = "application/problem+json"
NO_TOKEN = Finding(
    "token_invalid",
    "Token tidak dikenal, sudah berakhir, atau sudah dicabut.",
    hint="Kirim Authorization: Bearer dengan token yang berlaku.",
)
READS_ONLY = Finding(
    "token_reads_only", "Token ini hanya untuk membaca.", hint="Buat token yang boleh bertindak."
)
NOT_JSON = Finding(
    "not_json", "Isi permintaan ini bukan JSON.", hint="Kirim objek JSON dalam UTF-8."
)
TOO_OFTEN = Finding("too_often", "Terlalu banyak permintaan.", hint="Tunggu sebentar, lalu ulangi.")
log = structlog.get_logger()


class TooOften(Exception):
    """More was asked in a short time than a program needs."""


@dataclass(frozen=True, slots=True)
class Asker(Officer):
    """An officer who asks by a token."""

    token: ApiToken


class Bearer(HttpBearer):
    """A token that may at least read. acting: it must be one that may act."""

    openapi_name = "Token"

    def __init__(self, *, acting: bool = False) -> None:
        super().__init__()
        self.acting = acting

    def __call__(self, request: HttpRequest) -> Asker:
        """Return who asks. Raises AuthenticationError, TooOften; Refused: `no_office_today`,
        `token_reads_only`."""
        if not _consume(request, "failed", dry_run=True):
            raise TooOften
        text = request.headers.get("Authorization", "")
        kind, _, token = text.partition(" ")
        return self.authenticate(request, token if kind.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Asker:
        """Return who asks, by their token."""
        at = timezone.now()
        known = token_shown(token.strip(), at=at)
        if known is None:
            _consume(request, "failed")
            raise AuthenticationError
        if not _consume(request, "used", key=str(known.pk)):
            raise TooOften
        _note(request, known, at=at)
        asker = Asker(known.person, at, known)
        demand_office(asker.body, authority_of(asker.by, on=asker.on))
        if self.acting and not known.acting:
            raise Refused(READS_ONLY)
        return asker


READING, ACTING = Bearer(), Bearer(acting=True)


def _consume(request: HttpRequest, action: str, *, key: str = "", dry_run: bool = False) -> bool:
    """Count one more, and return whether it is still within the measure."""
    used = ratelimit.consume(
        request,
        app=APP,
        action=action,
        config=settings.API_RATE_LIMITS,
        key=key,
        dry_run=dry_run,
        limit_get=True,
    )
    return used is not None


def _note(request: HttpRequest, token: ApiToken, *, at: datetime) -> None:
    """Note that the token was used; what it did to the office the log says by itself."""
    log.info("api", token=str(token.pk), method=request.method, path=request.path)
    day = at.astimezone(token.person.body.zone).date()
    row = TokenUse.objects.filter(token=token.pk, day=day)
    if not row.update(count=F("count") + 1, last_at=at):
        TokenUse.objects.get_or_create(
            token=token.pk, day=day, defaults={"count": 1, "last_at": at}
        )


def handle_errors(api: NinjaAPI) -> None:
    """Let every error of ours be answered as a problem."""

    @api.exception_handler(PpidError)
    def refused(request: HttpRequest, error: PpidError) -> HttpResponse:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 422)
        return problem(api, request, error.findings, status=status)

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(api, request, [NO_TOKEN], status=401)
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(TooOften)
    def too_often(request: HttpRequest, error: TooOften) -> HttpResponse:
        response = problem(api, request, [TOO_OFTEN], status=429)
        response["Retry-After"] = "60"
        return response

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(api, request, [Finding("not_found", "Tidak ditemukan.")], status=404)

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(api, request, [NOT_JSON], status=422)

    @api.exception_handler(ValidationError)
    def strange(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors})
        found = [Finding("bad_input", "Permintaan ini tidak sesuai.", place) for place in places]
        return problem(api, request, found, status=422)


def problem(
    api: NinjaAPI, request: HttpRequest, findings: Iterable[Finding], *, status: int
) -> HttpResponse:
    """Return the answer that says what is wrong."""
    said = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "findings": [finding(one) for one in findings],
    }
    response = api.create_response(request, said, status=status)
    response["Content-Type"] = PROBLEM
    return response


def finding(one: Finding) -> dict[str, Any]:
    """Return a finding as the API says it."""
    return {
        "code": one.code,
        "message": one.message,
        "place": one.place,
        "hint": one.hint,
        "source": one.source,
    }
