"""Citations (rujukan peraturan): read, find, look up on a day, and comment on how they are cited.

The one module that others ask. It offers reading (reference.py), the table (regulation.py), the
remarks on one line (here), on a whole legal basis (legal_basis.py) and on the words of a ground
(ground_words.py). It never mends a text.
"""

from ppid.law.citation_line import lint
from ppid.law.ground_words import lint_ground
from ppid.law.legal_basis import lint_basis
from ppid.law.reference import Citation, Found, find, is_act, parse
from ppid.law.regulation import Confidence, Regulation, Status, regulation
from ppid.law.remark import Remark, Severity

__all__ = [
    "Citation",
    "Confidence",
    "Found",
    "Regulation",
    "Remark",
    "Severity",
    "Status",
    "find",
    "is_act",
    "lint",
    "lint_basis",
    "lint_ground",
    "parse",
    "regulation",
]
