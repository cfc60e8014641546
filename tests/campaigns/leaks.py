"""Canaries in every confidential field, searched for in all that leaves; then leaky mutants.

    python tests/campaigns/leaks.py

Q29: plants by the acts, sweeps the open site and the office, lets every role read every page,
times 1,000 answers to each way of asking for what is hidden, and tries each mutant. Exit 1 for a
canary where none may be, for a time that tells, or for more than one mutant in fifty that nobody
notices.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"

from commands.programs import ppid  # noqa: E402
from leaks import fields, response_times  # noqa: E402
from leaks.audiences import readers_that_saw_nothing, seen_too_much  # noqa: E402
from leaks.planting import MARK, Canary  # noqa: E402
from leaks.public_site import Stranger, by_kind, crawl, mistakes, variants  # noqa: E402
from leaks.released import released  # noqa: E402
from leaks.search import Needles, shapes, texts_found  # noqa: E402
from leaks.serving import opened, program  # noqa: E402

BODIES = ("kenari", "kenari-lama")
NONE = "nothing changed"
ALL = 1000
OF_A_ROUTE = int(os.environ.get("LEAKS_OF_A_ROUTE", "6"))


def planted_in(folder: Path) -> tuple[Path, dict]:
    """Return the data folder of a demo with canaries in it, and what was planted."""
    data = folder / "data"
    assert ppid("demo", data=data, traced=False, PPID_ASSETS="collected").code == 0
    program("plant.py", folder / "kenari.json", data=data)
    unplanted = fields.unplanted_fields(data, BODIES) + fields.unplanted_columns(data)
    assert unplanted == [], unplanted
    return data, json.loads((folder / "kenari.json").read_text())


def open_site(data: Path, planted: dict) -> tuple[list[str], int]:
    """Return what is on the open site and may not be, or is missing; and the kinds of outlets."""
    needles, public = Needles(Canary(**one) for one in planted["canaries"]), released(planted)
    with opened(data) as address, Stranger(address) as stranger:
        answers = crawl(stranger, planted["papers"])
        kinds = by_kind(answers)
        own = [at for at in answers if at.startswith("/kenari/")]
        kinds["variants"] = variants(stranger, own[:40])
        kinds["mistakes"] = mistakes(stranger, own[:20])
    kinds["public database"] = {one.name: one.read_bytes() for one in data.glob("public.sqlite3*")}
    found = [one for outlets in kinds.values() for one in needles.found(outlets)]
    wrong = [str(one) for one in found if one.canary.text not in public]
    wrong += [f"missing: {public[text].place}" for text in set(public) - texts_found(found)]
    print(f"open site: {len(answers)} answers, {sum(map(len, kinds.values()))} searched")
    return wrong, len(kinds)


def main() -> int:
    """Run all parts, print what each found, and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="ppid-leaks-") as name:
        folder = Path(name)
        data, planted = planted_in(folder)
        canaries = planted["canaries"]
        places = {one["place"] for one in canaries}
        print(f"{len(canaries)} canaries at {len(places)} places, {len(shapes(MARK))} shapes")
        wrong, kinds = open_site(data, planted)
        into = folder / "found.json"
        program("officers.py", folder / "kenari.json", into, OF_A_ROUTE, data=data)
        roles = json.loads(into.read_text())
        wrong += seen_too_much(roles["seen"]) + readers_that_saw_nothing(roles["seen"])
        wrong += roles["beside"]
        print(f"roles: {len(roles['pages'])}, {sum(roles['pages'].values())} pages")
        program("unknown_ids.py", folder / "kenari.json", into, data=data)
        unknown = json.loads(into.read_text())
        wrong += [one for found in unknown["differing"].values() for one in found]
        print(f"hidden and unknown ids: {unknown['routes']} addresses")
        mutants = {}
        program("office_side.py", folder / "kenari.json", into, data=data)
        office = json.loads(into.read_text())
        clean = office.pop(NONE)
        wrong += [f"{kind}: {one}" for kind, found in clean.items() for one in found]
        mutants |= {"office: a hidden copy in other words": bool(unknown["control"])}
        mutants |= {f"office: {one}": any(found.values()) for one, found in office.items()}
        program("mutants_public.py", folder / "kenari.json", into, ALL, data=data)
        public = json.loads(into.read_text())
        wrong += public.pop(NONE)
        mutants |= {f"open site: {one}": bool(found) for one, found in public.items()}
        told, noticed = response_times.campaign(data, planted)
        wrong += told
        mutants |= noticed
    for one, caught in mutants.items():
        print("caught " if caught else "MISSED ", one)
    missed = [one for one, caught in mutants.items() if not caught]
    print(
        f"{kinds + len(clean) - 1} kinds of outlets; {len(mutants)} mutants, {len(missed)} missed"
    )
    print("\n".join(wrong) or "no canary where none may be")
    return int(bool(wrong) or len(missed) * 50 > len(mutants))


if __name__ == "__main__":
    sys.exit(main())
