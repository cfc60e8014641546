"""The written consideration on paper: every reason that may be read, and nothing that is sealed."""

import pytest
import time_machine

from office.factories import sign_in
from office.offices import (
    approved,
    case_in,
    determined,
    item_in,
    office,
    opened,
    register_item,
    sheet,
    who,
    write_sheet,
)
from office.pages import visit
from ppid.office.actions.consequence_tests import write_test
from ppid.office.models import Person
from ppid.office.queries.written_consideration import consideration_of

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SECRET = "Tuan Contoh menderita penyakit tertentu"


def shown(client, walk, item, role="auditor"):
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, role)))
        return visit(client, "written_consideration", item.pk)


def marked(walk, *names, **values):
    """Return a determined item of whose sentences these are marked as fit for everybody."""
    case = case_in(walk)
    item = item_in(walk, case, title="Judul internal")
    by = who(walk, "petugas_ppid")
    write_test(item, sheet=sheet(walk, **values), publishable=names, by=by, at=walk.tick())
    approved(walk, case, item)
    determined(walk, case, item)
    item.refresh_from_db()
    return item


def test_the_paper_names_ground_letter_and_reasons_but_not_the_information(client):
    walk = office()
    item = marked(walk, "reason", "consequence_if_open", information=SECRET, document=SECRET)

    page = shown(client, walk, item).content.decode()

    main = page[page.index("<h1") :]
    assert SECRET not in page
    assert "Judul internal" not in main
    assert item.determination.number in main
    assert "Pasal 17 huruf h" in main
    assert "termasuk yang dikecualikan" in main


def test_a_sentence_that_was_not_marked_stays_sealed_and_the_office_is_told(client):
    walk = office()
    item = marked(walk, "reason", consequence_if_open=SECRET)

    answer = shown(client, walk, item)

    assert SECRET not in answer.content.decode()
    found = {(one.code, one.place) for one in answer.context["paper"].findings}
    assert found == {
        ("consideration_sealed", "consequence_if_open"),
        ("consideration_sealed", "consequence_if_closed"),
    }


def test_once_it_is_open_nothing_is_sealed(client):
    walk = office()
    item = marked(walk, information=SECRET)
    opened(walk, item)

    answer = shown(client, walk, item)

    assert SECRET in answer.content.decode()
    assert not answer.context["paper"].sealed


def test_before_a_determination_there_is_no_such_paper(client):
    walk = office()
    item = item_in(walk, case_in(walk))
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, Person.objects.get(pk=who(walk, "auditor")))
        visit(client, "written_consideration", item.pk, status=404)


def test_the_paper_rests_on_the_sheet_that_was_determined_not_on_a_newer_one():
    walk = office()
    item = register_item(walk)
    write_sheet(walk, item, public_interest="Rancangan kalimat baru.")
    paper = consideration_of(item, on=walk.today)
    assert "Rancangan kalimat baru." not in {line.text for line in paper.lines}
