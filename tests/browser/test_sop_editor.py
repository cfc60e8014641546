"""From a typed SOP sheet to a case that runs on it, in one officer's browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.looking import accessible

pytestmark = pytest.mark.browser
SHEET = Path(__file__).parents[1] / "sop" / "sheets" / "typed.txt"
NEW = "Memeriksa kelengkapan lembar uji"
CUT = len("Memeriksa ")


def press(page, card, name):
    page.locator(f"#{card}").get_by_role("button", name=name).first.click()


def test_a_sheet_is_read_put_right_beside_its_drawing_adopted_and_started(site, officers):
    page = officers("ppid.bali")
    page.goto(f"{site.office}/sop/")
    page.set_input_files("input[type=file]", SHEET)
    page.get_by_role("button", name="Baca lembar SOP").click()
    page.wait_for_url("**/sop/naskah/*/")
    guessed = page.locator(".ppid-card__head").get_by_text("Ditebak")
    drawing = page.locator("[data-drawn] svg")
    expect(guessed).to_have_count(3)

    page.locator("#langkah-3 > summary").click()
    press(page, "langkah-3", "Sudah saya periksa")
    expect(guessed).to_have_count(2)
    expect(page.locator("#langkah-3")).to_have_attribute("open", "")

    press(page, "langkah-3", "Tambah di bawah")
    page.locator("#langkah-4[open]").wait_for()
    expect(page.locator("#langkah-4-kegiatan-salah")).not_to_be_empty()
    page.fill("#langkah-4-kegiatan", NEW)
    expect(drawing).to_contain_text(NEW)
    expect(page.locator("#langkah-4-kegiatan-salah")).to_be_empty()
    accessible(page, page.url)

    page.get_by_role("button", name="Batalkan").click()
    expect(drawing).not_to_contain_text(NEW)
    page.get_by_role("button", name="Ulangi").click()
    expect(drawing).to_contain_text(NEW)

    field = page.locator("#langkah-4-kegiatan")
    field.evaluate("(field, cut) => { field.focus(); field.setSelectionRange(cut, cut); }", CUT)
    press(page, "langkah-4", "Pisah")
    page.locator("#langkah-5[open]").wait_for()
    expect(drawing).not_to_contain_text(NEW)
    expect(page.locator("#langkah-5-kegiatan")).to_have_value(NEW[CUT:])
    expect(page.locator("[data-mistake][data-warning='']")).to_have_count(0)

    page.locator("#langkah-5-kegiatan").press("Alt+ArrowUp")
    expect(page.locator("#langkah-4-kegiatan")).to_have_value(NEW[CUT:])

    page.locator("#identitas > summary").click()
    page.fill("#tanggal-berakhir", "")
    page.locator("#langkah-1 > summary").click()
    page.select_option("#langkah-1-pelaksana", label="PPID Utama")
    page.get_by_role("button", name="Adopsi…").click()
    page.wait_for_url("**/adopsi/")
    page.get_by_role("button", name="Adopsi SOP").click()
    page.get_by_role("link", name="Mulai berkas").click()
    page.fill("[name=title]", "Berkas pertama menurut SOP baru")
    page.get_by_label("Dinas Kesehatan").check()
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/berkas/*/")
    assert "Berkas pertama menurut SOP baru" in page.inner_text("h1")
