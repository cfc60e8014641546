"""What the settings are made of: database addresses, the wall's router, the secret."""

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from ppid.config.database import database
from ppid.config.router import PublicRouter
from ppid.config.secret import installation_secret
from ppid.errors import BadInput
from ppid.office.models import Body as OfficeBody
from ppid.public.models import Body, Entry

FILE = Path("/data/office.sqlite3")
MAY_LACK = {"USER", "PASSWORD", "PORT"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql:///ppid", {"NAME": "ppid"}),
        ("postgres://basis/ppid", {"HOST": "basis", "NAME": "ppid"}),
        ("postgresql://a@basis:6432/p", {"USER": "a", "HOST": "basis", "PORT": "6432"}),
        ("postgresql://a:b%40%2F%3A@h/p", {"USER": "a", "PASSWORD": "b@/:"}),
        ("postgresql://kota%20a@h/basis%20data", {"USER": "kota a", "NAME": "basis data"}),
        ("postgresql://[::1]:5432/p", {"HOST": "::1", "PORT": "5432"}),
    ],
)
def test_an_address_is_read_part_by_part(url, expected):
    entry = database(url, file=FILE)

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert {name: entry[name] for name in expected} == expected
    assert {entry[name] for name in MAY_LACK - set(expected)} <= {""}
    assert entry["CONN_HEALTH_CHECKS"]
    assert entry["OPTIONS"]["prepare_threshold"]


@pytest.mark.parametrize(
    "url",
    ["mysql://h/p", "sqlite:///x", "ppid", "postgresql://h:99999/p", "postgresql://h:x/p", "//h/p"],
)
def test_an_address_of_another_kind_is_refused_without_showing_it(url):
    with pytest.raises(BadInput) as refusal:
        database(url, file=FILE)

    assert refusal.value.codes == ("database_url",)
    assert url not in str(refusal.value)


def test_without_an_address_it_is_the_file_written_safely_or_only_read():
    written, read = (database("", file=FILE, read_only=only) for only in (False, True))

    assert written["NAME"] == FILE
    assert "synchronous=FULL" in written["OPTIONS"]["init_command"]
    assert read["NAME"] == f"file:{FILE}?mode=ro"
    assert "query_only=ON" in read["OPTIONS"]["init_command"]
    assert "mmap_size" in read["OPTIONS"]["init_command"]
    assert "mmap_size" not in written["OPTIONS"]["init_command"]


def test_the_options_of_one_database_are_not_those_of_another():
    first, second = (database("", file=FILE)["OPTIONS"] for _ in range(2))
    first["timeout"] = 1

    assert second["timeout"] != 1


@pytest.mark.parametrize(
    ("model", "name"), [(Body, "public"), (Entry, "public"), (OfficeBody, None)]
)
def test_a_model_lives_on_its_side_of_the_wall(model, name):
    router = PublicRouter()

    assert (router.db_for_read(model), router.db_for_write(model)) == (name, name)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (Body, Entry, True),
        (OfficeBody, OfficeBody, True),
        (Body, OfficeBody, False),
        (OfficeBody, Entry, False),
    ],
)
def test_no_row_refers_across_the_wall(one, other, may):
    assert PublicRouter().allow_relation(one, other) is may


@pytest.mark.parametrize(
    ("where", "label", "may"),
    [
        ("public", "public", True),
        ("public", "office", False),
        ("public", "auth", False),
        ("default", "public", False),
        ("default", "office", True),
    ],
)
def test_tables_are_made_on_their_side_only(settings, where, label, may):
    settings.PUBLIC_DATABASE = "public"

    assert PublicRouter().allow_migrate(where, label) is may


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path):
    folder = tmp_path / "baru" / "data"

    secret = installation_secret(folder)

    assert len(secret) >= 50
    assert installation_secret(folder) == secret
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == ["secret"]


def test_two_folders_have_two_secrets(tmp_path):
    assert installation_secret(tmp_path / "a") != installation_secret(tmp_path / "b")


def test_of_two_that_start_at_once_the_first_decides(tmp_path, monkeypatch):
    link = os.link

    def later(source, target):
        Path(target).write_text("milik yang pertama")
        return link(source, target)

    monkeypatch.setattr("ppid.config.secret.os", SimpleNamespace(**vars(os) | {"link": later}))

    assert installation_secret(tmp_path) == "milik yang pertama"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize("text", ["", "\n", "  \n"])
def test_an_empty_secret_is_refused_and_left(tmp_path, text):
    (tmp_path / "secret").write_text(text)

    with pytest.raises(BadInput) as refusal:
        installation_secret(tmp_path)

    assert refusal.value.codes == ("secret_empty",)
    assert (tmp_path / "secret").read_text() == text


def test_a_folder_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "data"
    file.write_text("")

    with pytest.raises(BadInput) as refusal:
        installation_secret(file)

    assert refusal.value.codes == ("data_folder",)
    assert refusal.value.findings[0].place == str(file)
