"""From the team's decree to the approver who reads every position, in a real browser."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.deliberating import CONFLICT, DISSENT, appoint_team, invite, keep_minutes
from browser.looking import accessible, fits
from browser.walking import TITLE, add_item, fill_sheet, start_case

pytestmark = pytest.mark.browser
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()


def test_the_approver_reads_a_dissent_and_a_recusal_before_deciding(site, officers):
    ppid, clerk = officers("ppid.pontianak"), officers("petugas.pontianak")
    head = officers("pimpinan.pontianak")
    title = f"{TITLE} dengan pertimbangan"
    appoint_team(ppid, site, on=TODAY)
    official, agency = officers("bidang.pontianak"), "Dinas Kesehatan"
    case = start_case(official, site, title="Berkas dengan pertimbangan tim", agencies=[agency])
    add_item(clerk, case, title=title, agency=agency)
    fill_sheet(clerk, case, title=title, today=TODAY)
    clerk.goto(case)
    assert "Penetapan menunggu pertimbangan" in clerk.inner_text("#pertimbangan")
    invite(clerk, case, on=TODAY)
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
