"""The source keeps the rules of the architecture, and each rule can tell when it does not."""

import pytest

import source_tree
from architecture import rules


@pytest.mark.parametrize("check", dict.fromkeys(each[0] for each in rules.RULES.values()))
def test_the_source_keeps_the_rule(check, modules):
    assert "\n".join(check(modules)) == ""


@pytest.mark.parametrize("name", rules.RULES)
def test_a_rule_complains_about_a_bad_example(name):
    check, module, text = rules.RULES[name]

    complaints = check([source_tree.module_from_text(module, text)])

    assert len(complaints) == 1


def test_nothing_is_checked_on_an_empty_tree_by_mistake(modules):
    assert {"ppid.law", "ppid.sop", "ppid.ledger", "ppid.office", "ppid.public"} <= {
        module.name for module in modules
    }


def test_an_import_cycle_is_found_however_far_around():
    knot = [
        source_tree.module_from_text("a", "import b"),
        source_tree.module_from_text("b", "from c import x"),
        source_tree.module_from_text("c", "import a"),
        source_tree.module_from_text("d", "import a"),
    ]

    assert source_tree.import_cycles(knot) == [["a", "b", "c"]]


def test_an_import_inside_a_function_is_found():
    module = source_tree.module_from_text("a", "import b\ndef f():\n    import c\n")

    assert source_tree.nested_imports(module) == [3]


def test_relative_imports_count_from_the_package_they_stand_in():
    module = source_tree.module_from_text(
        "ppid.law.term", "from . import grounds\nfrom .a import b"
    )

    assert source_tree.imports(module, {"ppid.law.grounds"}) == {"ppid.law.grounds", "ppid.law.a"}
