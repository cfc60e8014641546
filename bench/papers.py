"""The list of exempt information as a PDF, side by side.

    python bench/papers.py [--rounds N] [--only NAME ...] [rows ...]

Each contender runs in a process of its own with the same rows and the same font. "cpu" is the
processor time of it and all that it starts, which other work on the machine hardly changes; "bare"
is one Typst run over the same template and rows, as it is. WeasyPrint is installed on first use
into build/bench-weasyprint; LibreOffice takes part where `soffice` is installed (Debian:
libreoffice-writer-nogui), with the list in its own format and PDF/A-2 as output. Who has not ended
after LIMIT seconds is stopped and reported so. With N rounds the contenders take turns N times;
told is the one with the least processor time of each, and the ratio of each round.
"""

import argparse
import html
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = (1_000, 10_000)
LIMIT = 900
PAUSE = 0.02
"""Between two looks at the memory of all processes of a contender."""
WEASYPRINT = "weasyprint==70.0"
ON = date(2026, 3, 2)
WORDS = "Dokumen ini memuat keterangan yang apabila dibuka dapat merugikan pihak yang disebut. "
COLUMNS = [
    ("No", 0),
    ("Informasi", 1.6),
    ("Dasar hukum pengecualian", 1.5),
    ("Konsekuensi bila dibuka", 1.6),
    ("Konsekuensi bila ditutup", 1.6),
    ("Jangka waktu", 1.2),
    ("Penanggung jawab", 1.1),
]


def rows(count):
    return [
        [
            str(number),
            f"Informasi nomor {number}. {WORDS}",
            "Undang-Undang Nomor 14 Tahun 2008 Pasal 17 huruf h angka 3",
            WORDS * 2,
            WORDS,
            "5 tahun sejak 24 Juli 2024, sampai 24 Juli 2029",
            "Dinas Kesehatan\nNomor 1/PPID/2024",
        ]
        for number in range(1, count + 1)
    ]


def paper(count):
    from ppid.papers.paper import Paper

    content = {
        "heading": "Daftar informasi yang dikecualikan",
        "below": f"{count} informasi",
        "day": "2 Maret 2026",
        "columns": COLUMNS,
        "rows": rows(count),
        "note": "",
        "signers": [{"position": "PPID Utama", "name": "Contoh", "nip": ""}],
    }
    return Paper(template="daftar", title="Daftar", foot="Daftar", content=content)


def ours(count):
    from ppid.papers.letterhead import Letterhead
    from ppid.papers.long_list import press_list

    return press_list(paper(count), Letterhead(body="Kota", place="Kota"), on=ON)


def bare(count):
    from ppid.papers.letterhead import Letterhead
    from ppid.papers.paper import as_json
    from ppid.papers.typesetting import typeset

    return typeset(as_json(paper(count), Letterhead(body="Kota", place="Kota")), "daftar", on=ON)


def weasyprint(count):
    from weasyprint import HTML

    cells = "".join(
        f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>"
        for row in rows(count)
    )
    heads = "".join(f"<th>{heading}</th>" for heading, _ in COLUMNS)
    style = (
        "@page {size: A4 landscape; margin: 18mm} body {font: 8.5pt 'Liberation Sans'} table "
        "{border-collapse: collapse; table-layout: fixed} td, th {border: .5pt solid; padding: 3pt}"
    )
    text = f"<html lang=id><title>Daftar</title><style>{style}</style><table><thead><tr>{heads}"
    text += f"</tr></thead><tbody>{cells}</tbody></table></html>"
    return HTML(string=text).write_pdf(pdf_variant="pdf/a-3a")


# LibreOffice's own format: nothing is lost in reading it, and its heads repeat on each page.
SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Daftar</dc:title><dc:language>id-ID</dc:language></office:meta>
<office:styles><style:default-style style:family="paragraph">
<style:text-properties style:font-name="Liberation Sans" fo:font-family="Liberation Sans"
 fo:font-size="8.5pt" fo:language="id" fo:country="ID"/></style:default-style></office:styles>
<office:automatic-styles>
<style:page-layout style:name="lying"><style:page-layout-properties fo:page-width="297mm"
 fo:page-height="210mm" style:print-orientation="landscape" fo:margin="18mm"/></style:page-layout>
