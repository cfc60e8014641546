"""The letters that answer a request and an objection (UU 14/2008 ps. 22 (7) and 36 (2))."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ppid.law.request_answer import Outcome
from ppid.law.workdays import ProvisionalDate
from ppid.office.actions.requests import line_on
from ppid.office.models import InformationRequest, Item
from ppid.office.queries.papers.citations import in_full
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.letterheads import signer_named
from ppid.office.queries.requests import ObjectionView, RequestPage
from ppid.papers.paper import Paper
from ppid.papers.wording import day_in_words, number

PERSONAL = "Pemohon (data pribadi tidak ditampilkan)"
CLOSING = "Demikian kami sampaikan. Atas perhatian Anda kami ucapkan terima kasih."
SUPERIOR = (
    "Bila keberatan atas jawaban ini, ajukan keberatan tertulis kepada Atasan PPID {body} dalam 30 "
    "hari kerja sesudah Anda menerimanya (UU 14/2008 Pasal 36 ayat (1)). Dihitung dari tanggal "
    "surat ini: paling lambat {until}."
)
ANSWERS = "Atasan PPID menanggapi dalam 30 hari kerja (Pasal 36 ayat (2))."
DISPUTE = (
    "Bila tanggapannya tidak memuaskan, ajukan sengketa kepada Komisi Informasi dalam 14 hari "
    "kerja sesudah menerimanya (Pasal 37 ayat (2))."
)
Section = dict[str, Any]


def answer_letter(page: RequestPage) -> Paper:
    """Return the answer as a letter. The request must have been answered.

    Source: UU 14/2008 ps. 22 (7)
    """
    asked, letter = page.asked, page.asked.answer
    refused = letter["lines"]
    heading = "Jawaban atas permintaan informasi publik"
    return Paper(
        template="surat",
        title=f"{heading} Nomor {asked.answer_number}",
        foot=f"{heading}, permintaan nomor {asked.number}",
        content=_addressed(page)
        | {
            "number": asked.answer_number,
            "attached": _attached(len(refused)),
            "subject": heading,
            "day": day_in_words(asked.answered_on),
            "opening": _opening(asked, page.outcome, letter),
            "sections": [*_given(letter), *map(_ground, refused)],
            "rights": [
                SUPERIOR.format(body=asked.body.name, until=_until(page.objection_until)),
                ANSWERS,
                DISPUTE,
            ],
            "closing": CLOSING,
            "signers": [
                signer_named(asked.body, letter["official_position"], letter["official_name"])
            ],
        },
    )


def sheets_behind(asked: InformationRequest, *, on: date) -> tuple[Paper, ...]:
    """Return the copies for the public of the sheets that the refusal rests on.

    on: today. Source: UU 14/2008 ps. 22 (7) huruf c; PP 61/2010 ps. 2
    """
    items = Item.objects.filter(pk__in=[line["item"] for line in asked.answer["lines"]])
    lines = (line_on(item, on=asked.answered_on) for item in items.order_by("public_title"))
    return tuple(sheet_of_test(line.test, on=on, public=True) for line in lines if line)


def _addressed(page: RequestPage) -> dict[str, Any]:
    asked = page.asked
    to = [asked.requester, asked.address] if page.personal else [PERSONAL]
    return {"place": asked.body.place, "to": to}


def _attached(count: int) -> str:
    return f"{number(count)} lembar pengujian konsekuensi (salinan)" if count else "Tidak ada"


def _opening(asked: InformationRequest, outcome: str, letter: dict[str, Any]) -> str:
    said = (
        f"Menjawab permintaan informasi Anda nomor {asked.number}, yang kami terima pada "
        f"{day_in_words(asked.received_on)}, tentang: {asked.subject}\n"
        f"Keputusan kami: {outcome.lower()} (UU 14/2008 Pasal 22 ayat (7))."
    )
    if asked.outcome != Outcome.NOT_HELD:
        return f"{said} Informasi itu berada di bawah penguasaan kami."
    holder = f" Informasi itu dikuasai {letter['holder']}." if letter["holder"] else ""
    return f"{said} Informasi itu tidak berada di bawah penguasaan kami.{holder}"


def _given(letter: dict[str, Any]) -> Iterable[Section]:
    if letter["given"]:
        lines = [("Cara dan format", letter["delivery"]), ("Biaya", letter["cost"] or "Tidak ada")]
        yield _section("Yang diberikan", letter["given"], lines)
    if letter["redaction"]:
        yield _section("Yang dihitamkan dan alasannya", letter["redaction"])


def _section(heading: str, text: str, lines: list[tuple[str, str]] | None = None) -> Section:
    return {"heading": heading, "text": text, "lines": lines or []}


def _ground(line: dict[str, Any]) -> Section:
    part = "Sebagian dokumen" if line["part"] == "sebagian" else "Seluruh dokumen"
    decided = day_in_words(date.fromisoformat(line["decreed_on"]))
    rows = [
        ("Alasan menurut Pasal 17", line["ground"]),
        ("Undang-Undang", "\n".join(in_full(one) for one in line["statutes"])),
        ("Yang ditutup", f"{part}, {line['term']}"),
        ("Surat penetapan", f"Nomor {line['decree']}, {decided}"),
        ("Konsekuensi bila dibuka", line["opened"]),
        ("Konsekuensi bila ditutup", line["closed"]),
        ("Kepentingan publik", line["reason"]),
    ]
    return _section(f"Dikecualikan: {line['title']}", "", [row for row in rows if row[1]])


def _until(day: ProvisionalDate) -> str:
    said = day_in_words(day.day)
    return (
        f"{said} (sementara: hari libur sesudahnya belum ditetapkan)" if day.provisional else said
    )


def objection_letter(page: RequestPage, view: ObjectionView) -> Paper:
    """Return the superior's answer to an objection as a letter. It must have been answered.

    Source: UU 14/2008 ps. 36 (2) dan (3)
    """
    one, heading = view.objection, "Tanggapan atas keberatan"
    agreed = one.outcome == "musyawarah"
    items = Item.objects.filter(pk__in=one.opened).select_related("determination")
    opened = [f"{item.public_title} (penetapan {item.determination.number})" for item in items]
    sections = [
        _section("Alasan keberatan (UU 14/2008 Pasal 35 ayat (1))", "\n".join(view.grounds)),
        _section("Tanggapan", f"{view.outcome}."),
        _section("Dibuka dan menjadi informasi publik", "\n".join(opened)),
        _section("Isi kesepakatan" if agreed else "Alasan", one.reason),
    ]
    return Paper(
        template="surat",
        title=f"{heading} Nomor {one.answer_number}",
        foot=f"{heading}, keberatan nomor {one.number}",
        content=_addressed(page)
        | {
            "number": one.answer_number,
            "attached": "Tidak ada",
            "subject": heading,
            "day": day_in_words(one.answered_on),
            "opening": f"Menanggapi keberatan Anda nomor {one.number}, yang kami terima pada "
            f"{day_in_words(one.filed_on)}, atas permintaan informasi nomor {page.asked.number}.",
            "sections": [section for section in sections if section["text"]],
            "rights": [
                f"{DISPUTE} Dihitung dari tanggal surat ini: paling lambat "
                f"{_until(view.dispute_until)}."
            ],
            "closing": CLOSING,
            "signers": [signer_named(one.body, one.official_position, one.official_name)],
        },
    )
