"""The kinds of publication channel, what each asks for, and what is wrong with an answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from ppid.errors import Finding

LONGEST, LONGEST_KEY = 500, 10_000
LEAST_SIGNING_KEY = 16


class ChannelKind(StrEnum):
    """The ways in which the list leaves besides the site; values name their modules."""

    FOLDER = "folder"
    S3 = "s3"
    SFTP = "sftp"
    CKAN = "ckan"
    WORDPRESS = "wordpress"
    WEBHOOK = "webhook"

    @property
    def label(self) -> str:
        """Return the kind as people call it."""
        return LABELS[self]

    @property
    def told(self) -> str:
        """Return in a sentence what such a channel does."""
        return TOLD[self]


LABELS = {
    ChannelKind.FOLDER: "Folder",
    ChannelKind.S3: "Penyimpanan S3",
    ChannelKind.SFTP: "SFTP",
    ChannelKind.CKAN: "Portal data CKAN",
    ChannelKind.WORDPRESS: "WordPress",
    ChannelKind.WEBHOOK: "Webhook",
}
TOLD = {
    ChannelKind.FOLDER: "Berkas daftar ditulis ke sebuah folder, misalnya folder situs web.",
    ChannelKind.S3: "Berkas daftar diunggah ke wadah S3 atau layanan yang serupa.",
    ChannelKind.SFTP: "Berkas daftar diunggah ke server lain lewat SFTP.",
    ChannelKind.CKAN: "Sebuah dataset dengan berkas daftar dibuat dan diperbarui.",
    ChannelKind.WORDPRESS: "Sebuah halaman atau pos dengan tabel daftar dibuat dan diperbarui.",
    ChannelKind.WEBHOOK: "Program lain diberi tahu bahwa ada edisi baru, dengan tanda tangan HMAC.",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a kind of channel asks for. fits: whether an answer can be used.

    hint: how it is written. names_place: a secret may go only where it was given for, so whoever
    changes this has to give the secrets anew.
    """

    name: str
    label: str
    hint: str
    fits: Callable[[str], bool]
    secret: bool = False
    required: bool = True
    lines: bool = False
    names_place: bool = False
    choices: tuple[tuple[str, str], ...] = ()


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text, flags=re.ASCII) is not None


def _one_line(text: str) -> bool:
    return text.isprintable() and len(text) <= LONGEST


