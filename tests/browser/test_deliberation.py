"""From the team's decree to the approver who reads every position, in a real browser."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.test_every_page import accessible, fits
from browser.walking import TITLE, add_item, fill_date, fill_sheet, start_case

pytestmark = pytest.mark.browser
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
MEMBERS = ("Petugas PPID", "Badan Kepegawaian", "Dinas Kesehatan", "Inspektorat", "Dinas Sosial")
DISSENT = "Ringkasannya sudah pernah diumumkan; tidak ada yang dilindungi."
CONFLICT = "Anggota ini atasan pegawai yang diperiksa."


def option(field, text):
    """Return the value of the first option of a select that names the text."""
    return field.locator("option", has_text=text).first.get_attribute("value")


def saved(page):
    page.wait_for_load_state()
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text("main")[:2000]
    assert page.locator(".govuk-notification-banner--success").count() == 1


def appoint_team(page, site):
    """Appoint a team of five that may be invited on the day of the meeting."""
    page.goto(f"{site.office}/orang/")
    page.get_by_role("link", name="Tim Pertimbangan").click()
    page.get_by_role("link", name="Tetapkan tim").click()
    accessible(page, page.url)
    page.fill("[name=decree_number]", "188.45/77/2026")
    fill_date(page, "decree_date", TODAY)
    fill_date(page, "starts_on", TODAY)
    for number, name in enumerate(MEMBERS, 1):
        field = page.locator(f"[name=member_{number}]")
        field.select_option(option(field, name))
    field = page.locator("[name=chair]")
    field.select_option(option(field, MEMBERS[0]))
    page.fill("[name=notice_days]", "0")
    page.click("main button[type=submit]")
    saved(page)


def invite(page, case):
    page.goto(case)
    page.locator("#pertimbangan").get_by_role("link", name="Undang tim").click()
    accessible(page, page.url)
    fill_date(page, "held_on", TODAY)
    page.fill("[name=begins_at]", "09.00")
    page.click("main button[type=submit]")
    saved(page)


def keep_minutes(page):
    """All but one hold that a part stays closed: one keeps out, one would open it."""
    page.get_by_role("link", name="Catat rapat").click()
    accessible(page, page.url)
    page.fill("[name=number]", "BA/77/2026")
    for box in page.locator("[name=present]").all():
        box.check()
    for select in page.locator("select[name^=stance_]").all():
        select.select_option("sebagian")
    page.locator("select[name^=stance_][name$='_1']").select_option("mundur")
    page.locator("select[name^=stance_][name$='_4']").select_option("terbuka")
    page.locator("[name^=why_][name$='_1']").fill(CONFLICT)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    assert "belum beralasan" in page.inner_text(".govuk-error-summary")
    page.locator("[name^=why_][name$='_4']").fill(DISSENT)
    page.click("main button[type=submit]")
    saved(page)


def test_the_approver_reads_a_dissent_and_a_recusal_before_deciding(site, officers):
    ppid, clerk = officers("ppid.pontianak"), officers("petugas.pontianak")
    head = officers("pimpinan.pontianak")
    title = f"{TITLE} dengan pertimbangan"
    appoint_team(ppid, site)
    official, agency = officers("bidang.pontianak"), "Dinas Kesehatan"
    case = start_case(official, site, title="Berkas dengan pertimbangan tim", agencies=[agency])
    add_item(clerk, case, title=title, agency=agency)
    fill_sheet(clerk, case, title=title, today=TODAY)
    clerk.goto(case)
    assert "Penetapan menunggu pertimbangan" in clerk.inner_text("#pertimbangan")
    invite(clerk, case)
    keep_minutes(clerk)
    accessible(clerk, clerk.url)
    assert DISSENT in clerk.inner_text("main")

    head.goto(case)
    accessible(head, case)
    seen = head.inner_text("#pimpinan")

    assert "Pertimbangan tim: dikecualikan sebagian." in seen
    assert re.search("sebagian 3, terbuka 1", seen)
    assert DISSENT in seen
    assert "Pendapat berbeda" in seen
    assert CONFLICT in seen
    assert "Mengundurkan diri" in seen
    head.set_viewport_size({"width": 360, "height": 740})
    head.reload()
    fits(head, case)
    head.get_by_role("link", name="Berita acara BA/77/2026").first.click()
    fits(head, head.url)
    head.locator("#informasi-1").wait_for()
