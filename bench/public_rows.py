"""The rows of bench/public_site.py: one list on the open site, and the same rows for Datasette.

The first 100,000 come in through the door, as an office hands them over. Of a longer list the rest
are copies of these under ids of their own, written straight into the tables: the door is not what
is measured there.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

THROUGH_THE_DOOR = 100_000
WORDS = (
    *("arsip", "denah", "gudang", "rekam", "medis", "pasien", "rencana", "pengadaan", "kontrak"),
    *("audit", "laporan", "sandi", "jaringan", "pusat", "data", "pegawai", "nilai", "gaji"),
    *("rumah", "dinas", "tanah", "aset", "pajak", "izin", "usaha", "saksi", "korban", "pelapor"),
    *("rapat", "surat", "kebijakan", "anggaran", "proyek", "jalan", "jembatan", "air", "listrik"),
)
RARE, COMMON = "zamrud", "arsip"
MADE = "made.json"


def entries(rows):
    """Yield the rows: ordinary words in all, one rare word in every five thousandth."""
    from public.editions import entry_in

    choose = random.Random(6)
    for n in range(rows):
        start = date(2010, 1, 1) + timedelta(days=choose.randrange(5800))
        title = " ".join(choose.sample(WORDS, 5)).capitalize()
        yield entry_in(
            f"E{n:07}",
            title=f"{title} {RARE}" if n % 5000 == 77 else title,
            agency=f"Dinas {choose.choice(WORDS)}",
            ground_label=f"Pasal 17 huruf {choose.choice('abcdefghij')}",
            decree_number=f"188/{n}/{start.year}",
            decree_date=start,
            term_starts_on=start,
            term_ends_on=start + timedelta(days=choose.randrange(365, 9000)),
        )


def make(folder, rows):
    """Fill a folder with the rows for both, unless it holds them already; return what it cost."""
    done = folder / MADE
    if done.exists():
        return json.loads(done.read_text())
    folder.mkdir(parents=True, exist_ok=True)
    source = str(Path(__file__).resolve())
    # In a process of its own: Django is set up once for one folder, and the memory is given back.
    told = subprocess.run(
        [sys.executable, source, str(folder), str(rows)], check=True, stdout=subprocess.PIPE
    )
    done.write_bytes(told.stdout.splitlines()[-1])
    return json.loads(done.read_text())


def fill(folder, rows):
    """Let the list in, lengthen it, copy it for Datasette; return the seconds of each."""
    os.environ |= {"PPID_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ppid.config.settings"}
    os.environ["PPID_ASSETS"] = "source"
    import django

    django.setup()
    from django.core.management import call_command

    from ppid.public.intake import accept
    from public.editions import edition_in

    call_command("migrate", database="public", verbosity=0)
    through_the_door = min(rows, THROUGH_THE_DOOR)
    published_at = datetime(2026, 3, 2, tzinfo=UTC)
    edition = edition_in(*entries(through_the_door), published_at=published_at)
    began = time.perf_counter()
    accept(edition)
    came_in = time.perf_counter() - began
    lengthen(folder / "public.sqlite3", rows)
    copy_for_datasette(folder / "public.sqlite3", folder / "copy.db")
    return {"rows": rows, "through_the_door": through_the_door, "seconds": came_in}


def lengthen(file, rows):
    """Copy the list, whose ids begin with 1, until it has so many rows."""
    base = sqlite3.connect(file)
    base.execute("PRAGMA journal_mode = MEMORY")  # nobody else is there, and it can be made again
    base.execute("PRAGMA synchronous = OFF")
    (have,) = base.execute("SELECT max(id) FROM public_entry").fetchone()
    for start in range(have, rows, have):
        for table, own in (("public_entry", "public_id"), ("public_entryversion", "entry_id")):
            names = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            moved = {"id": f"id + {start}", "entry_id": f"entry_id + {start}"}
            moved["public_id"] = f"printf('E%07d', substr(public_id, 2) + {start})"
            values = ", ".join(moved.get(name, f'"{name}"') for name in names)
            into = ", ".join(f'"{name}"' for name in names)
            base.execute(
                f"INSERT INTO {table} ({into}) SELECT {values} FROM {table}"
                f" WHERE id <= {min(have, rows - start)} AND {own} IS NOT NULL ORDER BY id"
            )
        base.execute(
            f"INSERT INTO public_search (rowid, title, rest) SELECT rowid + {start}, title, rest"
            f" FROM public_search WHERE rowid <= {min(have, rows - start)}"
        )
    base.execute("INSERT INTO public_search (public_search) VALUES ('optimize')")  # as intake does
    base.execute("UPDATE public_edition SET entry_count = ?, added_count = ?", (rows, rows))
    base.commit()
    base.execute("PRAGMA journal_mode = WAL")
    base.close()


def copy_for_datasette(source, target):
    """Write the same rows into one table with full-text search and our indexes."""
    columns = "public_id, agency, title, ground_label, ground_letters, legal_basis, reason,"
    columns += " consequence_if_open, consequence_if_closed, scope, term_text, term_starts_on,"
    columns += " term_ends_on, open_from, decree_number, decree_date"
    base = sqlite3.connect(target)
    base.execute("ATTACH ? AS ours", (str(source),))
    base.executescript(
        f"CREATE TABLE entries AS SELECT id, {columns} FROM ours.public_entry;"
        "CREATE UNIQUE INDEX by_id ON entries (public_id);"
        "CREATE INDEX newest ON entries (decree_date DESC, id DESC);"
        "CREATE INDEX agency ON entries (agency, decree_date DESC);"
        "CREATE VIRTUAL TABLE entries_fts USING fts5"
        " (title, reason, agency, content=entries, content_rowid=id);"
        "INSERT INTO entries_fts (rowid, title, reason, agency)"
        " SELECT id, title, reason, agency FROM entries;"
        "INSERT INTO entries_fts (entries_fts) VALUES ('optimize');"
    )
    base.commit()
    base.close()


if __name__ == "__main__":
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]))))
