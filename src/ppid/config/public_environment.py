"""What of our environment the public process may have: what it needs, and no secret of the office.

Whoever breaks into that process reads its environment; so may everything that runs as its user.
"""

from collections.abc import Mapping

OURS = ("PPID_", "AWS_")
NEEDED = frozenset(
    {
        *("PPID_DATA", "PPID_HOSTS", "PPID_HTTPS", "PPID_LOG", "PPID_ASSETS"),
        *("PPID_PUBLIC_DATABASE_URL", "PPID_PUBLIC_URL"),
    }
)


def public_environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what only the office needs."""
    return {
        name: value for name, value in given.items() if name in NEEDED or not name.startswith(OURS)
    }
