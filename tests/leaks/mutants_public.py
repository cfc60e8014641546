"""A program: the open site with one leak in it, asked as a stranger asks; does the search see it?

    python mutants_public.py FILE INTO MOST [NAME ...]

FILE is what plant.py wrote; PPID_DATA is the planted folder. INTO gets, as JSON, mutant -> what was
found. MOST: how many answers are looked at. Each mutant is a change of the site's own code, made in
a child process; what it lets out is an inside title. The first of them changes nothing.
"""

import base64
import gzip
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings_public"

from django.conf import settings

from leaks.planting import MARK, Canary
from leaks.public_site import Answer, crawl, mistakes, variants
from leaks.released import released
from leaks.search import Needles, decoded
from ppid.config import wsgi_public
from ppid.public import (
    api,
    api_guide,
    conditional,
    download,
    feeds,
    list_json,
    log_views,
    outlets,
    overviews,
    paper_pages,
    views,
)

Change = Callable[[str], None]
MUTANTS: dict[str, Change] = {}
NONE = "nothing changed"


def mutant(name: str) -> Callable[[Change], Change]:
    """Enter a mutant under what it does."""

    def enter(change: Change) -> Change:
        MUTANTS[name] = change
        return change

    return enter


def after(module: Any, name: str, change: Callable[..., Any]) -> None:
    """Change what a function of a module returns; the change gets the arguments too."""
    before = getattr(module, name)

    def changed(*args: Any, **more: Any) -> Any:
        return change(before(*args, **more), *args, **more)

    setattr(module, name, changed)


def put(answer: Any, old: str, new: str) -> Any:
    """Put bytes into a page before the first of others."""
    answer.content = answer.content.replace(old.encode(), (new + old).encode(), 1)
    return answer


@mutant(NONE)
def nothing(secret: str) -> None:
    """The site as it is."""


@mutant("a comment in the list")
def _(secret):
    after(views, "render_hot", lambda page, *_, **__: put(page, "</main>", f"<!-- {secret} -->"))


@mutant("a data attribute of an entry")
def _(secret):
    def change(page, request, name, **_):
        return put(page, "</main>", f'<p data-inside="{secret}"></p>') if name == "entry" else page

    after(views, "render_hot", change)


@mutant("the English pages only")
def _(secret):
    def change(page, request, *_, **__):
        return put(page, "</main>", secret) if request.path.startswith("/en/") else page

    after(views, "render_hot", change)


@mutant("the list of a day gone by")
def _(secret):
    def change(page, request, *_, **__):
        return put(page, "</main>", secret) if "pada" in request.GET else page

    after(views, "render_hot", change)


@mutant("a hit for an inside word in the search over all")
def _(secret):
    def change(page, request, *_, **__):
        return put(page, "</main>", secret) if "nama" in request.GET.get("cari", "") else page

    after(overviews, "render_hot", change)


@mutant("a suggestion where a list's search found nothing")
def _(secret):
    def change(page, request, *_, **__):
        asked = request.GET.get("cari", "")
        return put(page, "</main>", f"Maksud Anda {secret.lower()}?") if asked == "calon" else page

    after(views, "render_hot", change)


@mutant("the page of statistics")
def _(secret):
    def change(page, request, name, **_):
        return put(page, "</main>", secret[::-1]) if name == "statistics" else page

    after(overviews, "render_page", change)


@mutant("the page of two editions")
def _(secret):
    def change(page, request, name, **_):
        return put(page, "</main>", secret) if name == "comparison" else page

    after(views, "render_page", change)


@mutant("the Atom feed")
def _(secret):
    after(
        outlets, "atom_answer", lambda page, *_: put(page, "</feed>", f"<rights>{secret}</rights>")
    )


@mutant("the calendar")
def _(secret):
    after(
        feeds,
        "_opening",
        lambda event, *_: event.replace(b"URL:", b"X-A:%s\nURL:" % secret.encode()),
    )


@mutant("the dataset in JSON-LD")
def _(secret):
    after(outlets, "dataset", lambda said, *_: said | {"dct:source": secret})


@mutant("the catalogue in JSON-LD, with each letter escaped")
def _(secret):
    text = "".join(f"\\u{ord(one):04x}" for one in secret)
    after(outlets, "_linked_data", lambda page, *_: put(page, "\n}", f',"x": "{text}"'))


