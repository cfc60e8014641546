"""The site as files: complete, the same as the live one, written again where it changed."""

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import unescape
from http.client import HTTPConnection
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine

from ppid.cli import run
from ppid.errors import BadInput, Conflict, CorruptData
from ppid.public.models import Body, Entry
from ppid.public.search import find
from ppid.public.search_text import stem, words
from ppid.public.static_site.asking import Site
from ppid.public.static_site.folder import Folder, file_of, opened
from ppid.public.static_site.publication import publish
from ppid.public.static_site.search_files import _shard
from ppid.public.static_site.word_forms import families
from public.editions import ON_THE_OPEN_SITE, entry_in, vkey
from public.logs import SLUG, OfficeLog
from public.papers import SHORT, issued
from public.plain_server import served
from public.sops import publish_sop

pytestmark = ON_THE_OPEN_SITE
NOON = datetime(2026, 4, 20, 5, tzinfo=UTC)
HOME = "http://testserver"
RULES = 1
"""A copy lies elsewhere, and the rules for nginx name the folder."""
ENDS = date(2026, 4, 21)
ENTRIES = tuple(
    entry_in(f"KC-{n:03}", title=f"Denah {n}", decree_date=date(2025, 7, 1) + timedelta(days=n))
    for n in range(1, 8)
) + (entry_in("KC-008", title="Hasil uji", term_ends_on=ENDS, decree_date=date(2025, 1, 1)),)
LINK = re.compile(r'(?:href|src)="([^"#]+)|<loc>([^<]+)</loc>|url\(([^)]+)\)')
ONLY_IN_FILES = re.compile(
    r'<script defer src="/aset/public/(?:open_today|list_search|file_forms)[^>]*></script>'
    r"|<noscript>.*?</noscript>|<template .*?</template>|<div data-results>"
    r"|<p>Halaman ini sebuah berkas.*?</p>"
    r"|<p>This page is a file.*?</p>| data-(?:opens|then|opens-soon)=\"[^\"]*\"",
    re.DOTALL,
)
INDEX = re.compile(r"(^|/)cari/.*\.(json|txt)$")
LEADS_ELSEWHERE = re.compile(
    r"/(?:edisi/\d+|edisi/banding|edisi/|periksa/|cari/|data/|api/|sitemap\.xml)"
)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    """Pages of three entries, so that few entries fill several."""
    for place in ("listing", "static_site.addresses", "static_site.search_files"):
        monkeypatch.setattr(f"ppid.public.{place}.PAGE", 3)
    for place in ("views", "static_site.addresses"):
        monkeypatch.setattr(f"ppid.public.{place}.EDITION_PAGE", 2)
    monkeypatch.setattr("ppid.public.comparison.PAGE", 2)
    for place in ("search_files", "row_files"):
        monkeypatch.setattr(f"ppid.public.static_site.{place}.IN_ROWS", 3)
    monkeypatch.setattr("ppid.public.static_site.search_files.MOST_IN_SHARD", 3)


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path_factory):
    """An empty folder of collected static files, none of those that are written here."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("aset")


@pytest.fixture
def log():
    """Two editions, of which the second changes one entry; an SOP and a paper."""
    log = OfficeLog()
    changed = entry_in("KC-003", title="Denah layanan", decree_date=ENTRIES[2].decree_date)
    for number, entries in ((1, ENTRIES), (2, (*ENTRIES[:2], changed, *ENTRIES[3:]))):
        _, entry = log.publish(number, *entries)
        log.hand_over(entry)
    publish_sop()
    issued(log, items=("KC-001",))
    return log


def written(folder, *, at=NOON):
    """Write the site into a folder as on a day; return what was done."""
    with time_machine.travel(at, tick=False), opened(folder) as files:
        publish(files, Site(HOME))
    return files


@pytest.fixture
def write(tmp_path):
    """Write the site into the test's own folder."""
    return partial(written, tmp_path / "situs")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Where the site of the two editions is kept for all tests that only read it."""
    return tmp_path_factory.mktemp("terbit") / "situs"


@pytest.fixture
def folder(shelf, log):
    """The site of the two editions. Not to be changed."""
    if not shelf.exists():
        written(shelf)
    return shelf


@pytest.fixture
def copy(folder, tmp_path):
    """The site of the two editions, where the test writes it again."""
    return shutil.copytree(folder, tmp_path / "situs")


def contents(folder):
    """Every file of the site by its name, and what it holds."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".ppid" not in file.parts
    }


