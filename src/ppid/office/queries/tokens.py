"""An officer's tokens of the API, and what a token that was shown stands for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User

from ppid.office.actions.tokens import PREFIX, digest
from ppid.office.models import ApiToken, Person, TokenUse

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token as its owner sees it. state: in a word; uses: on how many days, and when last."""

    token: ApiToken
    state: str
    css: str
    days: int
    last_at: datetime | None

    @property
    def counts(self) -> bool:
        """Return whether it can be used."""
        return self.state == "Berlaku"


def token_lines(person: Person, *, on: date) -> list[TokenLine]:
    """Return the person's tokens, the newest first."""
    return [_line(one, on=on) for one in ApiToken.objects.filter(person=person)]


def _line(token: ApiToken, *, on: date) -> TokenLine:
    uses = list(TokenUse.objects.filter(token=token.pk).order_by("-day"))
    state, css = ("Berlaku", "open") if token.ends_on >= on else ("Berakhir", "")
    if token.revoked_at:
        state, css = "Dicabut", ""
    return TokenLine(token, state, css, len(uses), uses[0].last_at if uses else None)


def token_shown(text: str, *, at: datetime) -> ApiToken | None:
    """Return the token of a text, None for one that does not count (any more).

    It counts until its last day, while it is not revoked and its owner may sign in.
    """
    if not text.startswith(PREFIX) or len(text) > MOST_LETTERS:
        return None
    rows = ApiToken.objects.select_related("person__body")
    token = rows.filter(digest=digest(text), revoked_at=None).first()
    if token is None:
        return None
    names = token.person.accounts.values_list("username", flat=True)
    may_sign_in = User.objects.filter(username__in=list(names), is_active=True).exists()
    ended = token.ends_on < at.astimezone(token.person.body.zone).date()
    return token if may_sign_in and not ended else None
