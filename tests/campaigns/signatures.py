"""Flips in a signed paper: none inside the signed range is accepted, the file's hash tells all.

    python tests/campaigns/signatures.py 10000
    python tests/campaigns/signatures.py 60 --trusting   # the control: whoever is named

Prints one line of JSON.
"""

import argparse
import hashlib
import json
import logging
import random
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from papers.authority import offline  # noqa: E402
from papers.signed import examine, paper, sign  # noqa: E402
from ppid.papers.acceptance import signature_findings  # noqa: E402


def signed() -> bytes:
    """Return a signed paper."""
    return sign(paper(), offline().issue("Rina"))


def gap_of(content: bytes) -> tuple[int, int]:
    """Return where the signature stands itself, which no signature covers: start and end."""
    ranges = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", content)
    _, length, start, _ = map(int, ranges[-1])
    return length, start


def accepted(content: bytes, *, trusting: bool) -> bool:
    """Return whether a file would pass as the signed paper, by its signatures alone."""
    try:
        found = examine(content)
    except Exception:  # noqa: BLE001  the process set apart would have died, the file been refused
        return False
    if found.unreadable or not found.signatures:
        return False
    if trusting:
        return True
    return not any(list(signature_findings(one)) for one in found.signatures)


def campaign(flips: int, *, trusting: bool = False, seed: int = 25) -> Counter:
    """Return how many flips were made, where, and which passed."""
    draw = random.Random(seed)
    whole = signed()
    digest, (start, end) = hashlib.sha256(whole).digest(), gap_of(whole)
    if not accepted(whole, trusting=trusting):
        raise SystemExit("the paper itself is not accepted")
    counted = Counter()
    for _ in range(flips):
        at = draw.randrange(len(whole))
        data = bytearray(whole)
        data[at] ^= 1 << draw.randrange(8)
        place = "outside" if start <= at < end else "inside"
        counted[place] += 1
        counted[f"accepted_{place}"] += accepted(bytes(data), trusting=trusting)
        counted["same_hash"] += hashlib.sha256(data).digest() == digest
    return counted


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser()
    parser.add_argument("flips", type=int)
    parser.add_argument("--trusting", action="store_true")
    asked = parser.parse_args()
    result = campaign(asked.flips, trusting=asked.trusting)
    print(json.dumps(dict(result)))
    sys.exit(1 if result["accepted_inside"] or result["same_hash"] else 0)