def links(address, text):
    """The addresses that a page, map or style sheet leads to on this site."""
    for found in LINK.findall(text):
        to = urljoin(f"{HOME}{address}", unescape(next(filter(None, found))).strip("'\""))
        if to.startswith(HOME):
            yield urlsplit(to).path


def crawled(server, *starts):
    """Every address reached from these, and what it answers."""
    connection = HTTPConnection(urlsplit(server).netloc)
    found, due = {}, list(starts)
    while due:
        address = due.pop()
        connection.request("GET", address)
        answer = connection.getresponse()
        found[address] = (answer.status, answer.read())
        if not address.endswith((".js", ".svg", ".xlsx")):
            text = found[address][1].decode(errors="replace")
            due += {to for to in links(address, text) if to not in found and to not in due}
    connection.close()
    return found


def test_every_link_and_every_line_of_the_sitemap_leads_to_a_file(folder):
    with served(folder) as server:
        found = crawled(server, "/", "/sitemap.xml", f"/periksa/{SHORT}/", f"/p/{SHORT}")

    assert {address: status for address, (status, _) in found.items() if status != 200} == {}
    kinds = ("/informasi/", "/halaman/", "/berubah/", "/banding/1-2/", "/sop/", "/log/", "/en/")
    assert all(any(kind in address for address in found) for kind in kinds)


def test_without_a_query_a_file_says_what_the_live_site_says(client, folder):
    differing = []
    for name, content in contents(folder).items():
        address = "/" + name.removesuffix("index.html").removesuffix("/index.json")
        if name.startswith(("aset/", "p/", "404", "en/404", ".ht", "_")) or INDEX.search(name):
            continue
        with time_machine.travel(NOON, tick=False):
            answer = client.get(address)
        live = b"".join(answer) if answer.streaming else answer.content
        if content != live and as_live(content) != as_live(live):
            differing.append(address)

    assert [one for one in differing if not LEADS_ELSEWHERE.search(one)] == []


def as_live(content):
    """A page without what it says as a file, and without the way on from a page of the list."""
    text = ONLY_IN_FILES.sub("", content.decode())
    text = re.sub(r"</div>\s*</main>", "</main>", text)
    return " ".join(re.sub(r'<nav class="govuk-pagination".*?</nav>', "", text, flags=re.S).split())


def test_without_a_script_the_whole_list_is_read_page_by_page(folder):
    address, seen = f"/{SLUG}/", []
    while address:
        text = ONLY_IN_FILES.sub("", (folder / file_of(address)).read_text())
        seen += re.findall(r'href="/kota-contoh/informasi/([^"/]+)/"', text)
        onward = re.search(r'href="([^"]+)" rel="next"', text)
        address = onward and onward[1]

    assert sorted(seen) == [f"KC-{n:03}" for n in range(1, 9)]
    assert seen == sorted(seen[:-1], reverse=True) + ["KC-008"]


def test_a_second_run_writes_only_what_was_cut_or_lost_and_asks_for_little(log, copy, write):
    whole = contents(copy)
    (copy / f"{SLUG}/informasi/KC-001/index.html").write_bytes(b"<!doc")
    (copy / f"{SLUG}/log/edisi/1.json").unlink()

    figures = write().figures

    assert figures.written == 2 + RULES
    assert figures.unchanged == figures.skipped + figures.same
    assert figures.skipped > figures.same
    assert contents(copy) == whole


