"""Tokens of the officers' API: made by an officer for their own programs, and revoked."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from ppid.errors import BadInput, Finding, NotFound
from ppid.office.log import Fact, append, lock
from ppid.office.models import ApiToken, Person
from ppid.office.writing import writing

PREFIX = "ppid_"
RANDOM_BYTES = 32
LONGEST = timedelta(days=366)
MOST = 20


def make_token(
    person: Person, *, name: str, ends_on: date, acting: bool, at: datetime, act: UUID | None = None
) -> str:
    """Make a token and return it: it is kept nowhere and cannot be read again.

    What may be done with it is what the person may do. ends_on: last day, inclusive.
    Raises BadInput: `token_name_missing`, `token_name_taken`, `token_end_invalid`,
    `tokens_too_many`.
    """
    text = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    on = at.astimezone(person.body.zone).date()
    with writing(act=act, at=at):
        lock(person.body_id)
        if found := _findings(person, name.strip(), ends_on, on=on):
            raise BadInput(*found)
        said = {"id": str(uuid4()), "person": str(person.pk), "acting": acting}
        said |= {"ends_on": ends_on.isoformat()}
        kept = {"name": name.strip(), "digest": digest(text)}
        append(Fact("token.made", said, kept), body=person.body_id, by=person.pk, at=at)
    return text


def digest(text: str) -> str:
    """Return what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def _findings(person: Person, name: str, ends_on: date, *, on: date) -> list[Finding]:
    own = ApiToken.objects.filter(person=person, revoked_at=None, ends_on__gte=on)
    found = []
    if not name:
        found.append(Finding("token_name_missing", "Beri nama token ini.", "name"))
    if own.filter(name=name).exists():
        found.append(Finding("token_name_taken", "Nama ini sudah Anda pakai.", "name"))
    if not on <= ends_on <= on + LONGEST:
        text = "Token berlaku paling lama satu tahun, dan tidak berakhir di masa lalu."
        found.append(Finding("token_end_invalid", text, "ends_on"))
    if own.count() >= MOST:
        text = f"Paling banyak {MOST} token yang berlaku."
        found.append(Finding("tokens_too_many", text, hint="Cabut yang tidak dipakai."))
    return found


def revoke_token(token: UUID, *, person: Person, at: datetime) -> None:
    """Let an own token count no more. Raises NotFound: `token_unknown`."""
    with writing():
        lock(person.body_id)
        if not ApiToken.objects.filter(pk=token, person=person, revoked_at=None).exists():
            raise NotFound(Finding("token_unknown", "Token ini tidak ada atau sudah dicabut."))
        fact = Fact("token.revoked", {"id": str(token)})
        append(fact, body=person.body_id, by=person.pk, at=at)
