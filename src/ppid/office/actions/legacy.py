"""The list that a body had before this program: import it, and take its entries up one by one.

An imported entry is no item: nobody tested or determined it here, so it stands on no public list
and no term runs for it (docs/decisions/0075). It becomes a candidate when it is taken up in a case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.law.defect import LegacyEntry
from ppid.law.term import in_words
from ppid.office.actions.items import add_item
from ppid.office.actions.readings import record_reading
from ppid.office.authority import MAY, Authority, Right, authority_in, demand, not_authorised
from ppid.office.log import Fact, append, lock
from ppid.office.models import Agency, Body, Case, ImportedEntry, Item, ListImport
from ppid.office.writing import writing

MOST_ROWS = 5000
LONGEST_NAME = 200
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row that is to be imported. row: its number in the file. agency: ours, if it names one."""

    row: int
    entry: LegacyEntry
    agency: UUID | None = None


def importing_obstacles(authority: Authority) -> tuple[Finding, ...]:
    """Return why this person may not import a list: it is the whole body's, not one agency's."""
    if not authority.may(Right.PREPARE):
        return (not_authorised(MAY[Right.PREPARE]),)
    if authority.agencies(Right.PREPARE) is None:
        return ()
    text = "Daftar lama diimpor untuk seluruh badan publik, bukan oleh satu perangkat daerah."
    return (Finding("whole_body_only", text, hint="Kirim daftar Anda kepada petugas PPID."),)


def import_list(
    body: Body,
    *,
    name: str,
    digest: str,
    rows: Sequence[ListRow],
    by: UUID,
    at: datetime,
    act: UUID | None = None,
) -> ListImport:
    """Keep the rows of an old list, all or none, and return the import.

    name, digest: of the file. Raises BadInput (no row, too many), Refused, and Conflict for a row
    that somebody has imported since it was looked at, or a form that was sent before.
    """
    if not 0 < len(rows) <= MOST_ROWS:
        text = f"Satu impor memuat 1 sampai {MOST_ROWS} baris; ini {len(rows)}."
        raise BadInput(Finding("row_count", text, hint="Bagi daftarnya menjadi beberapa file."))
    source = uuid4()
    with writing(act=act, at=at):
        lock(body.pk)
        _demand_import(body, by=by, at=at)
        _demand_new(body, rows)
        said = {"id": str(source), "rows": len(rows)}
        kept = {"name": name[:LONGEST_NAME], "digest": digest}
        append(Fact("list.imported", said, kept), body=body.pk, by=by, at=at)
        for one in rows:
            append(_fact_of(one, source), body=body.pk, by=by, at=at)
    return ListImport.objects.get(pk=source)


def _demand_import(body: Body, *, by: UUID, at: datetime) -> None:
    if found := importing_obstacles(authority_in(body, by=by, at=at)):
        raise Refused(*found)


def _demand_new(body: Body, rows: Iterable[ListRow]) -> None:
    known = set(known_entries(body))
    if any(one.entry in known for one in rows):
        text = "Sebagian baris sudah diimpor orang lain sejak Anda memeriksanya."
        raise Conflict(Finding("rows_known", text, hint="Periksa kembali, lalu konfirmasi lagi."))


def known_entries(body: Body) -> tuple[LegacyEntry, ...]:
    """Return the old text of everything that was ever imported, set aside or not."""
    rows = ImportedEntry.objects.filter(body=body).values_list("text", flat=True)
    return tuple(LegacyEntry(**text) for text in rows)


def _fact_of(one: ListRow, source: UUID) -> Fact:
    agency = str(one.agency) if one.agency else None
    said = {"entry": str(uuid4()), "source": str(source), "row": one.row, "agency_id": agency}
    kept = {name: text for name, text in asdict(one.entry).items() if text}
    return Fact("item.imported", said, kept)


