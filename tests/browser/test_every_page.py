"""Every page, as several people see it: no dead link, no breach of the CSP, accessible, narrow."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from browser.looking import CAMPAIGN, accessible, accessible_and_narrow, accessible_in_the_dark

pytestmark = pytest.mark.browser
YEAR_OR_ID = re.compile(r"\d{4}|(?=.*\d).{8,}")
FILE = re.compile(r"\.(csv|xlsx|json|ics|xml|jsonld|svg)$|(checkpoint|vkey)$")
LINKS = """links => links.map(
  link => [link.getAttribute('href'), link.hasAttribute('download')])"""
IDS = "all => all.map(one => one.id)"
MOST_PAGES = 400 if CAMPAIGN else 60
PER_KIND = 2 if CAMPAIGN else 1  # of pages that differ only in an id, each person looks at so many
SOME = ("petugas.bontang", "ppid.kalteng", "pengelola.bontang")
OTHERS = ("pimpinan.bali", "dinkes.pontianak", "tim.kalteng", "ppid.bali", "ppid.pontianak")


class Watched:
    """A page whose console and failed requests are kept."""

    def __init__(self, page):
        self.page = page
        self.trouble = []
        page.on("console", self.keep)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def keep(self, message):
        if message.type in ("error", "warning"):
            self.trouble.append(f"{self.page.url}: {message.text}")


def kind_of(address):
    """Return the address without ids and query: pages of one kind look alike."""
    parts = urlsplit(address).path.split("/")
    return "/".join("*" if YEAR_OR_ID.fullmatch(part) else part for part in parts)


def public_kind_of(address):
    """Return the kind of a page of the open site: the pages of all bodies look alike."""
    path = urlsplit(address).path
    is_english = path.startswith("/en/")
    first, *parts = path.removeprefix("/en").removeprefix("/").split("/")
    slug = first if first in ("", "api", "cari", "bantuan", "periksa") else "*"
    return is_english, slug, *("*" if YEAR_OR_ID.fullmatch(part) else part for part in parts)


@dataclass
class Walk:
    """What somebody came by: the ids on each page, and a page on which each link stands."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def dead_links(self, page):
        """The links that lead to no place of a page; the campaign asks each other address."""
        dead, answers = [], {}
        for link, stands_on in self.links.items():
            address, place = urldefrag(link)
            if address in self.ids:
                alive = not place or place in self.ids[address]
            elif CAMPAIGN:
                if address not in answers:
                    answers[address] = page.request.get(address, timeout=60_000).ok
                alive = answers[address]
            else:
                continue
            if not alive:
                dead.append(f"{link} on {stands_on}")
        print(f"{len(self.ids)} pages, {len(answers)} other addresses asked, {len(dead)} dead")
        return dead


def crawl(page, start, visit, *, kind_of=kind_of, per_kind=PER_KIND):
    """Visit pages reachable from `start` on the same host, a few of each kind."""
    host, walk, kinds, waiting = urlsplit(start).netloc, Walk(), Counter(), [start]
    for address in waiting:
        kind = kind_of(address)
        if address in walk.ids or kinds[kind] >= per_kind:
            continue
        if len(walk.ids) == MOST_PAGES:
            assert not CAMPAIGN, f"more than {MOST_PAGES} pages"
            break
        kinds[kind] += 1
        answer = page.goto(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        visit(page, address)
        walk.ids[address] = set(page.eval_on_selector_all("[id]", IDS))
        for target, is_file in page.eval_on_selector_all("a[href]", LINKS):
            link = urljoin(address, target)
            if urlsplit(link).netloc == host:
                walk.links.setdefault(link, address)
                if not is_file and not FILE.search(urldefrag(link).url):
                    waiting.append(urldefrag(link).url)
    return walk


@pytest.mark.parametrize("username", (*SOME, *OTHERS) if CAMPAIGN else SOME)
def test_every_office_page_is_accessible_and_alive(site, officers, username):
    page = officers(username)
    watched = Watched(page)

    walk = crawl(page, f"{site.office}/", accessible_and_narrow)

    assert len(walk.ids) >= 5
    assert walk.dead_links(page) == []
    assert watched.trouble == []


def test_every_public_page_is_accessible_and_alive(site, chromium):
    page = chromium.new_page()
    watched = Watched(page)

    def look(page, address):
        accessible_and_narrow(page, address)
        accessible_in_the_dark(page, address)

    walk = crawl(page, f"{site.public}/", look, kind_of=public_kind_of)

    assert len(walk.ids) >= 24
    assert sum("/en/" in address for address in walk.ids) >= 12
    assert walk.dead_links(page) == []
    assert watched.trouble == []
    page.close()


def test_the_check_finds_a_fault_on_a_page_whose_like_it_has_seen(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site.public}/")
    accessible(page, page.url)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        accessible(page, page.url)
    page.close()


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("main.querySelector('a').textContent = ''", "link-name"),
        ("document.querySelector('label').htmlFor = 'nobody'", "label"),
        ("main.querySelector('a').style.color = '#eee'", "color-contrast"),
        ("document.documentElement.lang = 'xx'", "html-lang-valid"),
    ],
)
def test_what_is_a_fault_makes_a_page_another(site, chromium, fault, rule):
    page = chromium.new_page()
    page.goto(f"{site.public}/kalteng/")
    accessible(page, page.url)
    page.evaluate(f"const main = document.querySelector('main'); {fault}")
    with pytest.raises(AssertionError, match=rule):
        accessible(page, page.url)
    page.close()


def test_a_page_that_is_dark_for_who_asks_is_looked_at_in_the_dark(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site.public}/")
    page.evaluate("document.querySelector('main a').style.color = '#111'")
    with pytest.raises(AssertionError, match="color-contrast"):
        accessible_in_the_dark(page, page.url)
    page.close()


def test_what_is_wider_than_a_telephone_is_noticed(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site.public}/")
    page.evaluate("document.querySelector('main').style.width = '900px'")
    with pytest.raises(AssertionError, match="too wide"):
        accessible_and_narrow(page)
    page.close()


def test_public_pages_work_without_javascript(site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.public}/kalteng/")
    page.fill("[name=cari]", "kesehatan")
    page.get_by_role("button", name="Cari").click()
    assert "cari=kesehatan" in page.url
    assert page.locator("main a[href*='/informasi/']").count() >= 1
    context.close()


def test_nothing_is_asked_of_another_host(site, chromium):
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(f"{site.public}/kalteng/")
    assert set(asked) == {urlsplit(site.public).netloc}
    assert len(asked) <= 8
    page.close()


def test_the_first_view_of_the_public_site_is_light(site, chromium):
    context = chromium.new_context()
    page = context.new_page()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(f"{site.public}/kalteng/", wait_until="networkidle")
    assert 0 < sum(sizes) <= 75 * 1024
    context.close()


def test_a_visitor_without_a_session_sees_only_the_sign_in(site, chromium):
    page = chromium.new_page()
    for path in ("/", "/berkas/", "/register/", "/orang/", "/sop/"):
        page.goto(f"{site.office}{path}")
        assert "/akun/login/" in page.url, path
    page.close()


def test_the_keyboard_reaches_the_form_of_the_step(site, officers):
    page = officers("tim.kalteng")
    page.goto(f"{site.office}/")
    case = page.locator("main a[href*='#langkah-']").first.get_attribute("href")
    page.goto(site.office + case.partition("#")[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Langsung ke isi"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.tagName + ':' + document.activeElement.type")
        )
    assert {"INPUT:radio", "TEXTAREA:textarea", "BUTTON:submit"} <= reached
