"""What an event says, in words, for the history of a case or an item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ppid.law import term
from ppid.law.docket import Stage
from ppid.ledger.entry import Entry
from ppid.office.models import ApiToken, Event
from ppid.office.projections.happened import THROUGH
from ppid.sop.definition import Definition


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act in the history of a case or an item. about: the item it concerned, in a case."""

    at: datetime
    who: str
    what: str
    about: str = ""


WORDS = {
    "body.created": "Badan publik dibuat",
    "body.changed": "Pengaturan badan publik diubah",
    "agency.added": "Perangkat daerah ditambahkan",
    "agency.renamed": "Perangkat daerah diganti nama",
    "calendar.decreed": "Keputusan hari libur dicatat",
    "calendar.week_set": "Pekan kerja diubah",
    "calendar.recomputed": "Batas waktu dihitung ulang: {moved} bergeser",
    "person.added": "Orang ditambahkan",
    "account.linked": "Akun dihubungkan",
    "appointment.made": "Penugasan dicatat",
    "appointment.ended": "Penugasan diakhiri",
    "mandate.given": "Mandat dicatat",
    "mandate.ended": "Mandat diakhiri",
    "account.password_reset": "Kata sandi diganti pengelola",
    "account.password_chosen": "Kata sandi dipilih sendiri",
    "token.made": "Token API dibuat",
    "token.revoked": "Token API dicabut",
    "sop.adopted": "SOP diadopsi",
    "case.opened": "Berkas dimulai",
    "case.agencies_set": "Perangkat daerah peserta ditetapkan",
    "step.acted": "Langkah {row} selesai",
    "step.confirmed": "Langkah {row} dikonfirmasi",
    "step.declined": "Konfirmasi langkah {row} ditolak",
    "step.extended": "Waktu langkah {row} diperpanjang",
    "item.added": "Informasi ditambahkan",
    "item.changed": "Informasi diubah",
    "item.title_corrected": "Judul umum diralat",
    "item.taken_up": "Informasi dibawa ke berkas",
    "test.written": "Lembar uji konsekuensi ditulis",
    "approval.given": "Informasi diputus",
    "line.decided": "PPID memutus pada surat penetapan",
    "archive.filed": "Tempat arsip dicatat",
    "archive.lent": "Hard copy dipinjamkan",
    "archive.returned": "Hard copy dikembalikan",
    "place.added": "Tempat simpan ditambahkan",
    "place.renamed": "Tempat simpan diganti nama",
    "place.moved": "Tempat simpan dipindahkan",
    "place.closed": "Tempat simpan ditutup",
    "archive.held": "Penahanan dari pemusnahan dicatat",
    "archive.destroyed": "Arsip dimusnahkan menurut prosedur",
    "destruction.proposed": "Usul musnah dibuat",
    "destruction.approved": "Pemusnahan ditetapkan pimpinan",
    "destruction.withdrawn": "Usul musnah ditarik",
    "destruction.carried_out": "Berita acara pemusnahan dicatat",
    "stock.taken": "Ruang simpan diperiksa",
    "item.opened": "Informasi dinyatakan terbuka{ends}",
    "item.lapsed": "Terbuka demi hukum{ends}: tidak ada penetapan (PP 61/2010 ps. 11 (3))",
    "docket.noticed": "Pengingat kepada {told} orang: {stage}",
    "consideration.recorded": "Berita acara pertimbangan dicatat",
    "team.appointed": "Tim Pertimbangan ditetapkan",
    "deliberation.invited": "Tim Pertimbangan diundang{meeting}",
    "deliberation.held": "Berita acara pertimbangan ditutup",
    "deliberation.called_off": "Rapat Tim Pertimbangan dibatalkan",
    "determination.made": "Surat penetapan klasifikasi diterbitkan",
    "commitment.opened": "Isi yang diikrarkan dibuka bagi majelis, dengan bukti",
    "edition.published": "Edisi daftar diterbitkan",
    "edition.sent": "Edisi sampai di saluran publikasi",
    "channel.set": "Saluran publikasi diatur",
    "channel.switched": "Saluran publikasi dinyalakan atau dimatikan",
    "channel.tried": "Pengiriman ke saluran publikasi diminta",
    "request.received": "Permintaan informasi dicatat",
    "request.linked": "Diminta dalam permintaan informasi",
    "request.unlinked": "Kaitan dengan permintaan informasi dilepas",
    "request.extended": "Waktu menjawab permintaan diperpanjang",
    "request.answered": "Permintaan informasi dijawab",
    "objection.filed": "Keberatan dicatat",
    "objection.answered": "Keberatan ditanggapi",
    "dispute.registered": "Sengketa informasi dicatat",
    "dispute.decided": "Akhir sengketa informasi dicatat",
    "public_list.added": "Judul daftar informasi publik dimasukkan",
    "public_list.removed": "Judul daftar informasi publik dikeluarkan",
    "document.read": "Isi yang dikecualikan dibaca",
    "document.stored": "Soft copy disegel ke brankas",
    "document.resealed": "Soft copy disegel ulang dengan kunci baru",
    "document.redacted": "Salinan untuk umum dibuat: {count} bagian dihitamkan",
    "redaction.decided": "Salinan untuk umum diputus",
    "vault.keys_set": "Kunci brankas ditetapkan",
    "vault.checked": "Berkas tersegel dibaca sampai habis",
    "vault.damaged": "Berkas tersegel ditemukan rusak",
    "vault.check_wished": "Pemeriksaan seluruh brankas diminta",
    "bag.exported": "Diekspor sebagai bag",
    "backup.made": "Cadangan dibuat",
    "backup.restored": "Cadangan dipulihkan",
    "signing.set": "Aturan nomor dan tanda tangan naskah diubah",
    "paper.prepared": "Naskah disiapkan untuk ditandatangani",
    "paper.signed": "Naskah ditandatangani",
    "paper.withdrawn": "Naskah ditarik sebelum selesai ditandatangani",
    "list.imported": "Daftar lama diimpor",
    "item.imported": "Entri daftar lama diimpor",
    "entry.taken_up": "Diambil dari daftar lama",
    "entry.set_aside": "Entri daftar lama disisihkan atau dikembalikan",
    "entry.opened": "Entri daftar lama diputus terbuka{ends}",
    "list.exported": "Daftar diunduh",
}


