"""Items, their sheets, approvals and openings, from their events."""

from datetime import date

from ppid.law.docket import Matter
from ppid.office.models import Approval, ConsequenceTest, Item
from ppid.office.projections.happened import Happened

NOTICED = {Matter.END: "noticed_end", Matter.REVIEW: "noticed_review"}


def add_item(happened: Happened) -> None:
    """A candidate in a case."""
    happened.create(
        Item,
        id=happened.item,
        body_id=happened.body,
        case_id=happened.case,
        added_by=happened.by,
        **happened.values,
    )


def change_item(happened: Happened) -> None:
    """New values of an item's titles, agency or summary."""
    happened.rows(Item).filter(pk=happened.item).update(returned="", **happened.values)


def correct_title(happened: Happened) -> None:
    """Another public title of a determined item."""
    rows = happened.rows(Item).filter(pk=happened.item)
    rows.update(public_title=happened.values["public_title"])


def take_up_item(happened: Happened) -> None:
    """An item that exists already comes under another case (its term ends, or it is put right)."""
    happened.rows(Item).filter(pk=happened.item).update(case_id=happened.case, returned="")


def write_test(happened: Happened) -> None:
    """A new version of the item's sheet."""
    values = happened.values
    test, created = happened.rows(ConsequenceTest).get_or_create(
        pk=values["id"],
        defaults={
            "item_id": happened.item,
            "sheet": values["sheet"],
            "publishable": values["publishable"],
            "testers": [str(happened.by)],
            "written_at": happened.at,
        },
    )
    if created:
        return
    test.sheet, test.publishable = values["sheet"], values["publishable"]
    test.testers = sorted({*test.testers, str(happened.by)})
    test.version += 1
    test.written_at = happened.at
    test.save(using=happened.db)


def give_approval(happened: Happened) -> None:
    """A yes, a no, or a return; a refused item leaves its case."""
    values = happened.values
    happened.create(
        Approval,
        case_id=happened.case,
        item_id=happened.item,
        person=happened.by,
        at=happened.at,
        **values,
    )
    item = happened.rows(Item).select_related("determination").get(pk=happened.item)
    item.returned = values["reason"] if values["decision"] == "kembali" else ""
    if values["decision"] == "tolak":
        _leave_case(item)
    item.save(using=happened.db, update_fields=["returned", "stage", "case"])


def _leave_case(item: Item) -> None:
    """A candidate is refused; what was determined before stays so, under its own case."""
    if item.determination is None:
        item.stage = "ditolak"
    else:
        item.case_id = item.determination.case_id


def decide_line(happened: Happened) -> None:
    """The PPID sent the item back, or left it open: then a candidate leaves its case."""
    rows = happened.rows(Item).filter(pk=happened.item)
    if happened.values["decision"] == "kembali":
        rows.update(returned=happened.values["reason"])
    else:
        rows.filter(stage="usulan").update(stage="ditolak")


def open_item(happened: Happened) -> None:
    """The item was declared open, from a day on."""
    day = date.fromisoformat(happened.values["opened_on"])
    happened.rows(Item).filter(pk=happened.item).update(
        declared_open_on=day,
        opening_reason=happened.values["reason"],
        opening_document=happened.values.get("document", ""),
    )


def lapse_item(happened: Happened) -> None:
    """The item opened by law: its term ended and nobody had declared it open."""
    day = date.fromisoformat(happened.values["opened_on"])
    happened.rows(Item).filter(pk=happened.item).update(lapsed_on=day)


def notice_item(happened: Happened) -> None:
    """The PPID was told at which stage the end or the review of the item's term stands."""
    name = NOTICED[Matter(happened.values["matter"])]
    happened.rows(Item).filter(pk=happened.item).update(**{name: happened.values["stage"]})


def nothing_changes(happened: Happened) -> None:
    """Reading changes no table; nor does a consideration from before there were deliberations."""
