"""Compile the style sheet and the script, or say whether the committed ones are current.

`build` needs Node.js; `check` does not: the build records a hash of its sources in
manifest.json, and the check works out that hash, and those of the compiled files, again.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "assets"
COMPILED = ROOT / "src" / "ppid" / "static" / "ppid"
MANIFEST = SOURCES / "manifest.json"
PACKAGES = SOURCES / "node_modules"
IMAGES = PACKAGES / "@ministryofjustice" / "frontend" / "moj" / "assets" / "images"


def digest(files: list[Path]) -> str:
    """Return one SHA-256 over names and contents, in the order of the names."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def source_files() -> list[Path]:
    """Return what the compiled files are made from; the lock file stands for the packages."""
    own = [*SOURCES.glob("*.scss"), *SOURCES.glob("*.js"), *SOURCES.glob("*.svg")]
    return [*own, SOURCES / "package.json", SOURCES / "package-lock.json"]


def figures() -> dict[str, str]:
    """Return the hashes of the sources and of what is compiled."""
    compiled = [file for file in COMPILED.rglob("*") if file.is_file()]
    return {"sources": digest(source_files()), "compiled": digest(compiled)}


def run(*command: str) -> None:
    """Run a command of the packages in assets/; its failure ends the build."""
    subprocess.run(command, cwd=SOURCES, check=True)


def build() -> int:
    """Compile the style sheet and each script, and copy the pictures that the style sheet names."""
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    run("node", "node_modules/esbuild/install.js")
    COMPILED.mkdir(parents=True, exist_ok=True)
    style = COMPILED / "ppid.css"
    run(
        *("npx", "--no-install", "sass", "--quiet-deps", "--no-source-map", "--style=compressed"),
        *("--no-charset", "--load-path=.", "--load-path=node_modules"),
        *("ppid.scss", str(style)),
    )
    for script in sorted(one.name for one in SOURCES.glob("*.js")):
        run(
            *("npx", "--no-install", "esbuild", script, "--bundle", "--minify", "--format=esm"),
            *("--target=es2020", "--legal-comments=none", "--charset=utf8", "--log-level=warning"),
            f"--outfile={COMPILED / script}",
        )
    shutil.copyfile(SOURCES / "icon.svg", COMPILED / "icon.svg")
    for name in sorted(set(re.findall(r"url\(images/([^)]+)\)", style.read_text("utf-8")))):
        (COMPILED / "images").mkdir(exist_ok=True)
        shutil.copyfile(IMAGES / name, COMPILED / "images" / name)
    MANIFEST.write_text(json.dumps(figures(), indent=2) + "\n", encoding="utf-8")
    return 0


def check() -> int:
    """Return 1 and say why when the compiled files are not what the sources would give."""
    recorded = json.loads(MANIFEST.read_text(encoding="utf-8"))
    stale = [name for name, value in figures().items() if recorded[name] != value]
    for name in stale:
        print(f"assets: the {name} files differ from those of the last build (make assets)")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit({"build": build, "check": check}[sys.argv[1]]())
