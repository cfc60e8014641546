"""The open site beside Datasette, a bare answer of our server, and nginx with a file.

    PYTHONPATH=src:tests .venv/bin/python bench/public_site.py [--rows 100000,1000000]
        [--seconds 2] [--keep FOLDER] [--turns 5]

One list of so many rows is served by two workers; Datasette gets the same rows in a table with
full-text search and the same indexes, in a virtual environment of its own, without counting and
without suggesting facets, which the open site does not do either. Each is asked by wrk, one thread,
over 1, 16 and 64 open connections. "ours" asks for another address each time, so that nothing is
kept; "ours, kept" for the same one again. --keep: where the rows stay for the next run.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from load import ask, cpu_of, held_by
from public_rows import COMMON, RARE, make

from ppid.commands.serve import PUBLIC_THREADS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONNECTIONS = (1, 16, 64)
KEPT = ("list", "entry")
OURS, THEIRS, BARE, NGINX = 8811, 8812, 8813, 8814
DATASETTE = "datasette==0.65.2"
NGINX_MISSING = "nginx is missing (apt-get install nginx-light): its lines are left out"
LOOK_EVERY = 2_000_000
"""Bytes of a download between two looks at the memory."""
BY_THE_SERVER = ("server", "date")
LIMITS = ("max_csv_mb", "0", "sql_time_limit_ms", "60000", "suggest_facets", "off")
OUR_CSV = "/kota-contoh/unduh.csv"
THEIR_CSV = "/copy/entries.csv?_stream=on&_size=max"


def datasette():
    """Return the program, installed into an environment of its own the first time."""
    home = ROOT / "build" / "bench-datasette"
    program = home / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [home / "bin" / "pip", "install", "-q", DATASETTE, "setuptools<81"]
        subprocess.run(pip, check=True)
    return program


@contextmanager
def running(command, port, path, **options):
    """Start a server, wait for its first answer, and end it; give it and this answer."""
    process = subprocess.Popen(command, **options)
    try:
        yield process, wait_for(port, path)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port, path):
    """Return the headers and the bytes of the first answer."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return answer.getheaders(), answer.read()
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(port)


def ours(folder):
    """Return the command of the public site with two workers, and its environment."""
    serve = [sys.executable, "-m", "ppid.cli", "serve", "--public", "--workers", "2"]
    environment = os.environ | {"PPID_DATA": str(folder), "PPID_ASSETS": "source"}
    return [*serve, "--port", str(OURS)], environment


def theirs(folder):
    settings = [
        part for name in range(0, len(LIMITS), 2) for part in ("--setting", *LIMITS[name:][:2])
    ]
    return [datasette(), "serve", "-i", folder / "copy.db", "--port", str(THEIRS), *settings]


def bare():
    """Return the command of our server with an answer that costs nothing to make."""
    granian = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "2"]
    threads = ["--blocking-threads", str(PUBLIC_THREADS), "--log-level", "error"]
    return [*granian, *threads, "--port", str(BARE), "bare_answer:application"]


def nginx(folder, page):
    """Return the command of nginx on a file as large as our list."""
    (folder / "page.html").write_bytes(page)
    rules = (
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr;"
        "events { worker_connections 256; } http { access_log off;"
        f" client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;"
        f" fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;"
        f" scgi_temp_path {folder}/scgi; server {{"
        f" listen 127.0.0.1:{NGINX}; root {folder}; keepalive_requests 1000000; }} }}"
    )
    (folder / "nginx.conf").write_text(rules)
    return [shutil.which("nginx"), "-c", folder / "nginx.conf"]


def cases():
    """Return name, our address and Datasette's, each asked many times."""
    base, table = "/kota-contoh", "/copy/entries"
    sort = "_size=25&_sort_desc=decree_date&_nocount=1"
    search = "_size=25&_nocount=1&_search="
    return (
        ("list", f"{base}/?x={{n}}", f"{table}?{sort}"),
        ("search, rare word", f"{base}/?cari={RARE}&x={{n}}", f"{table}?{search}{RARE}"),
        ("search, common word", f"{base}/?cari={COMMON}&x={{n}}", f"{table}?{search}{COMMON}"),
        (
            "filter by agency",
            f"{base}/?perangkat=Dinas+arsip&x={{n}}",
            f"{table}?agency=Dinas+arsip&{sort}",
        ),
        ("entry", f"{base}/informasi/E0000042/?x={{n}}", f"{table}/43"),
        (
            "JSON of 25",
            "/api/v1/bodies/kota-contoh/entries?x={n}",
            f"{table}.json?{sort}&_shape=objects",
        ),
    )


