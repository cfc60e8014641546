"""The official sheet, measured: nothing lies on anything, every flow is drawn, all fits."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ppid.sop.definition import ApprovedBy, Dates, Performer
from ppid.sop.drafting import draft
from ppid.sop.identity import written as date_written
from ppid.sop.lettering import Run, listed, longest_part, shortened, width, wrap
from ppid.sop.load import load
from ppid.sop.matrix import OTHERS
from ppid.sop.sheet import Fill, Flow, Kind, Line, Mark, Node, Paper, Point, Rect, Shape
from sop.sheet_geometry import expected_flows, faults, written
from sop.sheet_samples import random_sop
from sop.strategies import row, sop, sound_sops

SOPS = Path(__file__).parents[2] / "sops"
FOUR = ("bali", "bontang", "kalteng", "pontianak")
papers = pytest.mark.parametrize("paper", Paper)
shown = pytest.mark.parametrize("show_identity", [True, False])


def the(name):
    return load(SOPS / f"{name}.toml")


def codes(definition, sheet):
    return {code for code, *_ in faults(definition, sheet)}


def symbols(sheet, kind=Kind.STEP):
    return [s for page in sheet.pages for s in page.symbols if s.node.kind is kind]


def shapes(sheet):
    return {s.node.step: s.shape for s in symbols(sheet)}


def arrows(sheet):
    return [arrow for page in sheet.pages for arrow in page.arrows]


def runs(texts):
    return [run.text for text in texts for run in text.runs]


def said(sheet):
    return " ".join(run for page in sheet.pages for run in runs(page.texts))


def labels(sheet):
    return sorted(" ".join(run.text for run in t.runs) for p in sheet.pages for t in p.labels)


# The whole sheet, measured


@papers
@shown
@pytest.mark.parametrize("name", FOUR)
def test_the_four_sheets_have_no_fault(name, paper, show_identity):
    definition = the(name)

    sheet = draft(definition, paper=paper, show_identity=show_identity)

    assert list(faults(definition, sheet)) == []


@papers
@pytest.mark.parametrize(
    ("actors", "steps", "loops"),
    [
        (1, 12, 0.3),
        (2, 25, 0.5),
        (3, 40, 0.5),
        (5, 30, 0.2),
        (8, 25, 0.3),
        (12, 40, 0.3),
        (15, 60, 0.3),
    ],
)
def test_crowded_sheets_have_no_fault(actors, steps, loops, paper):
    definition = random_sop(actors + steps, actors=actors, steps=steps, loops=loops)

    sheet = draft(definition, paper=paper)

    assert list(faults(definition, sheet)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sound_sops())
def test_any_sound_sop_is_drawn_without_fault(definition):
    assert list(faults(definition, draft(definition))) == []


EDGES = {
    "one step": sop(row()),
    "one step that decides": sop(row(outcomes={"Ya": (), "Tidak": (1,)})),
    "back to itself": sop(row(), row("q", outcomes={"Ya": (3,), "Ulang": (2,)}), row()),
    "two outcomes to one step": sop(
        row(), row("q", outcomes={"Ya": (3,), "Tidak": (3,)}), row("q")
    ),
    "ten outcomes": sop(
        row(),
        row("q", outcomes={f"Pilihan {n}": (n + 2,) for n in range(1, 11)}),
        *(row("pqr"[n % 3], to=()) for n in range(10)),
    ),
    "everybody goes back": sop(
        *(row(outcomes={"Ya": (n + 1,), "Tidak": (1,)}) for n in range(1, 50)), row()
    ),
    "forks": sop(
        row(to=(2, 3, 4)),
        row("q", to=(5,)),
        row("r", to=(5,)),
        row("s", to=(5,)),
        row("p", wait_for=(2, 3, 4)),
        row("qps"),
    ),
    "an outcome that forks": sop(
        row(),
        row("q", outcomes={"Ya": (3, 4), "Tidak": (1,)}),
        row("r", to=(5,)),
        row("s", to=(5,)),
        row("p", wait_for=(3, 4)),
    ),
    "long outcomes": sop(
        *(
            row(
                "pq"[n % 2],
                outcomes={"Disetujui dengan perbaikan" * 2: (n + 1,), "Ditolak seluruhnya": (n,)},
            )
            for n in range(1, 9)
        ),
        row(),
    ),
    "no text at all": sop(row(activity=""), row(activity=" \n ")),
    "an outcome without a name": sop(row(outcomes={" ": (2,), "b": (1,)}), row()),
    "long words": sop(
        row(activity="W" * 900, outputs=("x" * 3000,)), row(activity="pengecualian/" * 40)
    ),
    "long rows": sop(row(activity="informasi " * 2500), row("q", remark="kata " * 900), row()),
    "long names": replace(
        sop(row("psq"), row("r")),
        performers=tuple(
            Performer(code, "Kepala Bidang " * 30 + "X" * 80, ("r",)) for code in "pqrs"
        ),
    ),
    "many performers": random_sop(1, actors=30, steps=20),
    "a long identity": replace(
        sop(row()),
        institution="I" * 500,
        unit="U\nV\nW\n" * 9,
        number="9" * 300,
        name="Nama " * 200,
        legal_basis=("Peraturan " * 60,) * 40,
        limit="batas " * 100,
        approved_by=ApprovedBy("Jabatan " * 90, "Nama " * 90, "1" * 300),
    ),
}


@papers
@shown
@pytest.mark.parametrize("name", EDGES)
def test_odd_sops_are_drawn_without_fault(name, paper, show_identity):
    definition = EDGES[name]

    sheet = draft(definition, paper=paper, show_identity=show_identity, marks={1: Mark.DONE})

    assert list(faults(definition, sheet)) == []


# The positive control: a sheet that is wrong is caught


def wrong(change):
    """Return the codes for Bontang's sheet with its last page changed."""
    definition = the("bontang")
    sheet = draft(definition)
    page = sheet.pages[-1]
    return codes(
        definition, replace(sheet, pages=(*sheet.pages[:-1], replace(page, **change(page))))
    )


