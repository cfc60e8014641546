"""The site as files in a browser: it finds what the live site finds, and knows what day it is."""

import re
import subprocess
import urllib.request
from datetime import UTC, datetime

import pytest

from browser.conftest import WAIT_SECONDS, environment, ppid
from browser.looking import accessible_and_narrow, accessible_in_the_dark
from public.plain_server import served

pytestmark = pytest.mark.browser
FOUND = re.compile(r'class="public-id">([^<]+)<')
QUERIES = (
    *("cari=mengumumkan", "cari=kesehatan+pasien", "cari=rekma", "cari=xylofon", "cari=yang"),
    *(
        "cari=data",
        "cari=rahasia",
        "cari=pasien+rekam",
        "cari=rahasia&huruf=h",
        "cari=dinas&halaman=2",
    ),
    *("cari=rahasia&status=dikecualikan", "status=terbuka", "huruf=h", "tahun=2023&cari="),
)
ADDRESSES = (
    *(f"/kalteng/?{one}" for one in QUERIES),
    *("/cari/?cari=rekam+medis&status=terbuka", "/cari/?cari=dinas", "/cari/?huruf=h"),
    "/en/kalteng/?cari=data",
)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def files(site, tmp_path_factory):
    """The demo's open site as files behind a plain web server: its address and its folder."""
    folder = tmp_path_factory.mktemp("berkas") / "situs"
    command = ppid("publish", "--static", str(folder))
    subprocess.run(command, env=environment(site.data), check=True, timeout=3 * WAIT_SECONDS)
    with served(folder) as address:
        yield address, folder


def live(site, address):
    """The ids that the live site shows under an address, in its order."""
    with urllib.request.urlopen(site.public + address) as answer:
        return FOUND.findall(answer.read().decode())


def found(page, address):
    """The ids that the page shows, in its order, once it has answered the query."""
    page.goto(address)
    page.wait_for_selector("[data-results][data-done]", state="attached")
    return page.locator(".public-id").all_inner_texts()


def test_a_browser_finds_in_the_files_what_the_live_site_finds(site, files, chromium):
    address, folder = files
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    expected = {one: live(site, one) for one in ADDRESSES}

    assert {one: found(page, address + one) for one in ADDRESSES} == expected
    assert sum(map(bool, expected.values())) > len(ADDRESSES) // 2
    found(page, f"{address}/kalteng/?cari=rekma")
    assert "“rekam”" in page.inner_text("[data-results]")
    accessible_and_narrow(page)
    accessible_in_the_dark(page, page.url)

    assert page.get_attribute("text=Hapus semua", "href") == "/kalteng/"
    a_term_ends_without_anybody_writing(page, address, folder)
    on_paper_is_the_table_alone(page, f"{address}/kalteng/")
    page.context.close()
    without_a_script(chromium, f"{address}/kalteng/?cari=rekam")


def a_term_ends_without_anybody_writing(page, address, folder):
    """On the day a term ends its page says so, though it was written long before."""
    listed = (folder / "kalteng/index.html").read_text()
    closed = re.findall(r'href="(/kalteng/informasi/[^"]+)"(?:(?!<tr).)*?data-opens=', listed, re.S)
    page.goto(address + closed[0])
    assert "dikecualikan sampai" in page.inner_text(".public-verdict")

    page.clock.set_fixed_time(LATER)
    page.goto(address + closed[0])
    assert "Informasi ini terbuka sejak" in page.inner_text(".public-verdict")
    assert page.locator(".public-verdict--open .ppid-status--open").count() == 1
    assert len(found(page, f"{address}/kalteng/?status=terbuka")) > len(closed)
    assert page.locator("tbody .ppid-status:not(.ppid-status--open)").count() == 0
    accessible_and_narrow(page)


def on_paper_is_the_table_alone(page, address):
    """On a sheet of paper, narrow as a phone lies, the list is a table under the page's address."""
    page.set_viewport_size({"width": 718, "height": 1000})
    page.emulate_media(media="print")
    page.goto(address)
    for gone in ("nav", "form", ".public-downloads", ".ppid-footer__links"):
        assert page.locator(gone).count() > 0
        assert page.locator(f"{gone} >> visible=true").count() == 0
    assert page.locator(".public-printed").inner_text().endswith("/kalteng/")
    displays = "found => found.map(one => getComputedStyle(one).display)"
    assert set(page.eval_on_selector_all("table.public-list tbody tr", displays)) == {"table-row"}
    assert page.eval_on_selector_all("table.public-list thead", displays) == ["table-header-group"]
    page.emulate_media(media="screen")


def without_a_script(chromium, address):
    """The page says what it cannot do, of which day it is, and gives the list all the same."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    text = page.inner_text("body")
    assert "memerlukan JavaScript" in text
    assert "Status dihitung menurut tanggal" in text
    assert page.locator("table.public-list tbody tr").count() > 0
    page.context.close()