def test_a_new_edition_rewrites_what_it_changes(log, copy, write):
    before = contents(copy)
    changed = entry_in("KC-002", title="Denah baru", decree_date=ENTRIES[1].decree_date)
    _, entry = log.publish(3, ENTRIES[0], changed, *ENTRIES[2:])
    log.hand_over(entry)

    figures = write().figures
    after = contents(copy)

    rewritten = {name for name, content in after.items() if before.get(name) != content}
    assert len(rewritten) == figures.written - RULES
    assert set(before) <= set(after)
    entries = {name for name in rewritten if "/informasi/" in name or "/entries/" in name}
    assert {re.search("KC-...", name)[0] for name in entries} == {"KC-002", "KC-003"}
    assert f"{SLUG}/edisi/3/index.html" in rewritten
    assert not any(name.endswith(("1.json", "1.svg")) for name in rewritten)


def test_a_term_that_ends_overnight_opens_its_page_and_no_other(log, copy, write):
    before = contents(copy)

    write(at=NOON + timedelta(days=1))
    after = contents(copy)

    page = f"{SLUG}/informasi/KC-008/index.html"
    assert "dikecualikan sampai" in before[page].decode()
    assert "terbuka sejak" in after[page].decode()
    pages = {name for name in before if "/informasi/" in name and before[name] != after[name]}
    assert pages == {page, f"en/{page}"}
    assert "21 April 2026" in after[f"{SLUG}/index.html"].decode()


def test_a_page_says_of_which_day_it_is_and_when_the_term_ends(folder):
    text = (folder / f"{SLUG}/informasi/KC-008/index.html").read_text()

    assert "menurut tanggal 20 April 2026" in text
    assert 'data-opens="2026-04-21"' in text
    assert "<template data-opened>" in text


def test_what_was_stopped_in_the_middle_is_completed(log, folder, write, tmp_path, monkeypatch):
    whole = contents(folder)
    prepare, left = Folder._prepare, iter(range(60))

    def stopping(self, parts):
        next(left)
        return prepare(self, parts)

    monkeypatch.setattr(Folder, "_prepare", stopping)
    with pytest.raises(StopIteration):
        write()
    monkeypatch.setattr(Folder, "_prepare", prepare)
    assert 0 < len(contents(tmp_path / "situs")) < len(whole)

    write()

    assert without_places(contents(tmp_path / "situs")) == without_places(whole)


def without_places(files):
    return {name: content for name, content in files.items() if not name.startswith(".")}


def test_the_log_is_verified_from_the_folder(folder, tmp_path, capsys):

    files = shutil.copytree(folder / SLUG / "log", tmp_path / "log")

    code = run(["ledger", "verify", str(files), "--vkey", vkey()])

    assert (code, "Utuh." in capsys.readouterr().out) == (0, True)
    for tile in (files / "tile/0/000.p").iterdir():
        tile.write_bytes(tile.read_bytes()[::-1])
    assert run(["ledger", "verify", str(files), "--vkey", vkey()]) == 1


def test_nothing_in_the_folder_names_the_code_of_a_paper_but_its_own_pages(folder):
    naming = {
        file.relative_to(folder).parts[0]
        for file in folder.rglob("*")
        if file.is_file() and SHORT.encode() in file.read_bytes()
    }

    assert (folder / file_of(f"/periksa/{SHORT}/")).is_file()
    assert naming == {"periksa", "en", "p"}


# The API


def api_of(folder, address):
    """What the file of an address of the API holds."""
    return json.loads((folder / file_of(f"/api/v1/{address}")).read_text())


