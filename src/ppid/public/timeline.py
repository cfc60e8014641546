"""What has happened to an entry, told in order: decrees, editions, and its opening."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from ppid.public.edition import HistoryKind
from ppid.public.models import Body, Entry, EntryVersion
from ppid.public.status import Status, status

KIND_LABELS = {
    HistoryKind.DETERMINED: "Ditetapkan sebagai informasi yang dikecualikan",
    HistoryKind.CHANGED: "Pengecualian diubah",
    HistoryKind.REVIEWED: "Ditinjau ulang",
    HistoryKind.CORRECTED: "Diperbaiki",
    HistoryKind.DECLARED_OPEN: "Dinyatakan terbuka",
}
FIELD_LABELS = {
    "agency": "perangkat daerah",
    "title": "judul",
    "ground_label": "alasan hukum",
    "legal_basis": "dasar hukum",
    "reason": "alasan",
    "consequence_if_open": "konsekuensi bila dibuka",
    "consequence_if_closed": "konsekuensi bila ditutup",
    "scope": "cakupan",
    "term_text": "jangka waktu",
    "term_starts_on": "awal jangka waktu",
    "term_ends_on": "akhir jangka waktu",
    "event": "peristiwa pembuka",
    "review_on": "tanggal tinjau ulang",
    "opens_on": "tanggal terbuka",
    "opened_reason": "alasan dibuka",
    "decree_number": "nomor surat penetapan",
    "decree_date": "tanggal surat penetapan",
    "history": "riwayat",
    "opens_soon_from": "tanda segera terbuka",
}
BY_LAW = "Jangka waktu pengecualian berakhir, sehingga informasi ini terbuka."


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline; edition: the number of the edition that tells it, or 0."""

    day: date
    title: str
    text: str = ""
    edition: int = 0


def happenings(
    entry: Entry, versions: Iterable[EntryVersion], *, body: Body, on: date
) -> tuple[Happening, ...]:
    """Return what happened up to the day `on`, newest first; versions with their editions."""
    editions, history = list(_editions(versions, body)), list(_history(entry))
    told = [*_opening(entry, on), *reversed(editions), *reversed(history)]
    past = [happening for happening in told if happening.day <= on]
    return tuple(sorted(past, key=lambda happening: happening.day, reverse=True))


def changed_words(names: Iterable[str]) -> str:
    """Return the changed fields in words: "judul, jangka waktu"."""
    return ", ".join(FIELD_LABELS[name] for name in names if name in FIELD_LABELS)


def _history(entry: Entry) -> Iterator[Happening]:
    lines: list[dict[str, Any]] = entry.history
    for line in lines:
        label = KIND_LABELS[HistoryKind(line["kind"])]
        yield Happening(date.fromisoformat(line["date"]), label, line["text"])


def _editions(versions: Iterable[EntryVersion], body: Body) -> Iterator[Happening]:
    zone = ZoneInfo(body.timezone)
    for version in versions:
        day = version.edition.published_at.astimezone(zone).date()
        if version.is_new:
            yield Happening(day, "Masuk daftar ini", edition=version.edition.number)
        else:
            text = f"Yang berubah: {changed_words(version.changed)}."
            yield Happening(day, "Diperbarui", text, version.edition.number)


def _opening(entry: Entry, on: date) -> Iterator[Happening]:
    """Yield the opening, unless the history already says it of the same day."""
    if entry.open_from is None or status(entry, on=on) is not Status.OPEN:
        return
    declared = {(HistoryKind.DECLARED_OPEN, entry.open_from.isoformat())}
    if declared.isdisjoint((line["kind"], line["date"]) for line in entry.history):
        yield Happening(entry.open_from, "Terbuka", entry.opened_reason or BY_LAW)
