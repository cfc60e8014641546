"""The rules of the architecture as functions: modules in, complaints out.

Every rule is tried on a small bad example too (the positive control), so that a rule which finds
nothing in the source is known to be able to find something.
"""

import ast
import sys
from collections.abc import Callable, Iterator

import source_tree
from source_tree import Module

PURE = ("ppid.law", "ppid.sop", "ppid.ledger")

ARROWS: dict[str, tuple[str, ...]] = {
    "ppid.errors": (),
    "ppid.reading": (),
    "ppid.law": ("ppid.errors",),
    "ppid.ledger": ("ppid.errors",),
    "ppid.sop": ("ppid.errors", "ppid.law"),
    "ppid.vault": ("ppid.errors",),
    "ppid.papers": ("ppid.errors", "ppid.vault.apart"),
    "ppid.public": ("ppid.errors", "ppid.ledger", "ppid.reading"),
    "ppid.office": (
        *("ppid.errors", "ppid.law", "ppid.sop", "ppid.ledger", "ppid.reading"),
        *("ppid.vault", "ppid.papers", "ppid.public.intake"),
    ),
    "ppid.config": ("ppid.errors", "ppid.office", "ppid.public"),
    "ppid.commands": ("ppid",),
    "ppid.cli": ("ppid",),
    "ppid.__main__": ("ppid",),
}
"""Part of the program -> what it may import of the rest. A part that is not here may not exist."""

OFFICE_ARROWS: dict[str, tuple[str, ...]] = {
    "ppid.office.models": ("actions", "queries", "forms", "views", "demo", "tasks"),
    "ppid.office.actions": ("forms", "views", "demo", "tasks"),
    "ppid.office.queries": ("forms", "views", "demo", "tasks"),
    "ppid.office.forms": ("views", "demo", "tasks"),
    "ppid.office.views": ("demo",),
}
"""Part of the office -> what it may not import of the office."""

CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime", "localdate", "fromtimestamp"}
CLOCK_MODULES = {"time", "django.utils.timezone"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "services", "managers", "misc"}
BY_POSITION = 3
"""The house asks for keyword-only after two; where a third is natural it is let pass."""


def part_of(name: str) -> str:
    """Return the part of the program that a module belongs to: `ppid.law`, `ppid.cli`."""
    return ".".join(name.split(".")[:2])


def within(name: str, parents: tuple[str, ...]) -> bool:
    """Return whether a dotted name is one of the parents or below one."""
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def forbidden_arrows(modules: list[Module]) -> list[str]:
    """Return the imports between parts that the architecture does not draw."""
    known = {module.name for module in modules}
    return [
        f"{module.name} imports {target}"
        for module in modules
        for target in sorted(source_tree.imports(module, known))
        if _is_forbidden(module.name, target)
    ]


def _is_forbidden(source: str, target: str) -> bool:
    if not within(target, ("ppid",)) or source == "ppid":
        return False
    own = part_of(source)
    return not within(target, (own, *ARROWS.get(own, ()))) or own not in ARROWS


def forbidden_office_arrows(modules: list[Module]) -> list[str]:
    """Return the imports inside the office that run against the layers."""
    known = {module.name for module in modules}
    return [
        f"{module.name} imports {target}"
        for module in modules
        for layer, banned in OFFICE_ARROWS.items()
        if within(module.name, (layer,))
        for target in sorted(source_tree.imports(module, known))
        if within(target, tuple(f"ppid.office.{name}" for name in banned))
    ]


def impure_imports(modules: list[Module]) -> list[str]:
    """Return the imports by which a pure module leaves the standard library."""
    known = {module.name for module in modules}
    return [
        f"{module.name} imports {target}"
        for module in modules
        if within(module.name, PURE)
        for target in sorted(source_tree.imports(module, known))
        if target.split(".")[0] not in {"ppid", *sys.stdlib_module_names}
    ]


def clocks(modules: list[Module]) -> list[str]:
    """Return the places where a pure module could read a clock."""
    return [
        f"{module.path}:{line} reads a clock"
        for module in modules
        if within(module.name, PURE)
        for line in sorted(set(_clock_lines(module.tree)))
    ]


def _clock_lines(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.lineno
        elif isinstance(node, ast.Import):
            yield from (node.lineno for alias in node.names if alias.name in CLOCK_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in CLOCK_MODULES:
            yield node.lineno


def vague_names(modules: list[Module]) -> list[str]:
    """Return the modules whose name is no term of the field."""
    return [module.name for module in modules if VAGUE & set(module.name.split("."))]


def undocumented(modules: list[Module]) -> list[str]:
    """Return the modules, public classes and public functions of modules without a docstring."""
    return [place for module in modules for place in _undocumented(module)]


def _undocumented(module: Module) -> Iterator[str]:
    if module.text.strip() and ast.get_docstring(module.tree) is None:
        yield f"{module.path} has no docstring"
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_") and ast.get_docstring(node) is None:
            yield f"{module.path}:{node.lineno} {node.name} has no docstring"


def mutable_dataclasses(modules: list[Module]) -> list[str]:
    """Return the public dataclasses that are not frozen; a private one may be scratch paper."""
    return [
        f"{module.path}:{node.lineno} {node.name} is not frozen"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if _is_mutable_dataclass(decorator)
    ]


def _is_mutable_dataclass(decorator: ast.expr) -> bool:
    text = ast.unparse(decorator)
    return text.split("(")[0].endswith("dataclass") and "frozen=True" not in text


def many_positional(modules: list[Module]) -> list[str]:
    """Return the public functions that take many arguments by position.

    Decorated ones are left out: what decorates them (a command, a view) says how they are called.
    """
    return [
        f"{module.path}:{node.lineno} {node.name} takes {len(node.args.args)} by position"
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not node.name.startswith("_") and not node.decorator_list
        if len(node.args.posonlyargs) + len(node.args.args) > BY_POSITION
    ]


RULES: dict[str, tuple[Callable[[list[Module]], list[str]], str, str]] = {
    "arrow": (forbidden_arrows, "ppid.public.views", "from ppid.office import models"),
    "arrow into the sop": (forbidden_arrows, "ppid.law.term", "import ppid.sop.run"),
    "arrow through the door": (forbidden_arrows, "ppid.office.log", "import ppid.public.models"),
    "unknown part": (forbidden_arrows, "ppid.extras.thing", "import ppid.errors"),
    "relative arrow": (forbidden_arrows, "ppid.law.term", "from ..office import models"),
    "office layer": (
        forbidden_office_arrows,
        "ppid.office.actions.cases",
        "import ppid.office.views",
    ),
    "pure import": (impure_imports, "ppid.law.term", "from django.db import models"),
    "clock": (clocks, "ppid.sop.run", "from datetime import date\nx = date.today()"),
    "clock module": (clocks, "ppid.ledger.tree", "from time import monotonic"),
    "vague name": (vague_names, "ppid.office.utils", "X = 1"),
    "docstring of a module": (undocumented, "ppid.law.term", "X = 1"),
    "docstring of a function": (undocumented, "ppid.law.term", '"""T."""\ndef f(): pass'),
    "frozen": (mutable_dataclasses, "ppid.law.term", "@dataclass(slots=True)\nclass A: pass"),
    "positional": (many_positional, "ppid.law.term", "def f(a, b, c, d): pass"),
}
"""Name -> the rule, and the module that breaks it: its dotted name and its text."""
