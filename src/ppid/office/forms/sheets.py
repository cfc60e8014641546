"""The form of the consequence-test sheet: every field of the law's, lenient while it grows."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ppid.errors import BadInput
from ppid.law.consequence_test import (
    ConsequenceTest,
    MemoHarm,
    Moment,
    Part,
    Participant,
)
from ppid.law.grounds import Ground, NeverExempt
from ppid.law.term import ActTerm, DateTerm, EventTerm, PeriodTerm, Term
from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.steps import ActForm

TERM_KINDS = (
    ("", "Belum ditentukan"),
    ("date", "Sampai tanggal tertentu"),
    ("period", "Selama waktu tertentu sejak tanggal mulai"),
    ("event", "Sampai suatu peristiwa, dengan tanggal tinjau ulang"),
    ("act", "Menurut undang-undang yang dikutip, dengan tanggal tinjau ulang"),
)
YES_NO = (("", "Belum dijawab"), ("ya", "Ya"), ("tidak", "Tidak"))
PUBLISHABLE_CHOICES = (
    ("reason", "Pertimbangan kepentingan publik, sebagai alasan"),
    ("consequence_if_open", "Konsekuensi bila dibuka"),
    ("consequence_if_closed", "Konsekuensi bila ditutup"),
)
MOMENTS = (
    ("", "Belum dipilih"),
    (Moment.BEFORE_REQUEST, "Sebelum ada permintaan"),
    (Moment.ON_REQUEST, "Atas permintaan informasi"),
    (Moment.ORDERED, "Atas perintah Majelis Komisioner"),
)
PARTS = (("", "Belum dipilih"), (Part.PART, "Sebagian"), (Part.WHOLE, "Seluruhnya"))
HARMS = (
    (MemoHarm.FRANKNESS, "Mengurangi kejujuran dan kebebasan berpendapat dalam usulan"),
    (MemoHarm.PREMATURE, "Menggagalkan kebijakan karena diungkap terlalu dini"),
    (MemoHarm.NEGOTIATION, "Mengganggu keberhasilan perundingan"),
)
ANSWERS = {"ya": True, "tidak": False}


def _area(label: str, help_text: str, *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _amount(label: str, *, largest: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=largest,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )


class SheetForm(ActForm):
    """The sheet. Nothing is required here: only the determination demands it whole."""

    document = forms.CharField(
        label="Dokumen yang memuat informasi",
        required=False,
        max_length=500,
        help_text="Perki 1/2021 ps. 49 (2) a. Contoh: Berkas rekam medis, Puskesmas, 2024–2026.",
    )
    information = _area(
        "Informasi yang dikecualikan, jelas dan terang",
        "Perki 1/2021 ps. 49 (2) b. Sebut bagian mana, bukan “seluruh dokumen”.",
    )
    ground = forms.ChoiceField(
        label="Dasar pengecualian (Pasal 17)", required=False, help_text="UU 14/2008 ps. 17"
    )
    statutes = _area(
        "Undang-Undang yang menjadi dasar, pasal demi pasal",
        "Satu baris satu pasal. Contoh: UU 14/2008 ps. 17 huruf h angka 2. "
        "Huruf j hanya dapat bersandar pada Undang-Undang.",
        rows=3,
    )
    consequence_if_open = _area(
        "Konsekuensi bila dibuka",
        "UU 14/2008 ps. 19. Siapa dirugikan, bagaimana, dan mengapa karena informasi ini.",
    )
    consequence_if_closed = _area(
        "Konsekuensi bila ditutup",
        "UU 14/2008 ps. 2 (4). Apa yang terlindungi, dan apa yang tetap dapat diketahui publik.",
    )
    public_interest = _area(
        "Pertimbangan kepentingan publik",
        "UU 14/2008 ps. 2 (4). Mengapa menutup melindungi kepentingan yang lebih besar.",
    )
    part = forms.ChoiceField(
        label="Yang ditutup",
        choices=PARTS,
        required=False,
        help_text="UU 14/2008 ps. 22 (7) e. Seluruh dokumen tidak ditutup karena sebagian isinya.",
    )
    parts = _area("Bagian yang ditutup", "Halaman, alinea, atau kolom yang dihitamkan.", rows=2)
    reason_whole = _area(
        "Mengapa tidak ada bagian yang dapat diberikan", "Hanya bila ditutup seluruhnya.", rows=2
    )
    term_kind = forms.ChoiceField(
        label="Jangka waktu pengecualian",
        choices=TERM_KINDS,
        required=False,
        help_text="PP 61/2010 ps. 4 (2) d dan ps. 5–9",
    )
    starts_on = DateBoxesField(label="Mulai", required=False)
    ends_on = DateBoxesField(
        label="Berakhir",
        required=False,
        help_text="Pada hari ini informasi sudah terbuka; tertutup sampai sehari sebelumnya.",
    )
    years = _amount("Tahun", largest=100)
    months = _amount("Bulan", largest=1200)
    event = forms.CharField(
        label="Peristiwa yang mengakhiri",
        required=False,
        max_length=300,
        help_text="Contoh: putusan pengadilan berkekuatan hukum tetap.",
    )
    act_cited = forms.CharField(
        label="Undang-Undang yang menentukan jangka waktu", required=False, max_length=200
    )
    review_on = DateBoxesField(label="Tinjau ulang berikutnya", required=False)
    moment = forms.ChoiceField(
        label="Saat pengujian",
        choices=MOMENTS,
        required=False,
        help_text="Perki 1/2021 ps. 49 (1)",
    )
    tested_on = DateBoxesField(label="Tanggal pengujian", required=False)
    place = forms.CharField(label="Tempat pengujian", required=False, max_length=200)
    participants = _area("Peserta pengujian", "Satu orang satu baris: nama; jabatan.", rows=4)
    consent = forms.ChoiceField(
        label="Pihak yang bersangkutan memberi persetujuan tertulis",
        choices=YES_NO,
        required=False,
        help_text="Hanya huruf g dan h. UU 14/2008 ps. 18 (2) a",
    )
    public_office = forms.ChoiceField(
        label="Berkaitan dengan posisi seseorang dalam jabatan publik",
        choices=YES_NO,
        required=False,
        help_text="Hanya huruf g dan h. UU 14/2008 ps. 18 (2) b",
    )
    memo_harms = forms.MultipleChoiceField(
        label="Kerugian bila memorandum dibuka",
        choices=HARMS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya huruf i. Penjelasan UU 14/2008 ps. 17 huruf i",
    )
    publishable = forms.MultipleChoiceField(
        label="Boleh ikut diumumkan dalam daftar",
        choices=PUBLISHABLE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Centang hanya bila kalimatnya tidak membuka isi yang dikecualikan.",
    )

    def __init__(
        self,
        *args: object,
        grounds: tuple[Ground, ...],
        never_exempt: tuple[NeverExempt, ...],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = [(one.code, f"{one.label}: {one.summary}") for one in grounds]
        self.fields["ground"].choices = [("", "Belum dipilih"), *labels]
        self.never = never_exempt
        for one in never_exempt:
            self.fields[never_field(one.code)] = forms.ChoiceField(
                label=one.text, choices=YES_NO, required=False
            )

    @property
    def never_fields(self) -> list[forms.BoundField]:
        """Return the fields of the never-exempt checklist (Pasal 18 (1))."""
        return [self[never_field(one.code)] for one in self.never]

    def clean(self) -> dict[str, Any]:
        """Build the sheet, so that a term that cannot be read is told at its place."""
        cleaned = super().clean()
        for name, text in () if self.errors else _half_term(cleaned):
            self.add_error(name, text)
        if self.errors:
            return cleaned
        try:
            cleaned["sheet"] = self._sheet(cleaned)
        except BadInput as error:
            raise ValidationError([one.message for one in error.findings]) from error
        return cleaned

    def _sheet(self, data: dict[str, Any]) -> ConsequenceTest:
        answers = {one.code: data[never_field(one.code)] for one in self.never}
        return ConsequenceTest(
            **{name: data[name].strip() for name in TEXT_FIELDS},
            statutes=_lines(data["statutes"]),
            part=Part(data["part"]) if data["part"] else None,
            term=_term(data),
            moment=Moment(data["moment"]) if data["moment"] else None,
            tested_on=data["tested_on"],
            participants=_participants(data["participants"]),
            never_exempt_checked={
                code: ANSWERS[answer] for code, answer in answers.items() if answer
            },
            consent=ANSWERS.get(data["consent"]),
            public_office=ANSWERS.get(data["public_office"]),
            memo_harms=tuple(MemoHarm(one) for one in data["memo_harms"]),
        )


TEXT_FIELDS = (
    "document",
    "information",
    "ground",
    "consequence_if_open",
    "consequence_if_closed",
    "public_interest",
    "parts",
    "reason_whole",
    "place",
)


def never_field(code: str) -> str:
    """Return the name of the form field of a never-exempt kind."""
    return "never_" + code.replace(".", "_").replace(" ", "_").replace("(", "").replace(")", "")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _participants(text: str) -> tuple[Participant, ...]:
    people = []
    for line in _lines(text):
        name, _, position = line.partition(";")
        people.append(Participant(name.strip(), position.strip()))
    return tuple(people)


HALF_TERM = "{} Atau pilih “Belum ditentukan”."


def _half_term(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a chosen kind of term still needs: half a term cannot be kept, nor be lost."""
    kind = data["term_kind"]
    if kind and data["starts_on"] is None:
        yield "starts_on", HALF_TERM.format("Isi hari mulai jangka waktunya.")
    if kind == "date" and data["ends_on"] is None:
        yield "ends_on", HALF_TERM.format("Isi hari berakhirnya.")
    if kind == "period" and not (data["years"] or data["months"]):
        yield "years", HALF_TERM.format("Isi lamanya dalam tahun, bulan, atau keduanya.")


