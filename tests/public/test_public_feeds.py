"""Files and feeds: what they hold, that they are well formed, and that they never hold more."""

import io
import json
import zipfile
from dataclasses import fields
from datetime import UTC, date, datetime

import openpyxl
import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from icalendar import Calendar

from ppid.ledger.entry import canonical
from ppid.public import workbook as xlsx
from ppid.public.download import COLUMNS
from ppid.public.intake import EntryIn, HistoryIn, accept, plain_content
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in, entry_in

pytestmark = ON_THE_OPEN_SITE
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HISTORY = (HistoryIn(date=date(2025, 7, 2), kind="ditinjau", text="Ditinjau."),)


def answer(client, address):
    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        response = client.get(address)
        assert response.status_code == 200
        data = b"".join(response) if response.streaming else response.content
    return response, data


def content(client, address):
    return answer(client, address)[1]


# JSON


def test_json_holds_what_the_editions_hash_was_made_of(client):
    edition = edition_in(entry_in("A", history=HISTORY), entry_in("B", event="putusan"))
    accept(edition)

    said = json.loads(content(client, "/kota-contoh/unduh.json"))

    names = {field.name for field in fields(EntryIn)}
    bare = [{name: entry[name] for name in names} for entry in said["entries"]]
    sent = [plain_content(entry) for entry in edition.entries]
    key = lambda one: one["public_id"]  # noqa: E731
    assert canonical(sorted(bare, key=key)) == canonical(sorted(sent, key=key))
    assert said["edition"]["content_hash"] == edition.content_hash
    assert (said["status_of"], said["entries"][0]["status"]) == ("2026-04-20", "dikecualikan")


def test_json_of_an_empty_selection_is_json(client):
    accept(edition_in())

    assert json.loads(content(client, "/kota-contoh/unduh.json?status=terbuka"))["entries"] == []


@pytest.mark.parametrize("ending", ["unduh.csv", "unduh.json", "terbuka.ics", "unduh.xlsx"])
def test_every_file_follows_the_filters(client, ending):
    accept(edition_in(entry_in("AAA", title="Denah"), entry_in("BBB", title="Peta")))

    data = content(client, f"/kota-contoh/{ending}?cari=denah")
    if ending.endswith("xlsx"):
        data = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")

    assert b"AAA" in data
    assert b"BBB" not in data


# XLSX


def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_xlsx_opens_with_true_dates_and_a_bold_head(client):
    accept(edition_in(entry_in("A"), entry_in("B", term_ends_on=None, event="putusan")))

    response, data = answer(client, "/kota-contoh/unduh.xlsx")
    head, *rows = book(data)["DIK 1"].iter_rows()

    assert [cell.value for cell in head] == list(COLUMNS)
    assert head[0].font.b
    assert [row[0].value for row in rows] == ["B", "A"]
    assert rows[1][11].value.date() == date(2027, 7, 1)
    assert rows[1][11].is_date
    assert rows[0][11].value is None
    assert 'filename="dik-kota-contoh-2026-04-20.xlsx"' in response["Content-Disposition"]


