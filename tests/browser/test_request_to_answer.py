"""One request in a real browser: recorded, tested on request, determined, answered in part."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.requesting import REQUESTER, begin_test, fill_answer, record
from browser.walking import approve_as_head, complete, determine_in_step, fill_sheet

pytestmark = pytest.mark.browser
TODAY = datetime.now(ZoneInfo("Asia/Pontianak")).date()
TITLE = "Hasil laboratorium peserta tahun lalu"


def determine(site, officers, case, *, number):
    ppid = officers("ppid.kalteng")
    complete(ppid, case, "1")
    complete(officers("tim.kalteng"), case, "2", outcome="Ya")
    approve_as_head(officers("pimpinan.kalteng"), case)
    determine_in_step(officers("atasan.kalteng"), case, "3", number=number)


def test_a_request_is_tested_determined_and_answered_in_part(site, officers):
    clerk, ppid = officers("petugas.kalteng"), officers("ppid.kalteng")
    address = record(clerk, site, on=TODAY)
    case = begin_test(ppid, address, title=TITLE)
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