def _is_web(text: str) -> bool:
    """Return whether it is an https address, or an http one of this very machine."""
    try:
        parts = urlsplit(text)
        whole = not (parts.query or parts.fragment or parts.username or parts.password)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    plain = parts.scheme == "http" and _is_here(parts.hostname or "")
    return (
        whole
        and known
        and _one_line(text)
        and " " not in text
        and (parts.scheme == "https" or plain)
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_folder(text: str) -> bool:
    """Return whether it is a whole path, outside the data of this program."""
    path = Path(text)
    if not path.is_absolute() or not _one_line(text):
        return False
    return not path.resolve().is_relative_to(settings.DATA.resolve())


def _is_private_key(text: str) -> bool:
    return text.startswith("-----BEGIN ") and "PRIVATE KEY-----" in text and len(text) < LONGEST_KEY


PATH = r"(?!.*\.\.)[A-Za-z0-9._/-]{0,200}"
WEB = "Mulai dengan https://, tanpa tanda tanya dan tanpa nama pengguna."
ADDRESS = Field("address", "Alamat", WEB, _is_web, names_place=True)
FIELDS: dict[ChannelKind, tuple[Field, ...]] = {
    ChannelKind.FOLDER: (
        Field(
            "folder",
            "Folder",
            "Letak lengkap folder yang sudah ada di server, misalnya /srv/situs/dik.",
            _is_folder,
        ),
    ),
    ChannelKind.S3: (
        Field("address", "Alamat layanan", WEB, _is_web, names_place=True),
        Field(
            "bucket",
            "Nama wadah (bucket)",
            "Huruf kecil, angka, titik, dan tanda hubung.",
            _like(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
        ),
        Field(
            "prefix",
            "Awalan",
            "Boleh kosong. Misalnya ppid/dik.",
            _like(PATH),
            required=False,
        ),
        Field("region", "Wilayah", "Misalnya us-east-1.", _like(r"[A-Za-z0-9-]{1,40}")),
        Field("key_id", "Access key ID", "Diberikan pengelola layanan.", _like(r"[!-~]{1,200}")),
        Field(
            "secret_key",
            "Secret access key",
            "Diberikan bersama access key ID.",
            _like(r"[!-~]{1,200}"),
            secret=True,
        ),
    ),
    ChannelKind.SFTP: (
        Field(
            "host",
            "Server",
            "Nama server, dengan :port bila bukan 22.",
            _like(r"[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?"),
            names_place=True,
        ),
        Field(
            "fingerprint",
            "Sidik kunci server",
            "Minta kepada pengelola server; mulai dengan SHA256:.",
            _like(r"SHA256:[A-Za-z0-9+/]{43}"),
            names_place=True,
        ),
        Field("user", "Nama pengguna", "", _like(r"[A-Za-z0-9._@-]{1,100}")),
        Field("folder", "Folder", "Folder yang sudah ada di server itu.", _like(PATH)),
        Field(
            "private_key",
            "Kunci privat",
            "Tempel seluruh kunci OpenSSH tanpa kata sandi, atau isi kata sandi di bawah.",
            _is_private_key,
            secret=True,
            required=False,
            lines=True,
        ),
        Field(
            "password",
            "Kata sandi",
            "Kosongkan bila memakai kunci privat.",
            _one_line,
            secret=True,
            required=False,
        ),
    ),
    ChannelKind.CKAN: (
        Field("address", "Alamat portal", WEB, _is_web, names_place=True),
        Field(
            "dataset",
            "Nama dataset",
            "Huruf kecil, angka, - dan _. Dataset dengan nama ini dibuat bila belum ada.",
            _like(r"[a-z0-9_-]{2,100}"),
        ),
        Field(
            "organisation",
            "Organisasi",
            "Nama organisasi di portal itu, misalnya diskominfo.",
            _like(r"[a-z0-9_-]{2,100}"),
        ),
        Field(
            "token",
            "Token API",
            "Dibuat pada profil Anda di portal.",
            _like(r"[!-~]{8,400}"),
            secret=True,
        ),
    ),
    ChannelKind.WORDPRESS: (
        Field("address", "Alamat situs", WEB, _is_web, names_place=True),
        Field(
            "type",
            "Jenis",
            "Halaman tetap di tempatnya; pos muncul dalam daftar berita.",
            _like("pages|posts"),
            choices=(("pages", "Halaman"), ("posts", "Pos")),
        ),
        Field(
            "slug",
            "Nama dalam alamat",
            "Huruf kecil, angka, dan tanda hubung, misalnya informasi-dikecualikan.",
            _like(r"[a-z0-9-]{2,100}"),
        ),
        Field("user", "Nama pengguna", "Pengguna yang boleh menerbitkan.", _like(r"[^:\s]{1,100}")),
        Field(
            "password",
            "Sandi aplikasi",
            "Dibuat pada profil pengguna WordPress, bukan kata sandi masuknya.",
            _one_line,
            secret=True,
        ),
    ),
    ChannelKind.WEBHOOK: (
        ADDRESS,
        Field(
            "key",
            "Kunci tanda tangan",
            f"Paling sedikit {LEAST_SIGNING_KEY} karakter acak, sama dengan yang dipasang pada "
            "penerima.",
            lambda text: _one_line(text) and len(text) >= LEAST_SIGNING_KEY,
            secret=True,
        ),
    ),
}


def plain_and_secret(
    kind: ChannelKind, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was given for a kind in two parts: what may be shown, and what never is."""
    parts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for field in FIELDS[kind]:
        parts[field.secret][field.name] = given.get(field.name, "").strip()
    return parts


def field_findings(kind: ChannelKind, given: Mapping[str, str]) -> list[Finding]:
    """Return what is wrong with what was given for a kind, or is missing."""
    found = []
    for field in FIELDS[kind]:
        text = given.get(field.name, "").strip()
        if (field.required or text) and not field.fits(text):
            said = f"{field.label} tidak dapat dipakai." if text else f"Isi “{field.label}”."
            found.append(Finding("channel_field_invalid", said, field.name, field.hint))
    if kind is ChannelKind.SFTP and not (given.get("private_key") or given.get("password")):
        text = "Isi kunci privat atau kata sandi."
        found.append(Finding("channel_field_invalid", text, "private_key"))
    return found
