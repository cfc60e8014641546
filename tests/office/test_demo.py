"""The dry run and the parts of the demo; the whole demo is tested through its command."""

import stat
from datetime import date
from io import BytesIO

import pytest

from office.factories import SOPS, case_of_text, go_to
from office.offices import SHORT_SOP, codes
from ppid.errors import BadInput, Refused
from ppid.law.consequence_test import missing, weaknesses
from ppid.office.actions.cases import set_agencies
from ppid.office.demo import build
from ppid.office.demo.build import demo_password
from ppid.office.demo.documents import page_of
from ppid.office.demo.samples import SAMPLES, sample_sheet
from ppid.office.demo.walk import act_on, determine_by, set_up, walk_to_end
from ppid.office.models import Body, Event, Item, Task
from ppid.office.rebuild import check_all
from ppid.vault.inspection import inspected
from ppid.vault.kinds import Kind

pytestmark = pytest.mark.django_db(databases=["default", "public"])
DAY = date(2026, 3, 2)
REPEATED = SHORT_SOP.replace(
    'kegiatan = "Menguji"\n', 'kegiatan = "Menguji"\nuntuk_setiap = "perangkat_daerah"\n'
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.ground)
def test_every_sheet_of_the_demo_is_complete(sample):
    assert missing(sample_sheet(sample, tested_on=DAY, place="Kota"), on=DAY) == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.ground)
def test_no_sheet_of_the_demo_is_weak(sample):
    assert weaknesses(sample_sheet(sample, tested_on=DAY, place="Kota")) == ()


def test_the_password_of_the_demo_is_made_once_and_for_its_owner_only(settings):
    password = demo_password()
    assert demo_password() == password
    assert stat.S_IMODE((settings.DATA / "demo-password").stat().st_mode) == 0o600


def test_the_document_of_the_demo_is_a_whole_one():
    found = inspected(BytesIO(page_of("Contoh (dokumen)", "Isi rekaan: caf\u00e9")), Kind.PDF)
    assert (found.pages, found.remarks, found.metadata) == (1, (), ())


def test_a_walk_says_what_each_act_changed():
    walk, case = set_up(SHORT_SOP, on=DAY)

    lines = {line.activity: line for line in walk_to_end(walk, case)}

    assert lines["Mengumpulkan"].changes == ("item.added",) * 3 + ("step.acted",)
    assert lines["Menetapkan"].changes[-2:] == ("determination.made", "step.acted")
    assert lines["Menyetujui"].outcome == "Ya"
    assert lines["Mengumumkan"].changes == ("edition.published", "step.acted")
    assert check_all().findings == ()


def test_a_walk_over_no_agencies_is_told_why():
    walk, case = case_of_text(REPEATED)
    set_agencies(case, agencies=(), by=walk.person(["ppid_utama"]), at=walk.tick())
    go_to(walk, case, before=2)
    with pytest.raises(Refused) as error:
        act_on(walk, case, Task.objects.get(case=case))
    assert codes(error) == {"step_blocked"}


def test_each_agency_tests_its_own():
    walk, case = case_of_text(REPEATED, before=2)
    assert Task.objects.filter(case=case).count() == 3
    list(walk_to_end(walk, case))
    assert check_all().findings == ()


def test_a_file_that_is_refused_makes_no_case():
    with pytest.raises(BadInput):
        set_up("format = 1\n", on=DAY)
    assert not Event.objects.filter(kind="case.opened").exists()


def test_the_four_sops_come_with_the_program(settings):
    assert {path.name for path in settings.SOPS.glob("*.toml")} >= {
        path.name for path in SOPS.glob("*.toml")
    }
    assert not Body.objects.exists()


def test_a_walk_needs_somebody_in_the_role():
    walk, _ = set_up(SHORT_SOP, on=DAY)
    with pytest.raises(Refused) as error:
        walk.person(["arsiparis"])
    assert codes(error) == {"nobody_holds_role"}


def test_nothing_is_determined_where_nothing_is_left():
    walk, case = set_up(SHORT_SOP, on=DAY)
    determine_by(walk, case, official=walk.person(["ppid_utama"]))
    assert not Event.objects.filter(kind="determination.made").exists()


def test_an_office_of_the_demo_is_made_on_any_day(monkeypatch):
    monkeypatch.setattr(build, "OFFICES", build.OFFICES[:1])

    build.build_demo(today=date(2028, 2, 29))

    assert Item.objects.filter(opens_on__gt=date(2028, 2, 29)).exists()
    assert check_all().findings == ()
