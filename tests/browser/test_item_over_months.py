"""One item from a request to the day it opens, by the right people on the right days."""

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Site, environment, fill_sign_in, new_page, served
from browser.deliberating import DISSENT, appoint_team, invite, keep_minutes
from browser.requesting import REQUESTER, begin_test, fill_answer, record
from browser.walking import (
    approve_as_head,
    complete,
    determine_in_step,
    fill_sheet,
    is_finished,
)
from ppid.law.term import last_day_to_declare_open
from ppid.law.term_kinds import add_months
from ppid.law.workdays import national_calendar
from ready_made import copied

pytestmark = pytest.mark.browser
ZONE = ZoneInfo("Asia/Jakarta")
TITLE = "Hasil pemeriksaan kesehatan calon pejabat"
MONTHS = 4
DETERMINATION = "188.44/903/2026"
IN_THE_LETTER = (
    *(REQUESTER, "480/77/2026", DETERMINATION, "huruf h", "Halaman 2 sampai 5", TITLE),
    "14 hari kerja",
)


@dataclass
class Office:
    """An office whose days the test lets pass."""

    site: Site
    browser: Browser
    ahead: Path
    pages: dict[str, Page] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)

    def morning_of(self, day: date) -> None:
        """Let it be nine o'clock of the day, and the morning's watch run; who comes, signs in."""
        moment = datetime.combine(day, time(9), ZONE)
        self.ahead.write_text(str((moment - datetime.now(ZONE)).total_seconds()))
        subprocess.run(
            self.command("watch"), env=environment(self.site.data), check=True, capture_output=True
        )
        self.here.clear()
        for page in self.pages.values():
            page.context.clear_cookies()

    def command(self, *arguments: str) -> list[str]:
        return on_another_day(self.ahead, *arguments)

    def officer(self, name: str) -> Page:
        page = self.pages[name] = self.pages.get(name) or new_page(self.browser)
        if name not in self.here:
            fill_sign_in(page, self.site, f"{name}.kalteng")
            self.here.add(name)
        return page


def on_another_day(ahead: Path, *arguments: str) -> list[str]:
    script = Path(__file__).with_name("on_another_day.py")
    return [sys.executable, str(script), str(ahead), *arguments]


@pytest.fixture
def office(demo_made, tmp_path, chromium):
    data, ahead = copied(demo_made[0], tmp_path / "kantor"), tmp_path / "ahead"
    ahead.write_text("0")
    with served(data, command=lambda *rest: on_another_day(ahead, *rest)) as site:
        yield Office(site, chromium, ahead)


def next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def due(page):
    return page.locator("main tbody tr", has_text=TITLE)


def status_for_everybody(office):
    """What the public list says of the item to somebody who has not been there before."""
    visitor = office.browser.new_context().new_page()
    visitor.goto(f"{office.site.public}/kalteng/?cari=pemeriksaan+calon")
    return visitor.locator("tbody tr", has_text=TITLE).locator(".ppid-status").inner_text()


def asked_and_tested(office, *, on):
    """Record a request, appoint the team and write the sheet; return request and case."""
    asked = record(office.officer("petugas"), office.site, on=on)
    ppid = office.officer("ppid")
    appoint_team(ppid, office.site, on=on)
    case = begin_test(ppid, asked, title=TITLE)
    ppid.goto(case)
    ppid.locator("#informasi ~ .ppid-table a[href$='/uji/']").click()
    assert ppid.input_value("[name=moment]") == "atas_permintaan"
    fill_sheet(ppid, case, title=TITLE, today=on, months=MONTHS, moment="atas_permintaan")
    complete(ppid, case, "1")
    return asked, case


def answer(office, asked, outcome):
    """Answer the request; return what the page says against it."""
    ppid = office.officer("ppid")
    ppid.goto(f"{asked}jawab/")
    fill_answer(ppid, outcome)
    errors = ppid.locator(".govuk-error-summary")
    return errors.inner_text() if errors.count() else ""


def letter_of(office):
    """Return the letter with the answer that was just given."""
    ppid = office.officer("ppid")
    ppid.get_by_role("link", name="Buka surat jawaban").click()
    return ppid.inner_text("article")


def test_an_item_from_a_request_to_the_day_it_opens(office):
    began = next_monday(datetime.now(ZONE).date())
    ends = add_months(began, MONTHS)
    thirty_before = last_day_to_declare_open(ends, national_calendar()).day

    office.morning_of(began)
    asked, case = asked_and_tested(office, on=began)
    assert "belum ditetapkan" in answer(office, asked, "Ditolak seluruhnya")
    invite(office.officer("ppid"), case, on=began + timedelta(days=1))

    office.morning_of(began + timedelta(days=1))
    ppid = office.officer("ppid")
    ppid.goto(case)
    ppid.locator("#pertimbangan").get_by_role("link", name="Rapat").click()
    keep_minutes(ppid)
    complete(office.officer("tim"), case, "2", outcome="Ya")

    office.morning_of(began + timedelta(days=2))
    head = office.officer("pimpinan")
    head.goto(case)
    assert DISSENT in head.inner_text("#pimpinan")
    approve_as_head(head, case)
    determine_in_step(office.officer("atasan"), case, "3", number=DETERMINATION)
    ppid = office.officer("ppid")
    complete(ppid, case, "4")
    assert is_finished(ppid, case)
    assert "hanya ditutup sebagian" in answer(office, asked, "Ditolak seluruhnya")
    assert answer(office, asked, "Dikabulkan sebagian") == ""
    letter = letter_of(office)
    assert [one for one in IN_THE_LETTER if one not in letter] == []
    assert "(internal)" not in letter

    office.morning_of(thirty_before - timedelta(days=1))
    ppid = office.officer("ppid")
    ppid.goto(f"{office.site.office}/jatuh-tempo/")
    assert ppid.get_by_role("heading", name="Jatuh tempo").count() == 1
    assert due(ppid).count() == 0

    office.morning_of(thirty_before)
    ppid = office.officer("ppid")
    ppid.goto(f"{office.site.office}/jatuh-tempo/")
    assert "30 hari kerja" in due(ppid).inner_text()
    due(ppid).locator("select").select_option("buka")
    ppid.get_by_role("button", name="Laksanakan keputusan").click()
    assert ppid.locator(".govuk-notification-banner--success").count() == 1

    office.morning_of(ends - timedelta(days=1))
    assert status_for_everybody(office) == "Segera terbuka"

    office.morning_of(ends)
    assert status_for_everybody(office) == "Terbuka"
    ppid = office.officer("ppid")
    ppid.goto(f"{office.site.office}/jatuh-tempo/")
    assert due(ppid).count() == 0
    ppid.goto(f"{office.site.office}/jatuh-tempo/terbuka/")
    assert TITLE in ppid.inner_text("main tbody")
