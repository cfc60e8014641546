"""What an SOP says to everybody: no text of it is forgotten."""

from dataclasses import fields, replace
from datetime import date

from office.factories import sop_text
from ppid.sop.definition import Definition
from ppid.sop.load import loads
from ppid.sop.public_text import PLACES, as_published, public_texts


def test_every_field_of_an_sop_has_a_place():
    inside = {"steps", "content_hash"}
    assert set(PLACES) == {one.name for one in fields(Definition)} - inside


def test_the_texts_of_head_and_rows_are_told_apart():
    sop = loads(sop_text("bali"), name="bali")
    texts = public_texts(sop)
    assert texts["Nama SOP"] == sop.name
    assert sop.legal_basis[0] in texts["Dasar hukum"]
    assert sop.performers[0].name in texts["Pelaksana"]
    assert sop.steps[0].activity in texts["Langkah 1"]
    assert len(texts) == len(PLACES) + len(sop.steps)


def test_the_approver_is_named_and_their_number_stays_inside():
    sop = loads(sop_text("bali"), name="bali")
    assert sop.approved_by.nip
    assert sop.approved_by.name in public_texts(sop)["Disahkan oleh"]
    assert sop.approved_by.nip not in str(as_published(sop))
    assert [one for one in public_texts(sop).values() if sop.approved_by.nip in one] == []


def test_a_written_day_is_a_text_and_a_date_is_none():
    sop = loads(sop_text("bali"), name="bali")
    dates = replace(sop.dates, made="Maret 2021", effective=date(2021, 3, 1), revised=None)
    told = public_texts(replace(sop, dates=replace(dates, approved=None, ends=None)))
    assert told["Tanggal"] == "Maret 2021"
