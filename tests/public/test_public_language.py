"""The site in English: a whole catalogue, marked data, and one address for each language."""

import gettext
import re

import pytest

import catalogue
from ppid.public.intake import HistoryIn, accept
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in
from public.sops import publish_sop

pytestmark = ON_THE_OPEN_SITE
PAGES = [
    "/",
    "/cari/?cari=denah",
    "/bantuan/",
    "/kota-contoh/",
    "/kota-contoh/?cari=denah&huruf=c",
    "/kota-contoh/?pada=2026-04-01",
    "/kota-contoh/informasi/KC-001/",
    "/kota-contoh/pembukaan/",
    "/kota-contoh/edisi/",
    "/kota-contoh/edisi/2/?bagian=berubah",
    "/kota-contoh/edisi/banding/?dari=1&sampai=2",
    "/kota-contoh/statistik/",
    "/kota-contoh/sop/",
    f"/kota-contoh/sop/{'a' * 64}/",
    "/kota-contoh/log/",
]
IN_BOTH = {"Status", "SOP", "Huruf", "Hasil:"}
DATA = re.compile(r'<(\w+)[^>]* lang="id"[^>]*>.*?</\1>', re.DOTALL)


@pytest.fixture
def published():
    line = HistoryIn(date=entry_in().decree_date, kind="ditinjau", text="Ditinjau PPID.")
    accept(edition_in(entry_in()))
    accept(edition_in(entry_in(history=(line,), title="Denah lain"), number=2))
    publish_sop()


def test_everything_a_reader_sees_has_its_english():
    known = catalogue.read()

    assert [said for said in catalogue.wanted() if not known.get(said)] == []
    assert set(known) == set(catalogue.wanted())


def test_the_compiled_catalogue_is_the_written_one():
    with catalogue.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert {said: compiled.gettext(said) for said in catalogue.read()} == catalogue.read()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_leaves_nothing_but_data_in_indonesian(client, published, address):
    response = client.get(f"/en{address}")
    text = DATA.sub("", response.content.decode())

    assert response["Content-Language"] == "en"
    assert '<html lang="en"' in text
    left = [said for said in catalogue.read() if len(said) > 7 and f">{said}<" in text]
    assert [said for said in left if catalogue.read()[said] != said] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_names_its_twin_and_the_twin_names_it(client, published, address):
    first = client.get(address).content.decode().replace("&amp;", "&")
    second = client.get(f"/en{address}").content.decode().replace("&amp;", "&")
    both = (
        f'hreflang="id" href="http://testserver{address}"',
        f'hreflang="en" href="http://testserver/en{address}"',
    )

    assert all(link in text for link in both for text in (first, second))
    assert f'class="public-language" href="/en{address}"' in first
    assert f'class="public-language" href="{address}"' in second


def test_links_of_an_english_page_stay_english(client, published):
    text = client.get("/en/kota-contoh/").content.decode()

    assert 'href="/en/kota-contoh/informasi/KC-001/"' in text
    assert 'href="/kota-contoh/unduh.csv"' in text


def test_neither_header_nor_cookie_decides_the_language(client, published):
    client.cookies["django_language"] = "en"
    response = client.get("/kota-contoh/", headers={"Accept-Language": "en"})

    assert response["Content-Language"] == "id"
    assert "Accept-Language" not in response.get("Vary", "")


def test_dates_follow_the_language(client, published):
    assert "1 Juli 2027" in client.get("/kota-contoh/informasi/KC-001/").content.decode()
    assert "1 July 2027" in client.get("/en/kota-contoh/informasi/KC-001/").content.decode()
    assert "2 March 2026, 10:00 WIB" in client.get("/en/kota-contoh/log/").content.decode()


def test_a_missing_page_is_told_in_the_language_of_the_address(client):
    response = client.get("/en/tidak-ada/")

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_a_download_has_one_address_only(client, published):
    assert client.get("/en/kota-contoh/unduh.csv").status_code == 404
