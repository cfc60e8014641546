"""Canonical bytes and commitments; the golden bytes keep version 1 from drifting."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput, CorruptData
from ppid.ledger.entry import (
    MAX_INTEGER,
    Entry,
    canonical,
    check_commitment,
    commit,
)

SALT = bytes(range(16))
ENTRY = Entry(
    version=1,
    body="bontang",
    seq=7,
    kind="item.collected",
    at="2026-03-02T09:15:00+08:00",
    actor="3f1c",
    payload={"title": "Denah gedung — 2°", "pages": 12, "parts": [1, None, True], "case": {}},
    commitments={"reason": "ab" * 32},
)
GOLDEN = (
    b"sip-ppid/entry/v1\n"
    b'{"actor":"3f1c","at":"2026-03-02T09:15:00+08:00","body":"bontang","commitments":{"reason":"'
    + b"ab"
    * 32
    + b'"},"kind":"item.collected","payload":{"case":{},"pages":12,"parts":[1,null,true],'
    b'"title":"Denah gedung \xe2\x80\x94 2\xc2\xb0"},"seq":7}'
)

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


def test_version_1_is_written_with_these_bytes():
    assert ENTRY.to_bytes() == GOLDEN


def test_version_1_is_read_back():
    assert Entry.from_bytes(GOLDEN) == ENTRY
    assert Entry.from_bytes(GOLDEN).moment == datetime(
        2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=8))
    )


@given(plain)
def test_any_payload_comes_back_equal(value):
    entry = replace(ENTRY, payload={"value": value})
    assert Entry.from_bytes(entry.to_bytes()) == entry


@given(plain)
def test_canonical_bytes_are_json_and_have_one_spelling(value):
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


def test_names_are_ordered_by_utf_16_as_rfc_8785_says():
    # the order of the example in RFC 8785 3.2.3
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]

    assert list(json.loads(canonical(dict.fromkeys(names)))) == [
        "\r",
        "1",
        "\x80",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


def test_text_is_escaped_as_rfc_8785_says():
    assert canonical('\u20ac$\x0f\nA\'B"\\\\"/\x7f') == (
        b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'
    )


def test_text_is_not_normalized():
    assert canonical("e\u0301") != canonical("\u00e9")


def test_a_tuple_is_written_as_a_list():
    assert canonical((1, 2)) == canonical([1, 2]) == b"[1,2]"


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.0, ""),
        (math.nan, ""),
        ({"term": {"years": 2.5}}, "term.years"),
        ([datetime(2026, 1, 1, tzinfo=UTC)], "[0]"),
        (b"bytes", ""),
        ({1, 2}, ""),
        ({1: "number as a name"}, ""),
        (MAX_INTEGER + 1, ""),
        (-MAX_INTEGER - 1, ""),
        ("\ud800", ""),
        ({"\ud800": 1}, ""),
        (nested(40), "[0]" * 33),
    ],
)
def test_what_has_no_single_spelling_is_refused(value, place):
    with pytest.raises(BadInput) as refused:
        canonical(value)
    assert refused.value.codes == ("value_not_canonical",)
    assert refused.value.findings[0].place == place


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"version": 2}, "version"),
        ({"body": ""}, "body, kind, at, actor"),
        ({"kind": ""}, "body, kind, at, actor"),
        ({"actor": None}, "body, kind, at, actor"),
        ({"seq": -1}, "seq"),
        ({"seq": True}, "seq"),
        ({"at": "2026-03-02T09:15:00"}, "at"),
        ({"at": "2026-03-02"}, "at"),
        ({"at": "2026-02-30T09:15:00+08:00"}, "at"),
        ({"at": "２026-03-02T09:15:00+08:00"}, "at"),
        ({"payload": ["list"]}, "payload"),
        ({"commitments": ["list"]}, "commitments"),
        ({"commitments": {"reason": "AB" * 32}}, "commitments"),
        ({"commitments": {"reason": 1}}, "commitments"),
    ],
)
def test_a_malformed_entry_is_not_written(changes, place):
    with pytest.raises(BadInput) as refused:
        replace(ENTRY, **changes).to_bytes()
    assert refused.value.codes == ("entry_malformed",)
    assert refused.value.findings[0].place == place


def test_an_act_of_the_system_has_no_actor():
    entry = replace(ENTRY, actor="", at="2026-03-02T01:15:00.123456Z")
    assert Entry.from_bytes(entry.to_bytes()) == entry


def test_an_entry_fits_in_an_entry_bundle_to_the_last_byte():
    room = 0xFFFF - len(replace(ENTRY, payload={"x": ""}).to_bytes())

    assert len(replace(ENTRY, payload={"x": "a" * room}).to_bytes()) == 0xFFFF
    with pytest.raises(BadInput) as refused:
        replace(ENTRY, payload={"x": "a" * (room + 1)}).to_bytes()
    assert refused.value.codes == ("entry_too_large",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        GOLDEN.replace(b"/v1", b"/v2"),
        GOLDEN[:-1],
        GOLDEN + b"\n",
        GOLDEN.replace(b'"seq":7', b'"seq": 7'),
        GOLDEN.replace(b'"seq":7', b'"seq":7.0'),
        GOLDEN.replace(b'"seq":7', b'"seq":-0'),
        GOLDEN.replace(b'"seq":7', b'"seq":7,"seq":7'),
        GOLDEN.replace(b'"seq":7', b'"seq":7,"version":1'),
        GOLDEN.replace(b'"seq":7', b'"seq":7,"mood":"good"'),
        GOLDEN.replace(b',"seq":7', b""),
        GOLDEN.replace(b"\xe2\x80\x94", b"\\u2014"),
        GOLDEN.replace(b"\xe2\x80\x94", b"\xff"),
        b"sip-ppid/entry/v1\n[]",
        b"sip-ppid/entry/v1\n" + b"[" * 60000,
        b"sip-ppid/entry/v1\n" + b"9" * 60000,
    ],
)
def test_bytes_that_are_not_canonical_are_not_read(data):
    with pytest.raises(CorruptData) as refused:
        Entry.from_bytes(data)
    assert refused.value.codes == ("entry_unreadable",)


@given(st.integers(0, len(GOLDEN) - 1), st.integers(0, 255))
def test_a_changed_byte_never_reads_as_the_same_entry(at, byte):
    changed = GOLDEN[:at] + bytes([byte]) + GOLDEN[at + 1 :]
    try:
        read = Entry.from_bytes(changed)
    except CorruptData:
        read = None
    assert (read == ENTRY) is (changed == GOLDEN)


def test_commitments_are_made_with_this_hash():
    # sha256("sip-ppid/commitment/v1\n" 00000010 <salt> 00000007 '"alpha"'), by another tool
    assert commit("alpha", salt=SALT) == (
        "ce963d95978c8e23784e83574b8949205244c8c13909dc72587893a2183794d1"
    )


@given(plain, plain, st.binary(min_size=16, max_size=40), st.binary(min_size=16, max_size=40))
def test_a_commitment_opens_with_its_value_and_salt_only(value, other, salt, other_salt):
    made = commit(value, salt=salt)

    assert check_commitment(value, salt=salt, commitment=made)
    same = canonical(value) == canonical(other)
    assert check_commitment(other, salt=salt, commitment=made) is same
    assert check_commitment(value, salt=other_salt, commitment=made) is (salt == other_salt)


def test_a_commitment_needs_a_salt_that_cannot_be_guessed():
    with pytest.raises(ValueError):
        commit("alpha", salt=b"short")


def test_what_cannot_be_committed_to_matches_nothing():
    assert not check_commitment(1.5, salt=SALT, commitment="ab" * 32)
    assert not check_commitment("alpha", salt=b"short", commitment="ab" * 32)
    assert not check_commitment("alpha", salt=SALT, commitment="é")
