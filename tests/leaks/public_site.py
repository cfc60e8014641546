"""What a stranger gets from the open site, by kind of outlet: every address, in every form."""

import http.client
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from leaks.outlets import LINK
from leaks.search import decoded

SLUG = "kenari"
STARTS = (
    *("/", "/en/", "/robots.txt", "/sitemap.xml", "/katalog.jsonld", "/bantuan/", "/api/"),
    *("/api/v1/openapi.json", "/api/v1/bodies", f"/{SLUG}/", f"/en/{SLUG}/"),
    *(f"/{SLUG}/{one}" for one in ("unduh.csv", "unduh.xlsx", "unduh.json", "terbuka.ics")),
    *(f"/{SLUG}/{one}" for one in ("atom.xml", "dataset.jsonld", "sitemap.xml", "log/vkey")),
    *(f"/{SLUG}/log/{one}" for one in ("checkpoint", "tile/0/000", "tile/entries/000")),
    *(f"/{SLUG}/edisi/banding/?dari=1&sampai=2", f"/{SLUG}/?pada=2026-04-01"),
    *("/kenari-lama/", "/api/v1/bodies/kenari-lama", f"/api/v1/bodies/{SLUG}/entries"),
)
WORDS = ("nama dalam", "calon", "pendapat berbeda", "kenari", "judul lama", "sampul sobek")
"""Words that stand beside canaries inside the office, and nowhere outside."""
WRONG = (
    *("/tidak-ada/", f"/{SLUG}/informasi/AAAAAAAA/", f"/{SLUG}/edisi/999/", "/p/AAAA-BBBB-CCCC"),
    *(f"/{SLUG}/?halaman=x", f"/{SLUG}/?pada=kemarin", f"/{SLUG}/?status=", "/periksa/?kode=%00"),
    *(f"/{SLUG}/log/tile/9/x", f"/{SLUG}/edisi/banding/?dari=9&sampai=x", "/%ff/", "/..%2f..%2f"),
    *(f"/{SLUG}/sop/{'0' * 64}/", "/api/v1/bodies/tidak/entries", "/" + "a" * 9000),
)
METHODS = ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "HEAD", "PROPFIND")
TYPES = ("text/html", "application/json", "application/ld+json", "text/csv", "*/*;q=0.1")
LANGUAGES = ("id", "en", "nl;q=0.9, *;q=0.1")
ENCODINGS = ("gzip", "br, deflate")
MOST = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers as they were sent, and the body as it was packed."""

    status: int
    headers: bytes
    body: bytes


class Stranger:
    """Somebody who asks the site over one connection."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self.host, self.port = parts.hostname or "", parts.port
        self.open = http.client.HTTPConnection(self.host, self.port, timeout=60)

    def __enter__(self) -> "Stranger":
        return self

    def __exit__(self, *_: object) -> None:
        self.open.close()

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        """Return the answer to one request, its body unpacked."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self.open.request(method, address, headers=said)
            given = self.open.getresponse()
            body = given.read()
        except (http.client.HTTPException, OSError):
            self.open.close()
            return Answer(0, b"", b"")
        plain = decoded(body, given.getheader("Content-Encoding", "")) if body else b""
        return Answer(given.status, str(given.headers).encode(), plain)


def kind_of(address: str) -> str:
    """Return which kind of outlet an address is."""
    path = urlsplit(address).path
    return next((kind for kind, sign in KINDS if re.search(sign, path)), "pages")


KINDS = (
    ("static files", r"^/aset/"),
    ("robots", r"robots\.txt$"),
    ("sitemaps", r"sitemap\.xml$"),
    ("OpenAPI", r"openapi\.json$"),
    ("API", r"^/api/v1/"),
    ("Atom", r"atom\.xml$"),
    ("ICS", r"\.ics$"),
    ("JSON-LD", r"\.jsonld$"),
    ("CSV", r"\.csv$"),
    ("XLSX", r"\.xlsx$"),
    ("JSON", r"unduh\.json$"),
    ("log: proofs", r"tlog-proof$|kelanjutan|edisi/\d+\.(json|checkpoint)$"),
    ("log: tiles and checkpoints", r"/log/"),
    ("check page of a paper", r"^(/en)?/(p|periksa)/"),
    ("SOP sheets", r"/sop/"),
    ("search", r"^(/en)?/cari/"),
    ("pages, in English", r"^/en/"),
)


def crawl(stranger: Stranger, papers: Iterable[str], *, most: int = MOST) -> dict[str, Answer]:
    """Return address -> answer of all that a link of the body's own or common pages leads to.

    most: after how many answers it stops.
    """
    found: dict[str, Answer] = {}
    waiting = [*STARTS, *tiles(stranger), *(at for code in papers for at in pages_of(code))]
    waiting += [f"{at}?cari={quote(one)}" for at in (f"/{SLUG}/", "/cari/") for one in WORDS]
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address not in found:
            found[address] = answer = stranger.ask(address)
            waiting += [one for one in _links(address, answer.body) if one not in found]
    return found


def tiles(stranger: Stranger) -> tuple[str, ...]:
    """Return the addresses of the partial tiles that the checkpoint promises."""
    lines = stranger.ask(f"/{SLUG}/log/checkpoint").body.split(b"\n")
    width = int(lines[1]) % 256 if len(lines) > 1 else 0
    return tuple(f"/{SLUG}/log/tile/{one}/000.p/{width}" for one in ("0", "entries"))


def pages_of(code: str) -> tuple[str, ...]:
    """Return every address that the code of a paper gives."""
    page = f"/periksa/{code}/"
    return (page, f"/en{page}", f"/p/{code}", f"{page}bukti.tlog-proof", f"/periksa/?kode={code}")


def _links(address: str, body: bytes) -> Iterator[str]:
    for groups in LINK.findall(body):
        link = next(filter(None, groups)).decode("utf-8", "replace").replace("&amp;", "&")
        parts = urlsplit(urldefrag(urljoin(f"http://localhost{address}", link)).url)
        other_body = re.match(
            r"/(en/|api/v1/bodies/)?(kalteng|bali|bontang|pontianak)\b", parts.path
        )
        if parts.hostname in ("127.0.0.1", "localhost") and not other_body:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def by_kind(answers: Mapping[str, Answer]) -> dict[str, dict[str, bytes]]:
    """Return kind -> address -> what is to be searched, headers and what is hidden too."""
    found: dict[str, dict[str, bytes]] = {"headers": {}, "comments and data attributes": {}}
    for address, answer in answers.items():
        found.setdefault(kind_of(address), {})[address] = answer.body
        found["headers"][address] = b"%d\n%s" % (answer.status, answer.headers)
        if b"<html" in answer.body[:500]:
            found["comments and data attributes"][address] = hidden(answer.body)
    return found


class _Hidden(HTMLParser):
    """Collects what a page holds and does not show."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = (("data-", "aria-"), ("content", "value", "title", "alt"))
        self.found += [
            f"{name}={value}"
            for name, value in attrs
            if name.startswith(said[0]) or name in said[1]
        ]


