"""One document through the whole archive: sealed, filed, labelled, read, blackened, looked for.

The pictures of the walk lie in build/archive afterwards, for whoever wants to see the pages.
"""

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Error

from browser.conftest import environment, ppid, sign_in
from browser.looking import accessible, fits
from office.store import cells_of, qr_cells
from papers.reading import text_of
from ppid.office.labels import SHEETS
from vault.covered import pdf

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / "build" / "archive"
NAME = "laporan-pemeriksaan.pdf"
WHY = "Menjawab permohonan informasi nomor 12"
REASON = "Melindungi riwayat kesehatan seseorang."
WIDTH, HEIGHT = 595, 842
NIK = (70, 676, 230, 694)
"""Left, bottom, right, top of the line with the number, in points of the page."""
PAGES = (
    (
        "PEMERINTAH KOTA",
        "Laporan pemeriksaan berkala",
        "",
        "Peserta: Siti Aminah",
        "NIK: 6474 0104 0591 0002",
        "Diagnosis: hipertensi esensial",
        "",
        "Jumlah peserta per kecamatan: 12, 31, 8.",
        "Biaya seluruhnya Rp12.500.000,00.",
    ),
    ("Lampiran", "Siti Aminah diperiksa pada 4 Mei 2026 di RSUD.", "Selesai."),
)
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
KEPT = """async (scope) => {
  const worker = await navigator.serviceWorker.getRegistration(scope);
  const name = `stock-take ${new URL(scope).pathname}`;
  const kept = (await caches.has(name)) ? await (await caches.open(name)).keys() : [];
  const pages = kept.map((one) => one.url).filter((one) => !one.includes("/aset/"));
  return [Boolean(worker), ...pages];
}"""

GONE = f"async (scope) => (await ({KEPT})(scope)).join() === 'false'"
KEPT_SINCE = """async ([scope, since]) => {
  const kept = await caches.open(`stock-take ${new URL(scope).pathname}`);
  const page = await kept.match(`${scope}tanpa-sinyal/`, { ignoreVary: true });
  return Number(page?.headers.get("Kept-At")) > since;
}"""
GROWN_OLD = """async (scope) => {
  const kept = await caches.open(`stock-take ${new URL(scope).pathname}`);
  const page = await kept.match(`${scope}tanpa-sinyal/`, { ignoreVary: true });
  const headers = new Headers(page.headers);
  headers.set("Kept-At", Date.now() - 12 * 3600 * 1000);
  await kept.put(`${scope}tanpa-sinyal/`, new Response(await page.text(), { headers }));
}"""


def seen(page, name):
    """Look at the page as it is: accessible, no wider than a telephone; keep its picture."""
    size = page.viewport_size
    accessible(page, page.url)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 740})
    fits(page, page.url)
    page.set_viewport_size(size)


def codes_in(page, box):
    """Return the codes that the records have for a box."""
    page.goto(f"{box}periksa/")
    return page.locator("[data-code]").evaluate_all("all => all.map(one => one.dataset.code)")


def uploaded(page, item):
    """Seal a document of the item."""
    page.goto(item)
    page.get_by_role("link", name="Unggah soft copy").first.click()
    file = {
        "name": NAME,
        "mimeType": "application/pdf",
        "buffer": pdf(*PAGES, size=(595, 842), top=760),
    }
    page.set_input_files("[name=file]", file)
    seen(page, "1-unggah")
    page.get_by_role("button", name="Segel ke brankas").click()
    page.wait_for_url(re.compile(r"/dokumen/[0-9a-f-]{36}/1/$"))
    seen(page, "1-tersegel")


def filed(page, item):
    """File the paper in the third box."""
    page.goto(f"{item}arsip/")
    page.get_by_label("Tempat hard copy", exact=True).select_option(
        label="Ruang Arsip, Rak 1, Boks 3"
    )
    page.get_by_label("Nomor berkas").fill("2026/77")
    seen(page, "2-arsip")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(item)
    main = page.locator("main").inner_text()
    assert "Ruang Arsip, Rak 1, Boks 3" in main
    assert NAME in main


def labelled(page, site, item):
    """Print the paper's label; its QR is the address with its code. Return the code."""
    seen(page, "3-informasi")
    code = re.search(r"Kode label ([0-9A-F-]{14})", page.locator("main").inner_text())[1]
    label = page.context.request.get(f"{item}label.pdf").body()
    address = f"{site.office}/ruang-simpan/k/{code}/"
    assert qr_cells(label, SHEETS["3x8"], 0) == cells_of(address)
    page.goto(address)
    assert page.url.startswith(item)
    page.get_by_role("link", name="Pinjamkan").click()
    seen(page, "3-pinjam")
    return code


def read_with_a_reason(page, document, folder):
    """Open the soft copy; what is handed out names its reader on each page."""
    page.goto(f"{document}baca/")
    if page.locator("[name=purpose]").count():
        page.locator("[name=purpose]").last.check()
    page.fill("[name=reason]", WHY)
    seen(page, "4-baca")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Catat dan buka").click()
    waiting.value.save_as(folder / NAME)
    made = pypdfium2.PdfDocument(folder / NAME)
    marks = [one.get_textpage().get_text_range().count("Salinan baca nomor") for one in made]
    picture = made[1].render(scale=1).to_pil().convert("L")
    made.close()
    assert (waiting.value.suggested_filename, min(marks) > 3) == (NAME, True)
    assert sum(picture.histogram()[100:230]) > 2000