@pytest.mark.parametrize("text", ["=1+1", "+62", "@SUM(A1)", "<b>&", "  dua  spasi", "a\nb"])
def test_a_cell_of_xlsx_is_text_and_never_a_formula(text):
    data = b"".join(xlsx.workbook([("kepala",), (text,)]))
    cell = book(data)["DIK 1"]["A2"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_an_xlsx_too_long_for_a_sheet_goes_on_in_a_second(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    rows = [("kepala",), *((f"{n}",) for n in range(5))]

    found = book(b"".join(xlsx.workbook(rows)))

    told = [[row[0] for row in sheet.values] for sheet in found.worksheets]
    assert told == [["kepala", "0", "1"], ["kepala", "2", "3"], ["kepala", "4"]]


def test_an_xlsx_without_rows_has_its_head():
    assert [list(row) for row in book(b"".join(xlsx.workbook([("a", "b")]))).active.values] == [
        ["a", "b"]
    ]


def test_an_xlsx_comes_in_pieces_and_twice_the_same():
    rows = [("kepala",), *((str(n) * 50,) for n in range(3000))]
    first = list(xlsx.workbook(rows))

    assert len(first) > 5
    assert b"".join(first) == b"".join(xlsx.workbook(rows))


# Calendar, Atom, DCAT


def test_the_calendar_has_an_all_day_event_for_each_opening(client):
    accept(
        edition_in(
            entry_in("A", title="Satu, dua; tiga\\empat"),
            entry_in("LAMA", term_ends_on=date(2025, 8, 1)),
            entry_in("BARU", term_ends_on=date(2026, 4, 1)),
            entry_in("TANPA", term_ends_on=None, event="putusan"),
        )
    )

    response, data = answer(client, "/kota-contoh/terbuka.ics")
    events = Calendar.from_ical(data).walk("VEVENT")

    assert response["Content-Type"].startswith("text/calendar")
    assert [event.decoded("dtstart") for event in events] == [date(2026, 4, 1), date(2027, 7, 1)]
    assert events[1]["summary"] == "Terbuka: Satu, dua; tiga\\empat"
    assert events[1]["url"] == "http://testserver/kota-contoh/informasi/A/"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_atom_tells_editions_and_openings_newest_first(client):
    accept(edition_in(entry_in("A", term_ends_on=date(2026, 4, 1))))

    response, data = answer(client, "/kota-contoh/atom.xml")
    feed = fromstring(data)
    told = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    identities = [one.text for one in feed.iter(f"{ATOM}id")]

    assert response["Content-Type"].startswith("application/atom+xml")
    assert told == ["Terbuka: Denah ruang pusat data", "Edisi 1"]
    assert len(set(identities)) == len(identities)


def test_dcat_names_every_form_of_the_list_by_addresses_that_answer(client):
    accept(edition_in())

    said = json.loads(content(client, "/kota-contoh/dataset.jsonld"))
    targets = [one["dcat:downloadURL"]["@id"] for one in said["dcat:distribution"]]

    assert said["@type"] == "dcat:Dataset"
    assert len(targets) == 5
    for target in targets:
        kind = client.get(target.removeprefix("http://testserver"))["Content-Type"]
        known = [one["dcat:mediaType"]["@id"] for one in said["dcat:distribution"]]
        assert any(one.endswith(kind.split(";")[0]) for one in known)


def test_the_catalogue_names_every_body(client):
    accept(edition_in())
    accept(edition_in(body=body_in(slug="kota-lain")))

    said = json.loads(content(client, "/katalog.jsonld"))

    assert {one["dct:identifier"] for one in said["dcat:dataset"]} == {
        "kota-contoh/dik",
        "kota-lain/dik",
    }


# Robots


def test_the_sitemap_names_every_entry_once_in_parts(client, monkeypatch):
    monkeypatch.setattr("ppid.public.feeds.SITEMAP_PART", 2)
    accept(edition_in(*[entry_in(name) for name in "ABC"]))

    parts = [one.text for one in fromstring(content(client, "/sitemap.xml")).iter(f"{MAP}loc")]
    pages = []
    for part in parts:
        found = fromstring(content(client, part.removeprefix("http://testserver")))
        pages += [one.text for one in found.iter(f"{MAP}loc")]

    assert len(parts) == 2
    assert len(set(pages)) == len(pages) == 3 + 7
    for page in pages:
        assert client.get(page.removeprefix("http://testserver")).status_code == 200


def test_robots_may_read_everything_and_find_the_sitemap(client):
    text = content(client, "/robots.txt").decode()

    assert "Disallow" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize("asked", ["x", "-1", "99999", "9999999"])
def test_a_part_that_is_none_is_an_empty_or_the_first_one(client, asked):
    accept(edition_in())

    fromstring(content(client, f"/kota-contoh/sitemap.xml?bagian={asked}"))


def test_an_answer_may_be_shown_while_the_site_is_down(client):
    accept(edition_in())

    response, _ = answer(client, "/kota-contoh/unduh.json")

    assert "stale-if-error=86400" in response["Cache-Control"]


def test_the_page_of_downloads_names_each(client):
    accept(edition_in(published_at=datetime(2026, 3, 2, tzinfo=UTC)))

    text = content(client, "/kota-contoh/data/").decode()

    for ending in ("csv", "xlsx", "json", "ics", "xml", "jsonld"):
        assert f".{ending}</a>" in text
