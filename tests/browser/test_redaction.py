"""Blackening with a real pointer: draw a mark, make the public copy, let another person approve."""

import subprocess
import sys
from pathlib import Path

import pytest

from browser.conftest import environment
from browser.test_every_page import accessible, fits
from papers.reading import text_of

pytestmark = pytest.mark.browser
REASON = "Melindungi riwayat kesehatan seseorang."
NIK = (70, 692, 230, 710)
"""Left, bottom, right, top of the line with the number, in points of a page of 595 x 842."""


@pytest.fixture
def stored(site):
    """The id of a document in Bontang's vault."""
    script = Path(__file__).with_name("storing.py")
    more = {"DJANGO_SETTINGS_MODULE": "ppid.config.settings"}
    done = subprocess.run(
        [sys.executable, str(script), "bontang"],
        env=environment(site.data) | more,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def drag(page, left, bottom, right, top):
    sheet = page.locator("[data-marking]").bounding_box()
    scale = sheet["width"] / 595
    page.mouse.move(sheet["x"] + left * scale, sheet["y"] + (842 - top) * scale)
    page.mouse.down()
    page.mouse.move(sheet["x"] + right * scale, sheet["y"] + (842 - bottom) * scale, steps=4)
    page.mouse.up()


def test_a_part_is_drawn_black_and_the_rest_is_handed_out(site, officers, stored, tmp_path):
    item, document = stored
    page = officers("petugas.bontang")
    page.goto(f"{site.office}/informasi/{item}/penghitaman/")
    accessible(page, page.url)
    page.get_by_role("link", name="laporan-pemeriksaan.pdf").click()
    page.get_by_role("button", name="Buka dokumen").click()

    page.fill("[name=cari]", "siti aminah")
    page.get_by_role("button", name="Cari").click()
    accessible(page, page.url)
    page.fill("[name=reason]", REASON)
    page.get_by_role("button", name="Tandai temuan").click()
    drag(page, *NIK)
    left, top = (float(page.input_value(f"[name={one}]")) for one in ("left", "top"))
    assert (abs(left - NIK[0]) < 2, abs(top - NIK[3]) < 2) == (True, True)
    page.get_by_role("button", name="Tambahkan tanda").click()
    page.locator("[data-marking]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert float(page.input_value("[name=right]")) > float(page.input_value("[name=left]")) + 100
    accessible(page, page.url)
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page, page.url)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Buat salinan untuk umum").click()
    page.wait_for_url("**/salinan-umum/**")
    accessible(page, page.url)
    fits(page, page.url)

    other = officers("ppid.bontang")
    other.goto(page.url)
    other.get_by_label("Setuju").check()
    other.get_by_role("button", name="Simpan keputusan").click()
    with other.expect_download() as download:
        other.get_by_role("link", name="Unduh salinan").click()

    download.value.save_as(tmp_path / "salinan.pdf")
    text = text_of((tmp_path / "salinan.pdf").read_bytes())
    assert text.count(REASON) == 3
    assert "Siti" not in text
    assert document not in text
