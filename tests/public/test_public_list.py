"""The list of a body: pages, filters, search, and what a page costs."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from ppid.public.intake import accept
from ppid.public.listing import PAGE
from ppid.public.models import Body, Entry
from ppid.public.search import find
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in, note, vkey

pytestmark = ON_THE_OPEN_SITE
LINK = re.compile(r'href="/kota-contoh/informasi/([^"/]+)/"')
NEXT = re.compile(r'href="\?([^"]+)" rel="next"')
PREVIOUS = re.compile(r'href="\?([^"]+)" rel="prev"')


def publish(*entries, **values):
    accept(edition_in(*entries, **values))


def many(count, **values):
    """Entries of which several share a decree date, so that the id has to decide."""
    start = date(2025, 7, 1)
    return [
        entry_in(f"E{n:03}", decree_date=start + timedelta(days=n // 4), **values)
        for n in range(count)
    ]


def get(client, address=""):
    response = client.get(f"/kota-contoh/{address}")
    assert response.status_code == 200
    return response.content.decode().replace("&amp;", "&")


def shown(client, address=""):
    return LINK.findall(get(client, address))


def test_the_newest_decree_stands_first(client):
    publish(
        entry_in("LAMA", decree_date=date(2020, 1, 1)),
        entry_in("BARU", decree_date=date(2026, 1, 1)),
    )

    assert shown(client) == ["BARU", "LAMA"]


def test_going_forward_meets_every_entry_once_and_back_the_same_pages(client):
    publish(*many(60))

    pages, address = [], ""
    while True:
        page = get(client, address)
        pages.append(LINK.findall(page))
        onward = NEXT.search(page)
        if onward is None:
            break
        address = f"?{onward.group(1)}"
    back = [pages[-1]]
    while previous := PREVIOUS.search(page):
        page = get(client, f"?{previous.group(1)}")
        back.insert(0, LINK.findall(page))

    assert [len(part) for part in pages] == [PAGE, PAGE, 10]
    assert sorted(sum(pages, [])) == [f"E{n:03}" for n in range(60)]
    assert back == pages


def test_a_page_stays_in_place_when_newer_entries_arrive(client):
    publish(*many(60))
    second = f"?{NEXT.search(get(client)).group(1)}"
    before = shown(client, second)
    newer = entry_in("Z", decree_date=date(2026, 2, 1))

    publish(*many(60), newer, number=2)

    assert shown(client, second) == before


def test_a_numbered_page_keeps_its_entries_when_newer_ones_arrive(client):
    publish(*many(60))
    newest, second, oldest = (shown(client, at) for at in ("", "halaman/2/", "halaman/1/"))
    assert newest + second + oldest == [f"E{n:03}" for n in reversed(range(60))]

    publish(*many(60), entry_in("Z", decree_date=date(2026, 2, 1)), number=2)

    assert shown(client, "halaman/1/") == oldest
    assert shown(client, "halaman/2/") == [newest[-1], *second]
    assert client.get("/kota-contoh/halaman/3/").status_code == 404
    assert client.get("/kota-contoh/halaman/0/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "?sesudah=kemarin",
        "?sesudah=2025-01-01.x",
        "?sebelum=2025-13-01.1",
        "?sesudah=.",
        "?cari=denah&halaman=-1",
        "?cari=denah&halaman=abc",
        "?cari=denah&halaman=99999999999999999999",
        "?huruf=z&status=rahasia&tahun=abc&perangkat=Tidak%20ada",
        "?huruf=",
        "?tahun=0",
        "?sesudah=2025-01-01.99999999999999999999999",
        "?cari=%00&perangkat=%00",
    ],
)
def test_an_address_that_makes_no_sense_is_answered_calmly(client, address):
    publish()

    get(client, address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?perangkat=Inspektorat", ["A"]),
        ("?huruf=h", ["B", "A"]),
        ("?huruf=H", ["B", "A"]),
        ("?huruf=c", ["C"]),
        ("?status=terbuka", ["C"]),
        ("?status=dikecualikan", ["B", "A"]),
        ("?status=segera-terbuka", ["B"]),
        ("?tahun=2028", ["A"]),
        ("?tahun=2026&status=terbuka", ["C"]),
        ("?cari=gaji&huruf=h", ["B"]),
        ("?cari=gaji&huruf=c", []),
    ],
)
def test_filters_choose_and_stay_in_the_address(client, address, expected):
    publish(
        entry_in(
            "A",
            agency="Inspektorat",
            ground_label="Pasal 17 huruf a dan huruf h",
            term_ends_on=date(2028, 1, 1),
        ),
        entry_in(
            "B",
            title="Daftar gaji",
            ground_label="Pasal 17 huruf h angka 3",
            term_ends_on=date(2026, 6, 1),
            opens_soon_from=date(2026, 4, 1),
        ),
        entry_in("C", term_ends_on=date(2026, 4, 15)),
    )

    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        assert sorted(shown(client, address)) == sorted(expected)


@pytest.mark.parametrize(
    "asked",
    ["dikecualikan", "pengecualian", "mengecualikan", "kecuali", "KECUALI!", "yang dikecualikan"],
)
def test_a_word_family_finds_its_members(client, asked):
    publish(
        entry_in("A", title="Daftar yang dikecualikan"),
        entry_in("B", reason="Sebab pengecualian ini"),
        entry_in("C"),
    )

    assert shown(client, f"?cari={asked}") == ["A", "B"]


def test_a_word_in_the_title_counts_more_than_elsewhere(client):
    publish(
        entry_in("ALASAN", reason="Menyebut rekam medis pasien."),
        entry_in("JUDUL", title="Rekam medis pasien"),
    )

    assert shown(client, "?cari=rekam+medis") == ["JUDUL", "ALASAN"]


def test_titles_come_first_on_every_page_and_each_part_newest_first(client):
    titled = [entry_in(f"T{n:02}", title="Denah gardu", reason="Lain.") for n in range(30)]
    others = [entry_in(f"L{n:02}", title="Lain", reason="Denah ada di sini.") for n in range(30)]
    publish(*[entry for pair in zip(titled, others, strict=True) for entry in pair])

    pages = [shown(client, f"?cari=denah&halaman={number}") for number in (1, 2, 3, 4)]

    expected = [f"{part}{n:02}" for part in "TL" for n in reversed(range(30))]
    assert sum(pages, []) == expected
    assert [len(page) for page in pages] == [PAGE, PAGE, 10, 0]


def test_a_slip_is_put_right_on_every_page(client):
    publish(*[entry_in(f"E{n:02}", title="Kontrak gardu") for n in range(PAGE + 2)])

    assert len(shown(client, "?cari=kontrrak&halaman=2")) == 2


def test_words_and_filters_narrow_together_where_several_bodies_publish(client):
    other = body_in(slug="kab-lain", log_origin="lain.example/log", vkey=vkey("lain.example/log"))
    publish(entry_in("A", agency="Dinas A"), entry_in("B", agency="Dinas B"))
    publish(entry_in("C"), body=other, checkpoint=note(10, origin="lain.example/log"))

    assert shown(client, "?cari=denah") == ["B", "A"]
    assert shown(client, "?cari=denah&perangkat=Dinas+A") == ["A"]


def test_every_word_has_to_be_there(client):
    publish(entry_in("A", title="Denah gudang"), entry_in("B", title="Daftar gudang"))

    assert shown(client, "?cari=denah+gudang") == ["A"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("persanndian", "persandian"), ("pngadaan", "pengadaan"), ("rekam+medsi", "rekam medis")],
)
def test_a_slip_is_put_right_and_said(client, asked, meant):
    publish(
        entry_in("A", title="Kunci persandian"),
        entry_in("B", title="Dokumen pengadaan"),
        entry_in("C", title="Rekam medis"),
    )

    page = get(client, f"?cari={asked}")

    assert f"“{meant}”" in page
    assert len(LINK.findall(page)) == 1


def test_what_is_nowhere_near_finds_nothing(client):
    publish()

    page = get(client, "?cari=xylofon")

    assert not LINK.findall(page)
    assert "Tidak ada informasi yang cocok" in page


@pytest.mark.parametrize(
    "asked",
    ["%22", "*", "%22%29+OR+%28%22", "title:", "a%27%3B--", "NOT", "AND+OR", "%25", "-", "^"],
)
def test_search_signs_are_words_or_nothing(client, asked):
    publish()

    assert shown(client, f"?cari={asked}") == []


def test_search_pages_through_its_hits(client):
    publish(*many(60, title="Denah gudang"))

    first = get(client, "?cari=denah")
    second = get(client, f"?{NEXT.search(first).group(1)}")
    third = get(client, f"?{NEXT.search(second).group(1)}")

    found = [LINK.findall(page) for page in (first, second, third)]
    assert [len(part) for part in found] == [PAGE, PAGE, 10]
    assert len(set(sum(found, []))) == 60
    assert NEXT.search(third) is None
    assert shown(client, f"?{PREVIOUS.search(second).group(1)}") == found[0]


def test_search_stays_within_its_body(client):
    publish(entry_in("A", title="Denah gudang"))
    publish(entry_in("B", title="Denah gudang"), body=body_in(slug="kota-lain"))

    assert shown(client, "?cari=denah") == ["A"]


def test_search_lists_at_most_a_thousand_of_the_newest(monkeypatch):
    monkeypatch.setattr("ppid.public.search.MOST_HITS", 10)
    publish(*many(12, title="Denah"))
    body = Body.objects.get()

    hits = find("denah", Entry.objects.filter(body=body), body=body)

    assert len(hits.ids) == 10
    assert hits.is_capped
    assert min(hits.ids) > min(Entry.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("address", ["", "?cari=denah", "?status=dikecualikan&huruf=c"])
def test_a_longer_list_costs_no_more_queries(client, address):
    publish(*many(3))
    few = cost(client, address)

    publish(*many(60), number=2)

    assert cost(client, address) <= few <= 6  # two of them are read once for each edition


def cost(client, address):
    with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
        get(client, address)
    assert not any("COUNT(" in query["sql"].upper() for query in queries)
    return len(queries)
