"""Draw docs/law.md from the code: rule and article -> function -> codes -> cases -> reading.

    tools/law_page.py write    draw the page anew
    tools/law_page.py check    exit 1 if the page is not what the code says

Functions and articles come from the docstrings of src/ppid/law, codes from its syntax trees, cases
from tests/cases, readings from docs/decisions, and what each rule is from tools/law_rules.toml.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LAW, OFFICE = ROOT / "src" / "ppid" / "law", ROOT / "src" / "ppid" / "office"
CASES, DECISIONS, PAGE = ROOT / "tests" / "cases", ROOT / "docs" / "decisions", "docs/law.md"
RULES = ROOT / "tools" / "law_rules.toml"
SOURCE = re.compile(
    r"Source: (?P<article>.+?)(?: \(reading: docs/decisions/(?P<page>\d+)\))?\.\s*$"
)
OTHERWISE = re.compile(r"\*\*What else it could mean\.\*\* (.+?)(?:\n\n|\Z)", re.DOTALL)
EXPECTED = ("hambatan", "kurang", "kelemahan", "harapan")
CODE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
READINGS = (("0010", "0029"), ("0090", "0109"), ("0127", "0129"))
"""The numbers of decisions on reading the law."""

MOST_CASES = 12
HEAD = """# The law in the code

Drawn by `tools/law_page.py write`; do not edit. `make check` says when it is stale.

Each rule has functions in `ppid.law` (pure: no clock, no database) and acts in `ppid.office` that
ask them. A function that finds something in the way returns findings; their codes are stable, their
Indonesian sentences name the article. The cases are the sentences of `tests/cases/*.toml`, run by
`tests/law/test_cases.py`; the random officers of `tests/office/test_state_machine.py` try to break
the rules. What a rule could also mean stands under it, from `docs/decisions`.
"""


@dataclass(frozen=True)
class Function:
    """A public function of ppid.law that states a rule. codes: the findings its module gives."""

    name: str
    says: str
    article: str
    reading: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One legal case. codes: what it expects, empty where everything is in order."""

    file: str
    sentence: str
    source: str
    codes: frozenset[str]


@lru_cache(maxsize=1)
def functions() -> list[Function]:
    """Return every function of ppid.law with a `Source:` line, module by module."""
    return [one for file in sorted(LAW.glob("*.py")) for one in _functions_of(file)]


def _functions_of(file: Path) -> Iterator[Function]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    parts = _top_level(tree)
    for name, node in parts.items():
        doc = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
        found = SOURCE.search(doc or "")
        if found and not name.startswith("_"):
            says = " ".join((doc or "").split("\n\n")[0].split())
            codes = tuple(sorted(_codes(name, parts, seen=set())))
            where = f"{file.stem}.{name}"
            yield Function(where, says, found["article"], found["page"] or "", codes)


