"""`ppid export bag`: an item or a year, in the name of an officer."""

import bagit
import pytest
from click.testing import CliRunner

from office.offices import office, register_item, who
from ppid.commands.export import export
from ppid.errors import BadInput, NotFound
from ppid.office.actions.people import link_account
from ppid.office.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def item(settings, tmp_path, monkeypatch):
    settings.KEYS, settings.DATA = tmp_path / "keys", tmp_path
    settings.VAULT = tmp_path / "vault"
    monkeypatch.setattr("ppid.commands.export.demand_ready", lambda *_: None)
    walk = office()
    found = register_item(walk)
    person = Person.objects.get(pk=who(walk, "arsiparis"))
    link_account(person, username="arsiparis.kota", at=walk.now)
    return found


def run(*arguments, into, username="arsiparis.kota"):
    about = ("--into", str(into), "--as", username, "--reason", "serah terima")
    return CliRunner().invoke(export, ["bag", *map(str, arguments), *about])


def refused(done, kind, code):
    return isinstance(done.exception, kind) and done.exception.codes == (code,)


def test_an_item_and_a_year_become_bags(item, tmp_path):
    into = tmp_path / "keluar"
    into.mkdir()

    for arguments in ((item.pk,), ("--year", 2026)):
        done = run(*arguments, into=into)
        assert done.exit_code == 0, done.output
        assert "rahasia" in done.output

    assert [bagit.Bag(str(one)).is_valid() for one in into.iterdir()] == [True, True]


def test_one_of_both_is_to_be_named_and_an_officer(item, tmp_path):
    assert refused(run(into=tmp_path), BadInput, "bag_of_what")
    assert refused(run(item.pk, "--year", 2026, into=tmp_path), BadInput, "bag_of_what")
    done = run(item.pk, into=tmp_path, username="siapa")
    assert refused(done, NotFound, "account_unknown")
