"""Nothing that is confidential reaches the public: every outlet of the open site is searched.

The demo's own confidential values are the canaries, more than a thousand of them. What is searched
is what a stranger gets from the process as it is run: `ppid serve --public`.
"""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from browser.conftest import environment, free_port, ppid, wait_for
from leaks.canaries import SHORTEST, canaries, leaks, planted, shapes
from leaks.outlets import answer, crawl
from ready_made import copied

ISSUE_PAPERS = Path(__file__).with_name("issue_papers.py")


@pytest.fixture(scope="module")
def data(demo_made, tmp_path_factory):
    """A copy of the demo's data."""
    return copied(demo_made[0], tmp_path_factory.mktemp("terbuka") / "data")


@pytest.fixture(scope="module")
def papers(data):
    """Codes of a public and of an internal paper, and of one that nobody has signed."""
    told = environment(data) | {"DJANGO_SETTINGS_MODULE": "ppid.config.settings"}
    command = [sys.executable, str(ISSUE_PAPERS)]
    return subprocess.run(
        command, env=told, capture_output=True, text=True, check=True
    ).stdout.split()


@pytest.fixture(scope="module")
def place(data, papers):
    """The data with papers in them, and the address of their public process."""
    port = free_port()
    command = ppid("serve", "--public", "--port", str(port))
    process = subprocess.Popen(command, env=environment(data))
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/")
        yield data, address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def secrets(place):
    return canaries(place[0])


@pytest.fixture(scope="module")
def outlets(place, papers):
    return crawl(place[1], papers)


def test_there_are_enough_canaries_of_enough_kinds(secrets):
    kinds = {one.split(".")[0] for one in secrets.values()}
    assert len(secrets) > 1000
    assert kinds >= {"item", "test", "request", "approval", "salt of item", "account", "password"}
    assert all(len(one) >= SHORTEST for one in secrets)


def test_the_crawl_reaches_every_kind_of_outlet(outlets):
    wanted = {
        *("robots.txt", "sitemap.xml", "katalog.jsonld", "unduh.csv", "unduh.xlsx", "unduh.json"),
        *("terbuka.ics", "atom.xml", "dataset.jsonld", "checkpoint", "vkey", ".tlog-proof"),
        *("openapi.json", "/statistik/", "/pembukaan/", "/edisi/banding/", "/informasi/", "/en/"),
        *("/sop/", ".svg", "pemeriksa-bukti.html", "/log/tile/", "/cari/", "/bantuan/"),
        *("/periksa/", "/p/", "bukti.tlog-proof"),
    }
    missing = {one for one in wanted if not any(one in address for address in outlets)}
    assert missing == set()
    assert len(outlets) > 150


def test_nothing_confidential_is_in_any_outlet(outlets, secrets):
    assert leaks(outlets, secrets) == []


def test_the_page_of_an_internal_paper_says_two_things_and_a_hash(place, outlets, papers):
    public, internal, unsigned = (outlets[f"/periksa/{code}/"].decode() for code in papers)
    with sqlite3.connect(place[0] / "office.sqlite3") as office:
        ((number, signers),) = office.execute(
            "SELECT number, signers FROM office_officepaper WHERE kind = 'penetapan'"
        )
    names = [one["name"] for one in json.loads(signers)]

    assert number in internal
    assert internal.split("<main")[1].count("<dt>") == 2
    assert [name for name in names if name in internal] == []
    assert all(name in public for name in names)
    assert "Belum selesai" in unsigned
    assert b"tlog-proof@v1" not in outlets[f"/periksa/{papers[1]}/bukti.tlog-proof"]


def test_what_a_leaky_paper_says_is_noticed(place, secrets, papers):
    data, address = place
    secret = next(text for text, kind in secrets.items() if kind == "item.added.title")
    with sqlite3.connect(data / "public.sqlite3") as public:
        before = public.execute("SELECT id, number FROM public_paper").fetchall()
        public.execute("UPDATE public_paper SET number = ?", (secret,))
    try:
        for page in (f"/periksa/{code}/" for code in papers):
            assert leaks({page: answer(address + page)}, {secret: secrets[secret]}), page
    finally:
        with sqlite3.connect(data / "public.sqlite3") as public:
            for key, number in before:
                public.execute("UPDATE public_paper SET number = ? WHERE id = ?", (number, key))


def test_a_leak_is_seen_in_every_shape(secrets):
    for shape, content in planted(secrets).items():
        assert leaks({shape: content}, secrets), shape


def test_each_shape_is_told_from_the_others():
    found = shapes("Nama “pelapor” & alamat <rahasia>")
    assert len(set(found.values())) == len(found)
    assert all(len(one) >= SHORTEST for one in found.values())


LEAKY = {
    "the inside title in the list": "UPDATE public_entry SET title = :secret",
    "a reason that nobody released": "UPDATE public_entry SET reason = :secret",
    "a harm that nobody released": "UPDATE public_entry SET consequence_if_open = :secret",
    "an agency's inside name": "UPDATE public_entry SET agency = :secret",
    "a term in the office's words": "UPDATE public_entry SET term_text = :secret",
    "a decree's inside number": "UPDATE public_entry SET decree_number = :secret",
}


@pytest.mark.parametrize("name", LEAKY)
def test_a_leaky_edition_is_noticed(place, secrets, name):
    data, address = place
    secret = next(text for text, kind in secrets.items() if kind == "item.added.title")
    file = data / "public.sqlite3"
    with sqlite3.connect(file) as public:
        before = public.execute("SELECT * FROM public_entry").fetchall()
        public.execute(LEAKY[name], {"secret": secret})
    try:
        pages = ("/kalteng/", "/kalteng/unduh.json", "/kalteng/?status=terbuka")
        seen = {page: answer(address + page) for page in pages}
        assert leaks(seen, {secret: secrets[secret]})
    finally:
        marks = ", ".join("?" * len(before[0]))
        with sqlite3.connect(file) as public:
            public.execute("DELETE FROM public_entry")
            public.executemany(f"INSERT INTO public_entry VALUES ({marks})", before)
