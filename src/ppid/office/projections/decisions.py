"""Determinations and editions, from their events."""

from datetime import date

from ppid.office.models import ConsequenceTest, Determination, DeterminationLine, Edition, Item
from ppid.office.projections.happened import Happened


def make_determination(happened: Happened) -> None:
    """A letter of determination; its items enter the register with the terms it fixed."""
    values = dict(happened.values)
    lines = values.pop("lines")
    values.pop("count")
    determined_on = date.fromisoformat(values.pop("determined_on"))
    happened.create(
        Determination,
        body_id=happened.body,
        case_id=happened.case,
        at=happened.at,
        determined_on=determined_on,
        **values,
    )
    tests = {
        str(test.item_id): test.pk
        for test in happened.rows(ConsequenceTest)
        .filter(item_id__in=[line["item"] for line in lines])
        .order_by("written_at")
    }
    for line in lines:
        days = {name: _day(line[name]) for name in ("opens_on", "review_on")}
        test = tests[line["item"]]
        happened.rows(Item).filter(pk=line["item"]).update(
            stage="dikecualikan",
            determination_id=values["id"],
            determined_test_id=test,
            returned="",
            noticed_end="",
            noticed_review="",
            **days,
        )
        happened.create(
            DeterminationLine,
            determination_id=values["id"],
            item_id=line["item"],
            test_id=test,
            **days,
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def publish_edition(happened: Happened) -> None:
    """An edition of the list; the rest of its entry is for whoever checks it from outside."""
    happened.create(
        Edition,
        body_id=happened.body,
        published_at=happened.at,
        published_by=happened.by,
        **{name: happened.values[name] for name in ("id", "number", "content_hash", "content")},
    )
