"""The table of regulations: what it holds, and what each was worth on a day."""

import ast
import inspect
import re
from datetime import date
from importlib import import_module
from importlib.resources import files

import pytest

from ppid.errors import NotFound
from ppid.law.citation import Confidence, Status, parse, regulation
from ppid.law.reference import find_mentions
from ppid.law.regulation import Change, Entry, Moment, table
from ppid.law.regulation_kind import Rank
from ppid.law.regulation_title import Fit, WrittenTitle, match, title_words, written_title

RULES = (
    *("citation_line", "citation_title", "ground_words", "legal_basis", "reference"),
    *("regulation", "regulation_kind", "regulation_title", "remark"),
)
# They read, keep or compare texts; no rule is behind them.
NO_RULE = {
    *("parse", "find", "find_mentions", "regulation", "table", "name_kind", "judge", "read_line"),
    *("match", "match_closely", "split", "title_words", "written_title", "note", "warning"),
}


def title_fit(text, title):
    """Return how the title written after the first citation of a text fits."""
    first, *others = find_mentions(text)
    return match(written_title(text, first, others=tuple(others)), title).fit


# --- the table


@pytest.mark.parametrize(
    "text",
    [
        *("UU 14/2008", "UU 25/2009", "UU 43/2009", "UU 23/2014", "UU 12/2011", "UU 17/2011"),
        *("UU 30/2014", "UU 11/2008", "PP 61/2010", "PP 28/2012", "PP 71/2019", "PP 11/2017"),
        *("Perpres 21/2023", "Perki 1/2010", "Perki 2/2010", "Perki 1/2013", "Perki 5/2016"),
        *("Perki 1/2017", "Perki 1/2018", "Perki 1/2021", "Permendagri 35/2010"),
        *("Permendagri 3/2017", "Permendagri 52/2011", "Permendagri 83/2022"),
        *("Permendagri 135/2017", "PermenPANRB 35/2012", "Permenkominfo 8/2019"),
    ],
)
def test_the_table_knows_what_a_legal_basis_cites(text):
    known = regulation(parse(text), on=None)

    assert known.title
    assert known.source
    assert (known.number, str(known.year)) == tuple(text.split()[-1].split("/"))


def test_every_entry_can_be_cited_and_every_source_is_told():
    for citation, entry in table().items():
        assert parse(str(citation)) == citation
        assert entry.citation == citation
        assert entry.source
        assert all(change.source for change in entry.changes)


def test_no_regulation_stands_twice():
    text = files("ppid.law").joinpath("data/regulations.toml").read_text(encoding="utf-8")

    assert text.count("\n[[peraturan]]\n") == len(table())


def test_every_title_fits_itself_and_no_other_of_its_kind_as_well():
    for entry in table().values():
        if entry.title:
            text = f"{entry.citation} tentang {entry.title}"
            assert title_fit(text, entry.title) is Fit.EXACT


def test_what_ended_a_regulation_is_in_the_table():
    ended_by = [entry.end.by for entry in table().values() if entry.end]

    assert ended_by
    assert all(citation in table() for citation in ended_by)


def test_a_change_comes_after_its_regulation_and_not_before_the_one_that_makes_it():
    for entry in table().values():
        for change in entry.changes:
            assert entry.in_force.earliest <= change.since.latest
            if change.by in table():
                assert table()[change.by].in_force.earliest <= change.since.latest


def test_what_is_known_from_memory_is_marked():
    remembered = {str(c) for c, e in table().items() if "ingatan" in e.source.lower()}

    assert remembered == {str(c) for c, e in table().items() if e.confidence is Confidence.RECALLED}


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("UUD 1945", Rank.CONSTITUTION),
        ("UU 14/2008 ps. 17 huruf a", Rank.ACT),
        ("PP 61/2010", Rank.GOVERNMENT),
        ("Perpres 21/2023", Rank.PRESIDENT),
        ("Perki 1/2021", Rank.NATIONAL),
    ],
)
def test_a_regulation_has_the_rank_of_its_kind(text, rank):
    assert regulation(parse(text), on=None).rank is rank


def test_a_regulation_outside_the_table_is_unknown():
    with pytest.raises(NotFound) as error:
        regulation(parse("Perda Kota Bontang 1/2009 ps. 2"), on=None)

    assert error.value.codes == ("regulation_unknown",)
    assert error.value.findings[0].hint


# --- on a day


