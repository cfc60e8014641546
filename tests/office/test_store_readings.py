"""What the store room reads without a table: codes of any shape, and what a shelf says."""

from uuid import UUID

import pytest

from ppid.office.labels import code_of, grouped, ids_of, read_code
from ppid.office.stock import Kept, Result, compare

ONE = UUID("3f2a91bc-07de-4a11-8b22-c33d44e55f66")
DIGITS = "3f2a91bc07de"
PAPERS = {
    "a": Kept("A", "box"),
    "b": Kept("B", "box", lent=True),
    "c": Kept("C", "other"),
    "d": Kept("D", ""),
    "e": Kept("E", "other", lent=True),
}
PLACES = {"p": "box", "q": "other", "r": "folder"}


@pytest.mark.parametrize(
    "text",
    [
        "3F2A-91BC-07DE",
        "3f2a91bc07de",
        " 3F2A 91BC 07DE ",
        "3F2A-91BC-07DE\r\n",
        "3F2A91-BC07DE",
        "3f2a\t91bc\t07de",
        "--3F2A-91BC-07DE--",
        "https://ppid.kota.id/ruang-simpan/k/3F2A-91BC-07DE/",
        "https://ppid.kota.id/ruang-simpan/k/3F2A-91BC-07DE",
        "http://10.0.0.5:8000/k/3f2a-91bc-07de//",
        "/ruang-simpan/k/3F2A-91BC-07DE/",
    ],
)
def test_a_code_is_read_however_it_was_written(text):
    assert read_code(text) == DIGITS


@pytest.mark.parametrize(
    "text",
    [
        "3F2A-91BC-07D",
        "3F2A-91BC-07DE0",
        "3F2A-91BC-O7DE",
        "3F2A_91BC_07DE",
        "3F2A.91BC.07DE",
        "3F2A-91BC-07DE?x=1",
        "3F2A-91BC-07DE#arsip",
        "k/3F2A-91BC-07DE/label.pdf",
        "3F2A-91BC-07DE/3F2A",
        str(ONE),
        "\uff13F2A-91BC-07DE",
        "\u0663F2A-91BC-07DE",
        "3F2A-91BC-07DE\x00",
        "/",
        "https://ppid.kota.id/ruang-simpan/k/",
        "\n",
    ],
)
def test_a_spoilt_code_is_read_as_none_and_never_as_another(text):
    assert read_code(text) == ""


def test_a_code_is_the_beginning_of_an_id_and_stands_for_a_range_of_them():
    assert code_of(ONE) == "3F2A-91BC-07DE"
    assert grouped(DIGITS) == code_of(ONE)
    assert ids_of(DIGITS) == (
        UUID("3f2a91bc-07de-0000-0000-000000000000"),
        UUID("3f2a91bc-07de-ffff-ffff-ffffffffffff"),
    )


@pytest.mark.parametrize(
    ("scanned", "result", "clean"),
    [
        pytest.param("", Result(missing=("A",), on_loan=("B",)), False, id="empty shelf"),
        pytest.param("a", Result(found=("A",), on_loan=("B",)), True, id="all but the lent one"),
        pytest.param(
            "ab", Result(found=("A", "B"), back=("B",)), False, id="back and still down as lent"
        ),
        pytest.param(
            "b", Result(found=("B",), missing=("A",), back=("B",)), False, id="only the lent one"
        ),
        pytest.param(
            "ac",
            Result(found=("A",), misplaced=(("C", "other"),), on_loan=("B",)),
            False,
            id="from another box",
        ),
        pytest.param(
            "ad",
            Result(found=("A",), misplaced=(("D", ""),), on_loan=("B",)),
            False,
            id="without a place",
        ),
        pytest.param(
            "ae",
            Result(found=("A",), misplaced=(("E", "other"),), on_loan=("B",), back=("E",)),
            False,
            id="lent, and returned to the wrong box",
        ),
        pytest.param("apr", Result(found=("A",), on_loan=("B",)), True, id="labels of own places"),
        pytest.param(
            "aq",
            Result(found=("A",), on_loan=("B",), strange=("other",)),
            False,
            id="a box that stands elsewhere",
        ),
        pytest.param(
            "axxy",
            Result(found=("A",), on_loan=("B",), unknown=("x", "y")),
            False,
            id="unknown ones once each",
        ),
        pytest.param(
            "aaxaqq",
            Result(found=("A",), on_loan=("B",), unknown=("x",), strange=("other",)),
            False,
            id="scanned again and again",
        ),
    ],
)
def test_a_shelf_says_what_it_holds(scanned, result, clean):
    found = compare(scanned, papers=PAPERS, places=PLACES, within=frozenset({"box", "folder"}))
    assert found == result
    assert found.clean is clean


def test_a_place_that_holds_nothing_is_clean_when_nothing_is_scanned():
    found = compare("", papers=PAPERS, places=PLACES, within=frozenset({"folder"}))
    assert found == Result()
    assert found.clean
