"""The sheet as SVG: well formed, self-contained, accessible, the same every time."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ppid.sop import svg
from ppid.sop.drafting import draft
from ppid.sop.load import load
from ppid.sop.sheet import Mark, Paper
from sop.sheet_samples import random_sop
from sop.strategies import row, sop

SOPS = Path(__file__).parents[2] / "sops"
FOUR = ("bali", "bontang", "kalteng", "pontianak")
SVG = "{http://www.w3.org/2000/svg}"
papers = pytest.mark.parametrize("paper", Paper)
four = pytest.mark.parametrize("name", FOUR)


def the(name):
    return load(SOPS / f"{name}.toml")


def parsed(text):
    return ElementTree.fromstring(text)


def written(text):
    return [element.text for element in parsed(text).iter(f"{SVG}text")]


def size(text):
    root = parsed(text)
    return root.get("width"), root.get("height")


@four
@papers
def test_each_page_is_a_document_as_large_as_the_paper(name, paper):
    wide, high = paper.millimetres

    found = svg.pages(the(name), paper=paper)

    assert len(found) == 2
    assert {size(page) for page in found} == {(f"{wide}mm", f"{high}mm")}


@four
def test_the_whole_document_has_the_pages_one_below_the_other(name):
    pages = svg.pages(the(name))

    root = parsed(svg.document(the(name)))

    _, _, wide, high = (float(number) for number in root.get("viewBox").split())
    assert wide > 841
    assert high > 595 * len(pages)
    assert written(svg.document(the(name))) == [t for page in pages for t in written(page)]


@four
def test_only_presentation_attributes_and_plain_figures_are_used(name):
    for text in (svg.document(the(name)), *svg.pages(the(name))):
        root = parsed(text)

        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            *("svg", "title", "desc", "g", "rect", "path", "text")
        }
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not attributes & {"style", "class", "id", "href", "onload"}
        assert "url(" not in text
        assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]


def test_the_picture_has_a_name_and_says_in_words_what_it_shows():
    definition = the("pontianak")

    root = parsed(svg.pages(definition)[1])

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == f"{definition.name}, halaman 2 dari 2"
    assert "5 langkah" in root.find(f"{SVG}desc").text
    assert "PPID Utama" in root.find(f"{SVG}desc").text


def test_a_single_page_is_named_without_a_number():
    root = parsed(svg.pages(sop(row(), row()))[0])

    assert root.find(f"{SVG}title").text == "Contoh"


def test_each_symbol_says_what_it_stands_for():
    text = svg.document(the("bontang"))

    titles = [g.find(f"{SVG}title").text for g in parsed(text).iter(f"{SVG}g") if len(g) == 2]
    assert any(title.startswith("Langkah 1: Mengumpulkan") for title in titles)


def test_text_that_xml_must_escape_or_cannot_hold_is_drawn():
    definition = replace(
        sop(row(activity='<b> & "x" \x00 \ufffe'), row(outcomes={"<Ya>": (), "&": (1,)})),
        name="A < B & C",
    )

    text = svg.document(definition)

    assert '<b> & "x" \ufffd \ufffd' in written(text)
    assert {"<Ya>", "&"} <= set(written(text))
    assert parsed(text).find(f"{SVG}title").text == "A < B & C"


@pytest.mark.parametrize("definition", [random_sop(2, actors=12, steps=20), the("bali")])
def test_equal_definitions_give_equal_bytes(definition):
    assert svg.document(definition) == svg.document(replace(definition))


def test_every_text_of_the_matrix_is_written():
    definition = the("bontang")

    words = " ".join(written(svg.document(definition))).split()

    for step in definition.steps:
        assert set(step.activity.split()) <= set(words)
    assert {"Ya", "Tidak", "Kelengkapan", "Waktu", "Output", "Keterangan"} <= set(words)


def test_an_empty_entry_of_a_list_has_a_sign_and_no_text_element():
    definition = sop(row(outputs=("satu", "")), row())

    words = written(svg.document(definition))

    assert words.count("–") == 2
    assert all(words)


def test_marks_are_drawn():
    definition = the("kalteng")
    marks = {1: Mark.DONE, 2: Mark.CURRENT}

    plain = svg.document(definition, identity=False)
    marked = svg.document(definition, identity=False, marks=marks)

    assert "#15803d" in marked
    assert "#fff3cd" in marked
    assert "#1d4ed8" in marked
    assert not {"#15803d", "#fff3cd", "#1d4ed8"} & set(re.findall("#[0-9a-f]{6}", plain))


def test_without_identity_block_the_picture_is_only_as_large_as_the_matrix():
    (page,) = svg.pages(the("kalteng"), identity=False)

    _, _, wide, high = (float(number) for number in parsed(page).get("viewBox").split())
    assert wide < 841
    assert high < 595
    assert "Dasar Hukum" not in written(page)


def test_a_page_without_joint_steps_has_no_joint_lines():
    assert not draft(the("pontianak")).pages[1].joints
    assert draft(the("bali")).pages[1].joints
    assert svg.document(the("bali")) != svg.document(the("pontianak"))


def test_turned_headings_are_rotated():
    assert "rotate(-90" in svg.document(random_sop(1, actors=12, steps=3))


def test_a_sheet_of_sixty_steps_is_drawn_on_several_pages():
    definition = random_sop(0, actors=5, steps=60, loops=0.2, words=12)

    assert len(svg.pages(definition)) > 3
