"""Set up a public body and its agencies."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from ppid.errors import BadInput, Conflict, Finding
from ppid.law.deliberation import Need
from ppid.law.term import ExpiryRule
from ppid.office import keys
from ppid.office.actions.people import ROLE, demand_set_up
from ppid.office.keepers import is_keepers
from ppid.office.labels import SHEETS, WORDS
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Body
from ppid.office.paper_signers import SETTING as SIGNERS
from ppid.office.paper_signers import is_paper_signers
from ppid.office.queries.fixity import MOST_DAYS
from ppid.office.writing import writing
from ppid.papers.letterhead import PaperSize, is_footer, is_letterhead_lines, is_logo


def create_body(
    slug: str,
    *,
    name: str,
    place: str,
    timezone: str,
    at: datetime,
    by: UUID | None = None,
    unit: str = "",
    choices: dict[str, Any] | None = None,
) -> Body:
    """Create a body with its own log and signing key. Raises BadInput."""
    if findings := choice_findings(choices or {}):
        raise BadInput(*findings)
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(
            Finding(
                "timezone_unknown",
                f"Zona waktu “{timezone}” tidak dikenal.",
                place="timezone",
                hint="Pakai Asia/Jakarta (WIB), Asia/Makassar (WITA), atau Asia/Jayapura (WIT).",
            )
        ) from error
    with suppress(Conflict):  # a key without a body is left over from an attempt that broke off
        keys.create(settings.KEYS, slug)
    said = {"name": name, "unit": unit, "place": place, "timezone": timezone}
    said |= {"settings": _said(choices or {}), "vkey": keys.vkey(settings.KEYS, slug)}
    with writing():
        lock(slug)
        if Body.objects.filter(pk=slug).exists():
            text = f"Badan publik “{slug}” sudah ada."
            raise BadInput(Finding("body_exists", text, place="slug"))
        append(Fact("body.created", said, _kept(choices or {})), body=slug, by=by, at=at)
    return Body.objects.get(pk=slug)


def choice_findings(choices: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what is wrong with the readings that a body may choose (see `Body`)."""
    wrong = [name for name, fits in CHOICES.items() if name in choices and not fits(choices[name])]
    wrong += sorted(choices.keys() - CHOICES.keys())
    text = "Pilihan “{}” tidak dikenal atau nilainya salah."
    return tuple(Finding("choice_invalid", text.format(name), place=name) for name in wrong)


def _roles(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_role, value))


def _is_role(value: Any) -> bool:
    return isinstance(value, str) and ROLE.fullmatch(value) is not None


