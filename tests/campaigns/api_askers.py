"""Who asks in `make campaign-api`, and about what: run in the demo's folder, it writes a file.

A token that may act for every account of one body, the ids of all that acts are done on, and the
OpenAPI document of the officers' API.
"""

import json
import sys
from datetime import timedelta

from django.utils import timezone

import ppid.config.setup  # noqa: F401
from ppid.office.actions.tokens import make_token
from ppid.office.api.site import described
from ppid.office.models import (
    Account,
    Case,
    Deliberation,
    InformationRequest,
    Item,
    Loan,
    Objection,
    Place,
    SopVersion,
)

BODY = "kalteng"
KINDS = {
    "sop": SopVersion.objects.filter(body=BODY),
    "case": Case.objects.filter(body=BODY),
    "meeting": Deliberation.objects.filter(case__body=BODY),
    "item": Item.objects.filter(body=BODY),
    "asked": InformationRequest.objects.filter(body=BODY),
    "objection": Objection.objects.filter(body=BODY),
    "place": Place.objects.filter(body=BODY),
    "loan": Loan.objects.filter(item__body=BODY),
}


def main(document: str, askers: str) -> None:
    """Write the document and the askers."""
    at = timezone.now()
    ends_on = at.date() + timedelta(days=1)
    people = {
        account.person_id: account.person
        for account in Account.objects.filter(person__body=BODY).select_related("person__body")
    }
    tokens = [
        make_token(person, name="Kampanye", ends_on=ends_on, acting=True, at=at)
        for person in people.values()
    ]
    ids = {
        name: [str(pk) for pk in rows.values_list("pk", flat=True)] for name, rows in KINDS.items()
    }
    with open(document, "w") as file:
        json.dump(described(), file)
    with open(askers, "w") as file:
        json.dump({"tokens": tokens, "ids": ids}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