def moved(symbol, x, y):
    return replace(symbol, box=symbol.box._replace(x=x, y=y))


def bent(page, points):
    first, *others = page.arrows
    return {"arrows": (replace(first, points=points(first.points)), *others)}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("flows_differ", lambda page: {"arrows": page.arrows[1:]}),
        ("flows_differ", lambda page: {"arrows": (*page.arrows, page.arrows[0])}),
        (
            "symbols_overlap",
            lambda page: {
                "symbols": (moved(page.symbols[0], *page.symbols[1].box[:2]), *page.symbols[1:])
            },
        ),
        ("loose_end", lambda page: {"symbols": page.symbols[1:]}),
        ("symbol_missing", lambda page: {"symbols": page.symbols[1:]}),
        (
            "arrow_on_symbol",
            lambda page: {
                "symbols": (
                    *page.symbols,
                    replace(
                        page.symbols[0],
                        box=Rect(*page.arrows[0].points[1], 4.0, 4.0),
                        node=Node(Kind.FINISH, 4),
                    ),
                )
            },
        ),
        (
            "arrow_on_text",
            lambda page: {
                "labels": (replace(page.labels[0], box=Rect(*page.arrows[0].points[1], 4.0, 4.0)),)
            },
        ),
        (
            "label_on_symbol",
            lambda page: {"labels": (replace(page.labels[0], box=page.symbols[0].box),)},
        ),
        (
            "text_overflows",
            lambda page: {
                "texts": (*page.texts, replace(page.texts[0], runs=(Run("kata " * 90),)))
            },
        ),
        ("texts_overlap", lambda page: {"texts": (*page.texts, page.texts[0])}),
        ("off_paper", lambda page: {"view": page.view._replace(width=500.0)}),
        ("slanting", lambda page: bent(page, lambda points: (points[0], points[-1]))),
        (
            "arrow_outside_columns",
            lambda page: bent(page, lambda points: (points[0], Point(40.0, points[0].y), *points)),
        ),
        (
            "arrow_through_own_symbol",
            lambda page: bent(
                page,
                lambda points: (points[0]._replace(x=page.symbols[0].box.x), *points[1:]),
            ),
        ),
        (
            "arrows_on_each_other",
            lambda page: {"joints": (Line(page.arrows[0].points[0], page.arrows[0].points[1]),)},
        ),
    ],
)
def test_the_checker_catches_a_wrong_sheet(code, change):
    assert code in wrong(change)


