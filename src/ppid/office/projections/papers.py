"""Papers that people sign, from their events."""

from ppid.office.models import OfficePaper, PaperRevision, SigningRules
from ppid.office.projections.happened import Happened


def set_rules(happened: Happened) -> None:
    """How the body's papers are numbered and signed from now on."""
    defaults = {"rules": happened.values["rules"]}
    happened.rows(SigningRules).update_or_create(body_id=happened.body, defaults=defaults)


def prepare_paper(happened: Happened) -> None:
    """A paper with its signers, and its bytes before anybody has signed."""
    values = dict(happened.values)
    bytes_of = {name: values.pop(name) for name in ("sha256", "size")}
    happened.create(
        OfficePaper,
        body_id=happened.body,
        case=happened.case,
        prepared_by=happened.by,
        prepared_at=happened.at,
        **values,
    )
    happened.create(
        PaperRevision,
        paper_id=values["id"],
        place=0,
        at=happened.at,
        by=happened.by,
        **bytes_of,
    )


def sign_paper(happened: Happened) -> None:
    """The bytes after one more signature; after the last the paper is complete."""
    values = happened.values
    names = ("place", "sha256", "size", "signer", "signature")
    happened.create(
        PaperRevision,
        paper_id=values["paper"],
        at=happened.at,
        by=happened.by,
        **{name: values[name] for name in names},
    )
    if values["last"]:
        rows = happened.rows(OfficePaper).filter(pk=values["paper"])
        rows.update(completed_at=happened.at)


def withdraw_paper(happened: Happened) -> None:
    """A paper that is not to be signed any more."""
    rows = happened.rows(OfficePaper).filter(pk=happened.values["paper"])
    rows.update(withdrawn=happened.values["reason"])