@pytest.mark.parametrize(
    ("text", "on", "status", "replaced_by"),
    [
        ("UU 14/2008", date(2010, 4, 29), Status.NOT_YET, None),
        ("UU 14/2008", date(2010, 4, 30), Status.IN_FORCE, None),
        ("UU 14/2008", None, Status.IN_FORCE, None),
        ("Perki 1/2010", date(2010, 6, 1), Status.UNCERTAIN, None),
        ("Perki 1/2010", date(2010, 12, 31), Status.IN_FORCE, None),
        ("Perki 1/2010", date(2020, 12, 31), Status.IN_FORCE, None),
        ("Perki 1/2010", date(2021, 1, 4), Status.UNCERTAIN, "Perki 1/2021"),
        ("Perki 1/2010", date(2021, 12, 31), Status.REPLACED, "Perki 1/2021"),
        ("Perki 1/2010", None, Status.REPLACED, "Perki 1/2021"),
        ("Perki 1/2017", date(2020, 1, 1), Status.IN_FORCE, None),
        ("Perki 1/2017", date(2026, 1, 1), Status.UNCERTAIN, "Perki 1/2021"),
        ("Perki 1/2017", None, Status.UNCERTAIN, "Perki 1/2021"),
        ("Perki 2/2010", None, Status.REPLACED, "Perki 1/2013"),
        ("Permendagri 35/2010", None, Status.REPLACED, "Permendagri 3/2017"),
        ("UU 32/2004", date(2014, 10, 1), Status.IN_FORCE, None),
        ("UU 32/2004", date(2014, 10, 2), Status.REPLACED, "UU 23/2014"),
        ("UU 23/2014", date(2015, 2, 1), Status.IN_FORCE, None),
        ("UU 23/2014", date(2015, 2, 2), Status.AMENDED, None),
        ("UU 30/2014", None, Status.IN_FORCE, None),
    ],
)
def test_a_regulation_has_a_status_on_a_day(text, on, status, replaced_by):
    known = regulation(parse(text), on=on)

    assert known.status is status
    assert (str(known.replaced_by) if known.replaced_by else None) == replaced_by


def test_amendments_are_those_in_force_on_the_day_and_seen_in_a_text():
    act = parse("UU 23/2014")

    amended = [
        [str(citation) for citation in regulation(act, on=on).amended_by]
        for on in (date(2015, 1, 1), date(2015, 2, 2), None)
    ]

    assert amended == [[], ["UU 2/2015"], ["UU 2/2015", "UU 9/2015"]]


def test_an_amendment_that_is_only_reported_is_kept_apart():
    entry = table()[parse("UU 23/2014")]

    assert [str(c) for c in entry.amendments(on=None, sure=False)] == ["UU 6/2023"]
    assert entry.amendments(on=date(2022, 1, 1), sure=False) == ()


def test_an_uncertain_status_says_how_it_is_known():
    known = regulation(parse("Perki 1/2017"), on=None)

    assert known.confidence is Confidence.SECONDARY
    assert known.status_confidence is Confidence.UNCLEAR


def test_a_status_that_nobody_could_establish_is_marked_though_no_change_is_known():
    known = regulation(parse("Permendagri 52/2011"), on=None)

    assert known.status is Status.IN_FORCE
    assert known.status_confidence is Confidence.UNCLEAR


def test_a_moment_is_a_day_or_the_year_alone():
    day = Moment(date(2014, 10, 2), date(2014, 10, 2))
    year = Moment(date(2021, 1, 1), date(2021, 12, 31))

    assert (str(day), day.in_words()) == ("2014-10-02", "2 Oktober 2014")
    assert (str(year), year.in_words()) == ("2021", "2021")


def test_the_end_of_a_regulation_is_no_amendment():
    amendment = Change(
        Status.AMENDED,
        Moment(date(2015, 1, 1), date(2015, 1, 1)),
        parse("UU 2/2015"),
        "sumber",
        Confidence.VERIFIED,
    )
    entry = Entry(
        parse("UU 1/2014"),
        "Judul",
        (),
        Moment(date(2014, 1, 1), date(2014, 1, 1)),
        "sumber",
        Confidence.VERIFIED,
        Confidence.VERIFIED,
        (amendment,),
    )

    assert entry.end is None
    assert entry.amendments(on=None) == (parse("UU 2/2015"),)


# --- titles


