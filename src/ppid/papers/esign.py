"""BSrE's eSign Client Service, versions 1 and 2, as a client of it sees it.

    v1  POST /api/sign/pdf            multipart: file, nik, passphrase, tampilan, ... -> the PDF
    v1  GET  /api/sign/download/{id}, POST /api/sign/verify, GET /api/user/status/{nik}
    v2  POST /api/v2/sign/pdf         {"nik", "passphrase", "file": [base64], "signatureProperties"}
    v2  POST /api/v2/sign/get/totp, /api/v2/verify/pdf, /api/v2/user/check/status

Known from public clients of the service, not from its own manual (docs/decisions/0112). What comes
back is data to be judged by `ppid.papers.acceptance`; nothing here takes the gateway's word for it.
"""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ppid.errors import Finding, Refused
from ppid.papers.esign_http import TRY_LATER, Answer, Gateway, ask
from ppid.papers.signing import ToSign

LONGEST_SAYING = 200
ERRORS = {
    2031: ("esign_passphrase_wrong", "Passphrase Anda salah.", "Ketik ulang passphrase BSrE Anda."),
    2011: (
        "esign_user_unknown",
        "NIK atau surel ini belum terdaftar di BSrE.",
        "Daftarkan penanda tangan lewat pengelola sertifikat instansi Anda.",
    ),
}
STATUSES = {
    "ISSUE": "",
    "EXPIRED": "Sertifikat elektronik Anda sudah habis masa berlakunya.",
    "RENEW": "Sertifikat elektronik Anda sedang menunggu pembaruan.",
    "WAITING_FOR_VERIFICATION": "Pendaftaran Anda di BSrE menunggu verifikasi.",
    "NEW": "Pendaftaran Anda di BSrE belum selesai.",
    "NO_CERTIFICATE": "Anda terdaftar di BSrE, tetapi belum mempunyai sertifikat.",
    "NOT_REGISTERED": "Anda belum terdaftar di BSrE.",
    "SUSPEND": "Sertifikat elektronik Anda sedang ditangguhkan.",
    "REVOKE": "Sertifikat elektronik Anda sudah dicabut.",
}
"""What the service calls the state of a user; empty for the one who can sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who signs at BSrE: by NIK (both versions) or by e-mail (version 2)."""

    nik: str = field(default="", repr=False)
    email: str = ""

    def as_said(self) -> dict[str, str]:
        """Return how the service is told who it is."""
        return {"nik": self.nik} if self.nik else {"email": self.email}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What the person types to sign: a passphrase, or a code (totp) of version 2."""

    passphrase: str = field(default="", repr=False)
    totp: str = field(default="", repr=False)

    def as_said(self) -> dict[str, str]:
        """Return how the service is told it."""
        return {"totp": self.totp} if self.totp else {"passphrase": self.passphrase}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A signature that the service draws: an image, or a QR of a link, at a tag or at a place.

    tag: one character that stands in the paper ("#"). Without it page, x, y, width, height count,
    in points from the lower left. A stamp that is drawn so may break PDF/A.
    """

    image: bytes = b""
    link: str = ""
    tag: str = ""
    page: int = 1
    x: int = 0
    y: int = 0
    width: int = 100
    height: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EsignSigner:
    """A signer that asks the gateway; appearance: None for an invisible signature."""

    gateway: Gateway
    user: User
    secret: Secret
    appearance: Appearance | None = None

    def sign(self, what: ToSign) -> bytes:
        """Return what the gateway gives back for the paper. Raises Refused with its own message."""
        if self.gateway.version == 1 and not (self.user.nik and self.secret.passphrase):
            text = "Gateway eSign versi 1 hanya mengenal NIK dan passphrase."
            raise Refused(Finding("esign_nik_missing", text, "nik", "Isi NIK Anda lebih dahulu."))
        known = status(self.gateway, self.user)
        if STATUSES.get(known):
            hint = "Hubungi pengelola sertifikat instansi Anda, lalu coba lagi."
            raise Refused(Finding("esign_user_cannot_sign", STATUSES[known], hint=hint))
        version = _sign_v1 if self.gateway.version == 1 else _sign_v2
        return version(self, what)


def status(gateway: Gateway, user: User) -> str:
    """Return the state of the user as the service names it ("ISSUE"). Raises Refused."""
    if gateway.version == 1:
        answer = ask(gateway, "GET", f"/api/user/status/{quote(user.nik, safe='')}")
    else:
        answer = _told(gateway, "/api/v2/user/check/status", user.as_said())
    said = _data(_good(answer)).get("status", "")
    return said.strip().upper() if isinstance(said, str) else ""


def ask_totp(gateway: Gateway, user: User, *, count: int = 1) -> None:
    """Have the service send the user a code for that many files (version 2). Raises Refused."""
    if gateway.version == 1:
        text = "Gateway eSign versi 1 tidak mengenal kode TOTP."
        raise Refused(Finding("esign_code_unknown", text, hint="Tanda tangani dengan passphrase."))
    _good(_told(gateway, "/api/v2/sign/get/totp", {**user.as_said(), "data": count}))