def test_the_api_of_the_files_gives_the_whole_list_page_by_page(log, copy, write, monkeypatch):
    for place in ("api", "static_site.addresses"):
        monkeypatch.setattr(f"ppid.public.{place}.WHOLE_PAGE", 3)
    write()
    number, seen = 1, []
    while number:
        page = api_of(copy, f"bodies/{SLUG}/pages/{number}")
        seen += page["items"]
        number = page["next"]

    assert [one["public_id"] for one in seen] == [f"KC-{n:03}" for n in range(1, 9)]
    assert seen[7]["status"] == "dikecualikan"
    before = contents(copy)
    write(at=NOON + timedelta(days=1))
    changed = {name for name, content in contents(copy).items() if before.get(name) != content}
    assert {name for name in changed if "/pages/" in name} == {f"api/v1/bodies/{SLUG}/pages/3"}


def test_the_api_of_the_files_gives_every_edition_at_once(folder):
    told = api_of(folder, f"bodies/{SLUG}/editions")

    assert ([one["number"] for one in told["items"]], told["next"]) == ([2, 1], None)


def test_the_document_of_the_files_names_nothing_that_files_cannot_answer(client, folder):
    told, live = api_of(folder, "openapi.json"), client.get("/api/v1/openapi.json").json()

    left_out = {"/api/v1/bodies/{slug}/entries", "/api/v1/bodies/{slug}/changes"}
    assert set(live["paths"]) - set(told["paths"]) == left_out
    said = [methods["get"] for methods in told["paths"].values()]
    assert {one["in"] for each in said for one in each["parameters"]} == {"path"}
    assert not any("422" in each["responses"] for each in said)
    assert "no address takes a query" in told["info"]["description"]
    parts = {"slug": SLUG, "public_id": "KC-001", "number": 1}
    for path in told["paths"]:
        address = re.sub(r"{(\w+)}", lambda part: str(parts[part[1]]), path)
        assert (folder / file_of(address)).is_file(), address
    assert "/entries</code>" not in (folder / "api/index.html").read_text()


# The folder


def test_a_folder_that_others_filled_is_refused_and_left(write, tmp_path):
    (tmp_path / "situs").mkdir()
    (tmp_path / "situs/index.html").write_text("milik orang lain")

    with pytest.raises(BadInput) as refused:
        write()

    assert refused.value.codes == ("folder_foreign",)
    assert [one.name for one in (tmp_path / "situs").iterdir()] == ["index.html"]


def test_two_runs_do_not_write_into_one_folder(write, tmp_path):
    with opened(tmp_path / "situs"), pytest.raises(Conflict) as refused:
        write()

    assert refused.value.codes == ("folder_busy",)


def test_a_disk_that_is_full_is_said_in_one_sentence(write, tmp_path):
    own = tmp_path / "situs/.ppid"
    own.mkdir(parents=True)
    (own / "baru").symlink_to("/dev/full")

    with pytest.raises(BadInput) as refused:
        write()

    assert refused.value.codes == ("folder_unusable",)
    assert "disk penuh" in str(refused.value.findings[0])


@pytest.mark.parametrize("place", ["berkas/situs", "rusak"])
def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(write, tmp_path, place):
    (tmp_path / "berkas").write_text("bukan folder")
    (tmp_path / "rusak/.ppid").mkdir(parents=True)
    (tmp_path / "rusak/.ppid/daftar.sqlite3").write_text("bukan basis data" * 100)

    with pytest.raises(BadInput) as refused:
        written(tmp_path / place)

    assert refused.value.codes == ("folder_unusable",)


@pytest.mark.parametrize(
    "address", ["", "informasi.example.go.id", "ftp://x.go.id", "https://x.go.id/ppid", "https://"]
)
def test_an_address_that_no_site_can_have_is_refused(address):
    with pytest.raises(BadInput) as refused:
        Site(address)

    assert refused.value.codes == ("public_url",)


def test_a_page_that_fails_stops_the_run_and_is_named():
    with pytest.raises(CorruptData) as failed:
        Site(HOME).answer("/tidak-ada/")

    assert (failed.value.codes, failed.value.findings[0].place) == (("page_fails",), "/tidak-ada/")


