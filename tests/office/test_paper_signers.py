"""Who signs which papers: the page, the setting, and the papers themselves."""

import pytest
import time_machine

from office.offices import appoint, assert_sound, office, who
from office.pages import as_role, send, visit
from office.remembered import remembered
from papers.reading import text_of
from ppid.office.actions.bodies import choice_findings
from ppid.office.models import Body
from ppid.office.paper_signers import SETTING, Choice, Signed, choice_of, is_paper_signers
from ppid.office.queries.papers.letterheads import signers_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])
KNOWN = {"role": "ppid_utama", "with": "atasan_ppid", "above": "Mengetahui,"}


@pytest.fixture
@remembered
def walk():
    walk = office()
    for role in ("pengelola_sistem", "atasan_ppid"):
        appoint(walk, role)
    return walk


def asked(client, walk, *, role="pengelola_sistem", status=302, **chosen):
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, role)
        seen = visit(client, "paper_signers").context["form"]["seen"].value()
        return send(client, "paper_signers", status=status, **{"seen": seen} | chosen)


def body():
    return Body.objects.get()


def test_who_knows_of_a_paper_signs_at_the_left_of_who_signs_it(client, walk):
    asked(client, walk, with_daftar="Mengetahui,atasan_ppid")

    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "ppid_utama")
        printed = text_of(visit(client, "paper_list").content)

    known, signed = printed.index("Mengetahui, Atasan PPID,"), printed.index("PPID Utama,")
    assert known < signed
    assert "atasan_ppid" in printed
    assert_sound()


def test_a_role_signs_with_the_name_of_the_day(client, walk):
    asked(client, walk, role_daftar="atasan_ppid")

    (found,) = signers_of(body(), Signed.LIST, on=walk.today)

    assert (found["name"], found["person"]) == ("atasan_ppid", str(who(walk, "atasan_ppid")))
    (other,) = signers_of(body(), Signed.SHEET, on=walk.today)
    assert other["position"] == "PPID Utama"


def test_a_role_that_nobody_holds_leaves_lines_to_write_on(client, walk):
    asked(client, walk, role_daftar="auditor_luar", status=200)
    asked(client, walk, role_daftar="pemohon")

    (found,) = signers_of(body(), Signed.LIST, on=walk.today)

    assert (found["position"], found["name"], found["person"]) == ("Pemohon", "", "")


def test_what_is_set_is_shown_again_and_can_be_taken_back(client, walk):
    asked(client, walk, with_pembukaan="Menyetujui,atasan_ppid", role_undangan="atasan_ppid")
    as_role(client, walk, "pengelola_sistem")
    with time_machine.travel(walk.tick(), tick=False):
        form = visit(client, "paper_signers").context["form"]
    assert form["with_pembukaan"].value() == "Menyetujui,atasan_ppid"
    assert form["role_undangan"].value() == "atasan_ppid"

    asked(client, walk)

    assert body().settings[SETTING] == {}


@pytest.mark.parametrize("usual", [{}, {"role_daftar": "ppid_utama"}])
def test_nobody_stands_twice_on_a_paper(client, walk, usual):
    answer = asked(client, walk, status=200, with_daftar="Mengetahui,ppid_utama", **usual)

    assert "with_daftar" in answer.context["form"].errors
    assert SETTING not in body().settings


def test_a_page_that_was_open_too_long_undoes_nothing(client, walk):
    asked(client, walk, role_undangan="atasan_ppid")

    asked(client, walk, status=409, seen="0" * 64, role_daftar="atasan_ppid")

    assert set(body().settings[SETTING]) == {"undangan"}


def test_who_does_not_set_up_the_office_cannot_set_the_signers(client, walk):
    asked(client, walk, role="petugas_ppid", status=403, role_daftar="atasan_ppid")

    assert SETTING not in body().settings


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({}, True),
        ({"daftar": KNOWN}, True),
        ({"daftar": KNOWN | {"with": ""}}, True),
        ([], False),
        ({"surat_cinta": KNOWN}, False),
        ({"daftar": "ppid_utama"}, False),
        ({"daftar": KNOWN | {"above": "Hore,"}}, False),
        ({"daftar": KNOWN | {"role": "PPID Utama"}}, False),
        ({"daftar": KNOWN | {"role": 3}}, False),
        ({"daftar": KNOWN | {"with": "ppid_utama"}}, False),
        ({"daftar": KNOWN | {"extra": ""}}, False),
        ({"daftar": {"role": ""}}, False),
    ],
)
def test_the_setting_holds_kinds_roles_and_two_words(value, fits):
    assert is_paper_signers(value) is fits
    assert (choice_findings({SETTING: value}) == ()) is fits


def test_what_a_body_has_not_set_is_as_usual():
    assert choice_of({}, Signed.LIST) == choice_of({SETTING: []}, Signed.LIST) == Choice()
    assert choice_of({SETTING: {"daftar": KNOWN}}, Signed.LIST).as_said() == KNOWN
    assert all(kind.label and kind.usual for kind in Signed)