def measure(found, who, process, port, asked, *, seconds, folder):
    """Note what a server does with each named address at each number of connections."""
    warm = f"http://127.0.0.1:{port}{asked[0][1]}"
    ask(process, warm, connections=16, seconds=1, folder=folder)
    for name, path in asked:
        for connections in CONNECTIONS:
            address = f"http://127.0.0.1:{port}{path}"
            found[name, who, connections] = ask(
                process, address, connections=connections, seconds=seconds, folder=folder
            )


def table(found):
    """Print a line for each kind of answer and each server."""
    heads = " | ".join(f"{each}: r/s (p95)" for each in CONNECTIONS)
    print(f"| | | {heads} | CPU ms at 16 |\n|---|---|--:|--:|--:|--:|")
    names = [*(case[0] for case in cases()), "as many bytes"]
    for name, who in sorted({key[:2] for key in found}, key=lambda key: names.index(key[0])):
        cells = [found[name, who, connections] for connections in CONNECTIONS]
        told = " | ".join(f"{each.rate:,.0f} ({each.p95:,.1f} ms)" for each in cells)
        print(f"| {name} | {who} | {told} | {cells[1].cpu:.3f} |")


def whole(process, port, path):
    """Return seconds, CPU seconds and MB of a whole download, memory before and most during it."""
    before, spent = held_by(process), cpu_of(process)
    began, size, most, looked = time.perf_counter(), 0, before, 0
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=900) as answer:
        while part := answer.read(2**16):
            size += len(part)
            if size - looked > LOOK_EVERY:
                most, looked = max(most, held_by(process)), size
    took = time.perf_counter() - began
    return took, cpu_of(process) - spent, size / 1e6, before, max(most, held_by(process))


def one_size(folder, seconds):
    """Measure everything on one folder, one server at a time; return the figures and downloads."""
    command, environment = ours(folder)
    scratch = Path(tempfile.mkdtemp(prefix="ppid-bench-"))
    scratch.chmod(0o755)  # nginx gives its workers to another user
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    found, files, how = {}, {}, {"seconds": seconds, "folder": scratch}
    with running(command, OURS, "/kota-contoh/", env=environment) as (site, (headers, page)):
        measure(found, "ours", site, OURS, [(name, mine) for name, mine, _ in cases()], **how)
        again = [(name, mine.partition("?")[0]) for name, mine, _ in cases() if name in KEPT]
        measure(found, "ours, kept", site, OURS, again, **how)
        files["ours"] = whole(site, OURS, OUR_CSV)
    with running(theirs(folder), THEIRS, "/copy/entries/43", **quiet) as (peer, _):
        measure(
            found, "Datasette", peer, THEIRS, [(name, their) for name, _, their in cases()], **how
        )
        files["Datasette"] = whole(peer, THEIRS, THEIR_CSV)
    environment |= same_bytes(headers, page)
    with running(bare(), BARE, "/", cwd=HERE, env=environment) as (server, _):
        measure(found, "bare granian", server, BARE, [("as many bytes", "/")], **how)
    if shutil.which("nginx"):
        with running(nginx(scratch, page), NGINX, "/page.html", **quiet) as (server, _):
            measure(found, "nginx", server, NGINX, [("as many bytes", "/page.html")], **how)
    shutil.rmtree(scratch)
    print(f"A list page is {len(page):,} bytes.\n")
    return found, files


def by_turns(rows, folder, *, turns, seconds):
    """Print medians of servers that are all open and are asked one after the other, turn by turn.

    On a machine whose pace changes by the minute only what was asked in the same minute compares.
    """
    command, environment = ours(folder)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scratch = Path(tempfile.mkdtemp(prefix="ppid-bench-"))
    how = {"connections": 16, "seconds": seconds, "folder": scratch}
    print(f"\n**{rows:,} rows, at 16 connections, medians of {turns} turns**\n")
    with (
        running(command, OURS, "/kota-contoh/", env=environment) as (site, (headers, page)),
        running(theirs(folder), THEIRS, "/copy/entries/43", **quiet) as (peer, _),
    ):
        environment |= same_bytes(headers, page)
        for name, mine, their in cases():
            pairs = [(site, OURS, mine), (peer, THEIRS, their)]
            (rate, p95, cpu), (_, _, other) = in_turn(pairs, turns, how)
            print(f"- {name}: {rate:.1f} times Datasette's rate; p95 {p95:.1f} ms;", end=" ")
            print(f"CPU {cpu:.2f} against {other:.2f} ms", flush=True)
        csv_in_turn(site, peer, turns)
        with running(bare(), BARE, "/", cwd=HERE, env=environment) as (least, _):
            pairs = [(site, OURS, "/kota-contoh/"), (least, BARE, "/")]
            (rate, _, cpu), (_, _, other) = in_turn(pairs, turns, how)
            print(f"- a kept list: {rate:.0%} of the bare answer's rate; CPU {cpu:.3f}", end=" ")
            print(f"against {other:.3f} ms", flush=True)
    shutil.rmtree(scratch)


