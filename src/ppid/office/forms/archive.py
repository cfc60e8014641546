"""The form of an archive entry, with the fields of PP 28/2012 and the retention schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms

from ppid.law.archive_security import Security
from ppid.law.retention import Fate
from ppid.office.actions.archive import (
    CONDITIONS,
    DEVELOPMENTS,
    MEDIA,
    MOST_YEARS,
    UNITS,
    Record,
)
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm
from ppid.office.models import ArchiveEntry
from ppid.office.queries.places import Node

FATES = {Fate.DESTROY: "Musnah", Fate.PERMANENT: "Permanen", Fate.REAPPRAISE: "Dinilai kembali"}
ORDINARY = (
    "Bagi informasi yang dikecualikan hanya bila aturan kearsipan Anda berkata demikian "
    "(UU 43/2009 ps. 44 (2))."
)
GROUPS = (
    ("Tempat", ("place", "hard_copy", "soft_copy")),
    (
        "Uraian arsip",
        (
            *("processing_unit", "classification_code", "file_number", "item_number"),
            *("description", "period", "amount", "unit"),
            *("development", "medium", "condition"),
        ),
    ),
    ("Keamanan", ("security",)),
    ("Retensi menurut JRA", ("closed_on", "active_years", "inactive_years", "fate")),
)


def _years(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )


def _one_of(label: str, words: Sequence[str], **more: Any) -> forms.ChoiceField:
    choices = [("", "Belum dicatat"), *((one, one.capitalize()) for one in words)]
    return forms.ChoiceField(label=label, required=False, choices=choices, **more)


def _text(label: str, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


class ArchiveForm(ActForm):
    """Where the soft copy and the hard copy are, and what kind of archive it is."""

    place = forms.ChoiceField(label="Tempat hard copy", required=False)
    hard_copy = _text(
        "Keterangan tempat hard copy",
        300,
        help_text="Bila tempatnya belum ada dalam daftar. Contoh: Ruang arsip, lemari 2, laci 3.",
    )
    soft_copy = _text(
        "Tempat soft copy di luar brankas",
        300,
        help_text="Kosongkan bila soft copy ada di brankas digital.",
    )
    processing_unit = _text("Unit pengolah", 200)
    classification_code = _text("Kode klasifikasi", 60, help_text="Contoh: 400.7.22.")
    file_number = _text("Nomor berkas", 60)
    item_number = _text("Nomor item", 60)
    description = _text(
        "Uraian informasi arsip",
        500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kosong berarti sama dengan nama informasi.",
    )
    period = _text("Kurun waktu", 60, help_text="Contoh: 2024, atau 2023–2025.")
    amount = forms.IntegerField(
        label="Jumlah",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    unit = _one_of("Satuan", UNITS)
    development = _one_of("Tingkat perkembangan", DEVELOPMENTS)
    medium = _one_of("Media", MEDIA)
    condition = _one_of("Kondisi", CONDITIONS)
    security = forms.ChoiceField(
        label="Tingkat keamanan arsip",
        choices=[(one.value, one.label) for one in Security],
        initial=Security.SECRET,
        widget=forms.RadioSelect,
        help_text="Lain dari dasar pengecualian; mengikuti aturan kearsipan badan publik Anda.",
    )
    closed_on = DateBoxesField(
        label="Kegiatan selesai pada",
        required=False,
        help_text="Sejak hari ini retensi dihitung. Kosongkan selama kegiatannya berjalan.",
    )
    active_years = _years("Retensi aktif (tahun)")
    inactive_years = _years("Retensi inaktif (tahun)")
    fate = forms.ChoiceField(
        label="Nasib akhir", required=False, choices=[("", "Belum dicatat"), *FATES.items()]
    )

    def __init__(
        self,
        *args: object,
        nodes: Iterable[Node],
        entry: ArchiveEntry | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, initial=_initial(entry, kwargs.pop("initial", None)), **kwargs)
        self.fields["security"].option_hints = {Security.ORDINARY.value: ORDINARY}
        places = [(str(one.place.pk), one.path) for one in nodes]
        self.fields["place"].choices = [("", "Tidak di ruang simpan"), *places]
        if not places:
            del self.fields["place"]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in GROUPS
        ]

    def filing(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = dict(self.cleaned_data)
        values = {one.name: data.pop(one.name) for one in fields(Record) if one.name in data}
        place = values.get("place")
        return {**data, "record": Record(**{**values, "place": UUID(place) if place else None})}


def _initial(entry: ArchiveEntry | None, more: Any) -> dict[str, Any]:
    known: dict[str, Any] = dict(more or {})
    if entry is None:
        return known
    names = [name for _, group in GROUPS for name in group]
    known |= {name: getattr(entry, name) for name in names if name != "place"}
    return known | {"place": str(entry.place_id or "")}
