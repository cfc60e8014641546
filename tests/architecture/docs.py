"""What the pages for people promise, as functions: a page's text in, complaints out."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from ppid.errors import PpidError
from ppid.law import reference

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
ROW = re.compile(r"^\|(?!\s*-)(.+)\|$", re.MULTILINE)
VARIABLE = re.compile(r"PPID_[A-Z_]+")


def broken_links(page: Path, text: str) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    return [
        f"{page}: {target}" for target in LINK.findall(text) if not (page.parent / target).exists()
    ]


def glossary_rows(text: str) -> list[list[str]]:
    """Return the cells of each row of the glossary, its heading left out."""
    return [[cell.strip() for cell in row.split("|")] for row in ROW.findall(text)][1:]


def glossary_faults(text: str, modules: dict[str, str]) -> list[str]:
    """Return what is wrong with the glossary. modules: dotted name -> source text."""
    faults = []
    for term, name, _, articles, module in glossary_rows(text):
        if module not in modules:
            faults.append(f"{term}: no module {module}")
        elif name.strip("`") not in names_in(modules[module]):
            faults.append(f"{term}: no {name} in {module}")
        faults += [f"{term}: cannot read {each}" for each in unreadable(articles)]
    return faults


def names_in(text: str) -> set[str]:
    """Return the classes, functions, attributes and imports that a module names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
    return found


def unreadable(articles: str) -> list[str]:
    """Return the citations of a cell that `ppid.law` cannot read; `–` stands for none."""
    return [] if articles == "–" else [each for each in articles.split("; ") if not _reads(each)]


def _reads(citation: str) -> bool:
    try:
        reference.parse(citation)
    except PpidError:
        return False
    return True


def undocumented_commands(commands: Iterable[str], text: str) -> list[str]:
    """Return the commands that the page of the command line has no heading for."""
    headings = set(re.findall(r"^#+ `ppid ([a-z-]+)`", text, re.MULTILINE))
    return sorted(set(commands) - headings)


def variables(text: str) -> set[str]:
    """Return the environment variables of the program that a text names."""
    return set(VARIABLE.findall(text))


def foreign_registries(lock: str) -> set[str]:
    """Return the places other than the public default that a lock file takes packages from."""
    places = set(re.findall(r'registry = "([^"]+)"', lock)) - {"https://pypi.org/simple"}
    hosts = set(re.findall(r'url = "https?://([^/"]+)/', lock)) - {"files.pythonhosted.org"}
    return places | hosts