CODE = re.compile(r"(?!.{41})[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 200
LOGO = "logo"
MOST_UPLOAD_MB = 400
LONGEST_SITE_TEXT = 4000
"""As the public site takes it (`public.edition_check`)."""
CHOICES: dict[str, Callable[[Any], bool]] = {
    "head_roles": _roles,
    "term_roles": _roles,
    "days_per_week": lambda value: value in (5, 6),
    "collective_leave_works": lambda value: isinstance(value, bool),
    "mandate_of_head": lambda value: isinstance(value, bool),
    "expiry_rule": lambda value: value in [*ExpiryRule],
    "deliberation": lambda value: value in [*Need],
    "site_text": lambda value: isinstance(value, str) and len(value) <= LONGEST_SITE_TEXT,
    "paper_size": lambda value: value in [*PaperSize],
    "letterhead_lines": is_letterhead_lines,
    "logo": is_logo,
    "paper_footer": is_footer,
    SIGNERS: is_paper_signers,
    "keepers": is_keepers,
    "label_sheet": lambda value: value in SHEETS,
    "label_words": lambda value: isinstance(value, list) and set(WORDS).issuperset(value),
    "upload_megabytes": lambda value: type(value) is int and 1 <= value <= MOST_UPLOAD_MB,
    "fixity_days": lambda value: type(value) is int and 1 <= value <= MOST_DAYS,
}


SETTINGS_CHANGED = Finding(
    "settings_changed",
    "Pengaturan badan publik baru saja diubah orang lain.",
    hint="Muat ulang, lalu ulangi.",
)
OF_THE_WEEK = ("days_per_week", "collective_leave_works")


def change_settings(body: Body, *, by: UUID, at: datetime, choices: dict[str, Any]) -> None:
    """Replace the readings that the body has chosen.

    Raises BadInput, Refused; Conflict: `settings_changed` since the body was read.
    """
    demand_set_up(body, by=by, at=at)
    if findings := choice_findings(choices) or _week_findings(body, choices):
        raise BadInput(*findings)
    with writing():
        lock(body.pk)
        if Body.objects.get(pk=body.pk).settings != body.settings:
            # The choices are the whole of the settings: they would undo what another has set.
            raise Conflict(SETTINGS_CHANGED)
        fact = Fact("body.changed", {"settings": _said(choices)}, _kept(choices))
        append(fact, body=body.pk, by=by, at=at)


def _said(choices: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry of the log says of the choices: a logo is too large for one."""
    return {name: value for name, value in choices.items() if name != LOGO}


def _kept(choices: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept beside the entry."""
    return {LOGO: choices[LOGO]} if choices.get(LOGO) else {}


def _week_findings(body: Body, choices: dict[str, Any]) -> tuple[Finding, ...]:
    """Return that the week is changed, if it is: as a setting it would change days that came."""
    changed = [name for name in OF_THE_WEEK if choices.get(name) != body.settings.get(name)]
    text = "Pekan kerja dan cuti bersama diubah mulai suatu hari, pada halaman kalender."
    return tuple(Finding("week_begins_on_a_day", text, place=name) for name in changed)


def add_agency(body: Body, *, code: str, name: str, at: datetime, by: UUID | None = None) -> Agency:
    """Add an agency to the body. code: short, in small letters. Raises BadInput, Refused."""
    demand_set_up(body, by=by, at=at)
    agency, code, name = uuid4(), code.strip(), name.strip()
    with writing():
        lock(body.pk)
        if findings := _agency_findings(body, name, code=code):
            raise BadInput(*findings)
        said = {"id": str(agency), "code": code, "name": name}
        append(Fact("agency.added", said), body=body.pk, by=by, at=at)
    return Agency.objects.get(pk=agency)


def rename_agency(agency: Agency, *, name: str, at: datetime, by: UUID | None = None) -> None:
    """Give an agency its new name; papers that were prepared keep the old one.

    Raises BadInput, Refused.
    """
    body = agency.body
    demand_set_up(body, by=by, at=at)
    name = name.strip()
    with writing():
        lock(body.pk)
        if findings := _agency_findings(body, name, but=agency):
            raise BadInput(*findings)
        said = {"id": str(agency.pk), "name": name}
        append(Fact("agency.renamed", said), body=body.pk, by=by, at=at)


def _agency_findings(
    body: Body, name: str, *, code: str | None = None, but: Agency | None = None
) -> list[Finding]:
    """Return what is wrong with a name, and with the code of an agency to be added."""
    findings = []
    if code is not None and not CODE.fullmatch(code):
        text = "Kode hanya berisi huruf kecil, angka, dan tanda hubung, paling panjang 40."
        findings.append(Finding("agency_code_invalid", text, place="code", hint="Contoh: dinkes."))
    agencies = Agency.objects.filter(body=body)
    if agencies.filter(code=code).exists():
        findings.append(Finding("agency_exists", f"Kode “{code}” sudah dipakai.", place="code"))
    if not 1 <= len(name) <= LONGEST_NAME:
        text = f"Nama wajib diisi, paling panjang {LONGEST_NAME} huruf."
        findings.append(Finding("agency_name_invalid", text, place="name"))
    if agencies.filter(name__iexact=name).exclude(pk=but and but.pk).exists():
        text = f"Perangkat daerah “{name}” sudah ada."
        findings.append(Finding("agency_name_taken", text, place="name"))
    return findings
