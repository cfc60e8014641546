"""Put the shared script into the page that checks proofs offline, and hashes into its policy.

`tools/verifier.py write` after every change of src/ppid/public/verifier.html or of log_proof.js,
which the pages of papers load; a test checks it.
"""

import base64
import hashlib
import re
import sys
from pathlib import Path

PUBLIC = Path(__file__).resolve().parent.parent / "src" / "ppid" / "public"
PAGE = PUBLIC / "verifier.html"
SHARED = PUBLIC / "static" / "public" / "log_proof.js"
BEGINS, ENDS = "// log_proof.js\n", "// end of log_proof.js\n"


def sealed(page: str) -> str:
    """Return the page with the shared script in it, and the hashes of all its script and style."""
    before, rest = page.split(BEGINS, 1)
    page = before + BEGINS + SHARED.read_text(encoding="utf-8") + ENDS + rest.split(ENDS, 1)[1]
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        inside = page.split(f"<{tag}>", 1)[1].split(f"</{tag}>", 1)[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        page = re.sub(rf"{rule} '[^']*'", f"{rule} 'sha256-{digest}'", page, count=1)
    return page


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    after = sealed(before)
    if sys.argv[1:] == ["write"]:
        PAGE.write_text(after, encoding="utf-8")
    sys.exit(0 if after == before or sys.argv[1:] == ["write"] else 1)
