"""Sheets of consequence tests: lenient while they are written, never overwritten once relied on."""

import pytest

from office.offices import (
    appoint,
    assert_sound,
    case_in,
    codes,
    item_in,
    office,
    register_item,
    sheet,
    who,
    write_sheet,
)
from office.remembered import remembered
from ppid.errors import Refused
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import from_dict
from ppid.office.actions.consequence_tests import newest_test, sheet_of, write_test
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import Case, ConsequenceTest, Event

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def desk():
    """An office and an untested item."""
    walk = office()
    return walk, item_in(walk, case_in(walk))


def test_an_item_without_a_sheet_has_an_empty_one(desk):
    _, item = desk
    assert newest_test(item) is None
    assert sheet_of(item) == Sheet()


def test_an_unfinished_sheet_is_kept(desk):
    walk, item = desk

    write_test(item, sheet=Sheet(ground="h.2"), by=who(walk, "petugas_ppid"), at=walk.tick())

    assert sheet_of(item) == Sheet(ground="h.2")
    assert Event.objects.latest("seq").kind == "test.written"
    assert_sound()


def test_a_sheet_comes_back_as_it_was_written(desk):
    walk, item = desk
    written = sheet(walk)
    test = write_sheet(walk, item)
    assert from_dict(test.sheet) == written


def test_each_writing_is_a_version_and_each_writer_a_tester(desk):
    walk, item = desk
    other = appoint(walk, "petugas_ppid", name="z: petugas kedua")

    first = write_sheet(walk, item)
    second = write_sheet(walk, item, by=other.pk)

    assert second.pk == first.pk
    assert second.version == 2
    assert second.testers == sorted([str(who(walk, "petugas_ppid")), str(other.pk)])
    assert_sound()


def test_only_fields_that_may_be_published_are_marked(desk):
    walk, item = desk
    test = write_test(
        item,
        sheet=Sheet(),
        publishable=("information", "document", "reason"),
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )
    assert test.publishable == ["reason"]


@pytest.mark.parametrize("role", ["auditor", "tim_pertimbangan", "pimpinan_badan_publik"])
def test_not_everybody_tests(desk, role):
    walk, item = desk
    with pytest.raises(Refused) as error:
        write_sheet(walk, item, by=who(walk, role))
    assert codes(error) == {"not_authorised"}
    assert not ConsequenceTest.objects.exists()


def test_an_official_of_one_agency_tests_nothing_of_another(desk):
    walk, item = desk
    stranger = appoint(walk, "ppid_pelaksana", name="Dari BKD", agency=walk.agencies[1])
    with pytest.raises(Refused) as error:
        write_sheet(walk, item, by=stranger.pk)
    assert codes(error) == {"other_agency"}


def test_nobody_tests_for_another_body(desk):
    walk, item = desk
    other = office("kabupaten")
    with pytest.raises(Refused) as error:
        write_sheet(walk, item, by=who(other, "petugas_ppid"))
    assert codes(error) == {"not_authorised"}


def test_the_sheet_of_a_determination_is_never_overwritten():
    walk = office()
    item = register_item(walk)
    relied_on = item.determined_test

    beside = write_sheet(walk, item, place="Aula")

    kept = ConsequenceTest.objects.get(pk=relied_on.pk)
    assert beside.pk != relied_on.pk
    assert (kept.sheet, kept.version) == (relied_on.sheet, relied_on.version)
    assert newest_test(item) == beside
    assert_sound()


def test_nothing_is_tested_in_a_case_that_has_ended():
    walk = office()
    item = register_item(walk)
    list(walk_to_end(walk, Case.objects.get(pk=item.case_id)))
    with pytest.raises(Refused) as error:
        write_sheet(walk, item)
    assert codes(error) == {"case_ended"}


def test_the_words_of_a_sheet_are_not_in_the_leaf(desk):
    walk, item = desk
    write_sheet(walk, item, information="URAIAN-RAHASIA")
    event = Event.objects.latest("seq")
    assert b"URAIAN-RAHASIA" not in bytes(event.entry)
    assert event.sealed["sheet"]["value"]["information"] == "URAIAN-RAHASIA"
