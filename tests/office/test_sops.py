"""The SOP library: what a version is worth today, what its check says, and adopting a file."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.factories import case_of, sign_in, sop_text
from office.offices import case_in, item_in
from office.pages import MONDAY, appoint, as_role, codes, send, visit
from office.remembered import remembered
from ppid.office.actions.bodies import create_body
from ppid.office.actions.sops import adopt_sop
from ppid.office.models import SopVersion
from ppid.sop.load import LARGEST_FILE

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def walk():
    return case_of("kalteng")[0]


def upload(content, name="sop.toml"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_a_version_is_worth_what_its_dates_say_today(client):
    walk, _ = case_of("bali", on=date(2021, 6, 1))
    as_role(client, walk, "ppid_utama")

    def state(on):
        with time_machine.travel(datetime(*on, 12, tzinfo=ZoneInfo("Asia/Jakarta")), tick=False):
            return visit(client, "sops").context["lines"][0]

    assert state((2021, 12, 31)).state == "berlaku"
    ended = state((2022, 1, 1))
    assert ended.state == "berakhir"
    assert codes(ended.obstacles) == {"sop_ended"}


def test_a_version_that_begins_later_says_so(client, walk):
    text = sop_text("kalteng").replace("[tanggal]", "[tanggal]\nefektif = 2026-03-10", 1)
    adopt_sop(walk.body, text=text, at=walk.tick())
    as_role(client, walk, "ppid_utama")

    states = [line.state for line in visit(client, "sops").context["lines"]]

    assert states == ["berlaku", "belum berlaku"]


def test_a_version_counts_the_cases_that_run_on_it(client, walk):
    as_role(client, walk, "ppid_utama")

    line = visit(client, "sops").context["lines"][0]

    assert (line.running, line.obstacles) == (1, ())


def test_who_may_not_start_or_adopt_sees_why(client, walk):
    as_role(client, walk, "tim_pertimbangan")

    page = visit(client, "sops")

    assert codes(page.context["obstacles"]) == {"not_authorised"}
    assert codes(page.context["lines"][0].obstacles) == {"not_authorised"}
    assert page.content.count(b'aria-disabled="true"') == 2


def test_the_page_of_a_version_draws_its_sheet_and_tells_its_findings(client, walk):
    as_role(client, walk, "ppid_utama")

    page = visit(client, "sop", SopVersion.objects.get().pk)

    assert page.content.count(b"<svg") == len(page.context["sheets"]) > 0
    assert page.context["page"].report.warnings
    assert [step.number for step in page.context["page"].starts] == [1]
    assert b"style=" not in page.content


def test_a_version_of_another_body_does_not_exist(client, walk):
    other = create_body("lain", name="Lain", place="K", timezone="Asia/Jayapura", at=walk.tick())
    version = adopt_sop(other, text=sop_text("bontang"), at=walk.tick())
    as_role(client, walk, "ppid_utama")

    visit(client, "sop", version.pk, status=404)
    visit(client, "case_new", version.pk, status=404)


def test_a_file_is_adopted_byte_for_byte(client, walk):
    as_role(client, walk, "ppid_utama")
    text = sop_text("bontang")

    send(client, "sop_adopt", file=upload(text))

    made = SopVersion.objects.get(code="bontang")
    assert made.text == text


def test_a_pasted_file_is_the_same_file(client, walk):
    as_role(client, walk, "ppid_utama")

    first = send(client, "sop_adopt", text=sop_text("bontang").replace("\n", "\r\n"))
    second = send(client, "sop_adopt", file=upload(sop_text("bontang")))

    assert first.url == second.url
    assert SopVersion.objects.filter(code="bontang").count() == 1


def test_a_file_may_begin_with_a_byte_order_mark(client, walk):
    as_role(client, walk, "ppid_utama")

    send(client, "sop_adopt", file=upload(b"\xef\xbb\xbf" + sop_text("bontang").encode()))

    assert SopVersion.objects.filter(code="bontang").exists()


def test_an_upload_may_be_sent_twice(client, walk):
    as_role(client, walk, "ppid_utama")
    act = visit(client, "sop_adopt").context["form"]["act"].initial

    send(client, "sop_adopt", act=act, file=upload(sop_text("bontang")))
    again = send(client, "sop_adopt", act=act, file=upload(sop_text("bontang")))

    assert again.url.endswith("/sop/")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_missing"),
        (b"   \n", "file_missing"),
        (b"kode = ", "bad_toml"),
        (b"\xff\xfe", "not_utf8"),
        (b"#" * (LARGEST_FILE + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(client, walk, content, code):
    as_role(client, walk, "ppid_utama")

    page = send(client, "sop_adopt", status=200, file=upload(content))

    assert codes(page.context["mistakes"]) == {code}
    assert SopVersion.objects.count() == 1


def test_every_mistake_of_a_file_is_told_at_its_place(client, walk):
    as_role(client, walk, "ppid_utama")
    text = sop_text("kalteng")
    text = text.replace('aksi = "umumkan"', 'aksi = "sebarkan"').replace("Tidak = 1", "Tidak = 99")

    page = send(client, "sop_adopt", status=200, text=text)

    mistakes = page.context["mistakes"]
    assert len(mistakes) == 2
    assert all(one.place for one in mistakes)
    assert page.context["form"]["text"].value() == text
    assert SopVersion.objects.count() == 1


def test_a_flow_that_cannot_run_is_refused(client, walk):
    as_role(client, walk, "ppid_utama")
    text = sop_text("kalteng").replace("Ya = 3, Tidak = 1", "Ya = 1, Tidak = 1")

    page = send(client, "sop_adopt", status=200, text=text)

    assert page.context["mistakes"]
    assert SopVersion.objects.count() == 1


def test_a_file_can_be_checked_and_seen_without_adopting_it(client, walk):
    as_role(client, walk, "ppid_utama")

    page = send(client, "sop_adopt", status=200, file=upload(sop_text("bontang")), periksa="ya")

    assert page.context["sheets"]
    assert page.context["form"]["text"].value() == sop_text("bontang")
    assert SopVersion.objects.count() == 1


def test_who_may_not_adopt_may_check(client, walk):
    as_role(client, walk, "petugas_ppid")

    checked = send(client, "sop_adopt", status=200, text=sop_text("bontang"), periksa="ya")
    refused = send(client, "sop_adopt", status=403, text=sop_text("bontang"))

    assert checked.context["sheets"]
    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert SopVersion.objects.count() == 1


def test_the_manager_adopts_without_seeing_cases(client, walk):
    sign_in(client, appoint(walk, "pengelola_sistem"))

    send(client, "sop_adopt", file=upload(sop_text("bontang")))

    assert SopVersion.objects.filter(code="bontang").exists()


def test_the_library_asks_as_many_questions_for_three_versions_as_for_one(client, walk):
    as_role(client, walk, "ppid_utama")
    visit(client, "sops")
    with CaptureQueriesContext(connection) as one:
        visit(client, "sops")
    for name in ("bontang", "pontianak"):
        adopt_sop(walk.body, text=sop_text(name), at=walk.tick())

    with CaptureQueriesContext(connection) as three:
        visit(client, "sops")

    assert len(three) == len(one)


INSIDE = "Nama dan alamat dokter yang merawat pasien itu pada bulan Maret"


def test_what_an_sop_would_let_out_is_shown_at_its_place_and_asks_for_a_reason(client, walk):
    item_in(walk, case_in(walk), title=INSIDE)
    as_role(client, walk, "ppid_utama")
    text = sop_text("bontang").replace('nama = "', f'nama = "{INSIDE} ', 1)

    looked = send(client, "sop_adopt", status=200, text=text, periksa="ya")
    asked = send(client, "sop_adopt", status=403, text=text)
    send(client, "sop_adopt", text=text, cleared="Contoh itu sudah umum")

    for page in (looked, asked):
        assert codes(page.context["findings"]) == {"close_to_confidential"}
        assert "Nama SOP:" in page.content.decode()
    assert 'name="cleared"' in asked.content.decode()
    assert SopVersion.objects.filter(text=text).exists()


def test_a_version_that_stays_inside_says_why(client, walk):
    as_role(client, walk, "ppid_utama")
    version = SopVersion.objects.get()
    text = version.text.replace('nama = "', 'nama = "Hubungi 0812-3456-7890 ', 1)
    before = visit(client, "sop", version.pk).content.decode()
    SopVersion.objects.filter(pk=version.pk).update(text=text)

    page = visit(client, "sop", version.pk).content.decode()

    assert "Belum tampil di situs umum" in page
    assert "Belum tampil di situs umum" not in before
