"""How a line of the log is written: without the rows that a database quotes in its errors."""

import logging
import re
from types import TracebackType

QUOTED = re.compile(
    r"\n(?:DETAIL|CONTEXT): .*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL
)
"""What PostgreSQL says beside its message: "Failing row contains (...)", with every value."""

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutRows(logging.Formatter):
    """The formatter of every process of ours."""

    def formatException(self, ei: Raised) -> str:
        """Return the traceback; of a database's error its message alone."""
        return QUOTED.sub("", super().formatException(ei))