def test_the_checker_catches_pentagons_whose_letters_differ():
    definition = EDGES["everybody goes back"]
    sheet = draft(definition)
    page = sheet.pages[-1]
    renamed = tuple(replace(s, word="Z") if s.shape is Shape.PENTAGON else s for s in page.symbols)

    broken = replace(sheet, pages=(*sheet.pages[:-1], replace(page, symbols=renamed)))

    assert "letters_do_not_match" in codes(definition, broken)


def test_the_checker_catches_a_joint_line_that_misses_its_symbols():
    definition = the("bali")
    sheet = draft(definition)
    page = sheet.pages[-1]
    joint = page.joints[0]
    short = joint._replace(end=joint.end._replace(x=joint.end.x - 20.0))

    broken = replace(sheet, pages=(*sheet.pages[:-1], replace(page, joints=(short,))))

    assert "joint_on_symbol" in codes(definition, broken)


# Symbols


def test_first_and_last_activity_are_capsules_and_decisions_diamonds():
    found = shapes(draft(the("bontang")))

    assert found == {
        1: Shape.CAPSULE,
        2: Shape.DIAMOND,
        3: Shape.BOX,
        4: Shape.BOX,
        5: Shape.CAPSULE,
    }


def test_only_the_five_symbols_are_drawn():
    sheet = draft(EDGES["everybody goes back"])

    assert {s.shape for page in sheet.pages for s in page.symbols} <= set(Shape)
    assert len(Shape) + 1 == 5, "the arrow is the fifth"


def test_a_first_step_that_decides_has_a_start_of_its_own():
    sheet = draft(sop(row(outcomes={"Ya": (2,), "Tidak": (1,)}), row()))

    start = Flow(Node(Kind.START, 1), Node(Kind.STEP, 1))
    assert shapes(sheet)[1] is Shape.DIAMOND
    assert [s.shape for s in symbols(sheet, Kind.START)] == [Shape.CAPSULE]
    assert (start,) in [arrow.flows for arrow in arrows(sheet)]


def test_an_outcome_that_ends_leads_to_a_capsule_in_the_same_row():
    sheet = draft(sop(row(), row(outcomes={"Ya": (3,), "Tidak": ()}), row()))

    (finish,) = symbols(sheet, Kind.FINISH)
    assert (finish.shape, finish.node.step) == (Shape.CAPSULE, 2)
    assert labels(sheet) == ["Tidak", "Ya"]


def test_a_second_start_has_a_capsule_only_where_other_flows_arrive_too():
    reached = draft(sop(row(), row(trigger=True), row()))
    alone = draft(sop(row(to=(3,)), row(trigger=True), row()))

    assert [s.node.step for s in symbols(reached, Kind.START)] == [2]
    assert symbols(alone, Kind.START) == []
    assert shapes(alone)[2] is Shape.CAPSULE


def test_a_joint_step_has_a_symbol_in_each_column_joined_by_lines():
    sheet = draft(sop(row(), row("psq"), row()))

    joint = [s for s in symbols(sheet) if s.node.step == 2]
    (page,) = sheet.pages
    assert len(joint) == 3
    assert len(page.joints) == 2
    assert len({s.box.centre.y for s in joint}) == 1


def test_a_step_whose_performers_have_no_column_stands_in_one_for_others():
    definition = replace(sop(row(), row("q"), row("pq")), performers=performers_of("p", hidden="q"))

    sheet = draft(definition)

    where = {s.node.step: s.box.centre.x for s in symbols(sheet)}
    assert OTHERS in said(sheet)
    assert where[2] > where[1] == where[3]
    assert "Pelaksana: Q." in said(sheet)
    assert "Bersama Q." in said(sheet)


def performers_of(shown_codes, hidden):
    return tuple(
        Performer(code, code.upper(), ("peran",), column=code not in hidden)
        for code in shown_codes + hidden
    )


