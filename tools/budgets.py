"""Measure the source against the budgets of the house, print the figures, exit 1 beyond one.

A budget is a number that a reader feels: how long a function is, how many files a knot of
imports ties together, how much of the code is rule and how much is plumbing.
"""

import math
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import source_tree
from source_tree import Module

ROOT = Path(__file__).resolve().parent.parent
TEST_RATIO = "test lines per line of code (aim 1.2)"
REACHED = 0.9
"""How far the tests have come on the way to 1.2 (docs/decisions/0002): it may rise, never fall."""
PURE = ("ppid.law", "ppid.sop", "ppid.ledger")


@dataclass(frozen=True)
class Budget:
    """One figure with its bounds, both inclusive. worst: what to look at first when it is over."""

    name: str
    figure: float
    least: float = 0
    most: float = math.inf
    worst: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Return whether the figure lies within its bounds."""
        return self.least <= self.figure <= self.most


@dataclass(frozen=True)
class Sizes:
    """Things with their lengths in lines of code."""

    lengths: dict[str, int]

    def percentile(self, share: float) -> float:
        """Return the length that this share of the things does not exceed (nearest rank)."""
        ordered = sorted(self.lengths.values()) or [0]
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    def median(self) -> float:
        """Return the median length."""
        return statistics.median(self.lengths.values()) if self.lengths else 0

    def longest(self, beyond: float) -> tuple[str, ...]:
        """Return the things that are longer than `beyond`, the longest first."""
        over = sorted(((n, name) for name, n in self.lengths.items() if n > beyond), reverse=True)
        return tuple(f"{name}: {length}" for length, name in over)


def function_sizes(modules: list[Module]) -> Sizes:
    """Return the lines of code of each function, nested ones counted in the outer too."""
    lengths = {}
    for module in modules:
        lines = source_tree.code_lines(module)
        for function in source_tree.functions(module):
            place = f"{module.path}:{function.lineno} {function.name}"
            lengths[place] = source_tree.function_lines(function, lines)
    return Sizes(lengths)


def file_sizes(modules: list[Module]) -> Sizes:
    """Return the lines of each file, all of them: a reader scrolls through the docstrings too."""
    return Sizes({module.path: len(module.text.splitlines()) for module in modules})


def code_sizes(modules: list[Module]) -> Sizes:
    """Return the lines of code of each file, so that explaining something never makes it long.

    Packages' empty `__init__` files are left out; they would flatter the median.
    """
    return Sizes(
        {
            module.path: len(source_tree.code_lines(module))
            for module in modules
            if not module.is_package
        }
    )


def case_lines() -> int:
    """Return the lines of the legal cases: tests too, written for lawyers."""
    files = (ROOT / "tests" / "cases").glob("*.toml")
    lines = (line.strip() for file in files for line in file.read_text("utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def total_code(modules: list[Module]) -> int:
    """Return the lines of code of all the modules together."""
    return sum(len(source_tree.code_lines(module)) for module in modules)


def unannotated(modules: list[Module]) -> tuple[str, ...]:
    """Return the functions without a return type."""
    return tuple(
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules
        for function in source_tree.functions(module)
        if function.returns is None
    )


def nested_imports(modules: list[Module]) -> tuple[str, ...]:
    """Return the places of the imports inside functions."""
    return tuple(
        f"{module.path}:{line}" for module in modules for line in source_tree.nested_imports(module)
    )


def is_pure(module: Module) -> bool:
    """Return whether a module is part of the rules: law, sop or ledger."""
    return any(module.name == pure or module.name.startswith(f"{pure}.") for pure in PURE)


def budgets(source: list[Module], tests: list[Module], *, cases: int = 0) -> list[Budget]:
    """Return every budget with its figure for this source, these tests, these lines of cases."""
    sizes, files = function_sizes(source), file_sizes(source)
    code = total_code(source) or 1
    pure = total_code([module for module in source if is_pure(module)])
    knots = source_tree.import_cycles(source)
    inside, bare = nested_imports(source), unannotated(source)
    return [
        Budget("function lines, median", sizes.median(), most=8),
        Budget("function lines, 90th percentile", sizes.percentile(0.9), most=25),
        Budget("function lines, longest", sizes.percentile(1), most=50, worst=sizes.longest(50)),
        Budget("file lines of code, median", code_sizes(source).median(), most=120),
        Budget("file lines, longest", files.percentile(1), most=400, worst=files.longest(400)),
        Budget("import cycles", len(knots), most=0, worst=tuple(" <-> ".join(k) for k in knots)),
        Budget("imports inside functions", len(inside), most=0, worst=inside),
        Budget("functions without return type", len(bare), most=0, worst=bare),
        Budget("law, sop, ledger: % of the code", 100 * pure / code, least=23),
        Budget(
            TEST_RATIO,
            (total_code(tests) + cases) / code,
            least=REACHED,
            most=2.2,
        ),
    ]


def bounds(budget: Budget) -> str:
    """Return the bounds as a reader says them."""
    if math.isinf(budget.most):
        return f"at least {budget.least:g}"
    return f"{budget.least:g} to {budget.most:g}" if budget.least else f"at most {budget.most:g}"


def show(budget: Budget) -> None:
    """Print one line for a budget, and its worst places when it is not kept."""
    verdict = "" if budget.kept else "   BEYOND THE BUDGET"
    print(f"      {budget.name:<34}{budget.figure:8.4g}   ({bounds(budget)}){verdict}")
    for place in () if budget.kept else budget.worst[:15]:
        print(f"          {place}")


def main() -> int:
    """Print every budget; return 1 if one is not kept."""
    source = source_tree.read_modules(ROOT / "src" / "ppid", "ppid")
    tests = source_tree.read_modules(ROOT / "tests")
    cases = case_lines()
    measured = budgets(source, tests, cases=cases)
    for budget in measured:
        show(budget)
    print(f"      {total_code(source)} lines of code, {total_code(tests) + cases} of tests")
    return 0 if all(budget.kept for budget in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
