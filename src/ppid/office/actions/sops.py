"""Adopt an SOP file."""

from datetime import date, datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding
from ppid.office.authority import Right, authority_in, demand
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, SopVersion
from ppid.office.queries.release import cleared_words, demand_released, sop_release
from ppid.office.writing import writing
from ppid.sop.check import check
from ppid.sop.load import loads


def adopt_sop(
    body: Body,
    *,
    text: str,
    at: datetime,
    by: UUID | None = None,
    name: str = "SOP",
    cleared: str = "",
) -> SopVersion:
    """Adopt an SOP file as it stands; a file adopted before is returned, not adopted twice.

    An adopted SOP is shown to everybody. cleared: why what may be innocent may be public, as for
    an edition. Raises BadInput with every error of the file; Refused for a person who may not
    adopt, `personal_number`, and `close_to_confidential` unless it is cleared.
    Source: UU 14/2008 ps. 54
    """
    if by is not None:
        demand(authority_in(body, by=by, at=at), Right.ADOPT_SOP)
    sop = loads(text, name=name)
    report = check(sop)
    if report.errors:
        raise BadInput(*report.errors)
    version = uuid4()
    said = {
        "id": str(version),
        "code": sop.code,
        "name": sop.name,
        "content_hash": sop.content_hash,
        "starts_on": _day(sop.dates.effective),
        "ends_on": _day(sop.dates.ends),
    }
    with writing():
        lock(body.pk)
        known = SopVersion.objects.filter(body=body, content_hash=sop.content_hash).first()
        if known:
            return known
        found = sop_release(sop, body=body.pk)
        demand_released(found, cleared=cleared)
        kept = {"text": text} | cleared_words(found, cleared)
        append(Fact("sop.adopted", said, kept), body=body.pk, by=by, at=at)
    return SopVersion.objects.get(pk=version)


def _day(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def ended(version: SopVersion, *, on: date) -> tuple[Finding, ...]:
    """Return why no new case may start on the version on that day; empty when one may."""
    if version.ends_on is None or on <= version.ends_on:
        return ()
    return (
        Finding(
            "sop_ended",
            f"SOP ini berlaku sampai {version.ends_on:%d-%m-%Y}; berkas baru tidak dapat dimulai.",
            hint="Sahkan versi SOP yang berlaku, lalu mulai berkas dengan versi itu.",
        ),
    )
