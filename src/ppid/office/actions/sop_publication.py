"""Hand the adopted SOPs to the public site: drawn, in words, and without the signer's NIP.

Delivered like editions, after the fact: what the site lacks is seen by comparing the two.
"""

from datetime import date

from django.conf import settings

from ppid.office import keys
from ppid.office.models import Body, SopVersion
from ppid.office.queries.release import sop_numbers
from ppid.public import intake
from ppid.sop.definition import Definition, Step
from ppid.sop.load import loads
from ppid.sop.public_text import as_published
from ppid.sop.svg import pages


def body_in(body: Body) -> intake.BodyIn:
    """Return the body as the public site names it."""
    return intake.BodyIn(
        slug=body.pk,
        name=body.name,
        timezone=body.timezone,
        log_origin=keys.key_name(body.pk),
        vkey=keys.vkey(settings.KEYS, body.pk),
        site_text=body.settings.get("site_text", ""),
    )


def deliver_sops(body: Body) -> int:
    """Hand every adopted SOP that the public site lacks to it; return how many.

    One with a number of a person in it stays here, adopted before such numbers were looked for.
    """
    known = intake.known_sops(body.pk)
    waiting = SopVersion.objects.filter(body=body).exclude(content_hash__in=known)
    read = [(version, loads(version.text, name=version.code)) for version in waiting]
    shown = [(version, sop) for version, sop in read if not sop_numbers(sop)]
    for version, sop in shown:
        intake.accept_sop(_sop(version, sop), body=body_in(body))
    return len(shown)


def _sop(version: SopVersion, sop: Definition) -> intake.SopIn:
    return intake.SopIn(
        content_hash=version.content_hash,
        code=sop.code,
        name=sop.name,
        number=sop.number,
        made=_day(sop.dates.made),
        revised=_day(sop.dates.revised),
        effective=_day(sop.dates.effective),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        adopted_at=version.adopted_at,
        sheets=pages(as_published(sop)),
        steps=tuple(_step(step, sop) for step in sop.steps),
    )


def _step(step: Step, sop: Definition) -> intake.SopStepIn:
    return intake.SopStepIn(
        row=step.row,
        activity=step.activity,
        performers=tuple(sop.performer(code).name for code in step.performers),
        requirements=step.requirements,
        time=step.time or "",
        outputs=step.outputs,
    )


def _day(value: date | str | None) -> str:
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else value or ""
