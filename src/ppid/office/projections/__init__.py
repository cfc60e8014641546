"""From the log to the tables: one function per kind of event, and nothing else writes the tables.

A projection is a pure consequence of its event and of the tables as they stand, so replaying the
log gives the same rows (`ppid check` does, and compares). It reads no clock and asks no rule.
"""

from ppid.office.projections.happened import Happened
from ppid.office.projections.register import KINDS, project
from ppid.office.projections.standing import Standing

__all__ = ["KINDS", "Happened", "Standing", "project"]
