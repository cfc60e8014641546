"""The agencies of a body: added and renamed by who sets up the office, seen by all."""

import pytest
import time_machine

from office.offices import appoint, assert_sound, codes, office, who
from office.pages import as_role, send, visit
from office.remembered import remembered
from ppid.errors import BadInput, Refused
from ppid.office.actions.bodies import add_agency, rename_agency
from ppid.office.models import Agency

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    return walk


def add(walk, *, code="dishub", name="Dinas Perhubungan", role="ppid_utama"):
    return add_agency(walk.body, code=code, name=name, at=walk.tick(), by=who(walk, role))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "Dinas Hub"}, "agency_code_invalid"),
        ({"code": "-dinas"}, "agency_code_invalid"),
        ({"code": "d" * 41}, "agency_code_invalid"),
        ({"code": ""}, "agency_code_invalid"),
        ({"code": "dinkes"}, "agency_exists"),
        ({"name": " "}, "agency_name_invalid"),
        ({"name": "D" * 201}, "agency_name_invalid"),
        ({"name": "dinas kesehatan"}, "agency_name_taken"),
    ],
)
def test_an_agency_has_a_code_and_a_name_of_its_own(walk, wrong, code):
    with pytest.raises(BadInput) as error:
        add(walk, **wrong)
    assert codes(error) == {code}
    assert Agency.objects.count() == 2


def test_a_code_of_forty_letters_fits(walk):
    assert add(walk, code="d" * 40).code == "d" * 40


def test_a_new_name_is_the_same_agency(walk):
    agency = walk.agencies[0]
    rename_agency(
        agency, name=" Dinas Kesehatan dan KB ", at=walk.tick(), by=who(walk, "ppid_utama")
    )
    agency.refresh_from_db()
    assert (agency.code, agency.name) == ("dinkes", "Dinas Kesehatan dan KB")
    assert_sound()


def test_the_name_of_another_is_taken_and_ones_own_is_not(walk):
    mine, other = walk.agencies
    by = who(walk, "ppid_utama")
    with pytest.raises(BadInput) as error:
        rename_agency(mine, name=other.name.upper(), at=walk.tick(), by=by)
    assert codes(error) == {"agency_name_taken"}
    rename_agency(mine, name=mine.name.upper(), at=walk.tick(), by=by)
    assert Agency.objects.get(pk=mine.pk).name == "DINAS KESEHATAN"


def test_who_does_not_set_up_renames_nothing(walk):
    with pytest.raises(Refused):
        add(walk, role="petugas_ppid")
    with pytest.raises(Refused):
        rename_agency(walk.agencies[0], name="X", at=walk.tick(), by=who(walk, "petugas_ppid"))


def test_the_pages_add_and_rename(client, walk):
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "pengelola_sistem")
        send(client, "agencies", code="dishub", name="Dinas Perhubungan")
        made = Agency.objects.get(code="dishub")
        send(client, "agency_rename", made.pk, name="Dinas Perhubungan dan Pelabuhan")
        page = visit(client, "agencies").content.decode()
        assert "Dinas Perhubungan dan Pelabuhan" in page
        wrong = send(client, "agencies", status=200, code="dishub", name="Lain")
        assert wrong.context["form"].errors.keys() == {"code"}


def test_others_see_them_and_may_not_touch_them(client, walk):
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "petugas_ppid")
        page = visit(client, "agencies")
        assert "Dinas Kesehatan" in page.content.decode()
        assert [one.code for one in page.context["obstacles"]] == ["not_authorised"]
        send(client, "agencies", status=403, code="dishub", name="Dinas Perhubungan")
        send(client, "agency_rename", walk.agencies[0].pk, status=403, name="X")
    names = Agency.objects.order_by("name").values_list("name", flat=True)
    assert [*names] == ["Badan Kepegawaian", "Dinas Kesehatan"]


def test_the_agency_of_another_body_is_not_found(client, walk):
    other = office("lain", roles=())
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, "pengelola_sistem")
        visit(client, "agency_rename", other.agencies[0].pk, status=404)