def test_small_symbols_carry_no_words():
    few = draft(sop(row(outcomes={"Ya": (), "Tidak": (1,)})))
    many = draft(replace(random_sop(3, actors=15, steps=1), steps=few_steps()))

    assert {s.word for s in symbols(few, Kind.FINISH)} == {"Selesai"}
    assert {s.word for s in symbols(many, Kind.FINISH)} == {""}


def few_steps():
    (step,) = sop(row(outcomes={"Ya": (), "Tidak": (1,)})).steps
    return (replace(step, performers=("p0",)),)


# Arrows


def test_a_flow_to_the_next_row_of_the_same_column_is_straight():
    (arrow,) = arrows(draft(sop(row(), row())))

    assert len(arrow.points) == 2
    assert arrow.points[0].x == arrow.points[1].x


def test_a_loop_leaves_and_enters_sideways():
    sheet = draft(sop(row(), row("q", outcomes={"Ya": (3,), "Tidak": (1,)}), row("r")))

    (loop,) = [arrow for arrow in arrows(sheet) if arrow.flows[0].outcome == "Tidak"]
    start, after, *_, before, end = loop.points
    assert start.y == after.y
    assert before.y == end.y


def test_no_arrow_runs_along_the_line_of_a_joint_step():
    sheet = draft(the("bali"))

    (first,) = [a for a in arrows(sheet) if a.flows[0].source == Node(Kind.STEP, 1)]
    assert first.points[0].x == first.points[1].x


def test_flows_over_pages_meet_in_pentagons_with_the_same_letter():
    sheet = draft(sop(*(row(activity="kata " * 60) for _ in range(30))))

    leaving = [s.word for s in symbols(sheet, Kind.DEPARTURE)]
    arriving = [s.word for s in symbols(sheet, Kind.ARRIVAL)]
    assert leaving == arriving == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(leaving)])
    assert len(leaving) == len(sheet.pages) - 1


def test_after_z_letters_go_on_with_two():
    definition = sop(
        *(
            row(activity="kata " * 190, outcomes={"Ya": (n + 1,), "Tidak": (max(1, n - 8),)})
            for n in range(1, 40)
        ),
        row(),
    )

    words = {s.word for s in symbols(draft(definition), Kind.DEPARTURE)}

    assert {"Z", "AA"} <= words


def test_flows_to_one_step_share_the_pentagon_from_which_they_arrive():
    sheet = draft(EDGES["everybody goes back"])

    back = [s for s in symbols(sheet, Kind.ARRIVAL) if s.node.step == 1]
    assert len(back) == 1


# Rows, cells, pages


def test_equal_row_labels_are_printed_once_and_not_parted_by_a_line():
    same = sop(
        row(), row("q", label="3", activity="Sama"), row(label="3", activity="Sama"), row("q")
    )
    parted = replace(same, steps=tuple(replace(s, label="") for s in same.steps))

    def levels(sheet):
        return len({line.start.y for line in sheet.pages[0].lines if line.start.y == line.end.y})

    one, two = draft(same), draft(parted)
    assert runs(one.pages[0].texts).count("3") == 1
    assert runs(one.pages[0].texts).count("Sama") == 1
    assert levels(one) == levels(two) - 1


def test_a_time_that_covers_several_rows_stands_in_one_cell():
    definition = sop(row(time="5 hari kerja", time_through=2), row(), row(time="1 jam"))

    (page,) = draft(definition).pages

    (merged,) = [t for t in page.texts if t.runs[0].text == "5 hari kerja"]
    first, second, third = (s.box.centre.y for s in page.symbols)
    assert first < merged.box.centre.y < second < third


def test_a_merged_time_goes_on_over_the_page():
    long = "Mengumpulkan informasi dan dokumentasi publik " * 12
    rows = [row(activity=long, time="9 bulan", time_through=15)]
    definition = sop(*rows, *(row(activity=long) for _ in range(19)))

    sheet = draft(definition)

    assert said(sheet).count("9 bulan") == 1
    assert said(sheet).count("(lanj.)") == sum(
        any(s.node.step in range(2, 16) for s in page.symbols) for page in sheet.pages[1:]
    )


