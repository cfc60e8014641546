"""The budgets count what they say they count, and notice when one is not kept."""

import budgets
import source_tree

LONG = "def f() -> None:\n" + "".join(f"    x = {n}\n" for n in range(60))
SMALL = '''"""Say what it decides."""


def f(a: int) -> int:
    """Return it.

    Twice.
    """
    # a reason

    return a
'''


def broken(source, tests=""):
    """Return the names of the budgets that are not kept."""
    modules = [source_tree.module_from_text("ppid.law.a", text) for text in source]
    tried = [source_tree.module_from_text("test_a", tests)]
    return {budget.name for budget in budgets.budgets(modules, tried) if not budget.kept}


def test_docstrings_comments_and_blank_lines_are_no_lines_of_code():
    module = source_tree.module_from_text("a", SMALL)

    assert source_tree.code_lines(module) == {4, 11}


def test_a_string_over_several_lines_is_code_on_each():
    module = source_tree.module_from_text("a", 'X = """one\ntwo\n"""\n')

    assert source_tree.code_lines(module) == {1, 2, 3}


def test_a_small_module_with_its_tests_keeps_every_budget():
    assert broken([SMALL], tests="a = 1\nb = 2\nc = 3\n") == set()


def test_a_long_function_is_beyond_the_budget():
    assert "function lines, longest" in broken([LONG])


def test_a_long_file_is_beyond_the_budget():
    assert "file lines, longest" in broken(["\n".join(f"x{n} = 1" for n in range(401))])


def test_a_missing_return_type_is_beyond_the_budget():
    assert "functions without return type" in broken(["def f():\n    pass\n"])


def test_an_import_inside_a_function_is_beyond_the_budget():
    assert "imports inside functions" in broken(["def f() -> None:\n    import os\n"])


def test_code_without_rules_is_beyond_the_budget():
    plumbing = [source_tree.module_from_text("ppid.office.a", SMALL)]

    shares = {budget.name: budget.kept for budget in budgets.budgets(plumbing, [])}

    assert shares["law, sop, ledger: % of the code"] is False


def test_too_few_and_too_many_tests_are_both_beyond_the_budget():
    name, few, many = budgets.TEST_RATIO, "a = 1\n", "a = 1\n" * 5

    assert name in broken([SMALL], tests=few)
    assert name in broken([SMALL], tests=many)


def test_the_ninetieth_percentile_is_the_nearest_rank():
    sizes = budgets.Sizes({str(n): n for n in range(1, 11)})

    assert sizes.percentile(0.9) == 9
    assert sizes.longest(8) == ("10: 10", "9: 9")
