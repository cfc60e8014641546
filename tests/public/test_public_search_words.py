"""Search through the pages: families, slips and filters find what they should and no more."""

import re

import pytest
import time_machine

from ppid.public.intake import accept
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in
from public.families import FAMILIES

pytestmark = ON_THE_OPEN_SITE
LINK = re.compile(r'href="(?:/en)?/([a-z-]+)/informasi/([^"/]+)/"')
NEXT = re.compile(r'href="\?([^"]+)" rel="next"')
MEANT = re.compile(r"“([^”]+)”")


def page(client, address):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("&amp;", "&")


def found(client, address):
    return [name for _, name in LINK.findall(page(client, address))]


def test_at_least_forty_families_are_known():
    assert len(FAMILIES) >= 40


def test_each_word_of_a_family_finds_the_entry_that_uses_another(client):
    plain = {"legal_basis": ("UU 14/2008",), "reason": "Sebab.", "agency": "Dinas"}
    plain |= {"consequence_if_open": None, "consequence_if_closed": None, "term_text": "2 tahun"}
    plain |= {"ground_label": "huruf c", "decree_number": "7"}
    entries = [
        entry_in(f"E{n:02}", title=family.split()[0], **plain) for n, family in enumerate(FAMILIES)
    ]
    accept(edition_in(*entries))

    lost = [
        (word, f"E{n:02}")
        for n, family in enumerate(FAMILIES)
        for word in family.split()[1:]
        if f"E{n:02}" not in found(client, f"/kota-contoh/?cari={word}")
    ]
    assert lost == []


TITLES = (
    "Rekam medis pasien",
    "Kunci persandian jaringan",
    "Dokumen pengadaan kendaraan",
    "Laporan pemeriksaan keuangan",
    "Denah gudang amunisi",
    "Identitas saksi kekerasan",
    "Naskah kerja sama antardaerah",
)


@pytest.fixture
def lists():
    accept(edition_in(*[entry_in(f"E{n}", title=title) for n, title in enumerate(TITLES)]))
    other = body_in(slug="kota-lain", name="Kota Lain", timezone="Asia/Makassar")
    accept(edition_in(entry_in("LAIN", title="Rekam jejak pegawai"), body=other))


SLIPS = [
    ("medsi", "medis", "E0"),
    ("mediis", "medis", "E0"),
    ("pasein", "pasien", "E0"),
    ("persandain", "persandian", "E1"),
    ("prsandian", "persandian", "E1"),
    ("jarinagn", "jaringan", "E1"),
    ("pengadan", "pengadaan", "E2"),
    ("kendaran", "kendaraan", "E2"),
    ("kendarrann", "kendaraan", "E2"),
    ("pemeriksan", "pemeriksaan", "E3"),
    ("keunagan", "keuangan", "E3"),
    ("laproan", "laporan", "E3"),
    ("gudnag", "gudang", "E4"),
    ("amunsi", "amunisi", "E4"),
    ("idenntitas", "identitas", "E5"),
    ("kekersan", "kekerasan", "E5"),
    ("nasakh", "naskah", "E6"),
    ("antardareah", "antardaerah", "E6"),
    ("PERSANNDIAN", "persandian", "E1"),
    ("rekam+medsi", "rekam medis", "E0"),
    ("denah+gudnag", "denah gudang", "E4"),
]


@pytest.mark.parametrize(("asked", "meant", "name"), SLIPS)
def test_a_slip_finds_what_was_meant_in_one_list_and_in_all(client, lists, asked, meant, name):
    for address in ("/kota-contoh/", "/cari/", "/en/cari/", "/en/kota-contoh/"):
        text = page(client, f"{address}?cari={asked}")

        assert [one for _, one in LINK.findall(text)] == [name]
        assert meant in MEANT.findall(text)


@pytest.mark.parametrize("asked", ["xylofon", "ab", "7x9", "gudangxyz", "medis+xylofon", "²³"])
def test_what_is_too_far_from_any_word_finds_nothing(client, lists, asked):
    for address in ("/kota-contoh/", "/cari/"):
        assert found(client, f"{address}?cari={asked}") == []


def test_a_slip_is_put_right_by_the_words_of_the_list_that_is_asked(client, lists):
    assert found(client, "/kota-lain/?cari=persandain") == []
    assert found(client, "/cari/?cari=persandain&badan=kota-lain") == []
    assert found(client, "/cari/?cari=pegawia") == ["LAIN"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("cari=rekam", {"E0", "LAIN"}),
        ("cari=rekam&badan=kota-contoh", {"E0"}),
        ("cari=rekam&badan=kota-lain&huruf=c", {"LAIN"}),
        ("cari=rekam&huruf=a", set()),
        ("cari=rekam&huruf=zz", {"E0", "LAIN"}),
        ("cari=rekam&status=terbuka", set()),
        ("cari=rekam&status=dikecualikan", {"E0", "LAIN"}),
        ("badan=kota-lain", {"LAIN"}),
        ("huruf=a", set()),
        ("status=segera-terbuka", set()),
        ("cari=%00", set()),
    ],
)
def test_filters_over_all_lists_narrow_and_never_widen(client, lists, asked, expected):
    assert set(found(client, f"/cari/?{asked}")) == expected


def test_pages_of_all_lists_keep_every_filter(client):
    many = [entry_in(f"E{n:02}", title="Denah") for n in range(30)]
    accept(edition_in(*many, entry_in("X", title="Denah", ground_label="Pasal 17 huruf h")))

    first = page(client, "/cari/?cari=denah&huruf=c&badan=kota-contoh&status=dikecualikan")
    second = page(client, f"/cari/?{NEXT.search(first)[1]}")

    names = [name for _, name in (*LINK.findall(first), *LINK.findall(second))]
    assert sorted(names) == [f"E{n:02}" for n in range(30)]
    assert NEXT.search(second) is None


@pytest.mark.parametrize("number", ["0", "00", "-1", "1.5", "²", "x", ""])
def test_a_page_that_is_none_is_the_first(client, lists, number):
    for address in ("/kota-contoh/", "/cari/"):
        assert found(client, f"{address}?cari=gudang&halaman={number}") == ["E4"]


@pytest.mark.parametrize("number", ["2", "400", "401", "9" * 20, "9" * 5000])
def test_a_page_beyond_the_last_is_empty_however_large_its_number(client, lists, number):
    for address in ("/kota-contoh/", "/cari/"):
        assert found(client, f"{address}?cari=gudang&halaman={number}") == []
    assert found(client, f"/cari/?huruf=c&halaman={number}") == []


@pytest.mark.parametrize("key", ["-1", "-" + "9" * 30, "9" * 30, "+7", "0"])
@pytest.mark.parametrize("mark", ["sesudah", "sebelum"])
def test_a_mark_with_an_impossible_key_is_answered_calmly(client, lists, mark, key):
    names = found(client, f"/kota-contoh/?{mark}=2025-07-01.{key}")

    assert set(names) <= {f"E{n}" for n in range(len(TITLES))}
