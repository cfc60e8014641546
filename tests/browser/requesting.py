"""What an officer does with a request, as functions over a signed-in page."""

import re

from browser.walking import fill_date

NUMBER = "077/PI/2026"
REQUESTER = "Pemohon uji peramban"


def send(page):
    page.locator("main form .ppid-actions button[type=submit]").last.click()
    page.wait_for_load_state()


def record(page, site, *, on):
    page.goto(f"{site.office}/permintaan/")
    page.get_by_role("link", name="Catat permintaan").click()
    page.fill("[name=number]", NUMBER)
    fill_date(page, "received_on", on)
    page.fill("[name=requester]", REQUESTER)
    page.fill("[name=address]", "Jalan Contoh 7")
    page.fill("[name=subject]", "Hasil laboratorium peserta pemeriksaan")
    page.get_by_label("Salinan elektronik").check()
    page.get_by_label("Surat elektronik").check()
    send(page)
    page.wait_for_url(re.compile(r"/permintaan/[0-9a-f-]{36}/$"))
    return page.url


def begin_test(page, request_page, *, title):
    """Begin the test and return the address of its case."""
    page.goto(request_page)
    page.get_by_role("link", name="Uji atas permintaan").click()
    page.select_option("[name=agency]", label="Dinas Kesehatan")
    page.fill("[name=title]", f"{title} (internal)")
    page.fill("[name=public_title]", title)
    fresh = page.locator("[name=into] option", has_text="Berkas baru").first
    page.select_option("[name=into]", value=fresh.get_attribute("value"))
    send(page)
    link = page.locator("main a[href*='/berkas/']").first.get_attribute("href")
    return page.url[: page.url.index("/permintaan/")] + link


def fill_answer(page, outcome):
    page.fill("[name=number]", "480/77/2026")
    page.get_by_label(outcome).check()
    page.fill("[name=given]", "Halaman 1 dan rekapitulasi jumlah peserta.")
    page.fill("[name=redaction]", "Halaman 2 sampai 5, karena mengungkap riwayat kesehatan.")
    send(page)
