"""The rows of a list ten by ten, as its table shows them, for what a browser has found.

They are made by the live site's own template. A row is of the day on which it was written, like
every page; the script that opens what is open by now knows rows as well (open_today.js).
"""

import json
from functools import partial
from itertools import groupby

from django.utils import translation

from ppid import public
from ppid.public import rows
from ppid.public.conditional import Place
from ppid.public.hot_pages import rows_of_files
from ppid.public.language import FIRST, SECOND
from ppid.public.lines import lines
from ppid.public.models import Entry
from ppid.public.static_site.addresses import AT_ONCE, digest
from ppid.public.static_site.folder import Folder

IN_ROWS = 10


def write_rows(folder: Folder, base: str, place: Place) -> None:
    """Write the rows of a list, in the order in which its entries came in, where they changed."""
    told = Entry.objects.filter(body=place.body).order_by("pk").values_list("pk", "fingerprint")
    numbered = enumerate(told.iterator(chunk_size=AT_ONCE))
    for number, part in groupby(numbered, key=lambda row: row[0] // IN_ROWS):
        found = [row for _, row in part]
        ids = [pk for pk, _ in found]
        for language in (FIRST, SECOND):
            key = digest(public.PAGES_VERSION, IN_ROWS, *(said for _, said in found))
            make = partial(_rows, place, ids, language)
            folder.write(f"{base}baris/{language}/{number}.json", make, key=key)


def _rows(place: Place, ids: list[int], language: str) -> list[bytes]:
    with translation.override(language):
        found = rows.by_id(ids, rows.SHORT)
        shown = lines(found, body_of=lambda _: place.body, on=lambda _: place.today, named=False)
        made = rows_of_files(shown)
    return [json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()]