def hidden(page: bytes) -> bytes:
    """Return the comments, data attributes, hidden values and meta of a page."""
    reader = _Hidden()
    reader.feed(page.decode("utf-8", "replace"))
    return "\n".join(reader.found).encode()


def variants(stranger: Stranger, addresses: Iterable[str]) -> dict[str, bytes]:
    """Return what other Accept headers, languages and encodings give for the same addresses."""
    found = {}
    for address in addresses:
        asked = [{"Accept": one} for one in TYPES] + [{"Accept_Language": one} for one in LANGUAGES]
        asked += [{"Accept_Encoding": one} for one in ENCODINGS]
        for headers in asked:
            answer = stranger.ask(address, **headers)
            found[f"{address} {headers}"] = answer.headers + answer.body
    return found


def mistakes(stranger: Stranger, addresses: Iterable[str]) -> dict[str, bytes]:
    """Return what is said to wrong addresses, methods, hosts and conditions."""
    found = {at: stranger.ask(at) for at in WRONG}
    for address in addresses:
        found |= {f"{one} {address}": stranger.ask(address, method=one) for one in METHODS}
        found[f"{address} host"] = stranger.ask(address, Host="evil.example")
        found[f"{address} range"] = stranger.ask(address, Range="bytes=-40")
        old = {"If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT", "If_None_Match": '"x"'}
        found[f"{address} condition"] = stranger.ask(address, **old)
    return {name: one.headers + one.body for name, one in found.items()}
