"""Set how a body's papers are numbered and signed."""

from datetime import datetime
from uuid import UUID

from ppid.errors import BadInput
from ppid.office.actions.people import demand_set_up
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body
from ppid.office.signing_rules import Rules, rule_findings
from ppid.office.writing import writing


def set_rules(body: Body, rules: Rules, *, by: UUID, at: datetime, act: UUID | None = None) -> None:
    """Set the rules; papers that were prepared keep theirs. Raises Refused, BadInput."""
    demand_set_up(body, by=by, at=at)
    if found := rule_findings(rules):
        raise BadInput(*found)
    with writing(act=act, at=at):
        lock(body.pk)
        append(Fact("signing.set", {"rules": rules.as_said()}), body=body.pk, by=by, at=at)
