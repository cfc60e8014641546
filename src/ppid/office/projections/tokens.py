"""Tokens of the officers' API, from their events."""

from ppid.office.models import ApiToken
from ppid.office.projections.happened import Happened


def make_token(happened: Happened) -> None:
    """An officer made a token."""
    values = happened.values
    happened.create(
        ApiToken,
        id=values["id"],
        person_id=values["person"],
        name=values["name"],
        digest=values["digest"],
        acting=values["acting"],
        ends_on=values["ends_on"],
        made_at=happened.at,
    )


def revoke_token(happened: Happened) -> None:
    """A token counts no more."""
    happened.rows(ApiToken).filter(pk=happened.values["id"]).update(revoked_at=happened.at)


def end_access(happened: Happened) -> None:
    """The password was given anew, which ends every sign-in, and so every token."""
    rows = happened.rows(ApiToken).filter(person=happened.values["person"], revoked_at=None)
    rows.update(revoked_at=happened.at)
