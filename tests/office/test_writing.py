"""One write: whole or not at all, and each form only once."""

from uuid import uuid4

import pytest

from office.offices import assert_sound, codes, office, who
from ppid.errors import Conflict
from ppid.office.actions.people import add_person
from ppid.office.models import Act, Event, Person
from ppid.office.writing import writing

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_a_form_counts_once():
    walk, form = office(), uuid4()
    with writing(act=form, at=walk.now):
        add_person(walk.body, name="Sekali", at=walk.now)

    with pytest.raises(Conflict) as error, writing(act=form, at=walk.now):
        add_person(walk.body, name="Dua kali", at=walk.now)

    assert codes(error) == {"already_done"}
    assert Person.objects.filter(name__contains="ali").count() == 1


class Broken(Exception):
    """Something went wrong in the middle of an act."""


def add_two_and_break(walk, act=None):
    with writing(act=act, at=walk.now):
        with writing():
            add_person(walk.body, name="Satu", at=walk.now)
        add_person(walk.body, name="Dua", at=walk.now)
        raise Broken


def test_a_form_that_failed_may_be_sent_again():
    walk, form = office(), uuid4()
    with pytest.raises(Broken):
        add_two_and_break(walk, act=form)

    with writing(act=form, at=walk.now):
        add_person(walk.body, name="Satu", at=walk.now)

    assert Act.objects.count() == 1
    assert Person.objects.filter(name="Satu").count() == 1
    assert_sound()


def test_a_write_inside_a_write_falls_with_it():
    walk = office()
    events = Event.objects.count()

    with pytest.raises(Broken):
        add_two_and_break(walk)

    assert Event.objects.count() == events
    assert_sound()


def test_forms_without_an_id_are_not_counted():
    walk = office()
    for _ in range(2):
        add_person(walk.body, name="Tanpa formulir", at=walk.now, by=who(walk, "ppid_utama"))
    assert Person.objects.filter(name="Tanpa formulir").count() == 2
