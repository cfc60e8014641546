"""What every answer of the open site bears, and what an odd address of the log gets."""

import csv
import io
import re

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from ppid.public.intake import accept
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in
from public.logs import SLUG, published
from public.outlets import EVERYWHERE, OUTLETS, PER_EDITION, SOP
from public.sops import publish_sop

pytestmark = ON_THE_OPEN_SITE
NOON = "2026-04-20 05:00 +0000"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'")
KINDS = {
    "/": "text/html; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/katalog.jsonld": "application/ld+json",
    "/kota-contoh/unduh.csv": "text/csv; charset=utf-8",
    "/kota-contoh/unduh.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "/kota-contoh/unduh.json": "application/json",
    "/kota-contoh/terbuka.ics": "text/calendar; charset=utf-8",
    "/kota-contoh/atom.xml": "application/atom+xml",
    "/kota-contoh/dataset.jsonld": "application/ld+json",
    "/kota-contoh/sitemap.xml": "application/xml; charset=utf-8",
    "/kota-contoh/log/checkpoint": "text/plain; charset=utf-8",
    "/kota-contoh/log/vkey": "text/plain; charset=utf-8",
    f"/kota-contoh/sop/{SOP}/1.svg": "image/svg+xml; charset=utf-8",
    "/api/v1/bodies/kota-contoh": "application/json; charset=utf-8",
}
SAVED = {"unduh.csv": "csv", "unduh.xlsx": "xlsx", "unduh.json": "json", "terbuka.ics": "ics"}


@pytest.fixture
def everything():
    accept(edition_in())
    publish_sop()


def answer(client, address, **headers):
    with time_machine.travel(NOON, tick=False):
        return client.get(address, headers=headers)


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_every_answer_bears_the_same_guards(client, everything):
    missing = [
        (address, name)
        for address in (*EVERYWHERE, "/tidak-ada/", "/kota-contoh/edisi/9/")
        for response in (answer(client, address),)
        for name, value in ALWAYS.items()
        if response.get(name) != value
        or any(part not in response["Content-Security-Policy"] for part in POLICY)
    ]

    assert missing == []


def test_no_answer_depends_on_who_asks(client, everything):
    for address in EVERYWHERE:
        response = answer(client, address)

        assert not response.cookies
        varied = {one.strip().lower() for one in response.get("Vary", "").split(",")}
        assert varied <= {"", "accept-encoding"}
        assert "private" not in response.get("Cache-Control", "")


@pytest.mark.parametrize(("address", "kind"), KINDS.items())
def test_an_answer_names_its_kind(client, everything, address, kind):
    assert answer(client, address)["Content-Type"] == kind


@pytest.mark.parametrize(("name", "ending"), SAVED.items())
def test_a_file_is_saved_under_its_body_and_day(client, everything, name, ending):
    said = answer(client, f"/kota-contoh/{name}?cari=denah")["Content-Disposition"]

    assert f'filename="dik-kota-contoh-2026-04-20.{ending}"' in said


def test_the_tag_is_one_for_all_pages_of_an_edition_and_day_and_says_so(client, everything):
    asked = [at for at in PER_EDITION if "/log/" not in at]
    tags = {answer(client, address)["ETag"] for address in asked}

    assert len(tags) == 1
    (tag,) = tags
    assert ".1.2026-04-20." in tag


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"lain", {tag}', 304),
        ("*", 304),
        ('"lain"', 200),
        ("bukan tanda", 200),
    ],
)
@pytest.mark.parametrize("address", ["/kota-contoh/", "/kota-contoh/unduh.csv"])
def test_an_asker_who_has_the_answer_is_told_so(client, everything, address, asked, status):
    tag = answer(client, address)["ETag"]

    response = answer(client, address, if_none_match=asked.format(tag=tag))

    assert response.status_code == status
    if status == 304:
        assert (response["ETag"], body(response)) == (tag, b"")
        assert "max-age" in response["Cache-Control"]


def test_one_who_asks_for_nothing_newer_is_told_so_by_the_day(client, everything):
    last = answer(client, "/kota-contoh/")["Last-Modified"]

    assert last == "Sun, 19 Apr 2026 17:00:00 GMT"
    early = answer(client, "/kota-contoh/", if_modified_since="Sun, 19 Apr 2026 16:59:59 GMT")
    assert early.status_code == 200
    assert answer(client, "/kota-contoh/", if_modified_since=last).status_code == 304


DANGEROUS = ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\n @x"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_field_of_the_csv_begins_a_formula(client, text):
    entry = entry_in(
        agency=text,
        title=text,
        legal_basis=(text, "UU 14/2008"),
        reason=text,
        consequence_if_open=text,
        consequence_if_closed=text,
        term_text=text,
        event=text,
        decree_number=text,
        ground_label=f"{text} huruf c",
    )
    accept(edition_in(entry))

    lines = body(answer(client, "/kota-contoh/unduh.csv")).decode()
    _, row = csv.reader(io.StringIO(lines, newline=""))

    assert len([cell for cell in row if cell.startswith("'")]) == 10
    assert not [cell for cell in row if cell.lstrip(" \n\t")[:1] in tuple("=+-@")]


