"""The list as one JSON object, its entries streamed: the file on the site and in other channels."""

import json
from collections.abc import Iterator
from datetime import UTC

from ppid.public.rows import WHOLE
from ppid.public.selection import ROWS_AT_ONCE, Selection, plain_entry


def json_pieces(selection: Selection) -> Iterator[str]:
    """Yield the list as one JSON object, piece by piece."""
    place = selection.place
    head = {
        "body": {"slug": place.body.slug, "name": place.body.name},
        "edition": {
            "number": place.edition.number,
            "published_at": place.edition.published_at.astimezone(UTC).isoformat(),
            "content_hash": place.edition.content_hash,
        },
        "status_of": place.today.isoformat(),
        "filters": selection.filters.address(),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": ['
    between = "\n"
    rows = selection.entries().values_list(*WHOLE, named=True)
    for entry in rows.iterator(chunk_size=ROWS_AT_ONCE):
        said = plain_entry(entry, on=selection.place.today)
        yield between + json.dumps(said, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"
