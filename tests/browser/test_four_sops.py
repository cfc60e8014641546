"""The four SOPs from first step to end in a real browser, by different people in their roles."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.walking import (
    TITLE,
    add_item,
    approve_as_head,
    complete,
    determine_in_step,
    file_all,
    fill_sheet,
    is_finished,
    issue_letter,
    start_case,
)

pytestmark = pytest.mark.browser
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()  # nowhere in the country is it earlier
REASON = "Uraian informasi belum jelas dan terang."


def test_kalteng_with_a_refusal_ends_with_its_list_on_the_public_site(site, officers, chromium):
    ppid, team, head = (officers(f"{who}.kalteng") for who in ("ppid", "tim", "pimpinan"))
    superior = officers("atasan.kalteng")
    case = start_case(ppid, site, title="Pemeriksaan berkala Kalteng")
    add_item(ppid, case, title=f"{TITLE} Kalteng", agency="Dinas Kesehatan")
    fill_sheet(ppid, case, title=f"{TITLE} Kalteng", today=TODAY)
    complete(ppid, case, "1")
    complete(team, case, "2", outcome="Tidak", reason=REASON)
    complete(ppid, case, "1")
    complete(team, case, "2", outcome="Ya")
    approve_as_head(head, case)
    determine_in_step(superior, case, "3", number="188.44/901/2026")
    complete(ppid, case, "4")
    assert is_finished(ppid, case)

    visitor = chromium.new_page()
    visitor.goto(f"{site.public}/kalteng/?cari=pemeriksaan+berkala")
    assert visitor.get_by_role("link", name=f"{TITLE} Kalteng").count() == 1
    assert "(internal)" not in visitor.content()
    visitor.get_by_role("link", name=f"{TITLE} Kalteng").click()
    assert "188.44/901/2026" in visitor.inner_text("main")
    visitor.close()


def test_bontang_with_a_refusal_runs_to_its_end(site, officers):
    clerk, chair, team = (officers(f"{who}.bontang") for who in ("petugas", "ppid", "tim"))
    head = officers("pimpinan.bontang")
    case = start_case(clerk, site, title="Pemeriksaan berkala Bontang")
    add_item(clerk, case, title=f"{TITLE} Bontang", agency="Dinas Kesehatan")
    fill_sheet(clerk, case, title=f"{TITLE} Bontang", today=TODAY)
    complete(clerk, case, "1")
    complete(chair, case, "2", outcome="Tidak", reason=REASON)
    complete(clerk, case, "1")
    complete(chair, case, "2", outcome="Ya")
    complete(team, case, "3")
    complete(head, case, "3")
    approve_as_head(head, case)
    issue_letter(chair, case, number="188.45/902/2026")
    file_all(clerk, case)
    complete(clerk, case, "4")
    complete(clerk, case, "5")
    assert is_finished(clerk, case)


def test_bali_with_a_refusal_runs_to_its_end(site, officers):
    ppid, team, superior = (officers(f"{who}.bali") for who in ("ppid", "tim", "atasan"))
    clerk = officers("petugas.bali")
    case = start_case(ppid, site, title="Pemeriksaan berkala Bali")
    add_item(clerk, case, title=f"{TITLE} Bali", agency="Dinas Kesehatan")
    fill_sheet(clerk, case, title=f"{TITLE} Bali", today=TODAY)
    complete(ppid, case, "1")
    complete(team, case, "1")
    complete(superior, case, "2", outcome="Tidak", reason=REASON)
    complete(ppid, case, "1")
    complete(team, case, "1")
    complete(superior, case, "2", outcome="Ya")
    file_all(clerk, case)
    complete(ppid, case, "3")
    assert is_finished(ppid, case)


def test_pontianak_with_three_agencies_runs_to_its_end(site, officers):
    official, ppid = officers("bidang.pontianak"), officers("ppid.pontianak")
    agencies = {
        "dinkes": "Dinas Kesehatan",
        "bkd": "Badan Kepegawaian Daerah",
        "inspektorat": "Inspektorat Daerah",
    }
    case = start_case(
        official, site, title="Pemeriksaan berkala Pontianak", agencies=agencies.values()
    )
    for name in agencies.values():
        add_item(official, case, title=f"{TITLE} {name}", agency=name)
    complete(official, case, "1")
    complete(ppid, case, "2")
    for code, name in agencies.items():
        tester = officers(f"{code}.pontianak")
        fill_sheet(tester, case, title=f"{TITLE} {name}", today=TODAY)
        complete(tester, case, "3", agency=name)
    complete(ppid, case, "4")
    complete(official, case, "5")
    assert is_finished(official, case)


def test_a_double_click_does_one_thing(site, officers):
    ppid = officers("ppid.kalteng")
    case = start_case(ppid, site, title="Klik ganda")
    add_item(ppid, case, title=f"{TITLE} klik", agency="Dinas Kesehatan")
    ppid.goto(case)
    ppid.locator("section.ppid-box--current .ppid-actions button[type=submit]").dblclick()
    ppid.locator(".govuk-notification-banner--success, .govuk-error-summary").first.wait_for()
    ppid.goto(case)

    done = ppid.locator(".moj-timeline__title", has_text="Langkah 1 selesai")

    assert done.count() == 1
