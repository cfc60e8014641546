"""What a step's action must have produced before its case moves on.

Data entry is lenient: a sheet may still be thin here. The law's gate stands at the determination.
"""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from ppid.errors import Finding
from ppid.office.actions.consequence_tests import newest_sheet, sheets_of
from ppid.office.models import Case, Item, ItemViews
from ppid.sop import run
from ppid.sop.definition import Action, Definition

Check = Callable[[Case, Definition, run.Task], tuple[Finding, ...]]


def items_in_work(case: Case, *, agency: str | None = None) -> QuerySet[Item]:
    """Return the items that the case still carries: refused ones have left it."""
    rows = Item.objects.filter(case=case).exclude(stage="ditolak").select_related("agency")
    return rows.filter(agency__code=agency) if agency else rows


def _collected(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    if items_in_work(case).exists():
        return ()
    return (
        Finding(
            "no_items",
            "Berkas ini belum memuat satu informasi pun.",
            hint="Tambahkan informasi yang diusulkan dikecualikan.",
        ),
    )


def _tested(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    rows = items_in_work(case, agency=task.agency).filter(consequence_tests__isnull=True)
    return tuple(
        Finding(
            "test_missing",
            "Lembar pengujian konsekuensi belum diisi.",
            place=item.title,
            hint="Isi lembar ujinya; boleh belum lengkap, asalkan sudah dimulai.",
            source="UU 14/2008 ps. 19",
        )
        for item in rows
    )


def _classified(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    findings = []
    for item, sheet in sheets_of(items_in_work(case)):
        if not sheet.ground or sheet.term is None:
            findings.append(
                Finding(
                    "classification_missing",
                    "Dasar pengecualian atau jangka waktunya belum diisi.",
                    place=item.title,
                    hint="Pilih huruf Pasal 17 dan isi jangka waktunya.",
                    source="UU 14/2008 ps. 20 (1)",
                )
            )
    return tuple(findings)


def _determined(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    left = items_in_work(case).filter(stage="usulan").exists()
    if case.determinations.exists() or (case.items.filter(stage="ditolak").exists() and not left):
        return ()
    return (
        Finding(
            "determination_missing",
            "Belum ada surat penetapan klasifikasi dalam berkas ini.",
            hint="Isi surat penetapannya pada langkah ini.",
            source="PP 61/2010 ps. 4 (1)",
        ),
    )


def _archived(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "archive_missing",
            "Tempat penyimpanan belum dicatat.",
            place=item.title,
            hint="Catat tempat soft copy dan hard copy.",
            source="UU 14/2008 ps. 8",
        )
        for item in items_in_work(case).filter(archive__isnull=True)
    )


def _approved(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "approval_missing",
            "Informasi ini belum disetujui atau ditolak.",
            place=item.title,
            hint="Putuskan setiap informasi sebelum berkas diteruskan.",
            source="PP 61/2010 ps. 3 (2)",
        )
        for item in items_in_work(case).filter(approvals__isnull=True)
    )


def _considered(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    """Return which items the team has discussed neither as they are nor since the step waits."""
    said = ItemViews.objects.filter(deliberation__case=case)
    done = set()
    said = said.select_related("deliberation", "item")
    for one in said.prefetch_related("item__consequence_tests"):
        newest = newest_sheet(one.item)
        now = (newest.pk, newest.version) if newest else ()
        if now == (one.test, one.test_version) or one.deliberation.closed_at >= task.opened_at:
            done.add(one.item_id)
    return tuple(
        Finding(
            "deliberation_missing",
            "Tim belum membahas informasi ini.",
            place=item.title,
            hint="Undang tim, lalu tutup berita acara rapatnya.",
            source="UU 14/2008 ps. 7 (4)",
        )
        for item in items_in_work(case)
        if item.pk not in done
    )


def _published(case: Case, sop: Definition, task: run.Task) -> tuple[Finding, ...]:
    if case.body.editions.filter(published_at__gte=task.opened_at).exists():
        return ()
    return (
        Finding(
            "edition_missing",
            "Edisi daftar belum diterbitkan pada langkah ini.",
            hint="Terbitkan daftar informasi yang dikecualikan.",
        ),
    )


WORK_OBSTACLES: Mapping[Action, Check] = {
    Action.COLLECT: _collected,
    Action.TEST: _tested,
    Action.CLASSIFY: _classified,
    Action.APPROVE: _approved,
    Action.CONSIDER: _considered,
    Action.DETERMINE: _determined,
    Action.ARCHIVE: _archived,
    Action.PUBLISH: _published,
}
