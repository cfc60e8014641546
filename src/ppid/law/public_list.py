"""The list of public information (daftar informasi publik, DIP) against the exempt list (DIK).

Decides whether an item that is to be exempt already stands on the DIP. Two titles are one when
they say the same letters and digits, whatever their capitals, spaces and signs.
"""

from collections.abc import Iterable

from ppid.errors import Finding
from ppid.law.consequence_sheet import Part


def title_key(title: str) -> str:
    """Return what titles of one information have in common; empty for a title that says nothing.

    Source: UU 14/2008 ps. 11 (1) huruf a (reading: docs/decisions/0091).
    """
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def public_list_obstacles(
    titles: Iterable[str], *, part: Part | None, listed: Iterable[str]
) -> tuple[Finding, ...]:
    """Return that an item of one of these titles cannot be exempt as a whole: the DIP lists it.

    part: what the sheet closes. An item closed in part may stand on both lists: the DIP lists what
    is left of it. listed: the titles of the DIP.
    Source: UU 14/2008 ps. 11 (1) huruf a (reading: docs/decisions/0091).
    """
    own = {title_key(title) for title in titles} - {""}
    found = [title for title in listed if title_key(title) in own]
    if part is Part.PART or not found:
        return ()
    return (
        Finding(
            "item_in_public_list",
            f"Informasi ini tercantum dalam daftar informasi publik: “{found[0]}”.",
            "part",
            "Keluarkan dari daftar informasi publik, atau tutup hanya sebagian isinya.",
            "UU 14/2008 ps. 11 (1) huruf a",
        ),
    )
