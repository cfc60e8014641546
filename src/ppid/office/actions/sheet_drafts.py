"""Unsaved work on a sheet: kept for the person who writes it until the sheet is saved.

A draft is no record: it stands in no event, and only its writer ever sees it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ppid.errors import BadInput, Finding, Refused
from ppid.office.actions.consequence_tests import newest_test
from ppid.office.actions.drafts import drop_draft
from ppid.office.actions.items import preparing_obstacles
from ppid.office.authority import authority_in
from ppid.office.models import Draft, Item

Content = Mapping[str, Sequence[str]]
"""What was typed: name of the control -> its values, as a browser sends them."""

MOST_LETTERS = 200_000


def keep_sheet_draft(item: Item, *, content: Content, by: UUID, at: datetime) -> None:
    """Keep what the person has typed into the item's sheet, in place of what was kept before.

    Raises Refused for who may not write the sheet, BadInput for more than a sheet can hold.
    """
    authority = authority_in(item.body, by=by, at=at)
    if barred := preparing_obstacles(item.case, authority=authority, agency=item.agency_id):
        raise Refused(*barred)
    if sum(len(name) + sum(map(len, values)) for name, values in content.items()) > MOST_LETTERS:
        raise BadInput(Finding("draft_too_long", "Draf ini terlalu panjang untuk disimpan."))
    kept = {name: list(values) for name, values in content.items()}
    Draft.objects.update_or_create(
        person=by, form=_form(item), defaults={"content": kept, "at": at}
    )


def sheet_draft(item: Item, *, by: UUID) -> Draft | None:
    """Return the person's own draft of the item's sheet, if it is newer than the sheet."""
    draft = Draft.objects.filter(person=by, form=_form(item)).first()
    test = newest_test(item)
    overtaken = draft is not None and test is not None and test.written_at >= draft.at
    return None if overtaken else draft


def drop_sheet_draft(item: Item, *, by: UUID) -> None:
    """Forget the person's draft of the item's sheet: it was saved, or they want it no longer."""
    drop_draft(by, _form(item))


def drop_sheet_drafts(items: Iterable[Item]) -> None:
    """Forget everybody's drafts of these sheets: the items are determined."""
    Draft.objects.filter(form__in=[_form(item) for item in items]).delete()


def _form(item: Item) -> str:
    return f"uji:{item.pk}"
