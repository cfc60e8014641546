"""The repair desk in a browser: an entry becomes a candidate, and one that has ended is opened."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def to_desk(site, page):
    page.goto(f"{site.office}/")
    page.get_by_role("link", name="Meja perbaikan").click()


def test_an_entry_is_put_right_one_defect_at_a_time_and_taken_up(site, officers):
    page = officers("petugas.kalteng")
    to_desk(site, page)
    page.get_by_role("link", name="Data penerima bantuan sosial").click()
    expect(page.get_by_text("Peraturan Menteri Sosial")).to_be_visible()

    page.get_by_role("link", name="Perbaiki satu per satu").click()
    expect(page.get_by_role("heading", name="Tanpa Undang-Undang sebagai dasar")).to_be_visible()
    page.get_by_label("Undang-Undang yang menjadi dasar").fill("UU 27/2022 ps. 65")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("link", name="Ambil ke berkas").click()
    expect(page.get_by_text("UU 27/2022 ps. 65")).to_be_visible()
    page.get_by_label("Perangkat daerah yang menguasai").select_option(label="Dinas Sosial")
    page.get_by_label("Judul untuk daftar umum").fill("Keadaan keluarga penerima bantuan")
    page.locator("[name=into]").select_option(index=1)
    page.get_by_role("button", name="Ambil ke berkas").click()

    expect(page.get_by_role("heading", name="Data penerima bantuan sosial")).to_be_visible()
    expect(page.get_by_text("UU 27/2022 ps. 65")).to_be_visible()
    to_desk(site, page)
    row = page.get_by_role("row", name="Data penerima bantuan sosial")
    expect(row.get_by_text("Dalam berkas")).to_be_visible()


def test_the_ppid_decides_that_an_ended_entry_is_open(site, officers):
    page = officers("ppid.kalteng")
    to_desk(site, page)
    page.get_by_role("link", name="Rencana pembelian tanah terminal").click()
    page.get_by_role("link", name="Putuskan terbuka").click()
    expect(page.get_by_label("Jangka waktunya sudah berakhir")).to_be_checked()
    page.get_by_label("Alasan", exact=True).fill("Pembelian selesai, akta sudah terbit.")
    page.get_by_role("button", name="Putuskan terbuka").click()

    to_desk(site, page)
    row = page.get_by_role("row", name="Rencana pembelian tanah terminal")
    expect(row.get_by_text("Diputus terbuka")).to_be_visible()
