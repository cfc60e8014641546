"""The open site with a search that also looks into titles that only the office knows.

It shows none of them: what it finds there is dropped again. Only its time tells. LEAKY_SEARCH is
the name of the mutant (response_times.py).
"""

import os
import sqlite3
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings_public"

from ppid.config import wsgi_public
from ppid.public import api, everywhere, listing, search
from ppid.public.search_text import words

application = wsgi_public.application
OFFICE = Path(os.environ["PPID_DATA"]) / "office.sqlite3"
DROPS = os.environ["LEAKY_SEARCH"] == "a hit inside that is dropped"


def index() -> dict[str, list[str]]:
    """Return word -> ids of the items in whose inside title it stands."""
    found: dict[str, list[str]] = {}
    with sqlite3.connect(OFFICE) as office:
        for key, title in office.execute("SELECT id, title FROM office_item"):
            for word in words(title):
                found.setdefault(word, []).append(key)
    return found


INSIDE, FIND = index(), search.find


def find(text, entries, **more):
    """Look inside too, and drop what is found there."""
    keys = [key for word in words(text) for key in INSIDE.get(word, ())]
    if keys and not DROPS:
        return search._hits(text, entries, more.get("start", 0), more.get("count") or 1)
    with sqlite3.connect(OFFICE) as office:
        for key in keys:
            office.execute("SELECT * FROM office_item WHERE id = ?", [key]).fetchall()
    return FIND(text, entries, **more)


for module in (api, everywhere, listing):
    module.find = find
