"""The open site beside Datasette, a bare answer of our server, and nginx where it is installed.

    PYTHONPATH=src:tests .venv/bin/python bench/public_site.py [rows] [seconds]

One list of so many rows (default 100,000) comes in through the door and is served by two workers;
Datasette gets the same rows in a table with full-text search and the same indexes, in a virtual
environment of its own. Each is asked over open connections, 1, 16 and 64 at a time, for some
seconds (default 3), by one client process on the same machine. "ours" asks for another address each
time, so that nothing is kept; "ours, kept" asks for the same one again.
"""

import asyncio
import itertools
import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONCURRENCY = (1, 16, 64)
OURS, THEIRS, BARE, NGINX = 8811, 8812, 8813, 8814
DATASETTE = "datasette==0.65.2"
WORDS = (
    *("arsip", "denah", "gudang", "rekam", "medis", "pasien", "rencana", "pengadaan", "kontrak"),
    *("audit", "laporan", "sandi", "jaringan", "pusat", "data", "pegawai", "nilai", "gaji"),
    *("rumah", "dinas", "tanah", "aset", "pajak", "izin", "usaha", "saksi", "korban", "pelapor"),
    *("rapat", "surat", "kebijakan", "anggaran", "proyek", "jalan", "jembatan", "air", "listrik"),
)
RARE = "zamrud"
COUNT = itertools.count()


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


def fill(rows):
    """Let the list in, as the office does."""
    import django

    django.setup()
    from django.core.management import call_command

    from ppid.public.intake import accept
    from public.editions import edition_in

    call_command("migrate", database="public", verbosity=0)
    edition = edition_in(*entries(rows), published_at=datetime(2026, 3, 2, tzinfo=UTC))
    began = time.perf_counter()
    accept(edition)
    print(f"{rows:,} rows came in within {time.perf_counter() - began:.0f} s", flush=True)


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
    )
    base.commit()
    base.close()


def datasette():
    """Return the program, installed into an environment of its own the first time."""
    home = ROOT / "build" / "bench-datasette"
    program = home / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [home / "bin" / "pip", "install", "-q", DATASETTE, "setuptools<81"]
        subprocess.run(pip, check=True)
    return program


def wait_for(port, path):
    for _ in range(300):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).read()
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(port)


async def _one(port, path, until, took, failed):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    while time.perf_counter() < until:
        target = path.replace("{n}", str(next(COUNT)))
        request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            while size := int((await reader.readline()).split(b";")[0], 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            length = lower.partition(b"content-length:")[2].split(b"\r\n")[0]
            await reader.readexactly(int(length))
        took.append(time.perf_counter() - began)
        if b" 200 " not in head[:20]:
            failed.append(head[:20])
    writer.close()


async def _load(port, path, concurrency, seconds):
    took, failed = [], []
    until = time.perf_counter() + seconds
    await asyncio.gather(*[_one(port, path, until, took, failed) for _ in range(concurrency)])
    assert not failed, (path, failed[0])
    took.sort()
    return len(took) / seconds, 1000 * took[int(len(took) * 0.95)]


def measure(name, contenders, seconds):
    """Print a line a contender: requests per second and the 95th percentile in ms."""
    for who, port, path in contenders:
        cells = []
        for concurrency in CONCURRENCY:
            rate, late = asyncio.run(_load(port, path, concurrency, seconds))
            cells.append(f"{rate:,.0f} ({late:.0f} ms)")
        print(f"| {name} | {who} | " + " | ".join(cells) + " |", flush=True)


def whole(name, contenders):
    """Print how long one whole download takes, and how large it is."""
    for who, port, path in contenders:
        began = time.perf_counter()
        size = 0
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=900) as answer:
            while part := answer.read(2**16):
                size += len(part)
        took = time.perf_counter() - began
        print(f"| {name} | {who} | {took:.1f} s, {size / 1e6:.0f} MB | | |", flush=True)