def who_in_words(event: Event, names: Mapping[UUID, str]) -> str:
    """Return who acted, for whom if it was by mandate, and with which token if by the API."""
    who = names.get(event.actor, "Program") if event.actor else "Program"
    payload = Entry.from_bytes(bytes(event.entry)).payload
    acting, token = payload.get("acting", ""), payload.get(THROUGH)
    with_token = f"lewat token API {_token_name(UUID(str(token)))}" if token else ""
    return ", ".join(filter(None, (who, str(acting), with_token)))


def _token_name(token: UUID) -> str:
    name = ApiToken.objects.filter(pk=token).values_list("name", flat=True).first()
    return f"“{name}”"


def in_words(event: Event, sop: Definition | None = None) -> str:
    """Return one sentence; a step names its row, a decision its outcome, a letter its number."""
    payload = Entry.from_bytes(bytes(event.entry)).payload
    run = payload.get("run") or {}
    row = sop.step(run["step"]).row if sop and "step" in run else ""
    text = WORDS[event.kind].format(row=row, **_days(payload))
    extra = (
        run.get("outcome") or payload.get("decision") or payload.get("number") or run.get("agency")
    )
    reason = event.sealed.get("reason", {}).get("value", "")
    tail = f": {extra}" if extra and event.kind != "case.opened" else ""
    return f"{text}{tail}" + (f". Alasan: {reason}" if reason else "")


def _days(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event says of days: since when it is open, who was told, when they meet."""
    day, meeting = payload.get("opened_on"), payload.get("held_on")
    return {
        "ends": f" mulai {term.in_words(date.fromisoformat(day))}" if day else "",
        "stage": Stage(payload["stage"]).label if "stage" in payload else "",
        "told": len(payload.get("told", ())),
        "moved": payload.get("moved", 0),
        "count": payload.get("count", 0),
        "meeting": f" untuk {term.in_words(date.fromisoformat(meeting))}" if meeting else "",
    }
