"""How long 1,000 rows of an old list take from the file to the log, on a file database.

    PYTHONPATH=src:tests .venv/bin/python bench/import_list.py [rows]

Prints seconds for each part: reading the XLSX, the dry run, and the one transaction that writes.
"""

import os
import sys
import tempfile
import time
from datetime import datetime

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
os.environ["PPID_DATA"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.config.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from office.offices import office, who  # noqa: E402
from ppid.law.defect import LegacyEntry  # noqa: E402
from ppid.office.actions.legacy import ListRow, import_list  # noqa: E402
from ppid.office.list_files.columns import find_header, guess  # noqa: E402
from ppid.office.list_files.entries import Fate, Reading, dry_run  # noqa: E402
from ppid.office.list_files.reading import read_file  # noqa: E402
from ppid.office.list_files.writing import as_xlsx  # noqa: E402
from ppid.office.queries.legacy import known_of  # noqa: E402
from ppid.office.rebuild import check_all  # noqa: E402


def entry(number: int) -> LegacyEntry:
    """Return a row of the usual length."""
    return LegacyEntry(
        number=f"{number}.",
        title=f"Data pribadi pegawai dan pensiunan kelompok {number}",
        summary="Nama, alamat, nomor induk, riwayat kesehatan, dan keluarga. " * 3,
        agency="Dinas Kesehatan",
        ground="Pasal 17 huruf h angka 2",
        legal_basis="UU 14/2008 Pasal 17 huruf h; UU 27/2022 tentang Pelindungan Data Pribadi",
        consequence_if_open="Rahasia pribadi seseorang diketahui umum dan disalahgunakan. " * 2,
        consequence_if_closed="Kepercayaan pegawai tetap terjaga.",
        term="Selama berlaku",
    )


def timed(name: str, act):
    """Run an act, print what it took in seconds, and return what it gave."""
    began = time.perf_counter()
    result = act()
    print(f"{name:<40} {time.perf_counter() - began:6.2f} s")
    return result


def main() -> None:
    """Measure one import."""
    call_command("migrate", verbosity=0)
    walk = office(on=datetime(2026, 3, 2).date())  # noqa: DTZ001
    data = as_xlsx([entry(number) for number in range(1, ROWS + 1)])
    print(f"{ROWS} rows, {len(data) // 1024} KiB")
    began = time.perf_counter()
    (table,) = timed("read the workbook", lambda: read_file(data))
    header = find_header(table)
    reading = Reading(header=header, columns=guess(header.names))
    run = timed("dry run", lambda: dry_run(table, reading, known=known_of(walk.body)))
    rows = [ListRow(one.row, one.entry, one.agency) for one in run.of(Fate.NEW)]
    said = {"name": "daftar.xlsx", "digest": "0" * 64, "by": who(walk, "petugas_ppid")}
    timed(
        "write, in one transaction",
        lambda: import_list(walk.body, rows=rows, at=walk.tick(), **said),
    )
    print(f"{'together':<40} {time.perf_counter() - began:6.2f} s")
    report = timed("ppid check (rebuild and compare)", check_all)
    print(f"{report.events} events, {len(report.findings)} differences")


main()
