"""Considerations, determinations and editions, from their events."""

from datetime import date

from ppid.office.models import ConsequenceTest, Consideration, Determination, Edition, Item
from ppid.office.projections.happened import Happened


def record_consideration(happened: Happened) -> None:
    """A meeting of the team."""
    values = dict(happened.values)
    held_on = date.fromisoformat(values.pop("held_on"))
    happened.create(
        Consideration,
        case_id=happened.case,
        recorded_by=happened.by,
        at=happened.at,
        held_on=held_on,
        **values,
    )


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
        opens_on, review_on = line["opens_on"], line["review_on"]
        happened.rows(Item).filter(pk=line["item"]).update(
            stage="dikecualikan",
            determination_id=values["id"],
            determined_test_id=tests[line["item"]],
            opens_on=date.fromisoformat(opens_on) if opens_on else None,
            review_on=date.fromisoformat(review_on) if review_on else None,
            returned="",
            noticed_end="",
            noticed_review="",
        )


def publish_edition(happened: Happened) -> None:
    """An edition of the list."""
    happened.create(
        Edition,
        body_id=happened.body,
        published_at=happened.at,
        published_by=happened.by,
        **happened.values,
    )
