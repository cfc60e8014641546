"""What the pages of the open site say and send, and what they never do."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.html import escape

from ppid.ledger import checkpoint
from ppid.public import urls
from ppid.public.download import safe_cell
from ppid.public.intake import HistoryIn, accept
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in, note
from public.outlets import API, EVERYWHERE, OF_THE_LOG, OUTLETS, PER_EDITION
from public.sops import publish_sop

pytestmark = ON_THE_OPEN_SITE


@pytest.fixture
def published():
    """One of each thing that an address may show."""
    accept(edition_in())
    publish_sop()


def test_every_route_stands_among_the_outlets():
    names = [one.name for one in (*urls.DATA, *urls.PAGES)]

    assert set(names) == set(OUTLETS) | OF_THE_LOG
    assert all(resolve(at.split("?")[0]).url_name == name for name, at in OUTLETS.items())


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_home_names_the_bodies_with_their_newest_edition(client):
    accept(edition_in())
    accept(edition_in(number=2))
    accept(edition_in(body=body_in(slug="kota-lain", name="Pemerintah Kota Lain")))

    home = page(client, "/")

    assert home.count('href="/kota-contoh/"') == 1
    assert "Pemerintah Kota Lain" in home
    assert "Edisi 2" in home


def test_home_without_any_list_says_so(client):
    assert "Belum ada daftar" in page(client, "/")


def test_an_entry_page_says_everything_that_is_public(client):
    entry = entry_in(
        scope="sebagian",
        event="perkara diputus",
        review_on=date(2027, 1, 4),
        opened_reason="Alasan sudah hilang.",
        opens_on=date(2026, 6, 1),
        history=(HistoryIn(date=date(2025, 9, 9), kind="ditinjau", text="Ditinjau oleh PPID."),),
    )
    accept(edition_in(entry))

    with time_machine.travel("2026-06-02 05:00 +0000", tick=False):
        text = page(client, "/kota-contoh/informasi/KC-001/")

    for part in (
        entry.title,
        entry.agency,
        entry.ground_label,
        entry.legal_basis[0],
        entry.reason,
        entry.consequence_if_open,
        entry.consequence_if_closed,
        entry.term_text,
        entry.decree_number,
        entry.public_id,
        "Perkara diputus",
        "4 Januari 2027",
        "Alasan sudah hilang.",
        "1 Juni 2026",
        "Ditinjau oleh PPID.",
        "9 September 2025",
        "Sebagian",
        "Pertahanan dan keamanan negara",
        "10 hari kerja",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"event": "perkara diputus"}, "sampai peristiwa ini terjadi: <strong>perkara diputus"),
        ({"review_on": date(2027, 1, 4)}, "ditinjau ulang pada 4 Januari 2027"),
        ({}, "Jangka waktunya: <span>2 tahun sejak ditetapkan"),
    ],
)
def test_an_entry_without_a_known_day_of_opening_has_its_page(client, values, told):
    accept(edition_in(entry_in(term_ends_on=None, **values)))

    assert told in page(client, "/kota-contoh/informasi/KC-001/")


SPELLED_OUT = "2 tahun sejak 2 Maret 2026, sampai 2 Maret 2028"


@pytest.mark.parametrize(
    ("at", "term", "beside"),
    [
        ("/kota-contoh/", SPELLED_OUT, ""),
        ("/kota-contoh/", "2 tahun", "Mulai 2 Maret 2026, berakhir 2 Maret 2028"),
        ("/kota-contoh/", "sampai 2 Maret 2028", "Mulai 2 Maret 2026"),
        ("/en/kota-contoh/", SPELLED_OUT, "From 2 March 2026, ends on 2 March 2028"),
    ],
)
def test_the_days_of_a_term_are_told_once(client, at, term, beside):
    days = {"term_starts_on": date(2026, 3, 2), "term_ends_on": date(2028, 3, 2)}
    accept(edition_in(entry_in(term_text=term, **days)))

    text = page(client, f"{at}informasi/KC-001/")
    told = text.partition(f"{term}</span>")[2].partition("</dd>")[0]

    assert told == (f'<span class="public-meta">{beside}</span>' if beside else "")


def test_a_consequence_that_is_not_public_is_said_to_be_left_out(client):
    accept(edition_in(entry_in(consequence_if_open=None, consequence_if_closed=None)))

    assert page(client, "/kota-contoh/informasi/KC-001/").count("Tidak dimuat") == 2
    assert page(client, "/kota-contoh/").count("Tidak dimuat") == 2


def test_the_history_tells_editions_and_the_opening_by_law(client):
    entry = entry_in(term_ends_on=date(2026, 6, 1))
    accept(edition_in(entry))
    accept(edition_in(entry_in(title="Judul baru", term_ends_on=date(2026, 6, 1)), number=2))

    with time_machine.travel("2026-06-02 05:00 +0000", tick=False):
        text = page(client, "/kota-contoh/informasi/KC-001/")

    assert "Yang berubah: judul." in text
    assert text.index("Jangka waktu pengecualian berakhir") < text.index("Masuk daftar ini")


def test_an_opening_declared_for_the_same_day_is_told_once(client):
    opens = date(2026, 6, 1)
    line = HistoryIn(date=opens, kind="dinyatakan_terbuka", text="Dibuka PPID.")
    accept(edition_in(entry_in(opens_on=opens, history=(line,))))

    with time_machine.travel("2026-06-02 05:00 +0000", tick=False):
        text = page(client, "/kota-contoh/informasi/KC-001/")

    assert text.count("moj-timeline__title") == 2
    assert "Dinyatakan terbuka" in text


def test_the_history_tells_nothing_of_the_future(client):
    accept(edition_in(entry_in(term_ends_on=date(2030, 1, 1))))

    with time_machine.travel("2026-06-02 05:00 +0000", tick=False):
        text = page(client, "/kota-contoh/informasi/KC-001/")

    assert text.count("moj-timeline__title") == 1


def test_an_edition_tells_what_is_new_changed_and_open(client):
    accept(edition_in(entry_in("A"), entry_in("B", term_ends_on=date(2026, 4, 1))))
    accept(
        edition_in(
            entry_in("A", reason="Lain."),
            entry_in("B", term_ends_on=date(2026, 4, 1)),
            entry_in("C"),
            number=2,
            published_at=datetime(2026, 4, 2, tzinfo=UTC),
        )
    )

    def listed(part):
        text = page(client, f"/kota-contoh/edisi/2/?bagian={part}")
        return [name for name in "ABC" if f"/informasi/{name}/" in text]

    assert (listed("baru"), listed("berubah"), listed("terbuka")) == (["C"], ["A"], ["B"])
    assert listed("lain") == ["C"]
    assert "Yang berubah: alasan" in page(client, "/kota-contoh/edisi/2/?bagian=berubah")


def test_a_changed_entry_shows_its_text_before_and_after(client):
    moved = {"term_ends_on": date(2029, 4, 1), "opens_on": date(2029, 4, 1)}
    basis = ("UU 14/2008 ps. 17 huruf h angka 2", "UU 17/2023 ps. 4")
    first = entry_in("A", reason="Sebelum.", consequence_if_open=None)
    second = entry_in(
        "A", reason="Sesudah.", consequence_if_open="Kini ada.", legal_basis=basis, **moved
    )
    accept(edition_in(first))
    accept(edition_in(second, number=2))

    text = page(client, "/kota-contoh/edisi/2/?bagian=berubah")

    assert "<del>Sebelum.</del>" in text
    assert "<ins>Sesudah.</ins>" in text
    assert "<del>Tidak ada</del>" in text
    assert "<ins>Kini ada.</ins>" in text
    assert "<ins>1 April 2029</ins>" in text
    assert f"<ins>{basis[0]}; {basis[1]}</ins>" in text


def test_each_edition_shows_what_it_changed_and_not_what_a_later_one_did(client):
    for number, reason in enumerate(("Satu.", "Dua.", "Tiga."), start=1):
        accept(edition_in(entry_in("A", reason=reason), number=number))

    text = page(client, "/kota-contoh/edisi/2/?bagian=berubah")

    assert "<del>Satu.</del>" in text
    assert "<ins>Dua.</ins>" in text
    assert "Tiga." not in text


def test_a_long_edition_goes_on_page_by_page(client):
    accept(edition_in(*[entry_in(f"E{n:02}") for n in range(60)]))

    first = page(client, "/kota-contoh/edisi/1/?bagian=baru")
    onward = first.split('href="?bagian=baru&amp;sesudah=')[1].split('"')[0]
    second = page(client, f"/kota-contoh/edisi/1/?bagian=baru&sesudah={onward}")

    assert first.count("ppid-row__main") == 50
    assert second.count("ppid-row__main") == 10


def test_many_editions_go_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr("ppid.public.views.EDITION_PAGE", 2)
    for number in (1, 2, 3):
        accept(edition_in(number=number))

    first, second = (page(client, f"/kota-contoh/edisi/{more}") for more in ("", "?sebelum=2"))

    assert "?sebelum=2" in first
    assert "/edisi/1/" in second
    assert "/edisi/3/" not in second
    assert "?sebelum=1" not in second


def test_the_checkpoint_verifies_with_the_key_beside_it(client):
    accept(edition_in(checkpoint=note(42)))
    vkey = page(client, "/kota-contoh/log/vkey").strip()
    key = Ed25519PublicKey.from_public_bytes(checkpoint.parse_vkey(vkey).public_key)

    def verify(signature, message):
        key.verify(signature, message)
        return True

    signed = page(client, "/kota-contoh/log/checkpoint")

    assert checkpoint.verify(signed, vkey=vkey, verify=verify).size == 42
    assert page(client, "/kota-contoh/log/").count(escape(signed)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/tidak-ada/",
        "/kota-contoh/informasi/TIDAK-ADA/",
        "/kota-contoh/edisi/2/",
        "/kota-contoh/edisi/99999999999999999999/",
        "/kota-contoh/edisi/x/",
        "/tidak-ada/log/checkpoint",
        "/tidak-ada/unduh.csv",
        "/kota-contoh/lampiran/",
    ],
)
def test_what_does_not_exist_is_a_plain_404(client, address):
    accept(edition_in())

    response = client.get(address)

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_a_fault_of_the_site_is_said_plainly(monkeypatch):
    monkeypatch.setattr("ppid.public.conditional.Edition.objects", None)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Halaman belum dapat ditampilkan" in response.content.decode()


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("address", EVERYWHERE)
def test_hostile_words_stay_words(client, published, address):
    hostile = entry_in(
        "HOSTILE",
        agency=HOSTILE,
        title=HOSTILE,
        ground_label=f"Pasal 17 huruf c {HOSTILE}",
        legal_basis=(HOSTILE,),
        reason=HOSTILE,
        consequence_if_open=HOSTILE,
        consequence_if_closed=HOSTILE,
        term_text=HOSTILE,
        event=HOSTILE,
        opened_reason=HOSTILE,
        decree_number=HOSTILE,
        history=(HistoryIn(date=date(2025, 1, 1), kind="ditinjau", text=HOSTILE),),
    )
    body = body_in(name=HOSTILE, site_text=HOSTILE)
    accept(edition_in(entry_in(), hostile, body=body, number=2))

    response = client.get(address)

    if response["Content-Type"].startswith("text/html"):
        assert "<script>alert" not in response.content.decode()
        assert "<img src=x" not in response.content.decode()


def test_a_hostile_query_stays_words(client):
    accept(edition_in())

    text = page(client, f"/kota-contoh/?cari={HOSTILE}")

    assert "<script>alert" not in text
    assert escape("<script>") in text


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_page_sets_a_cookie_or_runs_inline_code(client, published, address):

    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    text = "" if response.streaming else response.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nothing_can_be_written_through_the_site(client, published, address):
    methods = (client.post, client.put, client.delete, client.patch)

    assert [method(address).status_code for method in methods] == [405] * 4


@pytest.mark.parametrize("address", [one for one in EVERYWHERE if not one.startswith(API)])
def test_a_page_may_be_asked_for_its_head(client, published, address):

    response = client.head(address)

    assert response.status_code == 200
    assert "public" in response["Cache-Control"]


@pytest.mark.parametrize("address", [one for one in PER_EDITION if "/log/" not in one])
def test_an_unchanged_page_is_a_cheap_304(client, published, address):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        first = client.get(address)
        with CaptureQueriesContext(connections[settings.PUBLIC_DATABASE]) as queries:
            by_tag = client.get(address, headers={"If-None-Match": first["ETag"]})
        asked = len(queries)
        by_date = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert asked == 1


def test_a_new_edition_and_a_new_day_change_the_tag(client):
    tags = []

    def ask(moment):
        with time_machine.travel(moment, tick=False):
            response = client.get("/kota-contoh/")
            tags.append(response["ETag"])
            return response

    accept(edition_in())
    ask("2026-04-20 16:59 +0000")
    second = ask("2026-04-20 17:00 +0000")
    accept(edition_in(number=2))
    ask("2026-04-20 17:00 +0000")

    assert len(set(tags)) == 3
    assert second["Last-Modified"] == "Mon, 20 Apr 2026 17:00:00 GMT"


@pytest.mark.parametrize(
    ("moment", "keep"), [("2026-04-20 05:00 +0000", 300), ("2026-04-20 16:59:30 +0000", 30)]
)
def test_nothing_is_kept_past_the_bodys_midnight(client, moment, keep):
    accept(edition_in())

    with time_machine.travel(moment, tick=False):
        response = client.get("/kota-contoh/")

    assert f"max-age={keep}" in response["Cache-Control"]


def test_the_download_holds_what_the_filters_pass(client):
    accept(
        edition_in(
            entry_in("A", title="Denah gudang"),
            entry_in("B", title="Peta gudang"),
            entry_in("C", title="Denah kantor", agency="Inspektorat"),
        )
    )

    def rows(address):
        return list(csv.DictReader(io.StringIO(page(client, address))))

    everything = rows("/kota-contoh/unduh.csv")
    assert [row["nomor"] for row in everything] == ["C", "B", "A"]
    assert everything[0]["status"] == "dikecualikan"
    assert [row["nomor"] for row in rows("/kota-contoh/unduh.csv?cari=denah")] == ["C", "A"]
    assert [row["nomor"] for row in rows("/kota-contoh/unduh.csv?perangkat=Inspektorat")] == ["C"]


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (date(2026, 1, 2), "2026-01-02"), ("a=1",) * 2]
)
def test_other_cells_are_left_alone(value, cell):
    assert safe_cell(value) == cell
