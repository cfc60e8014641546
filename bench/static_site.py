"""The open site as files: what writing costs, what a reader loads, nginx beside the live site.

    PYTHONPATH=src:tests .venv/bin/python bench/static_site.py [--rows 100000] [--keep FOLDER]
        [--seconds 2]

`ppid publish --static` is run on a list of so many rows (at most 100,000): first into an empty
folder, then with nothing changed, then with an edition that changes one entry and adds one. --keep:
where the rows stay for the next run (those of public_site.py may be named), never the files.
"""

import argparse
import gzip
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from load import ask
from public_rows import COMMON, RARE, THROUGH_THE_DOOR, make
from public_site import NGINX_MISSING, OURS, commit, ours, running

SITE = "http://informasi.example.go.id"
SLUG = "kota-contoh"
PORT = 8815
CONNECTIONS = (1, 16)
EDITION = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
import ppid.config.setup
from ppid.public.intake import accept
from public.editions import edition_in, entry_in, note
from public_rows import entries
held = list(entries(int(sys.argv[1])))
held[5] = replace(held[5], title="Arsip denah gudang yang lain")
words = {"title": "Daftar yang baru masuk", "agency": held[0].agency}
held.append(entry_in("E9999999", decree_number="188/9/2026", **words))
moment = datetime(2026, 4, 2, tzinfo=UTC)
accept(edition_in(*held, number=2, checkpoint=note(20), published_at=moment))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run cost: seconds by the clock and of CPU, the most memory in MiB; what it said."""

    wall: float
    cpu: float
    peak: int
    said: str


def measured(command, environment):
    """Run a command to its end in a process of its own that knows what its child used."""
    told = subprocess.run(
        [sys.executable, __file__, "--measure", *map(str, command)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return Run(**json.loads(told))


def measure(command):
    began = time.perf_counter()
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"wall": time.perf_counter() - began, "cpu": used.ru_utime + used.ru_stime}
    print(json.dumps(figures | {"peak": used.ru_maxrss // 1024, "said": said.partition(":")[0]}))


def packed(file):
    return len(gzip.compress(file.read_bytes(), 6))


def sizes(site):
    """Print how many files there are, how large they are, and the fullest folder."""
    files = [one for one in site.rglob("*") if one.is_file() and ".ppid" not in one.parts]
    print(f"\n{len(files):,} files, {sum(one.stat().st_size for one in files) / 1e9:.2f} GB")
    for folder, count in Counter(one.parent.parent for one in files).most_common(1):
        print(f"fullest folder: {count:,} in {folder.relative_to(site)}")
    print("\n| the search index | files | together | largest | largest, packed |")
    print("|---|--:|--:|--:|--:|")
    base = site / SLUG / "cari"
    for kind in ("indeks.json", "kata.txt", "akar", "bentuk", "isi", "urut", "baris"):
        found = [one for one in files if one.is_relative_to(base / kind)]
        largest = max(found, key=lambda one: one.stat().st_size)
        together = sum(one.stat().st_size for one in found)
        cells = (together / 1e6, largest.stat().st_size / 1e3, packed(largest) / 1e3)
        print("| {} | {:,} | {:.1f} MB | {:.0f} KB | {:.1f} KB |".format(kind, len(found), *cells))


def loads(site):
    """Print what a browser loads, packed, for the first view and for a first search."""
    home = site / SLUG / "index.html"
    asked = [home, *(site / one.lstrip("/") for one in assets(home.read_text()))]
    print(f"\nfirst view: {len(asked)} files, {sum(map(packed, asked)) / 1e3:.1f} KB packed")
    for name, words in (("a rare word", [RARE]), ("a common word", [COMMON])):
        told(name, found(site, words))
    told("both", found(site, [RARE, COMMON]))
    base = site / SLUG / "cari"
    last = max(int(one.stem) for one in (base / "urut").iterdir())
    newest = json.loads((base / f"urut/{last}.json").read_text())[-25:]
    rows = {base / f"baris/id/{row[0] // 10}.json" for row in newest}
    told("a filter", {base / "indeks.json", base / f"urut/{last}.json", *rows})


def told(name, asked):
    print(f"search, {name}: {len(asked)} files, {sum(map(packed, asked)) / 1e3:.1f} KB packed")


def assets(text):
    """Yield what a page loads beside itself."""
    for part in text.split('<link rel="stylesheet" href="')[1:] + text.split('src="')[1:]:
        yield part.partition('"')[0]


def shard_of(word, shards):
    value = 0x811C9DC5
    for letter in word:
        value = (value ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return value % shards


def found(site, words):
    """Return the files that a browser loads to show the first hits of these words."""
    base = site / SLUG / "cari"
    index = json.loads((base / "indeks.json").read_text())
    asked, held = {base / "indeks.json"}, []
    for word in words:
        asked.add(base / f"bentuk/{index['forms']}/{shard_of(word, index['forms'])}.json")
        shard = base / f"akar/{index['stems']}/{shard_of(word, index['stems'])}.json"
        asked.add(shard)
        steps = json.loads(shard.read_text())[word]
        if steps == 0:
            asked.add(base / f"akar/{word}.json")
            steps = json.loads((base / f"akar/{word}.json").read_text())
        seats, seat = set(), 0
        for step in steps:
            seat += step >> 1
            seats.add(seat)
        held.append(seats)
    hits = sorted(set.intersection(*held), reverse=True)[: index["page"]]
    return asked | {base / f"baris/id/{seat // index['rows']}.json" for seat in hits}


def served(site, scratch):
    """Return the command of nginx with the rules that are written beside the files."""
    rules = (site / ".ppid/nginx.conf").read_text().replace("listen 80;", f"listen {PORT};")
    temporary = "".join(
        f"{kind}_temp_path {scratch}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (scratch / "nginx.conf").write_text(
        f"daemon off; worker_processes 2; pid {scratch}/nginx.pid; error_log stderr;"
        f"events {{ worker_connections 256; }} http {{ access_log off; {temporary}"
        f" keepalive_requests 1000000;\n{rules} }}"
    )
    return [shutil.which("nginx"), "-c", scratch / "nginx.conf"]


def rates(site, data, scratch, seconds):
    """Print the requests per second of nginx with the files, beside the live site."""
    command, environment = ours(data)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    pages = (("list", f"/{SLUG}/"), ("entry", f"/{SLUG}/informasi/E0000042/"))
    pages += (("page of the list", f"/{SLUG}/halaman/7/"),)
    found = {}
    for who, port, how in (
        ("nginx, files", PORT, (served(site, scratch), quiet)),
        ("live, kept", OURS, (command, {"env": environment})),
    ):
        with running(how[0], port, f"/{SLUG}/", **how[1]) as (server, _):
            for name, path in pages:
                for connections in CONNECTIONS:
                    address = f"http://127.0.0.1:{port}{path}"
                    given = {"connections": connections, "seconds": seconds, "folder": scratch}
                    found[name, who, connections] = ask(server, address, **given)
    print("\n| | | " + " | ".join(f"{each}: r/s (p95)" for each in CONNECTIONS) + " |")
    print("|---|---|--:|--:|")
    for name, who in dict.fromkeys(key[:2] for key in found):
        cells = [found[name, who, connections] for connections in CONNECTIONS]
        said = " | ".join(f"{each.rate:,.0f} ({each.p95:.1f} ms)" for each in cells)
        print(f"| {name} | {who} | {said} |")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", type=int, default=THROUGH_THE_DOOR)
    words.add_argument("--keep", type=Path)
    words.add_argument("--seconds", type=int, default=2)
    given = words.parse_args()
    rows = min(given.rows, THROUGH_THE_DOOR)
    scratch = Path(tempfile.mkdtemp(prefix="ppid-bench-"))
    scratch.chmod(0o755)  # nginx gives its workers to another user
    kept, data, site = (given.keep or scratch) / str(rows), scratch / "data", scratch / "site"
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=""
    )
    print(f", commit {commit()}; load at the start: {os.getloadavg()[0]:.1f}; {rows:,} rows")
    make(kept, rows)
    shutil.copytree(kept, data)
    environment = os.environ | {"PPID_DATA": str(data), "PPID_PUBLIC_URL": SITE}
    environment["PPID_ASSETS"] = "source"
    publish = [sys.executable, "-m", "ppid.cli", "publish", "--static", site]
    print("\n| | by the clock | CPU | most memory | |\n|---|--:|--:|--:|---|")
    for name in ("into an empty folder", "nothing changed", "an edition with two changes"):
        if name.startswith("an edition"):
            subprocess.run([sys.executable, "-c", EDITION, str(rows)], env=environment, check=True)
        run = measured(publish, environment)
        cells = f"{run.wall:.0f} s | {run.cpu:.0f} s | {run.peak} MiB | {run.said}"
        print(f"| {name} | {cells} |", flush=True)
    sizes(site)
    loads(site)
    if shutil.which("nginx"):
        rates(site, data, scratch, given.seconds)
    else:
        print(NGINX_MISSING)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2:])
    else:
        main()
