"""Requests, answers and objections for the tests: plain functions over the actions."""

from dataclasses import replace
from datetime import datetime, time

from office.offices import ROLES, office, register_item, who
from ppid.law.objection import ObjectionOutcome
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Outcome
from ppid.law.request_record import RequestRecord
from ppid.office.actions.answers import AnswerLetter, answer_request
from ppid.office.actions.objections import (
    FiledObjection,
    ObjectionLetter,
    answer_objection,
    file_objection,
)
from ppid.office.actions.requests import link_item, record_request

PERSON = "Pemohon Rahasia"
ADDRESS = "Jalan Tersembunyi 7"


def asked_office(**more):
    """Return an office whose PPID has a superior."""
    return office(roles=(*ROLES, "atasan_ppid"), **more)


def to(walk, day):
    """Let it be nine in the morning of a day."""
    walk.now = datetime.combine(day, time(9), tzinfo=walk.body.zone)


def record(walk, **values):
    """Return a whole record of today."""
    made = RequestRecord(
        number="001/PI/2026",
        received_on=walk.today,
        requester=PERSON,
        address=ADDRESS,
        subject="Rekam medis tahun 2025",
        form="Salinan elektronik",
        delivery="Surat elektronik",
    )
    return replace(made, **values)


def received(walk, *, by="petugas_ppid", **values):
    """Return a request received today."""
    return record_request(
        walk.body, record=record(walk, **values), by=who(walk, by), at=walk.tick(minutes=1)
    )


def linked(walk, asked, item):
    """Link an item to the request."""
    link_item(asked, item=item, by=who(walk, "petugas_ppid"), at=walk.tick(minutes=1))


def refused_request(walk, **values):
    """Return a request for an exempt item, refused in part, and the item."""
    item = register_item(walk, **values)
    asked = received(walk)
    linked(walk, asked, item)
    answered(walk, asked)
    asked.refresh_from_db()
    return asked, item


def letter(walk, **values):
    """Return a whole answer of today that gives a part."""
    made = AnswerLetter(
        number="480/1/2026",
        answered_on=walk.today,
        outcome=Outcome.PART,
        given="Rekapitulasi per kecamatan",
        redaction="Nama dan diagnosis pada setiap halaman",
        delivery="Salinan elektronik lewat surat elektronik",
    )
    return replace(made, **values)


def answered(walk, asked, *, by="ppid_utama", act=None, **values):
    """Answer the request today."""
    answer_request(
        asked, letter=letter(walk, **values), by=who(walk, by), at=walk.tick(minutes=1), act=act
    )


def objected(walk, asked, *, by="petugas_ppid", **values):
    """Return an objection of today to a refusal that was found today."""
    filed = FiledObjection(
        number="001/KB/2026",
        filed_on=walk.today,
        found_on=walk.today,
        grounds=(ObjectionGround.EXEMPT,),
        statement="Data agregat tidak cukup",
    )
    filed = replace(filed, **values)
    return file_objection(asked, filed=filed, by=who(walk, by), at=walk.tick(minutes=1))


def responded(walk, objection, *items, by="atasan_ppid", **values):
    """Answer the objection today: granted, opening the items."""
    given = ObjectionLetter(
        number="480/2/Setda/2026",
        answered_on=walk.today,
        outcome=ObjectionOutcome.GRANTED,
        items=frozenset(item.pk for item in items),
    )
    given = replace(given, **values)
    answer_objection(objection, letter=given, by=who(walk, by), at=walk.tick(minutes=1))