@pytest.mark.parametrize(
    ("written", "fit"),
    [
        ("tentang Keterbukaan Informasi Publik", Fit.EXACT),
        ("TENTANG KETERBUKAAN INFORMASI PUBLIK (LN 2008/61)", Fit.EXACT),
        ("tentang Keterbukaan Informasi Publik Pasal 17", Fit.EXACT),
        ("(LN 2008/61) tentang Keterbukaan Informasi Publik", Fit.EXACT),
        ("ttg. Keterbukaan Informasi Publik", Fit.EXACT),
        ("tentang KIP", Fit.EXACT),
        ("tentang Keterbukaan\n Informasi\n\nPublik", Fit.EXACT),
        ("tentang Keterbukaan Informasi", Fit.TRUNCATED),
        ("tentang Keterbukaan Informasi dan UU 25/2009", Fit.TRUNCATED),
        ("tentang Keterbukaan Informasi.\nLalu", Fit.TRUNCATED),
        ("tentang Keterbukaan Informasi b. UU 25/2009", Fit.TRUNCATED),
        ("tentang Keterbukaan Informasi\n2. Komputer", Fit.TRUNCATED),
        ("tentang Keterbukan Informasi Publik", Fit.MISSPELT),
        ("tentang Keterbukaan Informasi untuk Publik", Fit.LOOSE),
        ("tentang Pelayanan Kesehatan", Fit.NONE),
        ("tentang x y", Fit.NONE),
        ("keterbukaan informasi publik", Fit.NONE),
    ],
)
def test_a_written_title_is_compared_by_its_words(written, fit):
    found = title_fit(f"UU 14/2008 {written}", "Keterbukaan Informasi Publik")

    assert found is fit


@pytest.mark.parametrize(
    ("written", "fit"),
    [
        ("Pelaksanaan UU 14/2008", Fit.EXACT),
        ("Pelaksanaan Undang – Undang Nomor 14 Tahun 2008 tentang Keterbukaan", Fit.EXACT),
        ("Pelaksanaan UU 14/2018", Fit.MISSPELT),
        ("Pelaksanaan UU 15/2008", Fit.MISSPELT),
        ("Pelaksanaan UU 15/2018", Fit.NONE),
        ("Pelaksanaan PP 14/2008", Fit.NONE),
        ("Pelaksanaan keterbukaan", Fit.NONE),
        ("Pelaksanaan", Fit.NONE),
    ],
)
def test_a_law_within_a_title_is_one_word(written, fit):
    title = "Pelaksanaan Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"

    assert title_fit(f"PP 61/2010 tentang {written}", title) is fit


def test_a_mention_that_is_no_part_of_the_title_ends_it():
    text = "UU 14/2008 tentang Keterbukaan Informasi, UU 25/2009 tentang Pelayanan Publik"
    first, *others = find_mentions(text)

    title = written_title(text, first, others=tuple(others))

    assert title == WrittenTitle(("keterbukaan", "informasi"))


def test_a_mention_inside_the_bracket_before_the_title_is_passed_over():
    text = "UU 9/2015 (mengubah UU 23/2014) tentang Perubahan Kedua atas UU 23/2014"
    first, *others = find_mentions(text)

    title = written_title(text, first, others=tuple(others))

    assert title.words == ("perubahan", "kedua", "atas", "UU 23/2014")


def test_the_words_of_a_promulgated_title_name_a_law_by_its_short_form():
    words = title_words("Perubahan Kedua atas Undang-Undang Nomor 23 Tahun 2014 tentang X")

    assert words == ("perubahan", "kedua", "atas", "UU 23/2014", "tentang", "x")


# --- the code


def public_functions():
    """Return each public function of these modules, as a parameter."""
    found = []
    for name in RULES:
        module = import_module(f"ppid.law.{name}")
        for label, value in vars(module).items():
            own = getattr(value, "__module__", "") == module.__name__
            if own and callable(value) and not inspect.isclass(value) and label[0] != "_":
                found.append(pytest.param(label, value, id=f"{name}.{label}"))
    return found


@pytest.mark.parametrize(("name", "function"), public_functions())
def test_a_rule_names_a_source_that_can_be_read(name, function):
    doc = inspect.getdoc(function) or ""
    source = re.search(r"Source: (.+)\.\s*$", doc)

    assert (source is None) == (name in NO_RULE)
    if source:
        assert parse(source[1]).article


def test_the_functions_without_a_rule_exist():
    assert {parameter.values[0] for parameter in public_functions()} >= NO_RULE


@pytest.mark.parametrize("name", [*RULES, "article", "citation"])
def test_the_law_reads_no_clock(name):
    source = inspect.getsource(import_module(f"ppid.law.{name}"))
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert called.isdisjoint({"now", "today", "time"})
