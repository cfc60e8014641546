"""What officers do to deliberate, as functions over a signed-in page."""

from browser.looking import accessible
from browser.walking import fill_date

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


def appoint_team(page, site, *, on):
    """Appoint a team of five that may be invited on the day of the meeting."""
    page.goto(f"{site.office}/orang/")
    page.get_by_role("link", name="Tim Pertimbangan", exact=True).click()
    page.get_by_role("link", name="Tetapkan tim").click()
    accessible(page, page.url)
    page.fill("[name=decree_number]", "188.45/77/2026")
    fill_date(page, "decree_date", on)
    fill_date(page, "starts_on", on)
    for number, name in enumerate(MEMBERS, 1):
        field = page.locator(f"[name=member_{number}]")
        field.select_option(option(field, name))
    field = page.locator("[name=chair]")
    field.select_option(option(field, MEMBERS[0]))
    page.fill("[name=notice_days]", "0")
    page.click("main button[type=submit]")
    saved(page)


def invite(page, case, *, on):
    page.goto(case)
    page.locator("#pertimbangan").get_by_role("link", name="Undang tim").click()
    accessible(page, page.url)
    fill_date(page, "held_on", on)
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
