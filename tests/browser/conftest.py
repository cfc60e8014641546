"""A real office and a real public site in processes of their own, and a real Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from ready_made import copied

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""The shell has no window to draw and takes a third of the processor time."""

CHROMIUM = os.environ.get("TEST_CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[-1])
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
WAIT_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Where the two processes listen, on which data, and the password of all demo accounts."""

    office: str
    public: str
    data: Path
    password: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ppid(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ppid.cli", *arguments]


def environment(data: Path) -> dict[str, str]:
    """The variables of a process with this data folder.

    Coverage is left to the tests that need no browser: they reach the same pages for less. Nothing
    in it is the office's alone, or the public process would begin anew, without a test's clock.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PPID_", "AWS_", "COVERAGE_"))
    }
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"PPID_DATA": str(data)}


def wait_for(address: str) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="session")
def site(demo_made, tmp_path_factory) -> Site:
    """The demo, served as `ppid run` serves it."""
    data = copied(demo_made[0], tmp_path_factory.mktemp("kantor") / "data")
    with served(data, command=ppid) as addresses:
        yield addresses


@contextmanager
def served(data: Path, *, command: Callable[..., list[str]]) -> Iterator[Site]:
    """Serve what is in the data folder. command: how a command of ppid is started."""
    office, public = free_port(), free_port()
    commands = (("serve", "--port", str(office)), ("serve", "--public", "--port", str(public)))
    children = [subprocess.Popen(command(*one), env=environment(data)) for one in commands]
    try:
        wait_for(f"http://127.0.0.1:{office}/akun/login/")
        wait_for(f"http://127.0.0.1:{public}/")
        yield Site(
            office=f"http://127.0.0.1:{office}",
            public=f"http://127.0.0.1:{public}",
            data=data,
            password=(data / "demo-password").read_text().strip(),
        )
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(20)


def _then_read_whole(click: Callable[..., None]) -> Callable[..., None]:
    @wraps(click)
    def clicked(target: Page | Locator, *args: object, **kwargs: object) -> None:
        click(target, *args, **kwargs)
        page = target.page if isinstance(target, Locator) else target
        page.wait_for_load_state("domcontentloaded")

    return clicked


@pytest.fixture(scope="session", autouse=True)
def clicks_end_on_a_whole_page() -> Iterator[None]:
    """A click that leads to a page ends when that page is read whole, not when its answer begins.

    Playwright waits for the answer only: what looks at the page then may meet half of it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            patch.setattr(kind, "click", _then_read_whole(kind.click))
        yield


@pytest.fixture(scope="module")
def chromium() -> Browser:
    """One browser for a module's tests; each person gets a context of their own.

    No longer than that: its event loop would stand in the way of the database tests that follow.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def sign_in(browser: Browser, site: Site, username: str, **browsing: object) -> Page:
    """A page on which the person has just signed in, in a browser context of its own."""
    page = new_page(browser, **browsing)
    fill_sign_in(page, site, username)
    return page


def new_page(browser: Browser, **browsing: object) -> Page:
    """An empty page in a browser context of its own, as wide as a desk's."""
    size = {"width": 1280, "height": 900}
    page = browser.new_context(viewport=size, locale="id", **browsing).new_page()
    page.set_default_timeout(20_000)
    return page


def fill_sign_in(page: Page, site: Site, username: str) -> None:
    """Sign in by the form."""
    page.goto(f"{site.office}/akun/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", site.password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{site.office}/")


@pytest.fixture(scope="session")
def sessions():
    """The cookies of who has signed in at the site, by user name."""
    return {}


@pytest.fixture(scope="module")
def officers(site, chromium, sessions):
    """Gives each person a page, in a browser context of their own that the file's tests share.

    By the form a person signs in once in a process: then the session of the file before goes on.
    What asks for a fresh sign-in uses `sign_in`.
    """
    pages = {}

    def signed_in(username: str):
        if username in pages:
            return pages[username]
        if username in sessions:
            page = new_page(chromium)
            page.context.add_cookies(sessions[username])
        else:
            page = sign_in(chromium, site, username)
            sessions[username] = page.context.cookies()
        pages[username] = page
        return page

    yield signed_in
    for page in pages.values():
        page.context.close()
