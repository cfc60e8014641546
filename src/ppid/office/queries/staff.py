"""Who may act in a body on a day, read once for a whole page.

The rule is that of `authority.holders`; here it is asked many times of rows that are already read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ppid.office.authority import in_force
from ppid.office.mandate import stand_ins
from ppid.office.models import Appointment


@dataclass(frozen=True, slots=True)
class Staff:
    """Every appointment of a body in force on a day, by name; then who does steps by mandate."""

    appointments: tuple[Appointment, ...]

    @classmethod
    def of(cls, body: str, *, on: date) -> "Staff":
        """Return the staff of a body on a day."""
        rows = Appointment.objects.filter(in_force(on), person__body_id=body)
        appointed = rows.select_related("person").order_by("person__name")
        return cls((*appointed, *stand_ins(body, on=on)))

    def holders(
        self, roles: Collection[str], *, agency: UUID | None = None
    ) -> tuple[Appointment, ...]:
        """Return who may act in the roles; for an agency its own, else the general holders."""
        found = tuple(one for one in self.appointments if one.role in roles)
        if agency is None:
            return found
        own = tuple(one for one in found if one.agency_id == agency)
        return own or tuple(one for one in found if one.agency_id is None)

    def names(self, roles: Collection[str], *, agency: UUID | None = None) -> tuple[str, ...]:
        """Return the names of those who may act, each once."""
        found = self.holders(roles, agency=agency)
        return tuple(dict.fromkeys(one.person.name for one in found))

    def includes(self, person: UUID, roles: Collection[str], *, agency: UUID | None = None) -> bool:
        """Return whether the person is among those who may act."""
        return any(one.person_id == person for one in self.holders(roles, agency=agency))
