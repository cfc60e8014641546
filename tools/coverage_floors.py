"""Hold the branch coverage of a test run to its floors; exit 1 with a list of what is bare."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

FLOORS = {
    "src/ppid/law/": 100.0,
    "src/ppid/sop/": 100.0,
    "src/ppid/ledger/": 100.0,
    "src/ppid/": 95.0,
}
"""Per folder, the least percentage of lines and branches taken together."""


def percentage(summaries: list[dict[str, int]]) -> float:
    """Return how much of the lines and branches of these files the tests went through, in %."""
    parts = sum(each["num_statements"] + each["num_branches"] for each in summaries)
    covered = sum(each["covered_lines"] + each["covered_branches"] for each in summaries)
    return 100.0 * covered / parts if parts else 100.0


def bare_spots(files: dict[str, dict]) -> Iterator[str]:
    """Yield a line for each file that is not wholly covered, the barest first."""
    for path, file in sorted(files.items(), key=lambda item: percentage([item[1]["summary"]])):
        lines = file["missing_lines"]
        branches = file["missing_branches"]
        if lines or branches:
            jumps = ", ".join(f"{start}->{end}" for start, end in branches)
            yield f"    {path}: lines {lines or 'none'}; branches {jumps or 'none'}"


def below_floor(folder: str, floor: float, files: dict[str, dict]) -> list[str]:
    """Return what to print for one folder: its figure, and its bare spots when below the floor."""
    inside = {path: file for path, file in files.items() if path.startswith(folder)}
    figure = percentage([file["summary"] for file in inside.values()])
    verdict = "ok" if figure >= floor else "TOO LOW"
    print(f"coverage {folder:<18} {figure:6.2f} %  (floor {floor:.0f} %)  {verdict}")
    return [] if figure >= floor else [f"  below the floor: {folder}", *bare_spots(inside)]


def main(report: Path) -> int:
    """Print the coverage of each folder with a floor; return 1 if one is below it."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    complaints = [line for folder in FLOORS for line in below_floor(folder, FLOORS[folder], files)]
    print("\n".join(complaints), end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
