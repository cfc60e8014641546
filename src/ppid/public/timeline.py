"""What has happened to an entry, told in order: decrees, editions, and its opening."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ppid.public.edition import HistoryKind
from ppid.public.models import Body
from ppid.public.status import Status, status

KIND_LABELS = {
    HistoryKind.DETERMINED: _("Ditetapkan sebagai informasi yang dikecualikan"),
    HistoryKind.CHANGED: _("Pengecualian diubah"),
    HistoryKind.REVIEWED: _("Ditinjau ulang"),
    HistoryKind.CORRECTED: _("Diperbaiki"),
    HistoryKind.DECLARED_OPEN: _("Dinyatakan terbuka"),
}
FIELD_LABELS = {
    "agency": _("perangkat daerah"),
    "title": _("judul"),
    "ground_label": _("alasan hukum"),
    "legal_basis": _("dasar hukum"),
    "reason": _("alasan"),
    "consequence_if_open": _("konsekuensi bila dibuka"),
    "consequence_if_closed": _("konsekuensi bila ditutup"),
    "scope": _("cakupan"),
    "term_text": _("jangka waktu"),
    "term_starts_on": _("awal jangka waktu"),
    "term_ends_on": _("akhir jangka waktu"),
    "event": _("peristiwa pembuka"),
    "review_on": _("tanggal tinjau ulang"),
    "opens_on": _("tanggal terbuka"),
    "opened_reason": _("alasan dibuka"),
    "decree_number": _("nomor surat penetapan"),
    "decree_date": _("tanggal surat penetapan"),
    "history": _("riwayat"),
    "opens_soon_from": _("tanda segera terbuka"),
}
BY_LAW = _("Jangka waktu pengecualian berakhir, sehingga informasi ini terbuka.")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline; edition: the number of the edition that tells it, or 0.

    is_data: whether the text is the body's own and not of this page's language.
    """

    day: date
    title: str
    text: str = ""
    edition: int = 0
    is_data: bool = False


def happenings(
    entry: Any, versions: Iterable[Any], *, body: Body, on: date
) -> tuple[Happening, ...]:
    """Return what happened up to the day `on`, newest first; versions: rows.TOLD of each."""
    editions, history = list(_editions(versions, body)), list(_history(entry))
    told = [*_opening(entry, on), *reversed(editions), *reversed(history)]
    past = [happening for happening in told if happening.day <= on]
    return tuple(sorted(past, key=lambda happening: happening.day, reverse=True))


def changed_words(names: Iterable[str]) -> str:
    """Return the changed fields in words: "judul, jangka waktu"."""
    return ", ".join(str(FIELD_LABELS[name]) for name in names if name in FIELD_LABELS)


def _history(entry: Any) -> Iterator[Happening]:
    lines: list[dict[str, Any]] = entry.history
    for line in lines:
        label = KIND_LABELS[HistoryKind(line["kind"])]
        yield Happening(date.fromisoformat(line["date"]), str(label), line["text"], is_data=True)


def _editions(versions: Iterable[Any], body: Body) -> Iterator[Happening]:
    zone = ZoneInfo(body.timezone)
    for version in versions:
        day = version.published_at.astimezone(zone).date()
        if version.is_new:
            yield Happening(day, gettext("Masuk daftar ini"), edition=version.number)
        else:
            text = gettext("Yang berubah: %(fields)s.") % {"fields": changed_words(version.changed)}
            yield Happening(day, gettext("Diperbarui"), text, version.number)


def _opening(entry: Any, on: date) -> Iterator[Happening]:
    """Yield the opening, unless the history already says it of the same day."""
    if entry.open_from is None or status(entry, on=on) is not Status.OPEN:
        return
    declared = {(HistoryKind.DECLARED_OPEN, entry.open_from.isoformat())}
    if declared.isdisjoint((line["kind"], line["date"]) for line in entry.history):
        reason = entry.opened_reason
        told = reason or str(BY_LAW)
        yield Happening(entry.open_from, gettext("Terbuka"), told, is_data=bool(reason))
