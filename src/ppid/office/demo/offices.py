"""The four invented offices of the demo: their agencies, their people by role, their choices."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from ppid.office.actions.bodies import add_agency, create_body
from ppid.office.actions.people import add_person, link_account, make_appointment
from ppid.office.models import Agency, Body


@dataclass(frozen=True, slots=True)
class Office:
    """One office of the demo. sop: the file's name; accounts: user-name part, role, position.

    team: the roles whose holders are its team; an office without one deliberates with nobody.
    """

    slug: str
    name: str
    place: str
    timezone: str
    unit: str
    sop: str
    accounts: tuple[tuple[str, str, str], ...]
    choices: dict[str, Any]
    team: tuple[str, ...] = ()


HEAD_CITY = ("pimpinan", "pimpinan_badan_publik", "Wali Kota")
HEAD_PROVINCE = ("pimpinan", "pimpinan_badan_publik", "Gubernur")
ADMIN = ("pengelola", "pengelola_sistem", "Pengelola sistem")
PPID = ("ppid", "ppid_utama", "Kepala Dinas Komunikasi dan Informatika selaku PPID Utama")
CLERK = ("petugas", "petugas_ppid", "Petugas PPID")
TEAM = ("tim", "tim_pertimbangan", "Anggota Tim Pertimbangan")
SUPERIOR = ("atasan", "atasan_ppid", "Sekretaris Daerah selaku Atasan PPID")

OFFICES = (
    Office(
        "bontang",
        "Pemerintah Kota Bontang",
        "Bontang",
        "Asia/Makassar",
        "Dinas Komunikasi dan Informatika",
        "bontang",
        (CLERK, PPID, TEAM, HEAD_CITY, ADMIN),
        {},
    ),
    Office(
        "kalteng",
        "Pemerintah Provinsi Kalimantan Tengah",
        "Palangka Raya",
        "Asia/Pontianak",
        "Dinas Komunikasi, Informatika, Persandian dan Statistik",
        "kalteng",
        (CLERK, PPID, TEAM, SUPERIOR, HEAD_PROVINCE, ADMIN),
        {"paper_size": "f4"},
    ),
    Office(
        "bali",
        "Pemerintah Provinsi Bali",
        "Denpasar",
        "Asia/Makassar",
        "Dinas Komunikasi, Informatika dan Statistik",
        "bali",
        (CLERK, PPID, TEAM, SUPERIOR, HEAD_PROVINCE, ADMIN),
        {"head_roles": ["pimpinan_badan_publik", "atasan_ppid"]},
        ("tim_pertimbangan", "ppid_pelaksana"),
    ),
    Office(
        "pontianak",
        "Pemerintah Kota Pontianak",
        "Pontianak",
        "Asia/Pontianak",
        "Dinas Komunikasi dan Informatika",
        "pontianak",
        (
            ("bidang", "pejabat_bidang", "Pejabat Bidang Pelayanan Informasi dan Dokumentasi"),
            PPID,
            CLERK,
            HEAD_CITY,
            ADMIN,
        ),
        {},
    ),
)
AGENCIES = (
    ("dinkes", "Dinas Kesehatan"),
    ("bkd", "Badan Kepegawaian Daerah"),
    ("inspektorat", "Inspektorat Daerah"),
    ("dinsos", "Dinas Sosial"),
)


def open_office(office: Office, *, since: date, password: str) -> tuple[Body, list[Agency]]:
    """Create the body with its agencies and people, appointed since a day."""
    at = datetime(since.year, since.month, since.day, 8).astimezone()
    body = create_body(
        office.slug,
        name=office.name,
        unit=office.unit,
        place=office.place,
        timezone=office.timezone,
        at=at,
        choices={"letterhead_lines": _address(office), **office.choices},
    )
    agencies = [add_agency(body, code=code, name=name, at=at) for code, name in AGENCIES]
    for part, role, position in office.accounts:
        _person(body, f"{part}.{office.slug}", role, position, since=since, password=password)
    for agency in agencies:
        position = f"PPID Pelaksana {agency.name}"
        name = f"{agency.code}.{office.slug}"
        _person(
            body, name, "ppid_pelaksana", position, since=since, password=password, agency=agency
        )
    return body, agencies


def _address(office: Office) -> list[str]:
    """Return the lines of a letterhead that nobody can take for a real office's."""
    return [
        f"Jalan Contoh Nomor 1, {office.place} 00000",
        f"Telepon (0000) 000000, pos-el ppid@{office.slug}.example",
    ]


def _person(
    body: Body,
    username: str,
    role: str,
    position: str,
    *,
    since: date,
    password: str,
    agency: Agency | None = None,
) -> None:
    at = datetime(since.year, since.month, since.day, 9).astimezone()
    person = add_person(body, name=f"{position} ({body.place}, contoh)", at=at)
    User.objects.create(username=username, password=password)
    link_account(person, username=username, at=at)
    make_appointment(
        person,
        role=role,
        position=position,
        agency=agency,
        starts_on=since,
        decree_number=f"800/{role}/{since.year}",
        decree_date=since,
        at=at,
    )


def hashed(password: str) -> str:
    """Return the hash that every account of the demo shares."""
    return make_password(password)