def test_a_page_does_not_end_inside_a_printed_row_that_could_stand_on_the_next():
    long = "Mengumpulkan informasi dan dokumentasi publik " * 9
    definition = sop(*(row(activity=f"{n} {long}", label=f"{n // 3}x") for n in range(30)))

    sheet = draft(definition)

    for page in sheet.pages:
        steps = [s.node.step for s in page.symbols if s.node.kind is Kind.STEP]
        assert not steps or steps[0] % 3 == 1


def test_a_row_longer_than_a_page_goes_on_without_a_second_symbol():
    definition = sop(row(activity="informasi " * 2500), row())

    sheet = draft(definition)

    assert len(sheet.pages) > 2
    assert [s.node.step for s in symbols(sheet)] == [1, 2]
    assert said(sheet).count("informasi") == 2500


def test_each_agency_is_noted_in_the_last_column():
    sheet = draft(sop(row(), row(each_agency=True), row()))

    assert said(sheet).count("Setiap perangkat daerah.") == 1


def test_many_performers_have_turned_headings_and_few_have_not():
    few = draft(random_sop(1, actors=3, steps=3))
    many = draft(random_sop(1, actors=12, steps=3))

    assert not any(text.turned for page in few.pages for text in page.texts)
    assert sum(text.turned for page in many.pages for text in page.texts) == 12


@papers
@pytest.mark.parametrize("name", FOUR)
def test_letters_are_large_enough_to_read(name, paper):
    sheet = draft(the(name), paper=paper)

    sizes = [text.size for page in sheet.pages for text in (*page.texts, *page.labels)]
    assert min(sizes) >= 7.5


def test_the_matrix_stands_under_the_identity_block_where_it_fits():
    definition = sop(row(), row())

    assert len(draft(definition).pages) == 1
    assert len(draft(the("kalteng")).pages) == 2


def test_a_matrix_of_several_pages_begins_under_a_short_identity_block():
    definition = sop(*(row() for _ in range(40)))

    first, *others = draft(definition).pages

    assert first.symbols
    assert others


def test_pages_have_a_foot_with_the_number_and_the_case_page_has_none():
    definition = the("kalteng")

    assert "Halaman 2 dari 2" in said(draft(definition))
    assert "Halaman" not in said(draft(definition, show_identity=False))


def test_the_limit_of_the_whole_case_stands_under_the_matrix():
    definition = replace(sop(row(), row()), limit="10 hari kerja + 7 hari kerja")

    (page,) = draft(definition).pages

    (limit,) = [t for t in page.texts if "Batas waktu" in t.runs[0].text]
    assert limit.runs[0].text.endswith("10 hari kerja + 7 hari kerja")
    assert limit.box.y >= page.body.bottom


def test_remarks_of_the_transcriber_are_never_printed():
    definition = the("bontang")

    words = said(draft(definition))

    assert definition.remarks
    assert not any(remark.split(".")[0] in words for remark in definition.remarks)


# Marks


def test_marks_light_the_current_step_and_tick_done_ones():
    plain = draft(the("bontang"), show_identity=False)

    sheet = draft(the("bontang"), marks={1: Mark.DONE, 2: Mark.CURRENT}, show_identity=False)

    (page,) = sheet.pages
    (lit,) = [box for box, fill in page.fills if fill is Fill.CURRENT]
    (tick,) = page.ticks
    first, second = (s.box for s in page.symbols[:2])
    assert [s.node.step for s in page.symbols if s.lit] == [2]
    assert lit.y < second.y < second.bottom < lit.bottom
    assert first.y < tick.centre.y < first.bottom
    assert "Sedang berjalan: langkah 2. Sudah selesai: langkah 1." in sheet.description
    assert not plain.pages[0].ticks
    assert not any(s.lit for s in plain.pages[0].symbols)


# The identity block


def identity_of(**values):
    return said(draft(replace(sop(row()), **values)))


