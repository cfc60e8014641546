"""Set how the labels of the store room are printed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ppid.office.actions.bodies import change_settings
from ppid.office.models import Body


def set_labels(body: Body, *, sheet: str, words: Sequence[str], by: UUID, at: datetime) -> None:
    """Choose the sheet and the words on a label. Raises Refused, BadInput choice_invalid."""
    chosen = {**body.settings, "label_sheet": sheet, "label_words": list(words)}
    change_settings(body, by=by, at=at, choices=chosen)
