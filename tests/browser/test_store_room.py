"""A paper on its way through the store room: filed, labelled, lent, back, and looked for."""

import re

import pytest

from browser.test_every_page import axe_violations
from office.store import cells_of, qr_cells
from ppid.office.labels import SHEETS

pytestmark = pytest.mark.browser
CAMERA = """
  window.seen = [];
  window.BarcodeDetector = class {
    async detect() { return window.seen.map((rawValue) => ({ rawValue })); }
  };
  const canvas = document.createElement("canvas");
  const drawn = canvas.getContext("2d");
  setInterval(() => drawn.fillRect(Math.random() * 300, 0, 9, 9), 50);
  const camera = async () => canvas.captureStream(5);
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: camera } });
"""


def accessible_and_narrow(page):
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert axe_violations(page) == [], page.url


def codes_in(page, box):
    """Return the codes that the records have for a box."""
    page.goto(f"{box}periksa/")
    return page.locator("[data-code]").evaluate_all("all => all.map(one => one.dataset.code)")


def filed_elsewhere(page, site):
    """File the first paper of the first box in another one; return boxes, title and item."""
    page.goto(f"{site.office}/ruang-simpan/")
    boxes = [site.office + one.get_attribute("href") for one in page.locator(".ppid-tree a").all()]
    page.goto(boxes[2])
    link = page.locator("tbody tr", has_not_text="Dipinjam").locator("th a").first
    title, item = link.inner_text(), link.get_attribute("href").partition("#")[0]
    page.goto(f"{site.office}{item}arsip/")
    accessible_and_narrow(page)
    page.get_by_label("Tempat hard copy", exact=True).select_option(
        label="Ruang Arsip, Rak 1, Boks 3"
    )
    page.get_by_label("Nomor berkas").fill("2026/77")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(f"**{item}")
    assert "Ruang Arsip, Rak 1, Boks 3" in page.locator("main").inner_text()
    return boxes[2:], title, site.office + item


def labelled(page, site, item):
    """Print the paper's label; its QR is the address with its code. Return the code."""
    code = re.search(r"Kode label ([0-9A-F-]{14})", page.locator("main").inner_text())[1]
    pdf = page.context.request.get(f"{item}label.pdf").body()
    address = f"{site.office}/ruang-simpan/k/{code}/"
    assert qr_cells(pdf, SHEETS["3x8"], 0) == cells_of(address)
    page.goto(address)
    assert page.url.startswith(item)
    return code


def lent_and_back(page, site):
    page.get_by_role("link", name="Pinjamkan").click()
    page.get_by_label("Nama pihak luar").fill("Komisi Informasi")
    page.get_by_label("Keperluan").fill("Sidang sengketa informasi")
    accessible_and_narrow(page)
    page.get_by_role("button", name="Catat peminjaman").click()
    page.wait_for_url("**/pinjaman/")
    row = page.locator(".ppid-row", has_text="Komisi Informasi")
    row.get_by_role("link").click()
    receipt = page.get_by_role("link", name="Tanda terima peminjaman").get_attribute("href")
    assert page.context.request.get(site.office + receipt).body().startswith(b"%PDF")
    accessible_and_narrow(page)
    page.get_by_label("Keadaan waktu kembali").fill("lengkap")
    page.get_by_role("button", name="Sudah kembali").click()
    page.wait_for_url("**/pinjaman/")
    assert page.locator("#kembali + .ppid-rows", has_text="Komisi Informasi").count() == 1


def test_a_paper_is_filed_labelled_lent_and_found_out_of_place(site, officers):
    page = officers("petugas.bontang")
    (first, _, third), title, item = filed_elsewhere(page, site)
    code = labelled(page, site, item)
    lent_and_back(page, site)

    # The paper is planted in the first box; one that belongs there is not scanned.
    here = codes_in(page, first)
    assert code in codes_in(page, third)
    page.add_init_script(CAMERA)
    page.goto(f"{first}periksa/")
    page.get_by_role("button", name="Pindai dengan kamera").click()
    for one in (*here[1:], code):
        page.evaluate("one => { window.seen = [`http://kantor/ruang-simpan/k/${one}/`]; }", one)
        page.locator("[data-scan-status]", has_text=one).wait_for()
    page.get_by_role("button", name="Matikan kamera").click()
    page.reload()
    assert page.locator("[data-scans]").input_value().split() == [*here[1:], code]
    accessible_and_narrow(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim pemeriksaan").click()
    page.locator("[data-scan-status]", has_text="Belum ada sinyal").wait_for()
    page.context.set_offline(False)
    page.wait_for_url("**/ruang-simpan/periksa/*/")

    text = page.locator("main").inner_text()
    assert "Tempatnya: Ruang Arsip, Rak 1, Boks 3" in text
    assert title in text
    assert here[0] in text
    assert page.evaluate("Object.values(localStorage).every((one) => one === '[]')")
    accessible_and_narrow(page)
