"""A paper from the office to a stranger's telephone: prepared, signed with ink, checked there."""

import re
import sqlite3
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from browser.looking import accessible, accessible_and_narrow, accessible_in_the_dark
from vault.hostile import pdf

pytestmark = pytest.mark.browser
ADDRESS = re.compile(rb"<pdf:Keywords>(http[^<]+)</pdf:Keywords>")
DROP = """([box, data, name]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(data)], name));
  box.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
}"""


def letter_of(site, slug):
    """The id and number of a letter of determination of the demo."""
    with sqlite3.connect(site.data / "office.sqlite3") as office:
        return office.execute(
            "SELECT id, number FROM office_determination WHERE body_id = ?"
            " ORDER BY determined_on LIMIT 1",
            (slug,),
        ).fetchone()


def prepared(page, site, kind, letter):
    """Prepare the letter on its page; return the file that is to be printed."""
    page.goto(f"{site.office}/tanda-tangan/{kind}/{letter}/")
    page.get_by_role("button", name=re.compile("Siapkan naskah")).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Unduh naskah")).click()
    return waiting.value.path().read_bytes()


def scanned(page, content, *, title):
    """File a scan of what was printed, and return it."""
    count = len(pypdfium2.PdfDocument(content))
    scan = pdf(lambda made: made.docinfo.__setitem__("/Title", title), pages=count)
    file = {"name": "pindaian.pdf", "mimeType": "application/pdf", "buffer": scan}
    page.set_input_files("[name=pindai-scan]", file)
    today = datetime.now(ZoneInfo("Asia/Pontianak"))
    for part, value in (("tahun", today.year), ("bulan", today.month), ("hari", today.day)):
        page.fill(f"[name=pindai-signed_on_{part}]", str(value))
    page.check("[name=pindai-same]")
    page.get_by_role("button", name="Simpan pindaian").click()
    page.wait_for_selector("text=Selesai ditandatangani")
    return scan


def opened(page, site, content):
    """Open the address that a paper bears, on the site as it is served here."""
    (address,) = ADDRESS.findall(content)
    page.goto(site.public + urlsplit(address.decode()).path)


def verdict(page, content):
    """Choose a file on the page; return what is said of it."""
    page.set_input_files("#berkas", {"name": "a.pdf", "mimeType": "", "buffer": content})
    page.wait_for_selector("[data-verdict]")
    said = page.get_attribute("[data-verdict]", "data-verdict")
    page.set_input_files("#berkas", [])
    page.evaluate("document.querySelector('[data-result]').replaceChildren()")
    return said


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_stranger_checks_what_the_office_has_issued(site, officers, chromium):
    ppid = officers("ppid.kalteng")
    letter, number = letter_of(site, "kalteng")
    public = prepared(ppid, site, "salinan_penetapan", letter)
    stranger = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    opened(stranger, site, public)
    assert "Belum selesai ditandatangani" in stranger.inner_text("main")
    assert verdict(stranger, public) == "unfinished"
    scan = scanned(ppid, public, title="umum")
    internal = prepared(ppid, site, "penetapan", letter)
    secret = scanned(ppid, internal, title="internal")

    stranger.reload()
    asked = []
    stranger.on("request", lambda request: asked.append(request.url))
    assert number in stranger.inner_text("main")
    assert "dengan tinta" in stranger.inner_text("main")
    assert [verdict(stranger, one) for one in (scan, flipped(scan), public)] == [
        "matches",
        "differs",
        "unfinished",
    ]
    assert verdict(stranger, flipped(public)) == "altered"
    stranger.evaluate(DROP, [stranger.query_selector("main"), list(internal), "lain.pdf"])
    stranger.wait_for_selector("[data-verdict=other]")
    assert [one for one in asked if "/icon." not in one] == []  # a browser may ask late for that
    looked_at(stranger)
    stranger.set_input_files("#berkas", {"name": "a.pdf", "mimeType": "", "buffer": scan})
    stranger.wait_for_selector("text=Sidiknya ada dalam log")
    looked_at(stranger)

    opened(stranger, site, internal)
    shown = stranger.locator("main dl dt").all_inner_texts()
    assert shown == ["Nomor", "Tanggal"]
    assert [verdict(stranger, one) for one in (secret, flipped(secret), internal, public)] == [
        "matches",
        "differs",
        "altered",
        "other",
    ]
    looked_at(stranger)
    stranger.goto(stranger.url.replace(site.public, f"{site.public}/en"))
    assert verdict(stranger, secret) == "matches"
    assert "Check your file" in stranger.inner_text("main")
    stranger.context.close()


def looked_at(page):
    """The page is accessible and fits, wide and narrow, light and dark."""
    accessible_and_narrow(page)
    accessible_in_the_dark(page, page.url)
    page.set_viewport_size({"width": 360, "height": 800})
    accessible(page, page.url, scheme="narrow")
    page.set_viewport_size({"width": 1280, "height": 900})
