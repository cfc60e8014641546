"""What a web server has to say beside the files: kinds, guards, how long they may be kept.

Files named as addresses do not always tell their kind ("checkpoint", a tile, an answer of the API).
So three forms of the same rules are written with them: for nginx, for Apache (`.htaccess`), and for
hosts that read `_headers`. Guards are those of the live site's own answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

GUARDS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
)
FOR_EVER = "public, max-age=31536000, immutable"
UNLISTED = "private, no-store"
USUAL = "public, max-age=300, stale-if-error=86400"
KEPT = (
    (r"^/aset/.*\.[0-9a-f]{12}\.", FOR_EVER),
    (r"^/[^/]+/log/tile/", FOR_EVER),
    (r"^/[^/]+/log/edisi/[0-9]+\.json$", FOR_EVER),
    (r"^(/en)?/periksa/.", UNLISTED),
    (r"^/p/", UNLISTED),
    (r"^/[^/]+/log/(checkpoint|vkey)$", "public, max-age=5"),
    (r"^(/en)?/(cari/)?$", "public, max-age=60"),
    (r"^(/en)?/(bantuan|api)/$", "public, max-age=3600"),
)
"""How long an answer may be kept, by its address; the first that fits counts."""
CHANGING = {
    "Cache-Control": "ppid_kept",
    "Content-Language": "ppid_language",
    "Content-Disposition": "ppid_saved",
    "X-Robots-Tag": "ppid_robots",
}
KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "tlog-proof": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
    "xml": "application/xml",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WITH_CHARSET = ("text/css", "text/csv", "text/calendar", "text/javascript", "text/plain")
WITH_CHARSET += ("application/xml", "image/svg+xml")
SAVED = r"^/[^/]+/unduh\.(csv|xlsx|json)$|^/bantuan/pemeriksa-bukti\.html$"
END = r"(\?|$)"
ROBOTS = r"^(/en)?/periksa/.|^/p/"


def rules(headers: Mapping[str, str], *, root: Path, site: str) -> Iterator[tuple[str, str]]:
    """Yield file and text of each form of the rules.

    headers: of an answer of the live site. root: the folder of the files. site: its address.
    """
    guards = {name: _ordered(headers[name]) for name in GUARDS if name in headers}
    host = urlsplit(site).hostname or "_"
    yield "/.ppid/nginx.conf", "\n".join(_nginx(guards, root, host)) + "\n"
    yield "/.htaccess", "\n".join(_apache(guards)) + "\n"
    yield "/_headers", "\n".join(_hosted(guards)) + "\n"


def _ordered(said: str) -> str:
    """Return the parts of a header in the order of the alphabet; each process has its own."""
    return "; ".join(sorted(part.strip() for part in said.split(";")))


def _nginx(guards: Mapping[str, str], root: Path, host: str) -> Iterator[str]:
    yield "# Written by ppid publish --static: include it where nginx reads its servers."
    yield from _map("kept", KEPT, USUAL)
    yield from _map("saved", ((SAVED, "attachment"),), "")
    yield from _map("robots", ((ROBOTS, "noindex"),), "")
    yield from _map("language", (("^/en/", "en"),), "id")
    yield f"server {{\n    listen 80;\n    server_name {host};\n    root {root};"
    yield "    server_tokens off;\n    autoindex off;\n    charset utf-8;"
    yield f"    charset_types {' '.join(WITH_CHARSET)};"
    yield "    gzip on;\n    gzip_vary on;"
    yield f"    gzip_types {' '.join(sorted({*WITH_CHARSET, 'application/json'}))};"
    yield "    types {"
    yield from (f"        {kind} {ending};" for ending, kind in KINDS.items())
    yield "    }\n    default_type text/plain;\n    error_page 404 /404.html;"
    yield from (f'    add_header {name} "{said}" always;' for name, said in guards.items())
    yield from (f"    add_header {name} ${variable};" for name, variable in CHANGING.items())
    yield "    location / { try_files $uri $uri/index.html =404; }"
    yield "    location ^~ /.ppid { return 404; }"
    yield "    location ^~ /api/v1/ {\n        types { }\n        default_type application/json;"
    yield "        try_files $uri $uri/index.json =404;\n    }"
    yield "    location ~ ^/[^/]+/log/tile/ { types { } default_type application/octet-stream; }"
    yield "    location ~ ^/[^/]+/atom\\.xml$ { types { } default_type application/atom+xml; }\n}"


def _map(name: str, table: Iterable[tuple[str, str]], default: str) -> Iterator[str]:
    """Yield a variable by the address as it was asked; $uri would already be that of a file."""
    yield f"map $request_uri $ppid_{name} {{"
    for pattern, said in table:
        yield f'    "~{pattern.replace("$", END)}" "{said}";'
    yield f'    default "{default}";\n}}'


def _apache(guards: Mapping[str, str]) -> Iterator[str]:
    yield "# Written by ppid publish --static: for Apache 2.4 with mod_headers, AllowOverride All."
    yield "Options -Indexes\nDirectoryIndex index.html index.json\nErrorDocument 404 /404.html"
    yield from (f"AddType {kind} .{ending}" for ending, kind in KINDS.items())
    yield f"AddCharset utf-8 {' '.join(f'.{one}' for one, kind in KINDS.items() if _said(kind))}"
    yield from (f'Header always set {name} "{said}"' for name, said in guards.items())
    yield f'Header set Cache-Control "{USUAL}"'
    for pattern, said in reversed(KEPT):
        yield _if(pattern, f'Header set Cache-Control "{said}"')
    yield _if(SAVED, "Header set Content-Disposition attachment")
    yield _if(ROBOTS, "Header set X-Robots-Tag noindex")
    yield _if("^/en/", "Header set Content-Language en")
    yield _if(r"^/api/v1/", "ForceType application/json")
    yield _if(r"^/[^/]+/log/tile/", "ForceType application/octet-stream")
    yield _if(r"^/[^/]+/atom\.xml$", "ForceType application/atom+xml")
    yield _if(r"^/[^/]+/log/(checkpoint|vkey|edisi/.*\.checkpoint)$", "ForceType text/plain")
    yield _if(r"^/\.ppid", "Require all denied")


def _said(kind: str) -> bool:
    return kind in WITH_CHARSET or kind == "text/html"


def _if(pattern: str, line: str) -> str:
    return f'<If "%{{REQUEST_URI}} =~ m#{pattern}#">\n    {line}\n</If>'


def _hosted(guards: Mapping[str, str]) -> Iterator[str]:
    yield "/*"
    yield from (f"  {name}: {said}" for name, said in guards.items())
    yield f"  Cache-Control: {USUAL}"
    for places, lines in HOSTED:
        for place in places:
            yield place
            yield from (f"  {line}" for line in lines)


_JSON = "Content-Type: application/json; charset=utf-8"
_TEXT = "Content-Type: text/plain; charset=utf-8"
_NOT_KEPT = ("! Cache-Control", f"Cache-Control: {UNLISTED}", "X-Robots-Tag: noindex")
_KEPT = ("! Cache-Control", f"Cache-Control: {FOR_EVER}")
HOSTED = (
    (("/periksa/:code/*", "/en/periksa/:code/*", "/p/*"), _NOT_KEPT),
    (("/api/v1/*",), (_JSON,)),
    (("/:slug/log/tile/*",), ("Content-Type: application/octet-stream", *_KEPT)),
    (("/:slug/log/checkpoint", "/:slug/log/vkey", "/:slug/log/edisi/*.checkpoint"), (_TEXT,)),
    (("/:slug/log/edisi/*.tlog-proof", "/:slug/log/informasi/*.tlog-proof"), (_TEXT,)),
    (("/:slug/atom.xml",), ("Content-Type: application/atom+xml",)),
    (("/:slug/unduh.csv", "/:slug/unduh.xlsx"), ("Content-Disposition: attachment",)),
)
"""The same for hosts that read `_headers`: places with `*` and `:name`."""