@mutant("a field too many in the API")
def _(secret):
    after(api, "plain_entry", lambda said, *_, **__: said | {"reason": secret})


@mutant("the bodies in the API")
def _(secret):
    after(api, "_body", lambda said, *_: said | {"name": secret})


@mutant("an example in OpenAPI")
def _(secret):
    def change(schema, *_, **__):
        return {**schema, "info": {**schema["info"], "description": f"Contoh: {secret}"}}

    after(api_guide.api, "get_openapi_schema", change)


@mutant("a column too many in CSV")
def _(secret):
    after(download, "_safe", lambda rows, *_: [[*row, secret] for row in rows])


@mutant("a hidden sheet in XLSX")
def _(secret):
    def change(answer, *_):
        target = io.BytesIO(b"".join(answer.streaming_content))
        with zipfile.ZipFile(target, "a") as package:
            package.writestr("xl/worksheets/hidden.xml", f"<sheet>{secret}</sheet>")
        answer.streaming_content = [target.getvalue()]
        return answer

    after(outlets, "xlsx_answer", change)


@mutant("the JSON file")
def _(secret):
    after(list_json, "plain_entry", lambda said, *_, **__: said | {"nama_dalam": secret})


@mutant("drafts in the sitemap")
def _(secret):
    after(outlets, "sitemap", lambda lines, *_, **__: [*lines, f"<!-- /calon/{secret} -->"])


@mutant("drafts in robots.txt")
def _(secret):
    def change(answer, *_):
        if answer["Content-Type"].startswith("text/plain"):
            answer.content += f"Disallow: /calon/{secret}".encode()
        return answer

    after(outlets, "_kept", change)


@mutant("an ETag made of a draft")
def _(secret):
    digest = hashlib.md5(secret.encode(), usedforsecurity=False).hexdigest()
    before = conditional.quote_etag
    conditional.quote_etag = lambda text: before(text + digest)


@mutant("a header in base64")
def _(secret):
    def change(_, answer, **__):
        answer["X-Berkas"] = base64.b64encode(f"judul={secret}".encode()).decode()

    after(conditional, "patch_cache_control", change)


@mutant("a cookie")
def _(secret):
    after(conditional, "patch_cache_control", lambda _, page, **__: page.set_cookie("s", secret))


@mutant("a page that is not there names the draft")
def _(secret):
    after(views, "render_frame", lambda page, *_, **__: put(page, "</main>", secret))


@mutant("a page that fails shows why")
def _(secret):
    def broken(*_, **__):
        raise RuntimeError(secret)

    def shown(request):
        return views.HttpResponse(repr(sys.exc_info()[1]), status=500)

    views.happenings, views.server_error = broken, shown


@mutant("the site in debug mode")
def _(secret):
    def broken(*_, **__):
        inside = secret
        raise RuntimeError(len(inside))

    settings.DEBUG = True
    overviews.statistics = broken


@mutant("the proof of a paper")
def _(secret):
    after(paper_pages, "paper_proof", lambda text, *_: f"{text}\n{secret}\n")


@mutant("the entries' tile")
def _(secret):
    after(log_views, "read_tile", lambda data, *_: data + secret.encode().hex().encode())


@mutant("the page of an internal paper says its title")
def _(secret):
    def change(page, request, name, context, **_):
        paper = context.get("paper")
        return put(page, "</main>", secret) if paper and paper.internal else page

    after(paper_pages, "render_frame", change)


@mutant("the address that a short one leads to")
def _(secret):
    def change(answer, *_, **__):
        answer["Location"] += f"?j={secret.removeprefix(MARK)[:8]}"
        return answer

    after(paper_pages, "redirect", change)


@mutant("a comment in an SOP's picture")
def _(secret):
    def change(asked, answer):
        is_sheet = asked["PATH_INFO"].endswith(".svg")
        return inserted(answer, b"</svg>", secret) if is_sheet else answer

    at_the_door(change)


@mutant("a static file")
def _(secret):
    at_the_door(
        lambda asked, answer: said(answer, secret) if "/aset/" in asked["PATH_INFO"] else answer
    )


@mutant("what a refused method is told")
def _(secret):
    at_the_door(lambda asked, answer: said(answer, secret) if answer.status == 405 else answer)


@mutant("a header of HEAD alone")
def _(secret):
    at_the_door(
        lambda asked, answer: (
            headed(answer, secret) if asked["REQUEST_METHOD"] == "HEAD" else answer
        )
    )


