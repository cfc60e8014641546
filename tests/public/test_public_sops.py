"""SOPs on the open site: the second door, and the pages."""

from datetime import date

import pytest
import time_machine

from ppid.errors import BadInput
from ppid.public.intake import accept, accept_sop, known_sops
from ppid.public.models import Body, Sop
from public.editions import ON_THE_OPEN_SITE, body_in, edition_in
from public.sops import SHEET, publish_sop, sop_in

pytestmark = ON_THE_OPEN_SITE
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def page(client, address):
    response = client.get(f"/kota-contoh/sop/{address}")
    assert response.status_code == 200
    return response.content.decode()


def test_an_sop_comes_in_once():
    publish_sop()
    publish_sop(name="Nama lain")

    sop = Sop.objects.get()
    assert sop.name == sop_in().name
    assert known_sops("kota-contoh") == {sop.content_hash}
    assert known_sops("kota-lain") == frozenset()
    assert Body.objects.get().sop_count == 1


def test_an_sop_may_come_before_the_first_edition(client):
    publish_sop()
    before = client.get("/kota-contoh/sop/").status_code

    accept(edition_in())

    assert before == 404
    assert sop_in().name in page(client, "")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"content_hash": "A" * 64}, "hash_form"),
        ({"sheets": ()}, "sheet_missing"),
        ({"sheets": (SHEET, f"{OPEN}<script>1</script></svg>")}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<image xlink:href="x"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<path xlink:href="x"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect onclick="x"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect style="x"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect fill="url(#x)"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect fill="URL(#x)"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect fill="u\\72l(#x)"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<rect ONCLICK="x"/></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f'{OPEN}<g><a href="x"/></g></svg>',)}, "sheet_not_plain"),
        ({"sheets": (f"{OPEN}<foreignObject/></svg>",)}, "sheet_not_plain"),
        ({"sheets": (f"{OPEN}<style>rect</style></svg>",)}, "sheet_not_plain"),
        ({"sheets": (f'<?xml-stylesheet href="x"?>{SHEET}',)}, "sheet_not_plain"),
        ({"sheets": (SHEET.replace("<g>", "<?php 1?><g>"),)}, "sheet_not_plain"),
        ({"sheets": ("<svg",)}, "sheet_not_plain"),
        ({"sheets": ("<html/>",)}, "sheet_not_plain"),
        ({"sheets": ("<svg/>",)}, "sheet_not_plain"),
        ({"sheets": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SHEET,)}, "sheet_not_plain"),
        ({"sheets": (SHEET + " " * 400_000,)}, "sheet_not_plain"),
    ],
)
def test_what_is_more_than_a_drawing_stays_out(values, code):
    with pytest.raises(BadInput) as error:
        accept_sop(sop_in(**values), body=body_in())

    assert {finding.code for finding in error.value.findings} == {code}
    assert not Sop.objects.exists()


def test_a_sheet_may_begin_by_saying_that_it_is_xml():
    publish_sop(sheets=('<?xml version="1.0" encoding="UTF-8"?>' + SHEET,))

    assert Sop.objects.get().sheets[0].endswith(SHEET)


def test_the_page_shows_sheets_and_words(client):
    accept(edition_in())
    publish_sop(sheets=(SHEET, SHEET))

    text = page(client, f"{'a' * 64}/")

    assert text.count("<img") == 2
    for part in ("065/12/2025", "Menguji konsekuensi", "PPID", "5 hari kerja", "Lembar uji"):
        assert part in text


def test_a_sheet_is_an_image_that_runs_nothing(client):
    accept(edition_in())
    publish_sop()

    response = client.get(f"/kota-contoh/sop/{'a' * 64}/1.svg")

    assert response["Content-Type"].startswith("image/svg+xml")
    assert response.content.decode() == SHEET
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["b/", f"{'a' * 64}/0.svg", f"{'a' * 64}/2.svg", "b/1.svg"])
def test_there_is_no_sheet_beyond_the_last(client, address):
    accept(edition_in())
    publish_sop()

    assert client.get(f"/kota-contoh/sop/{address}").status_code == 404


def test_an_sop_that_has_ended_stands_apart(client):
    accept(edition_in())
    publish_sop(ends_on=date(2026, 4, 19), name="SOP lama")
    publish_sop(ends_on=date(2026, 4, 20), name="SOP kini", content_hash="b" * 64)

    with time_machine.travel("2026-04-20 05:00 +0000", tick=False):
        text = page(client, "")
        old, now = page(client, f"{'a' * 64}/"), page(client, f"{'b' * 64}/")

    assert text.index("SOP kini") < text.index("SOP yang sudah berakhir") < text.index("SOP lama")
    assert "berakhir pada 19 April 2026" in old
    assert "berakhir pada" not in now


def test_a_new_sop_changes_the_tag(client):
    accept(edition_in())
    before = client.get("/kota-contoh/sop/")["ETag"]

    publish_sop()

    assert client.get("/kota-contoh/sop/")["ETag"] != before
