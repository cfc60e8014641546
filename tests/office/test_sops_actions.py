"""Adopting SOP files: byte for byte, once, by whoever may, and only sound ones."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum

import pytest

from office.factories import sop_text
from office.offices import SHORT_SOP, assert_sound, case_in, codes, item_in, office, who
from ppid.errors import BadInput, Refused
from ppid.office.actions.sop_publication import deliver_sops
from ppid.office.actions.sops import adopt_sop, ended
from ppid.office.models import Event, SopVersion
from ppid.office.queries.release import sop_numbers
from ppid.public.intake import known_sops
from ppid.sop.load import loads

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


NIK = "3171011708450001"
INSIDE = "Nama dan alamat dokter yang merawat pasien itu pada bulan Maret"


def named_with(text, words):
    """The SOP with words in its name."""
    return text.replace('nama = "', f'nama = "{words} ', 1)


@pytest.mark.parametrize("number", [NIK, "0812-3456-7890", "19850817 201001 1 001"])
def test_an_sop_with_a_number_of_a_person_is_not_adopted(number):
    walk = office()
    with pytest.raises(Refused) as error:
        adopt_sop(
            walk.body,
            text=named_with(SHORT_SOP, f"Hubungi {number}"),
            at=walk.tick(),
            cleared="Sudah saya baca",
        )
    assert codes(error) == {"personal_number"}
    assert number not in str(error.value)
    assert not SopVersion.objects.exists()


def test_every_text_of_an_sop_is_read_and_named():
    sop = loads(sop_text("bali"), name="bali")
    marked = with_number(replace(sop, content_hash=""))
    found = sop_numbers(marked)
    places = {one.place for one in found}
    assert {"Nama SOP", "Dasar hukum", "Peringatan", "Pelaksana", "Disahkan oleh"} <= places
    assert {f"Langkah {step.number}" for step in sop.steps} <= places
    assert sop_numbers(sop) == ()
    assert sop.approved_by.nip


def with_number(value):
    """The value with a NIK behind each text, but in the approver's NIP, which stays inside."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return f"{value} {NIK}"
    if isinstance(value, tuple):
        return tuple(map(with_number, value))
    if is_dataclass(value):
        changes = {one.name: with_number(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **{name: one for name, one in changes.items() if name != "nip"})
    return value


def test_an_sop_that_repeats_what_is_kept_inside_needs_a_reason():
    walk = office()
    item_in(walk, case_in(walk), title=INSIDE)
    text = named_with(sop_text("bontang"), f"Contoh: {INSIDE}.")
    told = {"text": text, "by": who(walk, "ppid_utama")}

    with pytest.raises(Refused) as error:
        adopt_sop(walk.body, at=walk.tick(), **told)
    adopt_sop(walk.body, at=walk.tick(), cleared="Contoh itu sudah umum", **told)

    assert codes(error) == {"close_to_confidential"}
    kept = Event.objects.latest("seq").sealed["cleared"]["value"]
    assert kept["reason"] == "Contoh itu sudah umum"
    assert [one["place"] for one in kept["findings"]] == ["Nama SOP"]


def test_an_sop_that_was_adopted_unread_stays_inside():
    walk = office()
    version = adopt(walk)
    text = named_with(SHORT_SOP, f"Hubungi {NIK}")
    SopVersion.objects.filter(pk=version.pk).update(text=text)
    other = adopt(walk, sop_text("bontang"))

    assert deliver_sops(walk.body) == 1

    assert known_sops(walk.body.pk) == {other.content_hash}
