"""Whether the databases are there, are ours, and stand at the version of this program.

Every command that needs data asks here first, so that a wrong folder, a file of another program or
a database of a newer version is one sentence with what to do, before anything is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ppid.errors import BadInput, Finding

OURS = frozenset({"office", "public"})
NAMES = {True: "Basis data umum", False: "Basis data kantor"}


@contextmanager
def data_errors() -> Iterator[None]:
    """Turn what the disk or a database refuses into BadInput `data_unusable`."""
    try:
        yield
    except (OSError, DatabaseError) as error:
        raise BadInput(
            Finding(
                "data_unusable",
                f"Data tidak dapat dibuka atau ditulis: {first_line(error)}.",
                place=str(settings.DATA),
                hint="Periksa PPID_DATA, izin folder, dan sisa ruang disk.",
            )
        ) from error


def first_line(error: Exception) -> str:
    """Return the first line of what an error says."""
    return str(error).strip().split("\n", 1)[0].rstrip(".")


def demand_ready(*aliases: str) -> None:
    """Raise BadInput with everything that is wrong with the databases."""
    findings = [finding for alias in aliases for finding in database_findings(alias)]
    connections.close_all()
    if findings:
        raise BadInput(*findings)


def demand_ours(*aliases: str) -> None:
    """Raise BadInput for databases that may not be migrated; none, empty or old ones may."""
    findings = [
        finding
        for alias in aliases
        for finding in database_findings(alias)
        if finding.code not in ("database_missing", "database_old")
    ]
    if findings:
        raise BadInput(*findings)


def database_findings(alias: str) -> tuple[Finding, ...]:
    """Return what is wrong with a database; a missing file is not made by asking."""
    name = NAMES[alias == settings.PUBLIC_DATABASE]
    place = _place(alias)
    if connections[alias].vendor == "sqlite" and not Path(place).exists():
        return (_missing(name, place),)
    try:
        return _state(alias, name, place)
    except DatabaseError as error:
        text = f"{name} tidak dapat dibuka: {first_line(error)}."
        hint = "Periksa PPID_DATA, atau PPID_DATABASE_URL dan PPID_PUBLIC_DATABASE_URL."
        return (Finding("database_unreadable", text, place=place, hint=hint),)


def _place(alias: str) -> str:
    """Return where the database is: a file, or the name on its server."""
    return str(connections[alias].settings_dict["NAME"]).removeprefix("file:").split("?")[0]


def _state(alias: str, name: str, place: str) -> tuple[Finding, ...]:
    loader = MigrationLoader(connections[alias])
    applied = set(loader.applied_migrations)
    apps = {app for app, _ in applied}
    if not OURS & apps:
        tables = set(connections[alias].introspection.table_names())
        if not apps and tables <= {MigrationRecorder.Migration._meta.db_table}:
            return (_missing(name, place),)
        # a migration that broke off at once leaves tables of Django's own and no others
        strange = not apps or apps - loader.migrated_apps
        return (_foreign(name, place) if strange else _old(name, place),)
    unknown = {one for one in applied if one[0] in loader.migrated_apps} - set(loader.graph.nodes)
    if unknown:
        return (_newer(name, place),)
    wanted = {one for one in loader.graph.nodes if router.allow_migrate(alias, one[0])}
    return () if wanted <= applied else (_old(name, place),)


def _missing(name: str, place: str) -> Finding:
    hint = "Jalankan ppid migrate untuk menyiapkannya, atau ppid demo untuk data contoh."
    return Finding("database_missing", f"{name} belum ada.", place=place, hint=hint)


def _old(name: str, place: str) -> Finding:
    text = f"{name} berasal dari versi program yang lebih lama, atau belum selesai disiapkan."
    hint = "Buat cadangan, lalu jalankan ppid migrate."
    return Finding("database_old", text, place=place, hint=hint)


def _newer(name: str, place: str) -> Finding:
    text = f"{name} berasal dari versi program yang lebih baru daripada program ini."
    hint = "Pasang versi program yang sama atau lebih baru; data tidak diubah."
    return Finding("database_newer", text, place=place, hint=hint)


def _foreign(name: str, place: str) -> Finding:
    text = f"{name} berisi tabel program lain."
    hint = "Pakai PPID_DATA atau basis data yang kosong; data itu tidak diubah."
    return Finding("database_foreign", text, place=place, hint=hint)
