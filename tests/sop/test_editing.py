"""Changing an SOP: what an act does to the rows, and to whatever names them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.sop.editing.acts import acted
from ppid.sop.editing.controls import controls_of, document_with
from ppid.sop.editing.document import (
    BLANK,
    document_of,
    drawable,
    has_comments,
    reading,
    text_of,
)
from ppid.sop.editing.performers import MOST_PERFORMERS, add_performer
from ppid.sop.editing.places import control_at
from ppid.sop.editing.rows import MOST_ROWS, add_row, move_row, place_to_split
from ppid.sop.load import loads
from ppid.sop.simulate import simulate
from ppid.sop.svg import pages
from sop.strategies import UNHURRIED, sound_sops

FEW = settings(UNHURRIED, max_examples=12)
FILES = [*sorted(Path("sops").glob("*.toml")), *sorted(Path(__file__).parent.glob("*/*.toml"))]


def document(*rows, **more):
    """A document with these rows, of performers a and b."""
    performers = [{"kode": one, "nama": one.upper(), "peran": ["ppid_utama"]} for one in "ab"]
    filled = [{"kegiatan": f"Kerja {n}", "pelaksana": ["a"]} | row for n, row in enumerate(rows, 1)]
    head = {"format": 1, "kode": "contoh", "nama": "Contoh"}
    return head | more | {"pelaksana": performers, "langkah": filled}


def ways(made, *keys):
    """What the rows say of other rows."""
    keys = keys or ("keputusan", "lanjut", "tunggu", "bukan_pelaku", "waktu_sampai")
    return [{key: row[key] for key in keys if key in row} for row in made["langkah"]]


def told(made):
    return [(one.code, one.place) for one in reading(made).mistakes]


def refusal(word, made):
    with pytest.raises(BadInput) as refused:
        acted(made, word)
    return refused.value.codes


def definition(text):
    return replace(loads(text, name="x"), content_hash="")


def as_browser(controls):
    """Values as a browser sends them: text areas with CR LF."""
    return {name: [one.replace("\n", "\r\n") for one in all_] for name, all_ in controls.items()}


def document_from(sop):
    """A generated SOP as a document, with every way written out."""

    def to(targets):
        return list(targets) if len(targets) > 1 else (targets[0] if targets else "selesai")

    rows = []
    for step in sop.steps:
        row = {"kegiatan": step.activity, "pelaksana": list(step.performers)}
        row |= {"waktu": step.time} if step.time else {}
        if step.outcomes:
            row["keputusan"] = {one.name: to(one.targets) for one in step.outcomes}
        else:
            row["lanjut"] = to(step.next)
        row |= {"tunggu": list(step.wait_for)} if step.wait_for else {}
        row |= {"untuk_setiap": step.for_each.value} if step.for_each else {}
        row |= {"pemicu": step.trigger.value} if step.trigger else {}
        rows.append(row)
    performers = [
        {"kode": one.code, "nama": one.name, "peran": list(one.roles)} for one in sop.performers
    ]
    return {"format": 1, "kode": "x", "nama": "X", "pelaksana": performers, "langkah": rows}


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_a_file_that_is_opened_and_saved_says_the_same(path):
    text = path.read_text(encoding="utf-8")
    opened = document_of(text)

    saved = document_with(opened, as_browser(controls_of(opened)))

    assert definition(text_of(saved)) == definition(text)


@FEW
@given(sound_sops())
def test_any_sop_that_is_opened_and_saved_says_the_same(sop):
    opened = document_from(sop)

    saved = document_with(opened, as_browser(controls_of(opened)))

    assert definition(text_of(saved)) == definition(text_of(opened))


@FEW
@given(sound_sops(), st.data())
def test_after_any_act_the_editor_reads_and_draws_what_is_there(sop, data):
    made = document_from(sop)
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(1, len(made["langkah"])))
        word = data.draw(
            st.sampled_from(["tambah", "naik", "turun", "keputusan", "biasa", "hapus"])
        )
        if word == "hapus" and len(made["langkah"]) == 1:
            continue
        made = acted(made, f"{word}-{row}").document

    drawn = drawable(reading(made).sop)

    assert drawn is None or pages(drawn)
    assert document_of(text_of(made)) == made


@FEW
@given(sound_sops(), st.data())
def test_a_row_that_is_moved_and_moved_back_leaves_the_file_as_it_was(sop, data):
    made = document_from(sop)
    last = len(made["langkah"])
    row, to = data.draw(st.integers(1, last)), data.draw(st.integers(1, last))

    again = move_row(move_row(made, row, by=to - row), to, by=row - to)

    assert again == made


@FEW
@given(sound_sops(), st.data())
def test_a_split_row_takes_its_place_in_every_route(sop, data):
    made = document_from(sop)
    row = data.draw(st.integers(1, len(made["langkah"])))
    before = simulate(loads(text_of(made), name="x"))

    after = acted(made, f"pisah-{row}-4").document

    assert told(after) == []
    assert len(simulate(loads(text_of(after), name="x")).routes) == len(before.routes)


def test_what_names_a_row_follows_it_when_another_moves():
    made = document(
        {"keputusan": {"Ya": 2, "Tidak": [3, 4]}},
        {"lanjut": "selesai"},
        {"lanjut": 4, "waktu_sampai": 4, "waktu": "1 hari"},
        {"tunggu": [1, 3], "bukan_pelaku": [3, 1]},
    )

    moved = acted(made, "turun-2").document

    assert ways(moved) == [
        {"keputusan": {"Ya": 3, "Tidak": [2, 4]}},
        {"lanjut": 4, "waktu_sampai": 4},
        {"lanjut": "selesai"},
        {"tunggu": [1, 2], "bukan_pelaku": [2, 1]},
    ]


def test_a_row_at_the_edge_stays():
    made = document({}, {})
    assert acted(made, "naik-1").document == made
    assert acted(made, "turun-2") == acted(made, "turun-2")
    assert acted(made, "turun-2").at == "langkah-2"


def test_a_new_row_stands_in_the_flow_between_its_neighbours():
    made = document({"keputusan": {"Ya": 2, "Tidak": 1}}, {"lanjut": 1}, {"lanjut": 2})

    added = acted(made, "tambah-1")

    assert ways(added.document) == [
        {"keputusan": {"Ya": 2, "Tidak": 1}},
        {},
        {"lanjut": 1},
        {"lanjut": 3},
    ]
    assert added.at == "langkah-2"
    assert ("empty_text", "langkah 2: kegiatan") in told(added.document)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"lanjut": 2}, {}], [{"lanjut": 2}, {}, {}]),
        (
            [{"lanjut": [2, 3]}, {}, {"lanjut": "selesai"}],
            [{"lanjut": [2, 4]}, {}, {}, {"lanjut": "selesai"}],
        ),
        ([{}, {"tunggu": [1]}], [{}, {}, {"tunggu": [2]}]),
        ([{"lanjut": 2}, {"tunggu": [1]}], [{"lanjut": 2}, {}, {"tunggu": [2]}]),
        ([{"lanjut": "selesai"}, {"tunggu": [1]}], [{"lanjut": "selesai"}, {}, {"tunggu": [1]}]),
    ],
)
def test_what_led_to_the_next_row_leads_to_the_new_one(rows, expected):
    assert ways(add_row(document(*rows), 1)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({}, {}),
        ({"lanjut": "selesai"}, {}),
        ({"lanjut": 1}, {"lanjut": 1}),
        ({"keputusan": {"Tidak": 1, "Ya": "selesai"}}, {"keputusan": {"Tidak": 1, "Ya": 3}}),
        ({"keputusan": {"Tidak": 1, "Ya": 1}}, {"keputusan": {"Tidak": 1, "Ya": 1}}),
    ],
)
def test_the_row_that_ended_the_case_leads_to_a_new_last_one(last, expected):
    assert ways(add_row(document({}, last), 2))[1:] == [expected, {}]


def test_a_new_row_within_a_repeated_run_is_repeated_too():
    run = {"untuk_setiap": "perangkat_daerah"}
    assert ways(add_row(document(run, run), 1), "untuk_setiap")[1] == run
    assert ways(add_row(document(run, {}), 1), "untuk_setiap")[1] == {}


def test_a_deleted_row_leaves_an_error_at_each_place_that_named_it():
    made = document(
        {"keputusan": {"Ya": 2, "Tidak": 3}},
        {"lanjut": [3, 4]},
        {},
        {"tunggu": [2, 3], "bukan_pelaku": [3], "lanjut": 5},
        {},
    )

    gone = acted(made, "hapus-3")

    assert told(gone.document) == [
        ("removed_step", "langkah 1: keputusan.Tidak"),
        ("removed_step", "langkah 2: lanjut"),
        ("removed_step", "langkah 3: tunggu"),
        ("removed_step", "langkah 3: bukan_pelaku"),
    ]
    assert gone.at == "langkah-3"
    assert ways(gone.document, "lanjut")[1:3] == [{"lanjut": [0, 3]}, {"lanjut": 4}]


def test_a_merged_time_ends_before_a_deleted_row():
    timed = {"waktu": "1 hari", "waktu_sampai": 3}
    three = acted(document(timed, {}, {}), "hapus-3").document
    two = acted(document({}, {"waktu": "1 hari", "waktu_sampai": 3}, {}), "hapus-3").document

    assert ways(three, "waktu_sampai")[0] == {"waktu_sampai": 2}
    assert ways(two, "waktu_sampai")[1] == {}
    assert told(three) == told(two) == []


def test_targets_that_are_no_numbers_stay_as_they_are():
    made = document({"lanjut": "nanti"}, {"tunggu": ["satu"], "bukan_pelaku": ["dua", 1]})
    assert ways(acted(made, "turun-1").document)[0] == {
        "tunggu": ["satu"],
        "bukan_pelaku": ["dua", 2],
    }


def test_a_number_that_never_was_a_row_is_told_as_such():
    assert told(document({"lanjut": 99})) == [("no_such_step", "langkah 1: lanjut")]


def test_a_split_row_begins_with_the_first_part_and_ends_with_the_second():
    made = document(
        {"keputusan": {"Ya": 2, "Tidak": 1}},
        {
            "kegiatan": "Menerima berkas. Menyerahkan berkas",
            "baris": "2a",
            "kelengkapan": ["Berkas"],
            "waktu": "1 hari kerja",
            "output": ["Tanda terima"],
            "lanjut": [3, 4],
            "untuk_setiap": "perangkat_daerah",
        },
        {"tunggu": [2], "bukan_pelaku": [2]},
        {"lanjut": 2},
    )

    split = acted(made, "pisah-2")
    first, second = split.document["langkah"][1:3]

    assert first == {
        "kegiatan": "Menerima berkas.",
        "pelaksana": ["a"],
        "baris": "2a",
        "kelengkapan": ["Berkas"],
        "waktu": "1 hari kerja",
        "waktu_sampai": 3,
        "untuk_setiap": "perangkat_daerah",
    }
    assert second == {
        "kegiatan": "Menyerahkan berkas",
        "pelaksana": ["a"],
        "output": ["Tanda terima"],
        "lanjut": [4, 5],
        "untuk_setiap": "perangkat_daerah",
    }
    assert ways(split.document)[0] == {"keputusan": {"Ya": 2, "Tidak": 1}}
    assert ways(split.document)[3:] == [{"tunggu": [3], "bukan_pelaku": [2, 3]}, {"lanjut": 2}]
    assert split.at == "langkah-3"


@pytest.mark.parametrize(
    ("activity", "parts"),
    [
        ("Satu\nDua. Tiga", ("Satu\n", "Dua. Tiga")),
        ("\n Satu; dua", ("\n Satu; ", "dua")),
        ("Satu", ("Satu", "")),
    ],
)
def test_an_activity_falls_apart_at_its_first_line_or_sentence(activity, parts):
    at = place_to_split(activity)
    assert (activity[:at], activity[at:]) == parts


def test_a_decision_asks_where_no_leads_and_a_plain_row_goes_where_yes_led():
    made = acted(document({"lanjut": 3}, {}, {}), "keputusan-1").document
    assert ways(made)[0] == {"keputusan": {"Ya": 3, "Tidak": 0}}
    assert ("removed_step", "langkah 1: keputusan.Tidak") in told(made)
    assert ways(acted(made, "biasa-1").document)[0] == {"lanjut": 3}


def test_a_decision_without_a_way_of_its_own_goes_on_to_the_row_below():
    made = document({}, {})
    first, last = (acted(made, f"keputusan-{n}").document for n in (1, 2))
    assert ways(first)[0] == {"keputusan": {"Ya": 2, "Tidak": 0}}
    assert ways(last)[1] == {"keputusan": {"Ya": "selesai", "Tidak": 0}}
    assert acted(first, "biasa-1").document == made
    assert acted(made, "biasa-1").document == made


def test_a_guess_that_was_looked_at_is_no_longer_told():
    made = acted(document({"simpulan": "Ditebak."}), "periksa-1").document
    assert ways(made, "simpulan") == [{}]


def test_performers_are_added_moved_and_deleted():
    added = acted(document({}), "pelaku-tambah-0")
    codes = [one["kode"] for one in added.document["pelaksana"]]
    assert (codes, added.at) == (["a", "b", "pelaksana_1"], "pelaksana-3")
    assert told(added.document) == [("empty_text", "pelaksana 3: nama")]

    moved = acted(added.document, "pelaku-naik-3")
    assert [one["kode"] for one in moved.document["pelaksana"]] == ["a", "pelaksana_1", "b"]
    assert acted(moved.document, "pelaku-turun-2").document == added.document

    gone = acted(document({}), "pelaku-hapus-1").document
    assert told(gone) == [("unknown_performer", "langkah 1: pelaksana")]
    assert drawable(reading(gone).sop) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("hapus-1", "last_row"),
        ("hapus-2", "no_such_row"),
        ("tambah-0", "no_such_row"),
        ("pisah-1", "nothing_to_split"),
        ("pisah-9", "no_such_row"),
        ("pelaku-hapus-3", "no_such_performer"),
        ("goyang-1", "unknown_act"),
        ("'; --", "unknown_act"),
    ],
)
def test_an_act_that_cannot_be_done_is_refused(word, code):
    assert refusal(word, document({})) == (code,)


def test_rows_and_performers_are_bounded():
    many = document(*[{}] * MOST_ROWS)
    assert refusal("tambah-1", many) == ("too_many_rows",)
    assert refusal("pisah-1-3", many) == ("too_many_rows",)
    crowd = document({})
    for _ in range(MOST_PERFORMERS - 2):
        crowd = add_performer(crowd)
    assert refusal("pelaku-tambah-0", crowd) == ("too_many_performers",)
    alone = document({})
    del alone["pelaksana"][1]
    assert refusal("pelaku-hapus-1", alone) == ("last_performer",)


def test_an_act_leaves_the_document_that_it_is_given_alone():
    made = document({"lanjut": 2}, {"tunggu": [1]})
    before = text_of(made)
    for word in ("tambah-1", "hapus-2", "turun-1", "pisah-1-4", "keputusan-1", "pelaku-hapus-1"):
        acted(made, word)
    assert text_of(made) == before


def test_an_empty_draft_says_what_it_needs():
    assert set(told(BLANK)) == {("empty_text", "nama"), ("empty_text", "langkah 1: kegiatan")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1 # kata", True),
        ("# kata\na = 1", True),
        ('a = "nomor # 3"', False),
        ("a = 'x # y'", False),
        ('a = """\n# bukan\n"""', False),
        ("a = '''\n# bukan'''", False),
        ('a = "\\"#"', False),
    ],
)
def test_a_comment_is_told_from_a_number_sign_in_a_text(text, expected):
    assert has_comments(text) is expected


def test_places_lead_to_the_closest_control():
    made = document({"keputusan": {"Ya": 2, "Tidak": 1}}, {})
    names = {*controls_of(made), "langkah-1-hasil-2-ke"}

    def at(place):
        return control_at(place, made, names=names)

    assert at("langkah 1: keputusan.Tidak") == "langkah-1-hasil-2-ke"
    assert at("langkah 1: keputusan") == "langkah-1-hasil-1-nama"
    assert at("langkah 2: lanjut") == "langkah-2-lanjut"
    assert at("langkah 1: lanjut") == at("langkah 1") == "langkah-1"
    assert at("pelaksana 2: peran") == "pelaksana-2-peran_lain"
    assert at("pelaksana 2") == "pelaksana-2-nama"
    assert at("pelaksana 9: nama") == "pelaksana-9"
    assert at("tanggal.efektif") == "tanggal-efektif"
    assert at("dasar_hukum 3") == "dasar_hukum"
    assert at("berkas") == ""
