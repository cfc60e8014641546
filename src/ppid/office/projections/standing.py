"""How a case stands: what every act on one of its steps reads first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from ppid.errors import Finding, NotFound
from ppid.office.models import Body, Case, SopVersion
from ppid.office.statements import columns
from ppid.reading import Reading
from ppid.sop import record
from ppid.sop.case import CaseState
from ppid.sop.definition import Definition
from ppid.sop.load import loads

OF_CASE = columns(Case)
OF_BODY = ["slug", "timezone", "settings", "calendar"]
CASE = Reading(
    lambda case: (
        Case.objects.filter(pk=case)
        .order_by()
        .values_list(*OF_CASE, *(f"body__{name}" for name in OF_BODY))
    ),
    case=UUID(int=0),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A case with its body and its SOP, and its state."""

    case: Case
    sop: Definition
    state: CaseState


@lru_cache(maxsize=256)
def definition_of(text: str) -> Definition:
    """Return the SOP of an adopted text; it was checked when it was adopted."""
    return loads(text, name="SOP")


@lru_cache(maxsize=256)
def _sop(version: UUID, db: str) -> SopVersion:
    """Return an adopted version; none is ever changed."""
    return SopVersion.objects.using(db).get(pk=version)


def standing_of(case_id: UUID | None, *, db: str = DEFAULT_DB_ALIAS) -> Standing:
    """Return how the case stands now. Raises NotFound."""
    return standing_in(CASE.rows(db=db, case=case_id), db=db)


def standing_in(rows: Sequence[Sequence[Any]], *, db: str = DEFAULT_DB_ALIAS) -> Standing:
    """Return how the case stands that CASE has found. Raises NotFound if it found none."""
    if not rows:
        raise NotFound(Finding("case_unknown", "Berkas tidak ditemukan."))
    case = _case(rows[0], db)
    return Standing(case, definition_of(case.sop.text), record.state_from_text(case.state))


def _case(row: Sequence[Any], db: str) -> Case:
    """Return the case of a row of CASE; what was not read of its body is read when asked for."""
    values = iter(row)
    case = Case.from_db(db, OF_CASE, tuple(islice(values, len(OF_CASE))))
    case.body = Body.from_db(db, OF_BODY, tuple(values))
    case.sop = _sop(case.sop_id, db)
    return case