<style:style style:name="row" style:family="table-row">
<style:table-row-properties fo:keep-together="always"/></style:style>
<style:style style:name="cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #444444" fo:padding="3pt"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="lying"/>
</office:master-styles>
<office:body><office:text><table:table>
<table:table-column table:number-columns-repeated="7"/>
<table:table-header-rows>{head}</table:table-header-rows>
{rows}
</table:table></office:text></office:body></office:document>
"""
EXPORT = {"SelectPdfVersion": {"type": "long", "value": "2"}}


def libreoffice(count):
    head = _row(name for name, _ in COLUMNS)
    text = SHEET.format(head=head, rows="\n".join(_row(row) for row in rows(count)))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "daftar.fodt"
        made.write_text(text, encoding="utf-8")
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}"]
        subprocess.run([*command, "--outdir", folder, made], check=True, capture_output=True)
        return made.with_suffix(".pdf").read_bytes()


def _row(cells):
    words = ("<text:line-break/>".join(html.escape(cell).split("\n")) for cell in cells)
    cell = '<table:table-cell table:style-name="cell"><text:p>{}</text:p></table:table-cell>'
    inside = "".join(map(cell.format, words))
    return f'<table:table-row table:style-name="row">{inside}</table:table-row>'


CONTENDERS = {"bare": bare, "ours": ours, "weasyprint": weasyprint, "libreoffice": libreoffice}


def python_of(name):
    """Return the interpreter of a contender, made on first use; "" if it cannot take part."""
    if name == "libreoffice" and shutil.which("soffice") is None:
        return ""
    if name != "weasyprint":
        return sys.executable
    home = ROOT / "build" / "bench-weasyprint"
    if not (home / "bin" / "weasyprint").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        install = [home / "bin" / "python", "-m", "pip", "install", "--quiet", WEASYPRINT]
        if subprocess.run(install, check=False).returncode:
            return ""
    return str(home / "bin" / "python")


class Watch(threading.Thread):
    """Looks again and again at how much memory all processes of a session have at once."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session, self.peak, self.over = session, 0, threading.Event()

    def run(self):
        while not self.over.wait(PAUSE):
            self.peak = max(self.peak, sum(map(resident, processes_of(self.session))))


def processes_of(session):
    """Yield the processes of a session; one that ends meanwhile has no memory any more."""
    for one in Path("/proc").glob("[0-9]*"):
        try:
            said = (one / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[3]) == session:
            yield one


def resident(process):
    try:
        return int((process / "statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def raced(name, count):
    """Run one contender to its end or to LIMIT; return its figures, None if it did not end."""
    command = [python_of(name), __file__, "--one", name, str(count)]
    began = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    watch = Watch(child.pid)
    watch.start()
    try:
        said, _ = child.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        said = b""
    watch.over.set()
    watch.join()
    ended = child.returncode == 0
    told = json.loads(said) if ended else {"cpu": 0.0, "largest": 0, "size": 0}
    spent = time.perf_counter() - began
    return told | {"ended": ended, "seconds": spent, "peak": watch.peak}


def measured(name, count):
    """Press once in this process; what it costs to start Python is counted too."""
    size = len(CONTENDERS[name](count))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "cpu": sum(one.ru_utime + one.ru_stime for one in used),
        "largest": max(one.ru_maxrss for one in used) * 1024,
        "size": size,
    }


HEADS = ("rows", "", "cpu", "beside bare", "largest process", "all at once", "file", "waited")


def main(counts, rounds, names):
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}", flush=True)
    for count in counts:
        found = {name: [] for name in names if python_of(name)}
        for _ in range(rounds):
            for name, before in found.items():
                if all(one["ended"] for one in before):  # once is enough to wait LIMIT seconds
                    before.append(raced(name, count))
        bare_cpu = least(found["bare"])["cpu"]
        for name in names:
            told = (f"{count:,}", name, "not installed", *[""] * 5)
            if name in found:
                told = cells(name, count, least(found[name]), bare_cpu)
            print(f"| {' | '.join(told)} |", flush=True)
        pairs = zip(found.get("ours", ()), found["bare"], strict=False)
        told = ", ".join(f"{mine['cpu'] / bare['cpu']:.2f}" for mine, bare in pairs)
        print(f"\nours beside bare in each round: {told}\n", flush=True)


def least(ones):
    """Return the figures of the round that took the least; of one that did not end, if any."""
    return min(ones, key=lambda one: (one["ended"], one["cpu"]))


def cells(name, count, one, bare_cpu):
    if not one["ended"]:
        why = f"did not end in {one['seconds']:.0f} s"
        return (f"{count:,}", name, why, "", "", f"{one['peak'] >> 20:,} MiB", "", "")
    return (
        f"{count:,}",
        name,
        f"{one['cpu']:.1f} s",
        f"{one['cpu'] / bare_cpu:.2f}",
        f"{one['largest'] >> 20:,} MiB",
        f"{one['peak'] >> 20:,} MiB",
        f"{one['size'] / 1e6:.2f} MB",
        f"{one['seconds']:.1f} s",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]))))
    else:
        os.environ.setdefault("PYTHONPATH", "src")
        words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        words.add_argument("--rounds", type=int, default=1)
        words.add_argument("--only", nargs="+", choices=CONTENDERS, default=tuple(CONTENDERS))
        words.add_argument("rows", type=int, nargs="*", default=ROWS)
        given = words.parse_args()
        main(given.rows, given.rounds, ("bare", *(one for one in given.only if one != "bare")))
