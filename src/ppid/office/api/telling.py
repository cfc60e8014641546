"""How the officers' API says what the queries of the pages return."""

from collections.abc import Iterable
from typing import Any

from ppid.errors import Finding
from ppid.office.api.access import finding
from ppid.office.models import Determination, Item
from ppid.office.queries.cases import ItemLine, Waiting
from ppid.office.queries.history import HistoryLine
from ppid.office.queries.parts import ListPart
from ppid.office.queries.register import RegisterLine
from ppid.office.queries.requests import RequestLine
from ppid.office.queries.tasks import TaskLine


def paged(part: ListPart, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a page of a list, and which comes after it, as the API says it."""
    return {"items": items, "next": part.next or None}


def task_told(line: TaskLine) -> dict[str, Any]:
    """Return something that waits in a case, as the API says it."""
    task = line.task
    return {
        "case": line.case.pk,
        "case_number": line.case.number,
        "step": task.step,
        "row": line.step.row,
        "activity": line.step.activity,
        "agency": task.agency.code if task.agency else "",
        "people": list(line.people),
        "due_at": task.due_at,
        "late": line.late,
        "mine": line.mine,
    }


def waiting_told(one: Waiting) -> dict[str, Any]:
    """Return a task of one case, as the API says it."""
    return {
        "step": one.task.step,
        "row": one.step.row,
        "agency": one.task.agency or "",
        "performer": one.performer,
        "confirm": one.task.confirm,
        "due_at": one.due_at,
        "late": one.late,
        "people": list(one.people),
        "mine": one.mine,
        "obstacles": findings_told(one.obstacles),
        "work": findings_told(one.work),
    }


def case_item_told(line: ItemLine) -> dict[str, Any]:
    """Return an item within a case, as the API says it."""
    return {
        "id": line.item.pk,
        "public_id": line.item.public_id,
        "title": line.item.title,
        "agency": line.item.agency.name,
        "state": line.state,
        "gaps": line.gaps,
        "head_approved": line.head_approved,
        "archived": line.archived,
        "unready": findings_told(line.unready),
    }


def item_told(item: Item) -> dict[str, Any]:
    """Return an item in a list, as the API says it."""
    return {
        "id": item.pk,
        "public_id": item.public_id,
        "title": item.title,
        "agency": item.agency.name,
        "stage": item.stage,
        "opens_on": item.opens_on,
        "review_on": item.review_on,
    }


def register_told(line: RegisterLine) -> dict[str, Any]:
    """Return a line of the register, as the API says it."""
    letter = line.item.determination
    return item_told(line.item) | {
        "status": line.status,
        "ground": line.ground,
        "determination": letter.number if letter else "",
    }


def determination_told(row: Determination, items: list[tuple[Any, Any]]) -> dict[str, Any]:
    """Return a letter with its items, as the API says it."""
    return {
        "id": row.pk,
        "number": row.number,
        "determined_on": row.determined_on,
        "place": row.place,
        "unit": row.unit,
        "official": row.official_name,
        "official_position": row.official_position,
        "approved_by": row.approved_by_name,
        "case": row.case_id,
        "items": sorted({item for letter, item in items if letter == row.pk}, key=str),
    }


def request_told(line: RequestLine) -> dict[str, Any]:
    """Return a request in a list, as the API says it."""
    row, clock = line.asked, line.next
    return {
        "id": row.pk,
        "number": row.number,
        "received_on": row.received_on,
        "subject": row.subject,
        "stage": clock.stage.value,
        "due": clock.due,
        "overdue": clock.overdue,
        "provisional": clock.provisional,
    }


def history_told(line: HistoryLine) -> dict[str, Any]:
    """Return an act in a history, as the API says it."""
    return {"at": line.at, "who": line.who, "what": line.what, "about": line.about}


def findings_told(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return what stands in the way, as the API says it."""
    return [finding(one) for one in found]