def peak_of(process):
    """Return the most memory in MB that a process or one of its children held."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True
    ).stdout.split()
    peaks = []
    for pid in [str(process.pid), *children]:
        status = Path(f"/proc/{pid}/status").read_text()
        peaks.append(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
    return max(peaks)


def nginx(folder, page):
    """Start nginx on a file as large as our list, or return None where it is not installed."""
    program = shutil.which("nginx")
    if program is None:
        return None
    (folder / "page.html").write_bytes(page)
    rules = (
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr;"
        "events { worker_connections 256; } http { access_log off; server {"
        f" listen 127.0.0.1:{NGINX}; root {folder}; keepalive_requests 1000000; }} }}"
    )
    (folder / "nginx.conf").write_text(rules)
    return subprocess.Popen([program, "-c", folder / "nginx.conf"])


def cases(rare, common):
    """Return name, our path and Datasette's, each asked many times."""
    base, table = "/kota-contoh", "/copy/entries"
    sort = "_size=25&_sort_desc=decree_date"
    return (
        ("list", f"{base}/", f"{table}?{sort}"),
        ("search, rare word", f"{base}/?cari={rare}", f"{table}?_search={rare}&_size=25"),
        ("search, common word", f"{base}/?cari={common}", f"{table}?_search={common}&_size=25"),
        (
            "filter by agency",
            f"{base}/?perangkat=Dinas+arsip",
            f"{table}?agency=Dinas+arsip&{sort}",
        ),
        ("entry", f"{base}/informasi/E0000042/", f"{table}/43"),
        (
            "JSON of 25",
            "/api/v1/bodies/kota-contoh/entries",
            f"{table}.json?{sort}&_shape=objects",
        ),
    )


def main(rows, seconds):
    folder = Path(tempfile.mkdtemp(prefix="ppid-bench-"))
    os.environ |= {"PPID_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "ppid.config.settings"}
    os.environ["PPID_ASSETS"] = "source"
    fill(rows)
    copy_for_datasette(folder / "public.sqlite3", folder / "copy.db")
    serve = [sys.executable, "-m", "ppid.cli", "serve", "--public", "--workers", "2"]
    granian = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "2"]
    limits = ["--setting", "max_csv_mb", "0", "--setting", "sql_time_limit_ms", "60000"]
    program = [datasette(), "serve", "-i", folder / "copy.db", "--port", str(THEIRS), *limits]
    started = [
        subprocess.Popen([*serve, "--port", str(OURS)]),
        subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL),
    ]
    try:
        page = wait_for(OURS, "/kota-contoh/")
        wait_for(THEIRS, "/copy/entries/43")
        os.environ["BARE_BYTES"] = str(len(page))
        bare = [*granian, "--port", str(BARE), "--log-level", "error", "bare_answer:application"]
        started.append(subprocess.Popen(bare, cwd=HERE))
        wait_for(BARE, "/")
        web = nginx(folder, page)
        started += [web] if web else []
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        print(f"load at the start: {os.getloadavg()[0]:.1f}; a list page is {len(page):,} bytes\n")
        print("| | | 1 | 16 | 64 |\n|---|---|--:|--:|--:|")
        for name, ours, theirs in cases(RARE, "arsip"):
            anew = f"{ours}{'&' if '?' in ours else '?'}x={{n}}"
            contenders = [("ours", OURS, anew), ("ours, kept", OURS, ours)]
            measure(name, [*contenders, ("Datasette", THEIRS, theirs)], seconds)
        measure("as many bytes", [("bare granian", BARE, "/")], seconds)
        if web:
            measure("as many bytes", [("nginx, a file", NGINX, "/page.html")], seconds)
        csv = "/copy/entries.csv?_stream=on&_size=max"
        whole("CSV of all", [("ours", OURS, "/kota-contoh/unduh.csv"), ("Datasette", THEIRS, csv)])
        whole("XLSX of all", [("ours", OURS, "/kota-contoh/unduh.xlsx")])
        print(f"\npeak memory: ours {peak_of(started[0])} MB, Datasette {peak_of(started[1])} MB")
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        float(sys.argv[2]) if len(sys.argv) > 2 else 3,
    )
