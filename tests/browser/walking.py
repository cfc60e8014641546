"""What an officer does with the pages, as functions over a signed-in page."""

import re

TITLE = "Data kesehatan peserta pemeriksaan berkala"
SHEET = {
    "document": "Berkas pemeriksaan berkala pegawai",
    "information": "Diagnosis dan hasil laboratorium per peserta, halaman 2 sampai 5.",
    "statutes": "UU 14/2008 ps. 17 huruf h angka 2",
    "consequence_if_open": "Penyakit peserta diketahui umum dan dipakai untuk mendiskriminasinya.",
    "consequence_if_closed": "Rahasia kesehatan peserta terjaga; jumlah peserta tetap diumumkan.",
    "public_interest": "Pengawasan cukup dengan rekapitulasi; identitas tidak menambah apa pun.",
    "parts": "Halaman 2 sampai 5.",
    "place": "Ruang rapat",
    "participants": "Ketua Tim Uji; Kepala Bidang\nAnggota; Perancang Peraturan",
}


def case_id(page) -> str:
    return re.search(r"/berkas/([0-9a-f-]{36})/", page.url).group(1)


def start_case(page, site, *, title, agencies=()) -> str:
    """Start a case from the SOP library and return its address."""
    page.goto(f"{site.office}/sop/")
    page.get_by_role("link", name=re.compile("Mulai berkas")).first.click()
    page.fill("[name=title]", title)
    for agency in agencies:
        page.get_by_label(agency).check()
    page.get_by_role("button", name=re.compile("Mulai")).click()
    page.wait_for_url(re.compile(r"/berkas/[0-9a-f-]{36}/"))
    return page.url


def add_item(page, case, *, title, agency):
    page.goto(f"{case.rstrip('/')}/informasi/")
    page.select_option("[name=agency]", label=agency)
    page.fill("[name=title]", f"{title} (internal)")
    page.fill("[name=public_title]", title)
    page.fill("[name=summary]", "Berkas per peserta.")
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/berkas/"))


def fill_sheet(page, case, *, title, today, months=24, moment="sebelum_permintaan"):
    """Fill in the sheet of an item completely, from the table on the case page."""
    page.goto(case)
    row = page.locator("#informasi ~ .ppid-table tr", has_text=title)
    row.locator("a[href$='/uji/']").click()
    for name, text in SHEET.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=ground]", "h.2")
    page.select_option("[name=part]", "sebagian")
    page.select_option("[name=term_kind]", "period")
    fill_date(page, "starts_on", today)
    page.fill("[name=months]", str(months))
    page.select_option("[name=moment]", moment)
    fill_date(page, "tested_on", today)
    page.select_option("[name=consent]", "tidak")
    page.select_option("[name=public_office]", "tidak")
    for answer in page.locator("select[name^=never_]").all():
        answer.select_option("tidak")
    for box in page.locator("[name=publishable]").all():
        box.check()
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/informasi/[0-9a-f-]{36}/$"))


def fill_date(page, name, day):
    for part, value in (("hari", day.day), ("bulan", day.month), ("tahun", day.year)):
        page.fill(f"[name$={name}_{part}]", str(value))


def complete(page, case, row, *, outcome=None, reason=None, agency=None):
    """Complete a step of the case, with its decision and reason."""
    page.goto(case)
    box = page.locator("section.ppid-box--current", has_text=f"Langkah {row}:")
    if agency:
        box = box.filter(has_text=agency)
    if not reason:
        decide_lines(box, "Setuju")
    if outcome:
        box.get_by_role("radio", name=outcome, exact=True).last.check()
    if reason:
        box.get_by_role("textbox", name=re.compile("^Alasan")).last.fill(reason)
    box.locator(".ppid-actions button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text("main")[:2000]
    assert page.locator(".govuk-notification-banner--success").count() == 1


def decide_lines(box, choice):
    """Choose the same decision for every line of a box that offers it."""
    for radio in box.locator(".ppid-box").get_by_role("radio", name=choice, exact=True).all():
        radio.check()


def approve_as_head(page, case):
    page.goto(case)
    decide_lines(page.locator("#pimpinan"), "Setuju")
    page.locator("#pimpinan button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".govuk-notification-banner--success").count() == 1


def determine_in_step(page, case, row, *, number):
    """Issue the letter in the SOP's own row, for every line of it."""
    page.goto(case)
    decide_lines(page.locator(f"#langkah-{row}"), "Tetapkan dikecualikan")
    page.fill(f"[name=langkah-{row}-isi-number]", number)
    page.locator("section.ppid-box--current .ppid-actions button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text("main")[:2000]


def issue_letter(page, case, *, number):
    """Issue the letter where the SOP has no row for it."""
    page.goto(case)
    decide_lines(page.locator("#penetapan"), "Tetapkan dikecualikan")
    page.fill("[name=penetapan-number]", number)
    page.locator("#penetapan button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text("main")[:2000]


def file_all(page, case):
    """Record where every item of the case is kept."""
    page.goto(case)
    for address in [
        link.get_attribute("href") for link in page.locator("main a[href$='/arsip/']").all()
    ]:
        page.goto(case[: case.index("/berkas/")] + address)
        page.fill("[name=soft_copy]", "Brankas digital")
        page.fill("[name=hard_copy]", "Ruang arsip, lemari 1")
        page.click("main button[type=submit]")
        page.wait_for_load_state()


def is_finished(page, case) -> bool:
    page.goto(case)
    return page.locator(".ppid-facts .ppid-status--open").count() == 1
