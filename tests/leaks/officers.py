"""A program: each officer of the planted office reads every page that a link leads to.

    python officers.py FILE INTO MOST [ROLE ...]

It writes into INTO, as JSON, role -> place of a canary -> an address at which it was seen, and what
was found in the log of the process at its most talkative, and in the addresses themselves, which a
browser's history and a web server's log keep. FILE is what plant.py wrote. MOST: how many
addresses of one route each person asks for.
"""

import io
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402  the apps must be ready first
from django.contrib.auth.models import User  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402

from leaks.outlets import LINK  # noqa: E402
from leaks.planting import Canary  # noqa: E402
from leaks.search import Needles  # noqa: E402

OTHER_BODY = "ppid.kalteng"
NO_PAGES = ("/aset/", "/akun/logout")


def crawl(client: Client, *, most: int) -> dict[str, bytes]:
    """Return address -> headers and body of the answers that links lead to.

    most: how many addresses of one route are asked for.
    """
    found: dict[str, bytes] = {}
    routes: Counter[str] = Counter()
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        route = route_of(address)
        if address in found or routes[route] >= most:
            continue
        routes[route] += 1
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = "\n".join(f"{name}: {value}" for name, value in answer.items())
        found[address] = said.encode() + b"\n\n" + body
        waiting += [one for one in links(address, body) if one not in found]
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
    return found


def route_of(address: str) -> str:
    """Return the name of the route that an address leads to."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "unknown"


def links(address: str, body: bytes) -> Iterator[str]:
    """Yield every address of the office that a page leads to."""
    for groups in LINK.findall(body):
        link = next(filter(None, groups)).decode("utf-8", "replace").replace("&amp;", "&")
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{address}", link)).url)
        if parts.hostname == "testserver" and not parts.path.startswith(NO_PAGES):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def seen_by(username: str, needles: Needles, *, most: int) -> tuple[dict[str, str], list[str]]:
    """Return the place of every canary that the person sees, and the address of every page."""
    client = Client()
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    pages = crawl(client, most=most)
    seen: dict[str, str] = {}
    for one in needles.found(pages):
        seen.setdefault(f"{one.canary.body} {one.canary.place}", one.outlet)
    return seen, list(pages)


def main(file: Path, into: Path, most: int, *wanted: str) -> None:
    """Write down what each role sees."""
    log = io.StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=log, force=True)
    planted = json.loads(file.read_text())
    needles = Needles(Canary(**one) for one in planted["canaries"])
    accounts = planted["accounts"] | {OTHER_BODY: OTHER_BODY}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    seen, pages = {}, {}
    for role in wanted or accounts:
        seen[role], pages[role] = seen_by(accounts[role], needles, most=most)
    beside = {"log at debug level": log.getvalue(), "addresses": "\n".join(sum(pages.values(), []))}
    hits = needles.found({kind: text.encode() for kind, text in beside.items()})
    said = {
        "seen": seen,
        "pages": {role: len(one) for role, one in pages.items()},
        "beside": sorted({str(one) for one in hits}),
    }
    into.write_text(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