@mutant("only for who asks for JSON")
def _(secret):
    at_the_door(
        lambda asked, answer: (
            said(answer, secret) if asked.get("HTTP_ACCEPT") == "application/json" else answer
        )
    )


@mutant("only in what is sent packed")
def _(secret):
    def change(asked, answer):
        if b"Content-Encoding: gzip" not in answer.headers:
            return answer
        body = gzip.compress(decoded(answer.body, "gzip") + secret.encode())
        return Answer(answer.status, answer.headers, body)

    at_the_door(change)


@mutant("what a stranger's host name is told")
def _(secret):
    at_the_door(
        lambda asked, answer: said(answer, secret) if "evil" in asked["HTTP_HOST"] else answer
    )


DOOR: list[Callable[[dict[str, Any], Answer], Answer]] = []


def at_the_door(change: Callable[[dict[str, Any], Answer], Answer]) -> None:
    """Change the answers of the whole application, as a middleware would."""
    DOOR.append(change)


def said(answer: Answer, text: str) -> Answer:
    """Return the answer with a text behind its body."""
    return Answer(answer.status, answer.headers, answer.body + text.encode())


def inserted(answer: Answer, before: bytes, text: str) -> Answer:
    """Return the answer with a text in its body."""
    body = answer.body.replace(before, f"<!-- {text} -->".encode() + before, 1)
    return Answer(answer.status, answer.headers, body)


def headed(answer: Answer, text: str) -> Answer:
    """Return the answer with a header more."""
    return Answer(answer.status, answer.headers + f"X-Judul: {text}\n".encode(), answer.body)


class Inside:
    """Asks the application in this process, as `public_site.Stranger` asks one over the network."""

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        """Return the answer to one request, its body unpacked."""
        path, _, query = address.partition("?")
        asked = {
            "REQUEST_METHOD": method,
            "PATH_INFO": re.sub("%([0-9a-fA-F]{2})", lambda one: chr(int(one[1], 16)), path),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        asked |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return self._answer(asked)

    def _answer(self, asked: dict[str, Any]) -> Answer:
        told: list[Any] = []
        made: Iterable[bytes] = wsgi_public.application(asked, lambda *given: told.extend(given))
        body = b"".join(made)
        headers = dict(told[1])
        lines = "".join(f"{name}: {value}\n" for name, value in told[1]).encode()
        answer = Answer(int(told[0].split()[0]), lines, body)
        for change in DOOR:
            answer = change(asked, answer)
        plain = decoded(answer.body, headers.get("Content-Encoding", "")) if answer.body else b""
        return Answer(answer.status, answer.headers, plain)


def swept(papers: list[str], *, most: int) -> dict[str, bytes]:
    """Return everything that a stranger gets."""
    inside = Inside()
    answers = crawl(inside, papers, most=most)
    some = [at for at in answers if at.startswith("/kenari/")][:2]
    found = {at: one.headers + one.body for at, one in answers.items()}
    return found | variants(inside, some) | mistakes(inside, some[:1])


def tried(name: str, planted: dict[str, Any], secret: str, *, most: int) -> list[str]:
    """Return what the search finds on the site as the mutant changed it."""
    MUTANTS[name](secret)
    needles = Needles(Canary(**one) for one in planted["canaries"])
    public = released(planted)
    found = needles.found(swept(planted["papers"], most=most))
    return sorted({str(one) for one in found if one.canary.text not in public})


def in_a_child(name: str, planted: dict[str, Any], secret: str, *, most: int) -> list[str]:
    """Try a mutant in a process of its own, and return what was found."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        code = 1
        try:
            with os.fdopen(writer, "w") as back:
                json.dump(tried(name, planted, secret, most=most), back)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as back:
        text = back.read()
    _, status = os.waitpid(child, 0)
    if status or not text:
        raise RuntimeError(f"{name}: {status}")
    return json.loads(text)


def main(file: Path, into: Path, most: int, *names: str) -> None:
    """Try the mutants, all of them unless some are named."""
    planted = json.loads(file.read_text())
    inside = (one for one in planted["canaries"] if one["place"] == "add_item.title")
    secret = next(inside)["text"]
    found = {name: in_a_child(name, planted, secret, most=most) for name in names or MUTANTS}
    into.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
