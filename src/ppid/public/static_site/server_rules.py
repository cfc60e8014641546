"""What a web server has to say beside the files: kinds, guards, how long they may be kept.

Files named as addresses do not always tell their kind ("checkpoint", a tile, an answer of the API).
So the same rules stand in `rules/` in three forms: for nginx, for Apache (`.htaccess`), and for
hosts that read `_headers`. Guards are those of the live site's own answer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

RULES = Path(__file__).with_name("rules")
GUARDS = (
    *("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"),
    *("Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options"),
)
FORMS = (
    ("nginx.conf", "/.ppid/nginx.conf", '    add_header {} "{}" always;'),
    ("htaccess", "/.htaccess", 'Header always set {} "{}"'),
    ("_headers", "/_headers", "  {}: {}"),
)
"""The name in `rules/`, the file beside the site, and how a header is written in it."""


def rules(headers: Mapping[str, str], *, root: Path, site: str) -> Iterator[tuple[str, bytes]]:
    """Yield file and content of each form of the rules.

    headers: of an answer of the live site. root: the folder of the files. site: its address.
    """
    guards = [(name, _ordered(headers[name])) for name in GUARDS if name in headers]
    for name, file, line in FORMS:
        text = (RULES / name).read_text(encoding="utf-8")
        text = text.replace("@GUARDS@", "\n".join(line.format(*one) for one in guards))
        text = text.replace("@ROOT@", str(root)).replace("@HOST@", urlsplit(site).hostname or "_")
        yield file, text.encode()


def _ordered(said: str) -> str:
    """Return the parts of a header in the order of the alphabet; each process has its own."""
    return "; ".join(sorted(part.strip() for part in said.split(";")))