def _top_level(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the functions and constants of a module by name."""
    parts: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            parts[node.name] = node
        elif isinstance(node, ast.Assign):
            parts |= {each.id: node for each in node.targets if isinstance(each, ast.Name)}
    return parts


def _codes(name: str, parts: dict[str, ast.stmt], *, seen: set[str]) -> set[str]:
    """Return the codes of the findings that a function can give, through its module's own parts."""
    seen.add(name)
    found = set(codes_in(parts[name]))
    for node in ast.walk(parts[name]):
        if isinstance(node, ast.Name) and node.id in parts and node.id not in seen:
            found |= _codes(node.id, parts, seen=seen)
    return found


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Return the codes of findings in a tree: words joined by `_` that name no field and no key.

    In a call only the first argument can be a code: the others are sentences, fields and hints.
    """
    others = {id(one) for node in ast.walk(tree) for one in _no_codes(node)}
    sure = {id(node.args[0]) for node in ast.walk(tree) if _is_finding(node)}
    fields = field_names()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            open_to = id(node) not in others and node.value not in fields
            if CODE.fullmatch(node.value) and (open_to or id(node) in sure):
                yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from _composed(node)


def _is_finding(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
    return named and bool(node.args)


def _no_codes(node: ast.AST) -> list[ast.expr]:
    """Return the parts of a node that hold no code: keys, and all but the first of arguments."""
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if not isinstance(node, ast.Call):
        return []
    is_get = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
    return node.args if is_get else node.args[1:]


@lru_cache(maxsize=1)
def field_names() -> frozenset[str]:
    """Return the fields and the arguments that ppid.law names: they look like codes."""
    nodes = [
        node
        for file in LAW.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    ]
    fields = {n.target.id for n in nodes if isinstance(n, ast.AnnAssign) if _is_name(n.target)}
    return frozenset(
        fields | {"dasar_hukum"} | {node.arg for node in nodes if isinstance(node, ast.arg)}
    )


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name)


def _composed(node: ast.JoinedStr) -> Iterator[str]:
    """Return the codes that are put together of a field and an ending."""
    last = node.values[-1]
    if isinstance(last, ast.Constant) and last.value in ("_unanswered", "_opens"):
        yield from (f"{field}{last.value}" for field in ("consent", "public_office"))


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    """Return every case of tests/cases, file by file."""
    return [
        Case(file.stem, one["kalimat"], one["sumber"], frozenset(_expected(one)))
        for file in sorted(CASES.glob("*.toml"))
        for one in tomllib.loads(file.read_text(encoding="utf-8"))["kasus"]
    ]


def _expected(case: dict[str, Any]) -> Iterator[str]:
    for key in EXPECTED:
        yield from (code.lstrip("!") for code in case.get(key, ()))
    if case.get("ditolak"):
        yield "term_permanent"


def readings() -> dict[str, tuple[str, str, str]]:
    """Return each reading of the law by its number: file, title, what else it could mean."""
    found = {}
    for file in sorted(DECISIONS.glob("0*.md")):
        text = file.read_text(encoding="utf-8")
        otherwise = OTHERWISE.search(text)
        if any(low <= file.name[:4] <= high for low, high in READINGS) and otherwise:
            title = text.split("\n", 1)[0][7:]
            found[file.name[:4]] = (file.name, title, " ".join(otherwise[1].split()))
    return found


@lru_cache(maxsize=1)
def known_names() -> tuple[set[str], set[str]]:
    """Return the functions of both packages as "module.name", and every code in them."""
    names, codes = set(), set()
    for folder in (LAW, OFFICE):
        for file in folder.rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            module = ".".join(file.relative_to(folder).with_suffix("").parts)
            names |= {f"{module}.{n.name}" for n in tree.body if isinstance(n, ast.FunctionDef)}
            codes |= set(codes_in(tree))
    return names, codes


def faults(rules: dict[str, Any]) -> list[str]:
    """Return what the table of rules names that is not there."""
    names, codes = known_names()
    pages, found = readings(), []
    for number, rule in rules.items():
        given = {*rule["law"], *rule["office"]}
        found += [f"{number}: no function {one}" for one in sorted(given - names)]
        found += [f"{number}: no code {one}" for one in sorted(set(rule["codes"]) - codes)]
        absent = set(rule.get("readings", ())) - set(pages)
        found += [f"{number}: no reading {one}" for one in sorted(absent)]
    return found


def page() -> str:
    """Return the whole page."""
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    stated, told, pages = functions(), cases(), readings()
    parts = [HEAD, _overview(rules)]
    parts += [_rule(number, rule, told, pages) for number, rule in rules.items()]
    parts += [_articles(stated), _readings(pages)]
    return "\n".join(parts)


def _overview(rules: dict[str, Any]) -> str:
    lines = [f"- **{number}** {rule['belum']}" for number, rule in rules.items() if "belum" in rule]
    said = lines or ["Every rule has its function, its act and its cases."]
    return "\n".join(["## Not there yet (belum)", "", *said, ""])


def _rule(
    number: str, rule: dict[str, Any], told: list[Case], pages: dict[str, tuple[str, str, str]]
) -> str:
    lines = [f"## {number}. {rule['says']}", "", f"- Articles: {'; '.join(rule['articles'])}"]
    for label, key in (("Law", "law"), ("Office", "office"), ("Findings", "codes")):
        names = ", ".join(f"`{one}`" for one in rule[key])
        lines.append(f"- {label}: {names or 'belum'}")
    lines += [f"- Belum: {rule['belum']}"] if "belum" in rule else []
    lines += ["", *_cases_of(rule, told)]
    for one in rule.get("readings", ()):
        file, title, otherwise = pages[one]
        lines += [f"Reading [{one} {title}](decisions/{file}). It could also mean: {otherwise}", ""]
    return "\n".join(lines)


def _cases_of(rule: dict[str, Any], told: list[Case]) -> list[str]:
    asked = [tuple(one) for one in rule.get("cases", ())]
    mine = [
        case
        for case in told
        if case.codes & set(rule["codes"])
        or any(case.file == file and case.source.startswith(start) for file, start in asked)
    ]
    mine.sort(key=lambda case: len(case.codes))  # a case about one thing says more
    lines = [f"> {case.sentence} ({case.source}; `{case.file}`)\n>" for case in mine[:MOST_CASES]]
    more = len(mine) - len(lines)
    lines += [f"> … and {more} more.\n>"] if more else []
    return ["\n".join(lines).removesuffix("\n>"), ""] if lines else []


def _articles(stated: list[Function]) -> str:
    lines = ["## Article by article", "", "| Article | Function | Findings | Reading |"]
    lines.append("|---|---|---|---|")
    for one in sorted(stated, key=lambda each: (_in_order(each.article), each.name)):
        codes = ", ".join(f"`{code}`" for code in one.codes)
        says = one.says.replace("|", "/")
        lines.append(
            f"| {one.article} | `{one.name}` {says} | {codes or '–'} | {one.reading or '–'} |"
        )
    return "\n".join([*lines, ""])


def _in_order(article: str) -> list[tuple[int, str]]:
    """Return a key by which pasal 4 comes before pasal 10."""
    return [
        (int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", article)
    ]


def _readings(pages: dict[str, tuple[str, str, str]]) -> str:
    lines = ["## Readings, and what else they could be", ""]
    for number, (file, title, otherwise) in pages.items():
        lines.append(f"- [{number} {title}](decisions/{file}): {otherwise}")
    return "\n".join([*lines, ""])


def main(command: str) -> int:
    """Write the page or check it; 1 when it is stale or the table names what is not there."""
    wrong = faults(tomllib.loads(RULES.read_text(encoding="utf-8")))
    text = page() if not wrong else ""
    if command == "write" and not wrong:
        (ROOT / PAGE).write_text(text, encoding="utf-8")
    elif not wrong and (ROOT / PAGE).read_text(encoding="utf-8") != text:
        wrong = [f"{PAGE} is not what the code says"]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