def verify(gateway: Gateway, pdf: bytes) -> dict[str, Any]:
    """Return what the service says of a signed file, as it says it. Raises Refused."""
    if gateway.version == 1:
        body, kind = multipart({}, {"signed_file": ("naskah.pdf", pdf)})
        answer = ask(gateway, "POST", "/api/sign/verify", body=body, kind=kind)
    else:
        said = {"file": base64.b64encode(pdf).decode()}
        answer = _told(gateway, "/api/v2/verify/pdf", said)
    return _data(_good(answer))


def download(gateway: Gateway, document: str) -> bytes:
    """Return a file that version 1 still keeps, by its `id_dokumen`. Raises Refused."""
    return _good(ask(gateway, "GET", f"/api/sign/download/{quote(document, safe='')}")).body


def _sign_v1(signer: EsignSigner, what: ToSign) -> bytes:
    fields = {"nik": signer.user.nik, "passphrase": signer.secret.passphrase}
    files = {"file": ("naskah.pdf", what.pdf)}
    fields |= {"reason": what.reason, "location": what.place} | _shown_v1(signer.appearance)
    if signer.appearance and signer.appearance.image:
        files["imageTTD"] = ("tanda-tangan.png", signer.appearance.image)
    body, kind = multipart({name: text for name, text in fields.items() if text}, files)
    answer = _good(ask(signer.gateway, "POST", "/api/sign/pdf", body=body, kind=kind))
    if answer.headers.get("content-type", "").startswith("application/json"):
        return _decoded(_data(answer).get("file"))
    return answer.body


def _shown_v1(one: Appearance | None) -> dict[str, str]:
    if one is None:
        return {"tampilan": "invisible"}
    drawn = {"image": "true"} if one.image else {"image": "false", "linkQR": one.link}
    said = {"tampilan": "visible", "width": str(one.width), "height": str(one.height), **drawn}
    if one.tag:
        return {**said, "tag_koordinat": one.tag}
    return {**said, "page": str(one.page), "xAxis": str(one.x), "yAxis": str(one.y)}


def _sign_v2(signer: EsignSigner, what: ToSign) -> bytes:
    said: dict[str, Any] = {**signer.user.as_said(), **signer.secret.as_said()}
    said["file"] = [base64.b64encode(what.pdf).decode()]
    shown = {**_shown_v2(signer.appearance), "reason": what.reason, "location": what.place}
    said["signatureProperties"] = [shown]
    files = _data(_good(_told(signer.gateway, "/api/v2/sign/pdf", said))).get("file")
    if not isinstance(files, list) or len(files) != 1:
        raise Refused(_garbled())
    return _decoded(files[0])


def _shown_v2(one: Appearance | None) -> dict[str, Any]:
    if one is None:
        return {"tampilan": "INVISIBLE"}
    said = {"tampilan": "VISIBLE", "width": one.width, "height": one.height}
    said |= {"imageBase64": base64.b64encode(one.image).decode()} if one.image else {}
    if one.tag:
        return {**said, "tag_koordinat": one.tag}
    return {**said, "page": one.page, "originX": one.x, "originY": one.y}


def _told(gateway: Gateway, path: str, said: Mapping[str, Any]) -> Answer:
    return ask(gateway, "POST", path, body=json.dumps(said).encode())


def _good(answer: Answer) -> Answer:
    """Return the answer if the service did what it was asked. Raises Refused with what it said."""
    if answer.status == 200:
        return answer
    try:
        said = _data(answer)
    except Refused:
        if answer.status >= 500:
            text = f"Gateway eSign gagal (HTTP {answer.status})."
            raise Refused(Finding("esign_failed", text, hint=TRY_LATER)) from None
        raise
    code = said.get("status_code")
    if code in ERRORS:
        name, text, hint = ERRORS[code]
        raise Refused(Finding(name, text, "passphrase" if code == 2031 else "", hint))
    text = f"BSrE menolak: {plain_saying(said.get('error'))} (kode {plain_saying(code)})."
    raise Refused(Finding("esign_refused", text, hint="Naskah belum ditandatangani."))


def plain_saying(said: object) -> str:
    """Return what a gateway said, short, on one line, without any number that may be a NIK."""
    text = re.sub(r"\d[\d .-]{14,}\d", "(nomor)", " ".join(str(said or "tanpa keterangan").split()))
    return "".join(one for one in text if one.isprintable())[:LONGEST_SAYING]


def _data(answer: Answer) -> dict[str, Any]:
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise Refused(_garbled()) from None
    if not isinstance(data, dict):
        raise Refused(_garbled())
    return data


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except (binascii.Error, ValueError):
        raise Refused(_garbled()) from None


def _garbled() -> Finding:
    text = "Jawaban gateway eSign tidak dapat dibaca; mungkin alamatnya bukan layanan eSign."
    return Finding("esign_garbled", text, hint=TRY_LATER)


def multipart(
    fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
) -> tuple[bytes, str]:
    """Return a multipart/form-data body and its content type."""
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    for name, (file_name, data) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"'
        kind = "application/pdf" if file_name.endswith(".pdf") else "image/png"
        parts.append(f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
