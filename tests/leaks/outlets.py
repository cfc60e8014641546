"""Everything that the open site hands out: pages, data, feeds, proofs, errors; with headers."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

LINK = re.compile(rb"""(?:href|src)=["']([^"'<>$\s]+)["']|<loc>([^<]+)</loc>|"url": ?"([^"]+)\"""")
STARTS = (
    *("/", "/en/", "/robots.txt", "/sitemap.xml", "/katalog.jsonld", "/cari/?cari=rekam"),
    *("/api/", "/api/v1/openapi.json", "/api/v1/bodies", "/bantuan/"),
    *("/tidak-ada/", "/kalteng/informasi/AAAAAAAA/", "/kalteng/edisi/999/", "/kalteng/?halaman=x"),
    *("/kalteng/log/tile/0/000", "/kalteng/log/tile/9/x", "/kalteng/?cari=nama+pelapor"),
    *("/kalteng/?pada=2024-05-01", "/kalteng/edisi/banding/?dari=1&sampai=2"),
)
MOST = 700


def crawl(site: str, papers: Iterable[str]) -> dict[str, bytes]:
    """Return address -> headers and body of every answer that a link of the site leads to.

    papers: codes, which no link of the site names.
    """
    found: dict[str, bytes] = {}
    waiting = [*STARTS, *(at for code in papers for at in pages_of(code))]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if address in found:
            continue
        found[address] = body = answer(site + address)
        waiting += [one for one in _links(site, address, body) if one not in found]
    return found


def pages_of(code: str) -> tuple[str, ...]:
    """Return every address that the code of a paper gives."""
    page = f"/periksa/{code}/"
    return (page, f"/en{page}", f"/p/{code}", f"{page}bukti.tlog-proof", f"/periksa/?kode={code}")


def answer(address: str) -> bytes:
    """Return the headers and the body of an answer, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=30) as given:
            return _whole(given)
    except urllib.error.HTTPError as error:
        return _whole(error)


def _whole(given: object) -> bytes:
    return str(given.headers).encode() + given.read()


def _links(site: str, address: str, body: bytes) -> Iterator[str]:
    for groups in LINK.findall(body):
        link = next(filter(None, groups)).decode("utf-8", "replace").replace("&amp;", "&")
        whole = urldefrag(urljoin(site + address, link)).url
        parts = urlsplit(whole)
        # The demo names its public address as it is by default; the path is the same here.
        if parts.hostname in ("127.0.0.1", "localhost") and "/static/" not in parts.path:
            yield parts.path + (f"?{parts.query}" if parts.query else "")