def taking_up_entry_obstacles(entry: ImportedEntry) -> tuple[Finding, ...]:
    """Return why no candidate can be made of the entry; empty when one can."""
    if entry.opened_on:
        text = f"Informasi ini sudah diputus terbuka mulai {in_words(entry.opened_on)}."
        return (Finding("entry_opened", text, source="PP 61/2010 ps. 11 (3)"),)
    if entry.set_aside:
        text = "Entri ini sudah disisihkan."
        return (Finding("entry_set_aside", text, hint="Kembalikan dahulu ke meja perbaikan."),)
    item = entry.item
    if item is None or item.stage == "ditolak":
        return ()
    return (Finding("entry_taken_up", "Entri ini sudah diambil menjadi informasi."),)


def take_up_entry(
    case: Case,
    *,
    entry: ImportedEntry,
    by: UUID,
    at: datetime,
    agency: Agency | None = None,
    public_title: str = "",
    act: UUID | None = None,
) -> Item:
    """Make a candidate of an old entry in a case and return it; its old text stays as it was.

    agency: who holds the information, where the entry's own text names none of ours. public_title:
    written anew, never taken from the old text. Raises BadInput or Refused.
    Source: UU 14/2008 ps. 19
    """
    with writing(act=act, at=at):
        lock(case.body_id)
        entry.refresh_from_db()
        holder = agency or entry.agency
        if entry.body_id != case.body_id or holder is None:
            text = "Pilih perangkat daerah yang menguasai informasi ini."
            raise BadInput(Finding("agency_missing", text, place="agency"))
        if found := taking_up_entry_obstacles(entry):
            raise Refused(*found)
        title, summary = _words(entry.legacy)
        words = {"title": title, "summary": summary, "public_title": public_title}
        item = add_item(case, agency=holder, by=by, at=at, **words)
        fact = Fact("entry.taken_up", {"entry": str(entry.pk)}, case=case.pk, item=item.pk)
        append(fact, body=case.body_id, by=by, at=at)
    entry.refresh_from_db()
    return item


def _words(old: LegacyEntry) -> tuple[str, str]:
    """Return title and summary; a title that is too long for one is kept whole in the summary."""
    title = " ".join(old.title.split())
    if len(title) <= LONGEST_TITLE:
        return title, old.summary
    cut = title[: LONGEST_TITLE - 1].rstrip() + "…"
    return cut, "\n".join(part for part in (old.title.strip(), old.summary) if part)


def set_entry_aside(entry: ImportedEntry, *, reason: str, by: UUID, at: datetime) -> None:
    """Take an entry off the repair desk, with the reason; an empty reason brings it back.

    Raises Refused, also for an entry that stands there already or is a candidate by now.
    """
    with writing():
        lock(entry.body_id)
        entry.refresh_from_db()
        _demand_entry(entry, by=by, at=at)
        reason = reason.strip()
        if reason and (found := taking_up_entry_obstacles(entry)):
            raise Refused(*found)
        if not reason and not entry.set_aside:
            raise Refused(Finding("entry_on_desk", "Entri ini ada di meja perbaikan."))
        fact = Fact("entry.set_aside", {"entry": str(entry.pk)}, {"reason": reason})
        append(fact, body=entry.body_id, by=by, at=at)
    entry.refresh_from_db()


def _demand_entry(entry: ImportedEntry, *, by: UUID, at: datetime) -> None:
    authority = authority_in(entry.body, by=by, at=at)
    demand(authority, Right.PREPARE)
    limit = authority.agencies(Right.PREPARE)
    if limit is not None and entry.agency_id not in limit:
        text = "Anda hanya menyiapkan informasi perangkat daerah Anda."
        raise Refused(Finding("other_agency", text))


def record_export(
    body: Body, *, kind: str, rows: int, by: UUID, at: datetime, items: Sequence[Item] = ()
) -> None:
    """Record that somebody took the list out of the office, and that they read these items.

    kind: "xlsx", "csv", "pdf". rows: items and old entries together. items: those of which more
    than the index stands in the file. Raises Refused for who may not read.
    Source: UU 14/2008 ps. 54
    """
    with writing():
        lock(body.pk)
        demand(authority_in(body, by=by, at=at), Right.READ)
        append(Fact("list.exported", {"format": kind, "rows": rows}), body=body.pk, by=by, at=at)
        for item in items:
            record_reading(item, by=by, at=at)
