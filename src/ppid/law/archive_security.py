"""The security level of an archive (klasifikasi keamanan arsip), a field beside the ground.

The level follows the body's own archive rule; the ground follows Pasal 17. Neither makes the other,
but an exempt item that everybody in the building may take from the shelf is worth a word.
"""

from enum import StrEnum

from ppid.errors import Finding


class Security(StrEnum):
    """How an archive is guarded (UU 43/2009 ps. 40 (4)), from least to most."""

    ORDINARY = "biasa"
    LIMITED = "terbatas"
    SECRET = "rahasia"  # noqa: S105  a level, not a password
    TOP_SECRET = "sangat_rahasia"  # noqa: S105

    @property
    def label(self) -> str:
        """Return the level in words."""
        return self.value.replace("_", " ").capitalize()


_ORDINARY_YET_EXEMPT = Finding(
    "exempt_marked_ordinary",
    "Informasi ini dikecualikan, tetapi arsipnya berkeamanan biasa.",
    "security",
    "Pilih terbatas, rahasia, atau sangat rahasia, kecuali aturan kearsipan Anda berkata lain.",
    "UU 43/2009 ps. 44 (2)",
)


def security_weaknesses(level: Security, *, exempt: bool) -> tuple[Finding, ...]:
    """Return what should be looked at again in a level; a warning, which stops nothing.

    Source: UU 43/2009 ps. 44 (2) (reading: docs/decisions/0127).
    """
    return (_ORDINARY_YET_EXEMPT,) if exempt and level is Security.ORDINARY else ()
