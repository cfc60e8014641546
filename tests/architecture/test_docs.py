"""The pages for people are true: links lead somewhere, names exist, nothing is left out."""

import re
import subprocess
from pathlib import Path

import pytest

from architecture import docs
from ppid.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SHOWN_COMMANDS = [name for name, (_, line) in COMMANDS.items() if line]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


@pytest.fixture(scope="module")
def sources(modules):
    """The text of every module, by its name."""
    return {module.name: module.text for module in modules}


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def pages():
    return [file for file in tracked_files() if file.suffix == ".md" and file.exists()]


def test_every_relative_link_of_every_page_leads_somewhere():
    broken = [link for page in pages() for link in docs.broken_links(page, page.read_text())]

    assert broken == []


def test_a_broken_link_is_noticed(tmp_path):
    assert docs.broken_links(tmp_path / "a.md", "see [b](missing.md#part)") != []


def test_every_term_of_the_glossary_names_something_in_the_code(sources):
    assert docs.glossary_faults((ROOT / "docs" / "glossary.md").read_text(), sources) == []


@pytest.mark.parametrize(
    "row",
    [
        "| a | `Absent` | b | – | ppid.law.term |",
        "| a | `Term` | b | – | ppid.law.absent |",
        "| a | `Term` | b | somewhere in the law | ppid.law.term |",
    ],
)
def test_a_wrong_row_of_the_glossary_is_noticed(row, sources):
    assert len(docs.glossary_faults(f"| Indonesian |\n|---|\n{row}\n", sources)) == 1


def test_every_command_has_its_place_on_the_page_of_the_command_line():
    text = (ROOT / "docs" / "cli.md").read_text()

    assert docs.undocumented_commands(SHOWN_COMMANDS, text) == []


def test_an_undocumented_command_is_noticed():
    assert docs.undocumented_commands(["run", "fly"], "## `ppid run`\n") == ["fly"]


def test_the_example_of_settings_lists_exactly_the_variables_that_the_settings_read(sources):
    read = {
        name
        for module, text in sources.items()
        if module.startswith("ppid.config")
        for name in docs.variables(text)
    }

    assert docs.variables((ROOT / ".env.example").read_text()) == read


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.name)
def test_a_decision_has_its_number_and_its_sentence_and_a_reading_of_the_law_its_article(decision):
    text = decision.read_text()

    assert re.match(rf"# {decision.name[:4]} \S", text)
    assert "**Source.**" in text or not "0010" <= decision.name[:4] < "0030"


def test_decisions_have_different_numbers():
    numbers = [page.name[:4] for page in DECISIONS]

    assert len(set(numbers)) == len(numbers)


def test_the_lock_names_only_the_public_default_registry():
    assert docs.foreign_registries((ROOT / "uv.lock").read_text()) == set()
    assert '"resolved"' not in (ROOT / "assets" / "package-lock.json").read_text()


def test_a_foreign_registry_in_the_lock_is_noticed():
    lock = 'source = { registry = "https://example.org/simple" }\nurl = "https://example.net/a.whl"'

    assert len(docs.foreign_registries(lock)) == 2


def test_no_file_names_a_path_of_the_machine_it_was_written_on():
    machine = re.compile(rb"/(?:work|root|home/[a-z]+)/(?!\.)[a-z]")
    guilty = [
        file.relative_to(ROOT)
        for file in tracked_files()
        if file.exists() and machine.search(file.read_bytes())
    ]

    assert guilty == []
