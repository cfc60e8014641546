"""The repair desk in a browser: an entry becomes a candidate, and one that has ended is opened."""

import pytest
from playwright.sync_api import expect

from office.list_samples import workbook

pytestmark = pytest.mark.browser
OLD = (
    ("No", "Informasi", "Dasar hukum pengecualian", "Konsekuensi dibuka", "Jangka Waktu", "OPD"),
    ("1.", "Denah gudang obat", "UU 14/2008 ps. 17 huruf c", "Bersifat rahasia", "Selamanya", "-"),
    ("2.", "Hasil asesmen", "UU 14/2008 ps. 17 huruf h angka 4", "-", "s.d. 2024", "Dinas Sosial"),
    ("3.", "Nama saksi", "UU 14/2008 ps. 17 huruf a angka 2", "-", "", "Inspektorat Daerah"),
)


def to_desk(site, page):
    page.goto(f"{site.office}/")
    page.get_by_role("link", name="Meja perbaikan").click()


def test_three_rows_come_in_and_one_is_taken_up(site, officers, tmp_path):
    path = tmp_path / "dik-lama.xlsx"
    path.write_bytes(workbook(*OLD))
    page = officers("petugas.bali")
    page.goto(f"{site.office}/daftar-lama/impor/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Lanjut ke kolom").click()
    page.get_by_role("button", name="Periksa baris").click()
    page.get_by_role("button", name="Impor 3 baris").click()
    page.get_by_role("link", name="Ke meja perbaikan").click()
    for title in ("Denah gudang obat", "Hasil asesmen", "Nama saksi"):
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()

    page.get_by_role("link", name="Denah gudang obat").click()
    page.get_by_role("link", name="Perbaiki satu per satu").click()
    expect(page.get_by_role("heading", name="Jangka waktu tanpa akhir yang sah")).to_be_visible()
    expect(page.get_by_text("Selamanya", exact=True)).to_be_visible()
    page.get_by_label("Isi sendiri di lembar uji").check()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", name="Konsekuensi berupa kalimat umum")).to_be_visible()
    page.get_by_label("Konsekuensi bila dibuka").fill("Pencuri mengetahui letak obat keras.")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("link", name="Ambil ke berkas").click()
    page.get_by_label("Perangkat daerah yang menguasai").select_option(label="Dinas Kesehatan")
    page.locator("[name=into]").select_option(index=1)
    page.get_by_role("button", name="Ambil ke berkas").click()

    expect(page.get_by_role("heading", name="Denah gudang obat")).to_be_visible()
    expect(page.get_by_text("Pencuri mengetahui letak obat keras.")).to_be_visible()


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
