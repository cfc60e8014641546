"""What a look at a file asks of the system: no address, and no file outside its folder."""

import re
import subprocess
import sys
from pathlib import Path

from vault.hostile import docx, pdf, png

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from ppid.vault.apart import work_apart
for kind in ("pdf", "png"):
    with open(f"{sys.argv[1]}/a.{kind}", "rb") as file:
        work_apart("ppid.vault.inspection", file, asked={"kind": kind})
        file.seek(0)
        work_apart("ppid.vault.watermark", file, asked={"kind": kind, "text": "Salinan"})
with open(f"{sys.argv[1]}/a.docx", "rb") as file:
    work_apart("ppid.vault.inspection", file, asked={"kind": "docx"})
"""
CALLS = "trace=connect,sendto,sendmsg,openat,creat,mkdir,rename,unlink"
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|rename\(|unlink\(")


def test_looking_and_marking_call_nobody_and_write_nothing_outside(tmp_path):
    for kind, data in (("pdf", pdf()), ("png", png()), ("docx", docx())):
        (tmp_path / f"a.{kind}").write_bytes(data)
    trace = tmp_path / "trace"

    subprocess.run(
        ["strace", "-f", "-qq", "-e", CALLS, "-o", trace, sys.executable, "-c", PROGRAM, tmp_path],
        env={"PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path)},
        check=True,
    )

    lines = trace.read_text(errors="replace").splitlines()
    assert [one for one in lines if re.search(r"connect\(|sendto\(|sendmsg\(", one)] == []
    written = [one for one in lines if WRITES.search(one) and "ENOENT" not in one]
    assert [one for one in written if "/dev/null" not in one and "__pycache__" not in one] == []
    assert any("mkdir" in one and "ppid-" in one for one in lines)  # it did look at the children
