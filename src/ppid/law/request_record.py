"""Recording a request (permintaan Informasi Publik), and the days that its papers may bear.

Decides what a record of a request must hold and which day an act about it may be dated. Its clocks
and its extension are request's, its answer request_answer's.
"""

from dataclasses import dataclass
from datetime import date

from ppid.errors import Finding
from ppid.law.term_kinds import in_words

_RECORD = "UU 14/2008 ps. 22 (2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """What is written down of a request (pencatatan permintaan, UU 14/2008 ps. 22 (2)).

    number: the registration number. form, delivery: in which form and by which way it is wanted.
    """

    number: str = ""
    received_on: date | None = None
    requester: str = ""
    address: str = ""
    subject: str = ""
    form: str = ""
    delivery: str = ""


_NEEDED = (
    Finding(
        "request_number_missing",
        "Nomor pendaftaran permintaan belum diisi.",
        "number",
        "Beri nomor menurut buku register Anda; nomor itu diberikan kepada pemohon.",
        "UU 14/2008 ps. 22 (4)",
    ),
    Finding(
        "requester_missing",
        "Nama pemohon belum diisi.",
        "requester",
        "Tulis nama orang atau badan hukum yang meminta.",
        _RECORD,
    ),
    Finding(
        "address_missing",
        "Alamat pemohon belum diisi.",
        "address",
        "Tulis alamat tujuan jawaban.",
        _RECORD,
    ),
    Finding(
        "subject_missing",
        "Informasi yang diminta belum diuraikan.",
        "subject",
        "Tulis apa yang diminta, dengan kata-kata pemohon.",
        _RECORD,
    ),
    Finding(
        "form_missing",
        "Format informasi yang diminta belum dipilih.",
        "form",
        "Pilih format yang diminta pemohon.",
        _RECORD,
    ),
    Finding(
        "delivery_missing",
        "Cara penyampaian informasi belum dipilih.",
        "delivery",
        "Pilih cara yang diminta pemohon.",
        _RECORD,
    ),
)


def record_obstacles(record: RequestRecord, *, on: date) -> tuple[Finding, ...]:
    """Return what the record of a request lacks, and whether its day of receipt can be.

    on: today, in the body's local calendar.
    Source: UU 14/2008 ps. 22 (2).
    """
    return (
        *(each for each in _NEEDED if not getattr(record, each.place).strip()),
        *day_obstacles(record.received_on, place="received_on", on=on),
    )


def day_obstacles(
    day: date | None, *, place: str, on: date, since: date | None = None, what: str = ""
) -> tuple[Finding, ...]:
    """Return why an act may not bear a day: there is none, it has not come, or it is too early.

    place: the field that holds the day. since, what: the act before it and what that was.
    """
    if day is None:
        return (Finding("date_missing", "Tanggal belum diisi.", place, "Isi tanggalnya."),)
    if day > on:
        sentence = f"Tanggal {in_words(day)} belum tiba."
        return (Finding("date_in_future", sentence, place, "Isi tanggal yang sebenarnya."),)
    if since is not None and day < since:
        sentence = f"Tanggal {in_words(day)} mendahului {what}, {in_words(since)}."
        hint = "Periksa kedua tanggal itu, lalu isi yang benar."
        return (Finding("date_too_early", sentence, place, hint),)
    return ()
