"""The virus scanner: what it finds is refused, and so is everything it could not look at."""

import io
import sys

import pytest

from ppid.errors import BadInput
from ppid.vault.scan import Scanner, demand_clean
from vault.clamd import running
from vault.hostile import EICAR, pdf


def refused(data, address, **more):
    with pytest.raises(BadInput) as error:
        demand_clean(io.BytesIO(data), Scanner(address, **more))
    return error.value.codes


def test_without_a_scanner_nothing_is_asked():
    demand_clean(io.BytesIO(EICAR), Scanner(""))


@pytest.mark.parametrize("by_socket", [True, False])
def test_the_scanner_sees_every_byte(tmp_path, by_socket):
    data = pdf() * 20
    source = io.BytesIO(data)
    source.read(10)

    with running(tmp_path / "c" if by_socket else None) as (clamd, address):
        demand_clean(source, Scanner(address))

    assert clamd.asked == [(b"nINSTREAM", data)]


def test_what_the_scanner_finds_is_refused():
    with running() as (_, address):
        assert refused(b"surat " + EICAR, address) == ("virus_found",)


def test_what_is_longer_than_the_scanner_looks_is_refused_unasked():
    with running() as (clamd, address):
        assert refused(b"a" * 101, address, most=100) == ("scan_too_large",)
        demand_clean(io.BytesIO(b"a" * 100), Scanner(address, most=100))
    assert len(clamd.asked) == 1


def test_a_scanner_that_takes_less_than_we_thought_refuses():
    with running(most=10) as (_, address):
        assert refused(b"a" * 11, address) == ("scan_too_large",)


@pytest.mark.parametrize(
    "behaves",
    [
        {"silent": True},
        {"leaves": True},
        {"answer": b"stream: Can't allocate memory ERROR\n"},
        {"answer": b"halo\n"},
        {"answer": b"\n"},
    ],
    ids=str,
)
def test_a_scanner_that_does_not_do_its_part_lets_nothing_through(behaves):
    with running(**behaves) as (_, address):
        assert refused(b"isi", address, seconds=1) == ("scan_unavailable",)


def test_a_scanner_that_is_not_there_lets_nothing_through(tmp_path):
    assert refused(b"isi", f"unix:{tmp_path}/tidak-ada") == ("scan_unavailable",)


@pytest.mark.parametrize("address", ["clamd", "peladen:abc", ":3310"])
def test_an_address_that_is_none_is_named(address):
    assert refused(b"isi", address) == ("scan_address",)


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "clamav_client.clamd", None)
    assert refused(b"isi", "127.0.0.1:3310") == ("scan_library",)
