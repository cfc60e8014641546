"""Every public function of the law that states a rule names an article that can be read."""

import inspect
import re
from importlib import import_module

import pytest

from ppid.law.reference import parse

MODULES = (
    "consequence_bars",
    "consequence_sheet",
    "consequence_test",
    "consequence_weakness",
    "decree",
    "defect_ground",
    "defect_report",
    "defect_term",
    "defect_words",
    "deliberation",
    "determination",
    "grounds",
    "opening",
    "repair_sheet",
    "request",
    "team",
    "term",
    "term_kinds",
    "workdays",
)
# They keep, print or read data; no rule is behind them.
NO_RULE = {"as_dict", "from_dict", "describe", "in_words", "read_date", "read_optional_date"} | {
    "day_off_name"
}
SOURCE = re.compile(r"Source: (?P<citation>.+?)(?: \(reading: (?P<reading>[\w/-]+)\))?\.\s*$")


def public_functions():
    """Return each public function of the law, where it is defined, as a parameter."""
    found = []
    for name in MODULES:
        module = import_module(f"ppid.law.{name}")
        for label, value in vars(module).items():
            if label.startswith("_") or inspect.isclass(value) or not callable(value):
                continue
            if getattr(value, "__module__", "") == module.__name__:
                found.append(pytest.param(label, value, id=f"{name}.{label}"))
    return found


@pytest.mark.parametrize(("name", "function"), public_functions())
def test_a_rule_names_its_article(name, function):
    found = SOURCE.search(inspect.getdoc(function) or "")

    assert (found is None) == (name in NO_RULE)
    if found:
        assert parse(found["citation"]).article


@pytest.mark.parametrize(("name", "function"), public_functions())
def test_a_reading_that_a_rule_names_is_written_down(name, function, request):
    found = SOURCE.search(inspect.getdoc(function) or "")

    if found and found["reading"]:
        pages = list(request.config.rootpath.glob(f"{found['reading']}-*.md"))
        assert len(pages) == 1


def test_the_list_of_modules_is_not_empty_of_rules():
    names = {parameter.id for parameter in public_functions()}

    assert {"term.obstacles", "grounds.ground", "determination.obstacles"} <= names
