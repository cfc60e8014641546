"""Tokens of the officers' API, from their events."""

from ppid.office.models import Account, ApiToken
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
    """A new password, given or chosen, ends every sign-in elsewhere, and so every token."""
    values = happened.values
    rows = happened.rows(ApiToken).filter(person=values["person"], revoked_at=None)
    rows.update(revoked_at=happened.at)
    accounts = happened.rows(Account).filter(username=values["username"])
    accounts.update(given=values.get("given", False))