def in_turn(pairs, turns, how):
    """Return for each server the median of its rate beside the second's, its p95 and its CPU."""
    found = [
        [ask(process, f"http://127.0.0.1:{port}{path}", **how) for process, port, path in pairs]
        for _ in range(turns + 1)
    ][1:]  # in the first everything is new to them
    return [
        (
            median(turn[at].rate / turn[1].rate for turn in found),
            median(turn[at].p95 for turn in found),
            median(turn[at].cpu for turn in found),
        )
        for at in range(len(pairs))
    ]


def csv_in_turn(site, peer, turns):
    """Print what the CSV of all takes beside Datasette's, each read before by both."""
    found = [
        (*whole(site, OURS, OUR_CSV)[:2], *whole(peer, THEIRS, THEIR_CSV)[:2])
        for _ in range(turns + 1)
    ][1:]
    share = median(mine / theirs for mine, _, theirs, _ in found)
    mine, cpu, theirs, other = (median(figures) for figures in zip(*found, strict=True))
    print(
        f"- CSV of all: {share:.2f} of Datasette's time; {mine:.1f} against {theirs:.1f} s;", end=""
    )
    print(f" CPU {cpu:.1f} against {other:.1f} s", flush=True)


def same_bytes(headers, page):
    """Return the variables that make the bare answer as long as ours, with the same headers."""
    said = [pair for pair in headers if pair[0].lower() not in BY_THE_SERVER]
    return {"BARE_BYTES": str(len(page)), "BARE_HEADERS": json.dumps(said)}


def ratios(rows, found, files):
    """Print what the aims ask for, at 16 connections."""
    print(f"\n**{rows:,} rows, at 16 connections**\n")
    for name, _, _ in cases():
        mine, other = found[name, "ours", 16], found[name, "Datasette", 16]
        print(
            f"- {name}: {mine.rate / max(other.rate, 0.01):.1f} times Datasette's rate;"
            f" p95 {mine.p95:.1f} ms; CPU {mine.cpu:.2f} against {other.cpu:.2f} ms"
        )
    kept, least = found["list", "ours, kept", 16], found["as many bytes", "bare granian", 16]
    print(f"- a kept list: {kept.rate / least.rate:.0%} of the bare answer's rate")
    took = files["ours"][0] / files["Datasette"][0]
    print(f"- CSV of all: {took:.2f} of Datasette's time")
    for who, (seconds, cpu, size, before, after) in files.items():
        told = f"{seconds:.1f} s ({cpu:.1f} of CPU), {size:.0f} MB; own memory {before} MB before"
        print(f"  - {who}: {told}, at most {after} MB while it went out")


def growth(small, large):
    """Print what a longer list costs, in CPU time per answer."""
    print("\n**Cost of the longer list beside the shorter, CPU time per answer**\n")
    for name, _, _ in cases():
        times = large[name, "ours", 16].cpu / small[name, "ours", 16].cpu
        print(f"- {name}: {times:.2f} times")


def commit():
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True)
    return told.stdout.decode().strip() or "no commit"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", default="100000,1000000")
    words.add_argument("--seconds", type=int, default=2)
    words.add_argument("--keep", type=Path)
    words.add_argument("--turns", type=int, help="only the ratios, of servers asked by turns")
    given = words.parse_args()
    home = given.keep or Path(tempfile.mkdtemp(prefix="ppid-bench-rows-"))
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=""
    )
    print(f", commit {commit()}; load at the start: {os.getloadavg()[0]:.1f}")
    if not shutil.which("nginx"):
        print(NGINX_MISSING)
    results = []
    for rows in [int(each) for each in given.rows.split(",")]:
        made = make(home / str(rows), rows)
        door = "{through_the_door:,} came in through the door within {seconds:.0f} s".format(**made)
        print(f"{rows:,} rows: {door}", flush=True)
        if given.turns:
            by_turns(rows, home / str(rows), turns=given.turns, seconds=given.seconds)
            continue
        results.append((rows, *one_size(home / str(rows), given.seconds)))
    for rows, found, files in results:
        ratios(rows, found, files)
    if len(results) > 1:
        growth(results[0][1], results[-1][1])
    for rows, found, _ in results:
        print(f"\n### {rows:,} rows\n")
        table(found)
    if not given.keep:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