def test_dates_are_written_as_officials_write_them():
    assert date_written(date(2024, 7, 24)) == "24 Juli 2024"
    assert date_written("03/02/2020") == "03/02/2020"
    assert date_written(None) == ""


def test_a_term_of_validity_stands_with_the_effective_date():
    both = identity_of(dates=Dates(effective=date(2021, 1, 4), ends=date(2021, 12, 31)))
    end = identity_of(dates=Dates(approved="2 Februari 2026", ends=date(2026, 12, 31)))

    assert "Tanggal Efektif 4 Januari 2021 s.d. 31 Desember 2021" in both
    assert "Tanggal Pengesahan 2 Februari 2026 Tanggal Efektif s.d. 31 Desember 2026" in end


def test_the_field_that_the_sop_uses_is_shown_and_empty_fields_stay():
    approved = identity_of(dates=Dates(approved=date(2024, 12, 31)))
    empty = identity_of()

    assert "Tanggal Efektif" not in approved
    assert "Tanggal Pengesahan" not in empty
    for label in (
        "Nomor SOP",
        "Tanggal Pembuatan",
        "Tanggal Revisi",
        "Tanggal Efektif",
        "Disahkan oleh",
        "Nama SOP",
        "Dasar Hukum",
        "Kualifikasi Pelaksana",
        "Keterkaitan",
        "Peralatan/Perlengkapan",
        "Peringatan",
        "Pencatatan dan Pendataan",
    ):
        assert label in empty


def test_a_signature_has_position_name_and_number():
    words = identity_of(approved_by=ApprovedBy("Kepala Dinas", "Nama Contoh", "19680531"))

    assert "Kepala Dinas Nama Contoh NIP. 19680531" in words


def test_entries_are_numbered_unless_there_is_one():
    words = identity_of(legal_basis=("Satu", "Dua"), related=("Tunggal",))

    assert "1. Satu 2. Dua" in words
    assert "1. Tunggal" not in words


def test_a_long_identity_block_goes_on_over_the_next_page():
    sheet = draft(EDGES["a long identity"])

    assert len(sheet.pages) > 2
    assert said(sheet).count("Dasar Hukum") > 1


# Lettering


def test_lines_break_at_spaces_then_inside_words_then_anywhere():
    assert wrap("satu dua", 30, 9) == ("satu", "dua")
    assert wrap("perundang-undangan", 50, 9) == ("perundang-", "undangan")
    assert wrap("dan/atau\nlagi", 22, 9) == ("dan/", "atau", "lagi")
    assert all(width(line, 9) <= 20 for line in wrap("W" * 9, 20, 9))
    assert "".join(wrap("W" * 9, 20, 9)) == "W" * 9
    assert wrap("W", 1, 9) == ("W",)
    assert wrap("  ", 50, 9) == ()


def test_a_character_without_metrics_counts_as_wide():
    assert width("\u4e00", 10) > width("W", 10)
    assert width("a", 10, bold=True) >= width("a", 10)


def test_the_longest_part_of_a_text_is_what_no_break_divides():
    assert longest_part("di perundang-undangan", 9) == width("perundang-", 9)
    assert longest_part("", 9) == 0.0


def test_shortened_lines_end_in_an_ellipsis():
    assert shortened(("satu", "dua"), 2) == ("satu", "dua")
    assert shortened(("satu", "dua", "tiga"), 2) == ("satu", "d…")


def test_listed_entries_hang_behind_their_sign():
    found = listed(("satu", "", "tiga"), 60, 9)

    assert [run.text for run in found if not run.indent] == ["–", "–", "–"]
    assert {run.line for run in found} == {0, 1, 2}


def test_turned_text_is_measured_upright():
    sheet = draft(random_sop(1, actors=12, steps=3))

    (heading, *_) = [t for page in sheet.pages for t in page.texts if t.turned]
    box = written(heading)
    assert box.height > box.width
    assert box.width < heading.box.width


def test_expected_flows_are_those_of_the_definition():
    definition = sop(row(), row(outcomes={"Ya": (), "Tidak": (1,)}))

    assert set(expected_flows(definition)) == {(1, None, 2), (2, "Ya", None), (2, "Tidak", 1)}
