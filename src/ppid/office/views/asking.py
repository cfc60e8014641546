"""What an officer asks for: the forms that are filled in, and what is then done, at once.

A page and the officers' API ask for the same acts by the same functions, each with what it was
sent; so what one may do or refuses, the other does and refuses too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import QueryDict

from ppid.office.actions.lines import LineResult
from ppid.office.models import Body, Person

Results = tuple[LineResult, ...]
Sent = QueryDict | None
"""What was sent; None to draw the forms empty."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who asks, and when."""

    person: Person
    at: datetime

    @property
    def body(self) -> Body:
        """Return the body of the person."""
        body: Body = self.person.body
        return body

    @property
    def by(self) -> UUID:
        """Return the person as acts name them."""
        return UUID(str(self.person.pk))

    @property
    def on(self) -> date:
        """Return the body's local day."""
        return self.at.astimezone(self.body.zone).date()


@dataclass(frozen=True, slots=True)
class Done:
    """What an act says when it is done, what it made, and what became of each line it decided."""

    said: str
    lines: Results = ()
    made: Model | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An act with its forms, by prefix; it is done once they are all valid."""

    forms: Mapping[str, Any]
    act: Callable[[], Done]

    @property
    def form(self) -> Any:
        """Return the form of an act that has only one."""
        (form,) = self.forms.values()
        return form

    @property
    def is_valid(self) -> bool:
        """Return whether every form was sent and has no mistake."""
        return all(form.is_valid() for form in self.forms.values())


def asked(form: Any, act: Callable[[], Model | None], *, said: str) -> Asked:
    """Return an act of one form. act: returns what it made, if it makes anything."""
    return Asked({form.prefix or "": form}, lambda: Done(said, made=act()))
