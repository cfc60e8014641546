"""The list of exempt information as a PDF, side by side: `python bench/papers.py [rows ...]`.

Each contender runs in a process of its own with the same rows. "cpu" is its processor time, which
other work on the machine hardly changes; "memory" the largest process of it; "bare" is one Typst
run over the same template and rows, as it is. WeasyPrint takes part where it is installed.
"""

import html
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from importlib.util import find_spec

ROWS = (1_000, 10_000)
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


CONTENDERS = {"ours": ours, "bare": bare, "weasyprint": weasyprint}


def measured(name, count):
    began = time.perf_counter()
    size = len(CONTENDERS[name](count))
    spent = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": spent,
        "cpu": sum(one.ru_utime + one.ru_stime for one in used),
        "memory": max(one.ru_maxrss for one in used) // 1024,
        "size": size,
    }


def main(counts):
    for count in counts:
        found = {}
        for name in CONTENDERS:
            if name == "weasyprint" and find_spec("weasyprint") is None:
                continue
            command = [sys.executable, __file__, "--one", name, str(count)]
            said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
            found[name] = json.loads(said)
        for name, one in found.items():
            beside = one["cpu"] / found["bare"]["cpu"]
            print(
                f"{count:6} rows  {name:10}  {one['seconds']:6.1f} s  cpu {one['cpu']:6.1f} s"
                f" ({beside:4.2f} of bare)  {one['memory']:5} MiB  {one['size'] / 1e6:5.2f} MB",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]))))
    else:
        os.environ.setdefault("PYTHONPATH", "src")
        main([int(one) for one in sys.argv[1:]] or ROWS)
