"""Adopting SOP files: byte for byte, once, by whoever may, and only sound ones."""

from datetime import date

import pytest

from office.factories import sop_text
from office.offices import SHORT_SOP, assert_sound, codes, office, who
from ppid.errors import BadInput, Refused
from ppid.office.actions.sops import adopt_sop, ended
from ppid.office.models import Event, SopVersion

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def adopt(walk, text=SHORT_SOP, by=None):
    return adopt_sop(walk.body, text=text, at=walk.tick(), by=by)


def test_a_file_is_adopted_byte_for_byte():
    walk = office()

    version = adopt(walk, by=who(walk, "ppid_utama"))

    assert version.text == SHORT_SOP
    assert Event.objects.latest("seq").kind == "sop.adopted"
    assert_sound()


def test_the_same_file_is_adopted_once_in_a_body():
    walk, other = office(), office("kabupaten")
    assert adopt(walk) == adopt(walk)
    adopt(other)
    assert SopVersion.objects.count() == 2
    assert Event.objects.filter(kind="sop.adopted").count() == 2


def test_a_file_with_mistakes_is_refused_with_all_of_them():
    walk = office()
    bad = SHORT_SOP.replace('aksi = "uji"', 'aksi = "mengira"').replace("Ya = 5", "Ya = 50")
    with pytest.raises(BadInput) as error:
        adopt(walk, bad)
    assert len(error.value.findings) == 2
    assert not SopVersion.objects.exists()


def test_an_unsound_file_is_refused():
    walk = office()
    endless = SHORT_SOP.replace("Ya = 5, Tidak = 1", "Ya = 1, Tidak = 2")
    with pytest.raises(BadInput):
        adopt(walk, endless)
    assert not SopVersion.objects.exists()


@pytest.mark.parametrize("stranger", [False, True])
def test_not_everybody_adopts(stranger):
    walk = office()
    other = office("kabupaten")
    by = who(other, "ppid_utama") if stranger else who(walk, "petugas_ppid")
    with pytest.raises(Refused) as error:
        adopt(walk, by=by)
    assert codes(error) == {"not_authorised"}


@pytest.mark.parametrize(
    ("on", "found"), [(date(2021, 12, 31), []), (date(2022, 1, 1), ["sop_ended"])]
)
def test_an_sop_holds_through_its_last_day(on, found):
    version = adopt(office(on=date(2021, 3, 1)), sop_text("bali"))
    assert [one.code for one in ended(version, on=on)] == found


def test_an_sop_without_an_end_never_ends():
    assert ended(adopt(office()), on=date(2099, 1, 1)) == ()
