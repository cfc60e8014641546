"""Put the hashes of script and style into the policy of the page that checks proofs offline.

`tools/verifier.py write` after every change of src/ppid/public/verifier.html; a test checks it.
"""

import base64
import hashlib
import re
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "src" / "ppid" / "public" / "verifier.html"


def sealed(page: str) -> str:
    """Return the page with the hashes of its own script and style in its policy."""
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