@pytest.mark.parametrize("query", ["cari=xylofon", "status=terbuka", "perangkat=Dinas+Lain"])
@pytest.mark.parametrize("name", ["unduh.csv", "unduh.json"])
def test_a_file_of_a_filter_that_is_not_offered_is_whole_and_of_one_that_passes_none_empty(
    client, everything, name, query
):
    said = body(answer(client, f"/kota-contoh/{name}?{query}")).decode()

    assert ("KC-001" in said) == query.startswith("perangkat")


# The log


ODD_TILES = [
    "0/000.p/0",
    "0/000.p/256",
    "0/000.p/257",
    "0/000.p/04",
    "0/000.p/",
    "0/000.p/-1",
    "0/0",
    "0/00",
    "0/0000",
    "0/x000/000",
    "0/x001/234",
    "0/" + "x999/" * 12 + "999",
    "00/000",
    "63/000",
    "64/000",
    "99/000",
    "-1/000",
    "0/000/",
    "0//000",
    "0/../0/000.p/4",
    "entries/000",
    "entries/000.p/1",
    "0/000.p/4%00",
    "0/٠٠٠",
    "",
]


def test_a_tile_that_is_none_is_not_found(client):
    published(1)

    found = {path: answer(client, f"/{SLUG}/log/tile/{path}").status_code for path in ODD_TILES}

    assert {path: status for path, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_part_of_a_tile_is_the_beginning_of_it(client, width):
    published(1)
    whole = body(answer(client, f"/{SLUG}/log/tile/0/000.p/4"))

    response = answer(client, f"/{SLUG}/log/tile/0/000.p/{width}")

    assert body(response) == whole[: 32 * width]
    assert response["Content-Type"] == "application/octet-stream"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "status", "is_asked"),
    [
        ("KC-001", 200, True),
        ("KC-999", 404, True),
        ("%00", 404, False),
        ("a%20b", 404, False),
        ("x" * 65, 404, False),
        ("-a", 404, False),
        ("é", 404, False),
    ],
)
@pytest.mark.parametrize("where", ["log/informasi/{}.tlog-proof", "informasi/{}/"])
def test_only_an_id_that_can_be_one_is_asked_of_the_database(client, where, name, status, is_asked):
    published(1)
    with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
        response = answer(client, f"/{SLUG}/{where.format(name)}")

    assert response.status_code == status
    assert any('FROM "public_entry"' in one["sql"] for one in queries) == is_asked


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "vkey",
        "edisi/1.tlog-proof",
        "edisi/1.checkpoint",
        "informasi/KC-001.tlog-proof",
        "kelanjutan/1-1.txt",
    ],
)
def test_a_proof_that_the_asker_has_is_not_sent_again(client, path):
    published(1)
    first = answer(client, f"/{SLUG}/log/{path}")

    again = answer(client, f"/{SLUG}/log/{path}", if_none_match=first["ETag"])

    assert (first.status_code, again.status_code, body(again)) == (200, 304, b"")
    assert first["Content-Type"] == "text/plain; charset=utf-8"


# In English

INDONESIAN = re.compile(r"\b(yang|dan|dengan|untuk|belum|sudah|tidak|adalah|semua|menurut)\b", re.I)
TAGS = re.compile(r"<[^>]+>")
OWN = re.compile(
    r'<(\w+)[^>]* (?:lang="id"|class="[^"]*public-printed")[^>]*>.*?</\1>|>(?:UU|PP) \d[^<]*<',
    re.DOTALL,
)
"""What stays as it was published: the body's own texts, and citations of articles."""


@pytest.mark.parametrize(
    "address",
    [
        "/kota-contoh/",
        "/kota-contoh/informasi/KC-001/",
        "/kota-contoh/statistik/",
        "/kota-contoh/pembukaan/",
        "/kota-contoh/edisi/1/",
        "/kota-contoh/log/",
        "/kota-contoh/data/",
        "/cari/?cari=gudang",
        "/",
        "/tidak-ada/",
    ],
)
def test_the_words_of_an_english_page_are_english(client, everything, address):
    ours, theirs = (answer(client, at).content.decode() for at in (address, f"/en{address}"))

    assert len(INDONESIAN.findall(TAGS.sub(" ", ours))) > 2
    assert INDONESIAN.findall(TAGS.sub(" ", OWN.sub("", theirs))) == []


def test_each_page_of_a_body_is_unknown_where_there_is_none(client, everything):
    found = {
        address: answer(client, address.replace("kota-contoh", "kota-lain")).status_code
        for address in OUTLETS.values()
        if "kota-contoh" in address
    }

    assert set(found.values()) == {404}
