"""The draft of a sheet in a real browser: kept by the script, and by the button without it."""

import re

import pytest

from browser.conftest import sign_in
from browser.walking import TITLE, add_item, start_case

pytestmark = pytest.mark.browser
TYPED = "Diagnosis dan hasil laboratorium per peserta, halaman 2 sampai 5."


def sheet_address(page, site, title):
    """Open a case with one item and return the address of its sheet."""
    case = start_case(page, site, title=title)
    add_item(page, case, title=f"{TITLE} {title}", agency="Dinas Kesehatan")
    page.goto(case)
    link = page.locator("#informasi ~ .ppid-table a[href$='/uji/']").first
    return site.office + link.get_attribute("href")


def test_what_is_typed_survives_a_closed_page_and_is_gone_with_the_save(site, officers):
    page = officers("petugas.kalteng")
    address = sheet_address(officers("ppid.kalteng"), site, "Draf dengan skrip")
    page.goto(address)
    page.fill("[name=information]", TYPED)
    page.locator("[data-draft-status]", has_text="Draf tersimpan").wait_for(timeout=20_000)

    page.goto(f"{site.office}/register/")
    page.goto(address)
    assert page.input_value("[name=information]") == ""
    page.get_by_role("link", name="Lanjutkan draf").click()
    assert page.input_value("[name=information]") == TYPED
    page.get_by_role("button", name="Simpan lembar uji").click()
    page.wait_for_url(re.compile(r"/informasi/[0-9a-f-]{36}/$"))

    page.goto(address)
    assert page.get_by_role("link", name="Lanjutkan draf").count() == 0
    assert page.input_value("[name=information]") == TYPED


def test_without_a_script_the_button_keeps_the_draft(site, officers, chromium):
    address = sheet_address(officers("ppid.kalteng"), site, "Draf tanpa skrip")
    page = sign_in(chromium, site, "petugas.kalteng", java_script_enabled=False)
    page.goto(address)
    page.fill("[name=information]", TYPED)
    page.get_by_role("button", name="Simpan draf").click()
    assert page.input_value("[name=information]") == TYPED

    page.goto(address)
    page.get_by_role("link", name="Lanjutkan draf").click()
    assert page.input_value("[name=information]") == TYPED
    page.goto(address)
    page.get_by_role("button", name="Buang draf").click()
    assert page.input_value("[name=information]") == ""
