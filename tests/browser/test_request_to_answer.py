"""One request in a real browser: recorded, tested on request, determined, answered in part."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.walking import approve_as_head, complete, decide_lines, fill_date, fill_sheet

pytestmark = pytest.mark.browser
TODAY = datetime.now(ZoneInfo("Asia/Pontianak")).date()
TITLE = "Hasil laboratorium peserta tahun lalu"
NUMBER = "077/PI/2026"
REQUESTER = "Pemohon uji peramban"


def send(page):
    page.locator("main form .ppid-actions button[type=submit]").last.click()
    page.wait_for_load_state()


def record(page, site):
    page.goto(f"{site.office}/permintaan/")
    page.get_by_role("link", name="Catat permintaan").click()
    page.fill("[name=number]", NUMBER)
    fill_date(page, "received_on", TODAY)
    page.fill("[name=requester]", REQUESTER)
    page.fill("[name=address]", "Jalan Contoh 7")
    page.fill("[name=subject]", "Hasil laboratorium peserta pemeriksaan")
    page.get_by_label("Salinan elektronik").check()
    page.get_by_label("Surat elektronik").check()
    send(page)
    page.wait_for_url(re.compile(r"/permintaan/[0-9a-f-]{36}/$"))
    return page.url


def begin_test(page, request_page):
    """Begin the test and return the address of its case."""
    page.goto(request_page)
    page.get_by_role("link", name="Uji atas permintaan").click()
    page.select_option("[name=agency]", label="Dinas Kesehatan")
    page.fill("[name=title]", f"{TITLE} (internal)")
    page.fill("[name=public_title]", TITLE)
    fresh = page.locator("[name=into] option", has_text="Berkas baru").first
    page.select_option("[name=into]", value=fresh.get_attribute("value"))
    send(page)
    link = page.locator("main a[href*='/berkas/']").first.get_attribute("href")
    return page.url[: page.url.index("/permintaan/")] + link


def determine(site, officers, case, *, number):
    ppid = officers("ppid.kalteng")
    complete(ppid, case, "1")
    complete(officers("tim.kalteng"), case, "2", outcome="Ya")
    approve_as_head(officers("pimpinan.kalteng"), case)
    superior = officers("atasan.kalteng")
    superior.goto(case)
    decide_lines(superior.locator("#langkah-3"), "Tetapkan dikecualikan")
    superior.fill("[name=langkah-3-isi-number]", number)
    superior.locator("section.ppid-box--current .ppid-actions button[type=submit]").click()
    superior.wait_for_load_state()
    assert superior.locator(".govuk-error-summary").count() == 0, superior.inner_text("main")


def fill_answer(page, outcome):
    page.fill("[name=number]", "480/77/2026")
    page.get_by_label(outcome).check()
    page.fill("[name=given]", "Halaman 1 dan rekapitulasi jumlah peserta.")
    page.fill("[name=redaction]", "Halaman 2 sampai 5, karena mengungkap riwayat kesehatan.")
    send(page)


def test_a_request_is_tested_determined_and_answered_in_part(site, officers):
    clerk, ppid = officers("petugas.kalteng"), officers("ppid.kalteng")
    address = record(clerk, site)
    case = begin_test(ppid, address)
    ppid.goto(case)
    ppid.locator("#informasi ~ .ppid-table a[href$='/uji/']").click()
    assert ppid.input_value("[name=moment]") == "atas_permintaan"
    fill_sheet(ppid, case, title=TITLE, today=TODAY, moment="atas_permintaan")

    ppid.goto(f"{address}jawab/")
    fill_answer(ppid, "Ditolak seluruhnya")
    assert "belum ditetapkan" in ppid.inner_text(".govuk-error-summary")

    determine(site, officers, case, number="188.44/977/2026")
    ppid.goto(f"{address}jawab/")
    fill_answer(ppid, "Ditolak seluruhnya")
    assert "hanya ditutup sebagian" in ppid.inner_text(".govuk-error-summary")
    fill_answer(ppid, "Dikabulkan sebagian")
    ppid.get_by_role("link", name="Buka surat jawaban").click()

    letter = ppid.inner_text("article")
    shown = (REQUESTER, "480/77/2026", "188.44/977/2026", "huruf h", "Halaman 2 sampai 5", TITLE)
    assert [one for one in shown if one not in letter] == []
    assert "(internal)" not in letter
    assert "14 hari kerja" in letter
