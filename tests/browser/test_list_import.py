"""An old list on its way in, as an officer who knows Excel brings it, with and without scripts."""

import pytest

from browser.looking import accessible_and_narrow
from office.list_samples import workbook

pytestmark = pytest.mark.browser
ROWS = (
    ("DAFTAR INFORMASI YANG DIKECUALIKAN",),
    ("No", "Perihal", "Alasan", "Jangka Waktu", "OPD"),
    ("B.1", "Denah ruang server", "Pasal 17 huruf c", "Selamanya", "Dinas Komunikasi"),
    ("B.2", "Hasil asesmen pegawai", "Pasal 17 huruf h", "5 tahun", "BKD"),
    ("B.3", None, "Pasal 17 huruf h", "5 tahun", "BKD"),
)


def brought(page, site, path, *, look=lambda page: None):
    """Upload, put a column right, look at the dry run, confirm; return what the last page says."""
    page.goto(f"{site.office}/daftar-lama/impor/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Lanjut ke kolom").click()
    page.wait_for_url("**/kolom/")
    look(page)
    assert page.locator("[name=column_1]").input_value() == ""
    page.get_by_label("Isi kolom B").select_option(label="Informasi yang dikecualikan")
    page.get_by_role("button", name="Periksa baris").click()
    page.wait_for_url("**/periksa/")
    look(page)
    assert "B5" in page.locator("#kesalahan-1").inner_text()
    page.get_by_role("button", name="Impor 2 baris").click()
    page.wait_for_url(lambda url: "/impor/" not in url)
    return page.locator("main").inner_text()


def test_a_list_is_brought_in_with_one_column_put_right_and_one_bad_row(site, officers, tmp_path):
    path = tmp_path / "dik-lama.xlsx"
    path.write_bytes(workbook(*ROWS))

    text = brought(officers("petugas.bontang"), site, path, look=accessible_and_narrow)

    assert "Denah ruang server" in text
    assert "Hasil asesmen pegawai" in text


def test_a_list_is_brought_in_without_scripts(site, chromium, tmp_path):
    path = tmp_path / "dik-lama.xlsx"
    path.write_bytes(workbook(*ROWS))
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{site.office}/akun/login/")
    page.fill("[name=login]", "petugas.kalteng")
    page.fill("[name=password]", site.password)
    page.click("main button[type=submit]")

    assert "Denah ruang server" in brought(page, site, path)

    context.close()