def test_an_installation_without_a_list_has_its_pages(write):
    assert "Belum ada daftar" in (write().root / "index.html").read_text()


# The index


def index_of(folder):
    return json.loads((folder / SLUG / "cari/indeks.json").read_text())


def shown(folder):
    """The ids of all entries by their seat, as the rows tell them."""
    files = sorted((folder / SLUG / "cari/baris/id").iterdir(), key=lambda file: int(file.stem))
    rows = [row for file in files for row in json.loads(file.read_text())]
    return [re.search('class="public-id">([^<]+)<', row)[1] for row in rows]


def looked_up(folder, text):
    """The ids that a browser finds in the index for words, in its order: by its tables alone."""
    base, index = folder / SLUG / "cari", index_of(folder)
    found = []
    for word in words(text):
        forms, stems = index["forms"], index["stems"]
        table = json.loads((base / f"bentuk/{forms}/{_shard(word, shards=forms)}.json").read_text())
        root = table.get(word, word)
        table = json.loads((base / f"akar/{stems}/{_shard(root, shards=stems)}.json").read_text())
        steps = table.get(root, [])
        if steps == 0:
            steps = json.loads((base / f"akar/{root}.json").read_text())
        seats = accumulate(step >> 1 for step in steps)
        found.append({seat: step & 1 for seat, step in zip(seats, steps, strict=True)})
    held = set.intersection(*(set(one) for one in found))
    ranked = sorted(held, key=lambda seat: (all(one[seat] for one in found), seat), reverse=True)
    ids = shown(folder)
    return [ids[seat] for seat in ranked]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "denah",
            "mendenahkan",
            "denah layanan",
            "layanan",
            "diserang",
            "menyerang pusat",
            "penyerangan",
        ),
        *("KC-008", "ujian", "xylofon", "188/12/2025", "uji hasilnya", "Keamanan", "hasil"),
    ],
)
def test_the_index_gives_what_the_live_search_finds_in_its_order(folder, text):
    entries = Entry.objects.filter(body__slug=SLUG)
    hits = find(text, entries, body=Body.objects.get(slug=SLUG))
    names = dict(entries.values_list("pk", "public_id"))
    live = [] if hits.corrected else [names[pk] for pk in hits.ids]

    assert looked_up(folder, text) == live


def test_the_index_says_what_filters_and_past_days_need(folder):
    index = index_of(folder)
    told, ordered = (
        json.loads((folder / SLUG / f"cari/{kind}/0.json").read_text()) for kind in ("isi", "urut")
    )

    assert (index["count"], index["page"], index["zone"]) == (8, 3, "Asia/Jakarta")
    assert index["editions"] == [[1, "2026-03-02"], [2, "2026-03-02"]]
    assert [seat + index["runs"][0][1] for seat in range(8)] == list(
        Entry.objects.filter(body__slug=SLUG).order_by("pk").values_list("pk", flat=True)
    )
    assert shown(folder)[ordered[0][0]] == "KC-008"
    assert ordered[0][1:] == ["2025-01-01", 0, "c", "2026-04-21", ""]
    assert [shown(folder)[one[0]] for one in ordered[1:]] == [f"KC-{n:03}" for n in range(1, 8)]
    assert all(told[seat] == said for seat, _, *said in ordered)
    known = (folder / SLUG / "cari/kata.txt").read_text().split("\n")
    assert "denah" in known
    assert known == sorted(known)


def test_a_word_leads_to_its_stem_only_where_the_stemmer_says_so():
    table = families({"denah", "keberatan", "pengumuman", "ab"})

    assert table["mengumumkan"] == table["diumumkan"] == "umum"
    assert table["keberatan"] == "berat"
    assert {word: stem(word) for word in table} == table
    assert "denah" not in table
