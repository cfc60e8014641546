"""Read the source as trees: modules, functions, imports, lines. Shared by the checks of the source.

Lines are lines of code: blank lines, comments and docstrings do not count, so that explaining
something never makes it too long.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """A source file. name: dotted, without `__init__`; path: as it should be printed."""

    name: str
    path: str
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Return whether the file is a package's own `__init__`."""
        return self.path.endswith("__init__.py")


def module_from_text(name: str, text: str) -> Module:
    """Return a module that is in no file, for trying out a check."""
    return Module(name, f"{name}.py", text, ast.parse(text))


def read_modules(root: Path, package: str = "") -> list[Module]:
    """Return every module below `root`, generated ones (migrations) left out.

    package: the dotted name that `root` stands for, or empty for a folder of loose modules.
    """
    return [
        _read(file, root, package)
        for file in sorted(root.rglob("*.py"))
        if "migrations" not in file.parts
    ]


def _read(file: Path, root: Path, package: str) -> Module:
    parts = [package] if package else []
    parts += file.relative_to(root).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    text = file.read_text(encoding="utf-8")
    return Module(name, str(file), text, ast.parse(text, filename=str(file)))


def code_lines(module: Module) -> set[int]:
    """Return the numbers of the lines that hold code."""
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    lines: set[int] = set()
    for token in tokens:
        if token.type not in NOT_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - set(_docstring_lines(module.tree))


def _docstring_lines(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            yield from range(docstring.lineno, (docstring.end_lineno or 0) + 1)


def functions(module: Module) -> list[Function]:
    """Return every function and method of a module, nested ones too."""
    return [node for node in ast.walk(module.tree) if isinstance(node, Function)]


def function_lines(function: Function, lines: set[int]) -> int:
    """Return how many of the lines of code are the function's, its signature included."""
    return len(lines & set(range(function.lineno, (function.end_lineno or 0) + 1)))


def imports(module: Module, known: set[str]) -> set[str]:
    """Return the dotted names that a module imports, anywhere in it.

    `from a import b` counts as `a.b` when that is a module we know, and as `a` otherwise.
    """
    return {name for node in ast.walk(module.tree) for name in _imported(node, module, known)} - {
        module.name
    }


def _imported(node: ast.AST, module: Module, known: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        start = _absolute(node, module)
        for alias in node.names:
            full = f"{start}.{alias.name}"
            yield full if full in known else start


def _absolute(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    above = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*above, node.module] if node.module else above)


def import_cycles(modules: list[Module]) -> list[list[str]]:
    """Return the groups of modules that import one another, however far around."""
    known = {module.name for module in modules}
    graph = {module.name: imports(module, known) & known for module in modules}
    reach = {name: _reachable(name, graph) for name in graph}
    knots = {
        frozenset(other for other in reach[name] if name in reach[other])
        for name in graph
        if name in reach[name]
    }
    return sorted(sorted(knot) for knot in knots)


def _reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(graph[name])
    return found


def nested_imports(module: Module) -> list[int]:
    """Return the lines of the imports that stand inside a function."""
    return sorted(
        {
            node.lineno
            for function in functions(module)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )
