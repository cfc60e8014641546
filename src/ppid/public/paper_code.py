"""The code of a paper: what its QR and short address end with, and what a person types.

Eighty bits of a hash over the paper's random id, in letters that are hard to misread, "7kq2-m9xd-
4rtb-w3hn". Nobody finds one by trying, and one says nothing of another (docs/decisions/0116).
"""

import hashlib
import re
from uuid import UUID

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u."""
LENGTH = 16
_BITS = 5
_MISREAD = str.maketrans("ilo", "110")
_CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
_SPACED = re.compile(r"[\s-]")
_DOMAIN = b"sip-ppid/paper-code/v1\n"


def code_of(paper: UUID) -> str:
    """Return the code of a paper, sixteen letters and digits."""
    bits = int.from_bytes(hashlib.sha256(_DOMAIN + paper.bytes).digest()[: LENGTH * _BITS // 8])
    return "".join(
        LETTERS[bits >> _BITS * place & (1 << _BITS) - 1] for place in reversed(range(LENGTH))
    )


def grouped(code: str) -> str:
    """Return the code as addresses show it, in four groups."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(text: str) -> str:
    """Return the code that somebody typed, or that an address ends with; "" if there is none.

    An address that ends with the paper's whole id, as QR codes once did, gives its code too.
    """
    last = text.strip().rstrip("/").rpartition("/")[2]
    plain = _SPACED.sub("", last).lower()
    if re.fullmatch(r"[0-9a-f]{32}", plain):
        return code_of(UUID(plain))
    code = plain.translate(_MISREAD)
    return code if _CODE.fullmatch(code) else ""