def _term(data: dict[str, Any]) -> Term | None:
    kind, start = data["term_kind"], data["starts_on"]
    if not kind:
        return None
    if kind == "date":
        return DateTerm(start, data["ends_on"])
    if kind == "period":
        return PeriodTerm(start, years=data["years"] or 0, months=data["months"] or 0)
    if kind == "event":
        return EventTerm(start, data["event"], data["review_on"])
    return ActTerm(start, data["act_cited"], data["review_on"], data["ends_on"])


def initial_of(sheet: ConsequenceTest, publishable: list[str]) -> dict[str, Any]:
    """Return the sheet as the initial values of its form."""
    yes_no = {True: "ya", False: "tidak", None: ""}
    never = {
        never_field(code): yes_no[answer] for code, answer in sheet.never_exempt_checked.items()
    }
    return {
        **{name: getattr(sheet, name) for name in TEXT_FIELDS},
        **never,
        **_initial_term(sheet.term),
        "statutes": "\n".join(sheet.statutes),
        "part": sheet.part or "",
        "moment": sheet.moment or "",
        "tested_on": sheet.tested_on,
        "participants": "\n".join(f"{one.name}; {one.position}" for one in sheet.participants),
        "consent": yes_no[sheet.consent],
        "public_office": yes_no[sheet.public_office],
        "memo_harms": list(sheet.memo_harms),
        "publishable": publishable,
    }


def _initial_term(term: Term | None) -> dict[str, Any]:
    match term:
        case DateTerm():
            return {"term_kind": "date", "starts_on": term.starts_on, "ends_on": term.ends_on}
        case PeriodTerm():
            period = {"years": term.years, "months": term.months}
            return {"term_kind": "period", "starts_on": term.starts_on, **period}
        case EventTerm():
            event = {"event": term.event, "review_on": term.review_on}
            return {"term_kind": "event", "starts_on": term.starts_on, **event}
        case ActTerm():
            act = {"act_cited": term.act, "review_on": term.review_on, "ends_on": term.ends_on}
            return {"term_kind": "act", "starts_on": term.starts_on, **act}
        case _:
            return {}
