"""The English catalogue of the open site: what is to be translated, and what is.

`tools/catalogue.py check` names every sentence without its English; `write` adds the missing ones
to the catalogue, empty, and compiles it (needs msgfmt of GNU gettext).
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
from django.conf import settings
from django.utils.translation.template import templatize

from ppid.public.ground_words import GROUND_WORDS

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ROOT / "src" / "ppid" / "public"
TEMPLATES = (
    *sorted(PUBLIC.glob("templates/**/*.html")),
    ROOT / "src/ppid/templates/ppid/base.html",
)
HOT_TEMPLATES = sorted(PUBLIC.glob("jinja2/**/*.html"))
JINJA = jinja2.Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701  nothing is rendered
CATALOGUE = PUBLIC / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext"}
SENTENCE = re.compile(r"""gettext\(u?(['"])(?P<text>.*?)\1\)""", re.DOTALL)
HEAD = "Language: en\\nMIME-Version: 1.0\\nContent-Type: text/plain; charset=UTF-8\\n"


def wanted() -> list[str]:
    """Return every sentence of the open site that a reader sees, each once."""
    return list(
        dict.fromkeys([*_in_templates(), *_in_hot_templates(), *_in_code(), *_about_grounds()])
    )


def _in_templates() -> Iterator[str]:
    for path in TEMPLATES:
        for found in SENTENCE.finditer(templatize(path.read_text(), origin=str(path))):
            yield ast.literal_eval(f"{found[1]}{found['text']}{found[1]}")


def _in_hot_templates() -> Iterator[str]:
    for path in HOT_TEMPLATES:
        for _, _, said in JINJA.extract_translations(path.read_text()):
            yield said


def _in_code() -> Iterator[str]:
    for path in sorted(PUBLIC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                said = node.args[0]
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value


def _about_grounds() -> Iterator[str]:
    for words in GROUND_WORDS.values():
        yield from (words.name, words.meaning, words.term)


def read(path: Path = CATALOGUE) -> dict[str, str]:
    """Return the catalogue: each sentence with its English, as this tool writes the file."""
    found: dict[str, str] = {}
    for block in path.read_text().split("\n\n"):
        said = dict(line.split(" ", 1) for line in block.splitlines() if line.startswith("msg"))
        if said:
            found[ast.literal_eval(said["msgid"])] = ast.literal_eval(said["msgstr"])
    found.pop("", None)
    return found


def write(texts: dict[str, str]) -> None:
    """Write the catalogue and compile it."""
    blocks = [f'msgid ""\nmsgstr "{HEAD}"']
    blocks += [
        f"{_flag(said)}msgid {_quoted(said)}\nmsgstr {_quoted(texts[said])}" for said in texts
    ]
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text("\n\n".join(blocks) + "\n")
    compiled = CATALOGUE.with_suffix(".mo")
    subprocess.run(["msgfmt", "--check", "-o", compiled, CATALOGUE], check=True)


def _flag(said: str) -> str:
    return "#, python-format\n" if "%(" in said else ""


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


def main(act: str) -> int:
    """Check or write; return 1 when something is missing."""
    known = read() if CATALOGUE.exists() else {}
    texts = {said: known.get(said, "") for said in wanted()}
    if act == "write":
        write(texts)
    missing = [said for said, english in texts.items() if not english]
    print(*(f"no English: {said}" for said in missing), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    settings.configure()
    sys.exit(main(sys.argv[1]))
