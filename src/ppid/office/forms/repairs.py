"""The forms of the repair desk: its filters, one defect at a time, and the ways out."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from ppid.law.consequence_test import ConsequenceTest, Part
from ppid.law.defect import Defect, DefectKind, LegacyEntry
from ppid.law.grounds import grounds
from ppid.law.repair_sheet import sheet_from, suggested_term
from ppid.law.term import describe
from ppid.office.actions.repairs import EntryOpening
from ppid.office.forms.docket import case_in_words
from ppid.office.forms.items import ItemWordsForm
from ppid.office.forms.page_form import PageForm
from ppid.office.forms.sheets import ANSWERS, SheetForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency, Case, SopVersion
from ppid.office.queries.repairs import EntryState, KindCount

SUGGESTED, LATER = "saran", "nanti"
KIND_FIELDS = {
    DefectKind.TERM: ("term_choice",),
    DefectKind.GROUND: ("ground",),
    DefectKind.MISFIT: ("ground",),
    DefectKind.ACT: ("statutes",),
    DefectKind.CITATION: ("statutes",),
    DefectKind.WHOLE: ("part", "parts"),
    DefectKind.PERSONAL: ("consent", "public_office"),
}
"""Kind of defect -> the fields of the sheet that put it right; other kinds by the place."""

CONSEQUENCES = ("consequence_if_open", "consequence_if_closed")
TEXTS = (*CONSEQUENCES, "ground", "parts")


def fields_of(defect: Defect) -> tuple[str, ...]:
    """Return the fields that put a defect right; none where writing does not help."""
    if defect.kind in (DefectKind.TEST, DefectKind.WEAK):
        return CONSEQUENCES if defect.code == "consequence_missing" else _own(defect)
    return KIND_FIELDS.get(defect.kind, ())


def _own(defect: Defect) -> tuple[str, ...]:
    return tuple(name for name in CONSEQUENCES if name == defect.finding.place)


class DeskForm(PageForm):
    """What of the desk is asked for."""

    cari = forms.CharField(label="Nomor, nama, perangkat daerah", max_length=100)
    cacat = forms.ChoiceField(label="Cacat")
    keadaan = forms.ChoiceField(label="Keadaan")

    def __init__(self, *args: object, kinds: Sequence[KindCount], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.kind.value, f"{one.kind.label} ({one.entries})") for one in kinds]
        self.fields["cacat"].choices = [("", "Semua cacat"), *named]
        states = [(state.value, state.label) for state in EntryState]
        self.fields["keadaan"].choices = [("", "Semua keadaan"), *states]
        for field in self.fields.values():
            field.required = False


class RepairStepForm(PageForm):
    """What puts one defect right: the sheet's own fields, and for the term a suggestion."""

    def __init__(
        self, *args: object, defect: Defect, old: LegacyEntry, on: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in fields_of(defect):
            self.fields[name] = (
                _term_choice(old, on=on)
                if name == "term_choice"
                else deepcopy(SheetForm.base_fields[name])
            )
        if "ground" in self.fields:
            known = [(one.code, f"{one.label}: {one.summary}") for one in grounds(on=on)]
            self.fields["ground"].choices = [("", "Belum dipilih"), *known]


def _term_choice(old: LegacyEntry, *, on: date) -> forms.ChoiceField:
    term = suggested_term(old, on=on)
    offered = [(SUGGESTED, f"Pakai saran: {describe(term)}")] if term else []
    help_text = (
        "Saran dibaca dari teks lama; periksa dahulu. Pada tanggal sesudah kata “sampai”, "
        "informasi sudah terbuka."
        if term
        else "Dari teks lama tidak terbaca jangka waktu yang dapat disarankan."
    )
    return forms.ChoiceField(
        label="Jangka waktu",
        required=False,
        widget=forms.RadioSelect,
        choices=[*offered, (LATER, "Isi sendiri di lembar uji")],
        help_text=help_text,
    )


def initial_of(old: LegacyEntry, kept: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """Return what the fields of the desk show: what was kept, else what the old text gives."""
    sheet = sheet_from(old, on=on)
    return {
        **{name: getattr(sheet, name) for name in TEXTS},
        "statutes": "\n".join(sheet.statutes),
        "part": sheet.part or "",
        **kept,
    }


def sheet_of_answers(old: LegacyEntry, kept: Mapping[str, str], *, on: date) -> ConsequenceTest:
    """Return the sheet that the old text and the officer's answers on the desk make together."""
    values = initial_of(old, kept, on=on)
    lines = (line.strip() for line in values["statutes"].splitlines())
    return replace(
        sheet_from(old, on=on),
        **{name: values[name] for name in TEXTS},
        statutes=tuple(line for line in lines if line),
        part=Part(values["part"]) if values["part"] else None,
        term=suggested_term(old, on=on) if values.get("term_choice") == SUGGESTED else None,
        consent=ANSWERS.get(values.get("consent", "")),
        public_office=ANSWERS.get(values.get("public_office", "")),
    )


class TakeUpForm(ActForm):
    """Which case an entry goes to, who holds the information, and how it is called in public."""

    agency = forms.ChoiceField(
        label="Perangkat daerah yang menguasai",
        error_messages={"required": "Pilih perangkat daerah."},
    )
    public_title = deepcopy(ItemWordsForm.base_fields["public_title"])
    into = forms.ChoiceField(label="Berkas", error_messages={"required": "Pilih berkas."})

    def __init__(
        self,
        *args: object,
        agencies: Sequence[Agency],
        into: Sequence[Case | SopVersion],
        old: LegacyEntry,
        on: date,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        if suggested_term(old, on=on):
            self.fields["term_choice"] = _term_choice(old, on=on)
        self.agencies = {str(one.pk): one for one in agencies}
        self.cases = {str(one.pk): one for one in into}
        names = [(key, one.name) for key, one in self.agencies.items()]
        self.fields["agency"].choices = [("", "Pilih perangkat daerah"), *names]
        cases = [(key, case_in_words(one)) for key, one in self.cases.items()]
        self.fields["into"].choices = [("", "Pilih berkas"), *cases]
        self.order_fields(["act", "agency", "public_title", "term_choice", "into"])

    def answers(self) -> dict[str, str]:
        """Return what is answered here and not on the walk: whether the term is taken over."""
        return {"term_choice": self.cleaned_data.get("term_choice", "")}

    def holder(self) -> Agency:
        """Return the agency that was chosen."""
        return self.agencies[self.cleaned_data["agency"]]

    def chosen(self) -> Case | SopVersion:
        """Return the case that was chosen, or the SOP by which to open one."""
        return self.cases[self.cleaned_data["into"]]


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class EntryOpeningForm(ActForm):
    """Why what an entry names is open."""

    opening = forms.ChoiceField(
        label="Mengapa terbuka",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in EntryOpening],
    )
    reason = _reason("Hanya terlihat di dalam kantor. Contoh: kontraknya selesai 2024.")


class SetAsideForm(ActForm):
    """Why an entry needs no repair."""

    reason = _reason("Contoh: sama dengan entri 12.")