def drag(page, left, bottom, right, top):
    sheet = page.locator("[data-marking]").bounding_box()
    scale = sheet["width"] / WIDTH
    page.mouse.move(sheet["x"] + left * scale, sheet["y"] + (HEIGHT - top) * scale)
    page.mouse.down()
    page.mouse.move(sheet["x"] + right * scale, sheet["y"] + (HEIGHT - bottom) * scale, steps=4)
    page.mouse.up()


def blackened(page, item):
    """Mark what was found and what is drawn, with pointer and keys; make the public copy."""
    page.goto(f"{item}penghitaman/")
    seen(page, "5-penghitaman")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("button", name="Buka dokumen").click()
    page.fill("[name=cari]", "siti aminah")
    page.get_by_role("button", name="Cari").click()
    seen(page, "5-temuan")
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
    seen(page, "5-tanda")
    page.get_by_role("button", name="Buat salinan untuk umum").click()
    page.wait_for_url("**/salinan-umum/**")
    seen(page, "5-salinan")


def approved_by_another(other, copy, folder):
    """Have the public copy approved; nothing of what was black is in it."""
    other.goto(copy)
    other.get_by_label("Setuju").check()
    other.get_by_role("button", name="Simpan keputusan").click()
    with other.expect_download() as waiting:
        other.get_by_role("link", name="Unduh salinan").click()
    waiting.value.save_as(folder / "umum.pdf")
    text = text_of((folder / "umum.pdf").read_bytes())
    assert (text.count(REASON), "Siti" in text, "6474" in text) == (3, False, False)


def scanned(page, codes):
    page.get_by_role("button", name="Pindai dengan kamera").click()
    for one in codes:
        page.evaluate("one => { window.seen = [`http://kantor/ruang-simpan/k/${one}/`]; }", one)
        page.locator("[data-scan-status]", has_text=one).wait_for()
    page.get_by_role("button", name="Matikan kamera").click()


def unread_after_twelve_hours(page, box):
    """Come back to a room without signal twelve hours after the phone kept the place."""
    context, scope, since = page.context, f"{box}periksa/", page.evaluate("Date.now()")
    page.goto(scope)
    page.wait_for_function(KEPT_SINCE, arg=[scope, since])
    page.goto(box)
    context.set_offline(True)  # what still renews it, of a visit before, fails from here on
    page.evaluate(GROWN_OLD, scope)
    another = context.new_page()  # what fails to open stays in it
    with pytest.raises(Error):
        another.goto(scope)
    another.close()
    context.set_offline(False)
    page.wait_for_function(GONE, arg=scope)


def taken_without_signal(page, box, codes):
    """Scan in a room without signal, in which the page was closed, and send outside."""
    context, scope = page.context, f"{box}periksa/"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(scope)
    page.locator("[data-scan-kept]").wait_for()
    scanned(page, codes[:1])
    seen(page, "6-periksa")
    assert page.evaluate(KEPT, scope) == [True, f"{scope}tanpa-sinyal/"]
    page.goto("about:blank")
    context.set_offline(True)
    page.goto(scope)
    assert page.locator("[data-scans]").input_value().split() == codes[:1]
    scanned(page, codes[1:])
    seen(page, "6-tanpa-sinyal")
    page.get_by_role("button", name="Lanjut mengirim").click()
    page.locator("[data-scan-status]", has_text="Belum ada sinyal").wait_for()
    context.set_offline(False)
    page.get_by_role("button", name="Kirim pemeriksaan").click()
    page.wait_for_url("**/ruang-simpan/periksa/*/")
    page.wait_for_function(GONE, arg=scope)
    assert page.evaluate("Object.values(localStorage).every((one) => one === '[]')")
    seen(page, "6-hasil")


def all_checked(other, site):
    """Have the whole vault read by the worker."""
    other.goto(f"{site.office}/register/brankas/")
    other.get_by_role("button", name="Periksa sekarang").click()
    other.get_by_text("Sedang diperiksa atas permintaan").wait_for()
    subprocess.run(ppid("worker", "--once"), env=environment(site.data), check=True)
    other.reload()
    other.get_by_text("semua berkas sudah dibaca sesudah itu").wait_for()
    seen(other, "7-keutuhan")


def test_a_document_is_sealed_filed_labelled_read_blackened_and_found_out_of_place(
    site, chromium, tmp_path
):
    page = sign_in(chromium, site, "petugas.bontang")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{site.office}/ruang-simpan/")
    first, _, third = [
        site.office + one.get_attribute("href") for one in page.locator(".ppid-tree a").all()
    ][2:]
    page.goto(first)
    link = page.locator("tbody tr", has_not_text="Dipinjam").locator("th a").first
    title, item = link.inner_text(), site.office + link.get_attribute("href").partition("#")[0]

    uploaded(page, item)
    document = page.url
    filed(page, item)
    code = labelled(page, site, item)
    read_with_a_reason(page, document, tmp_path)
    blackened(page, item)
    other = sign_in(chromium, site, "ppid.bontang")
    approved_by_another(other, page.url, tmp_path)
    all_checked(other, site)

    # The paper lies in the first box; one that belongs there is not scanned.
    here = codes_in(page, first)
    assert code in codes_in(page, third)
    page.add_init_script(CAMERA)
    unread_after_twelve_hours(page, first)
    taken_without_signal(page, first, [*here[1:], code])
    text = page.locator("main").inner_text()
    assert "Tempatnya: Ruang Arsip, Rak 1, Boks 3" in text
    assert title in text
    assert here[0] in text
