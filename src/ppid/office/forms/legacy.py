"""The forms of importing an old list: the file, what its columns hold, and the confirmation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from ppid.office.forms.page_form import PageForm
from ppid.office.forms.steps import ActForm
from ppid.office.list_files.columns import (
    LABELS,
    Header,
    best_score,
    find_header,
    first_entry,
    guess,
    header_at,
)
from ppid.office.list_files.entries import Reading
from ppid.office.list_files.table import LARGEST_FILE, Table, column_letter
from ppid.office.models import Agency

LEFT_OUT = "Tidak diimpor"
SAMPLES = 3
HEADER_ROWS = 25
PREVIEW = 60


class ListFileForm(PageForm):
    """A list: a file, or a table that was copied and pasted."""

    file = forms.FileField(
        label="File daftar",
        required=False,
        allow_empty_file=True,
        help_text="Excel (.xlsx), Word (.docx), atau CSV; paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.csv,.txt,.tsv"}),
    )
    text = forms.CharField(
        label="Atau tempelkan tabelnya di sini",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "wrap": "off"}),
        help_text="Di Excel atau Word, pilih tabelnya beserta judul kolom, salin, lalu tempel.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", "Pilih file, atau tempelkan tabelnya.")
        return cleaned

    @property
    def content(self) -> bytes | str:
        """Return the bytes of the file, no more than just too many, or the pasted text."""
        upload = self.cleaned_data.get("file")
        return upload.read(LARGEST_FILE + 1) if upload else self.cleaned_data["text"]

    @property
    def name(self) -> str:
        """Return what the list is called from here on."""
        upload = self.cleaned_data.get("file")
        return str(upload.name) if upload else "Tabel yang ditempelkan"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file on the page: its letter, heading, some texts, and its field."""

    letter: str
    heading: str
    samples: tuple[str, ...]
    field: forms.BoundField


class ColumnsForm(PageForm):
    """Which table, where its headings stand, and what each column holds; guessed until chosen."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    table = forms.TypedChoiceField(label="Tabel", coerce=int)
    header = forms.TypedChoiceField(label="Baris judul kolom", coerce=int)
    join = forms.BooleanField(
        label="Baris tanpa nomor dan tanpa nama informasi adalah lanjutan baris di atasnya",
        required=False,
    )
    agency = forms.TypedChoiceField(
        label="Perangkat daerah bila baris tidak menyebutnya",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Dipakai juga bila nama dalam file tidak dikenal. Boleh dipilih nanti.",
    )

    def __init__(
        self,
        *args: object,
        tables: Sequence[Table],
        agencies: Sequence[Agency],
        chosen: Mapping[str, Any] | None = None,
        **kwargs: object,
    ) -> None:
        self.tables = tables
        given = chosen or {}
        self.at = _number(given.get("table"), len(tables), default=likeliest(tables))
        self.found = _header(self.current, given.get("header"))
        head = self.found.first if self.found.last >= 0 else -1
        initial = {**given, "table": self.at, "header": head, "shown": f"{self.at} {head}"}
        super().__init__(*args, initial=initial, **kwargs)
        self._offer(agencies)
        guessed = given.get("columns") or guess(self.found.names)
        for column in self.places:
            first = guessed[column] if column < len(guessed) else ""
            self.fields[f"column_{column}"] = _column_field(column, initial=first)

    @property
    def current(self) -> Table:
        """Return the table that is being read."""
        return self.tables[self.at]

    @property
    def places(self) -> list[int]:
        """Return the columns that hold anything."""
        rows = self.current.rows
        return sorted({column for row in rows for column, text in enumerate(row) if text})

    def _offer(self, agencies: Sequence[Agency]) -> None:
        names = [(n, f"{one.name} ({len(one.rows)} baris)") for n, one in enumerate(self.tables)]
        self.fields["table"].choices = names
        rows = enumerate(self.current.rows[:HEADER_ROWS])
        heads = [(n, f"Baris {n + 1}: {_short(' | '.join(filter(None, row)))}") for n, row in rows]
        self.fields["header"].choices = [(-1, "Tidak ada judul kolom"), *heads]
        ours = [(str(one.pk), one.name) for one in agencies]
        self.fields["agency"].choices = [("", "Tidak ditentukan"), *ours]

    @property
    def lines(self) -> Iterator[ColumnLine]:
        """Yield the columns, each with its field."""
        for column in self.places:
            names = self.found.names
            heading = names[column] if column < len(names) else ""
            samples = _samples(self.current, column, start=first_entry(self.current, self.found))
            yield ColumnLine(column_letter(column), heading, samples, self[f"column_{column}"])

    def clean(self) -> dict[str, Any]:
        """Ask for the column that a list cannot be without."""
        cleaned = super().clean() or {}
        if not self.errors and "title" not in self.columns:
            raise forms.ValidationError("Pilih kolom yang berisi informasi yang dikecualikan.")
        return cleaned

    @property
    def is_of_another_table(self) -> bool:
        """Return whether the columns that were sent belong to another table or heading."""
        sent = f"{self['table'].value()} {self['header'].value()}"
        return bool(self["shown"].value() != sent)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the chosen field of each column of the table, "" for those left out."""
        width = range(self.current.width)
        return tuple(self.cleaned_data.get(f"column_{column}", "") for column in width)

    @property
    def choice(self) -> dict[str, Any]:
        """Return what was chosen, as plain data for the draft."""
        data = self.cleaned_data
        agency = str(data["agency"]) if data["agency"] else ""
        said = {"table": data["table"], "header": data["header"], "join": data["join"]}
        return said | {"agency": agency, "columns": list(self.columns)}


def likeliest(tables: Sequence[Table]) -> int:
    """Return which of the tables looks most like a list, the longer one of equals."""
    return max(range(len(tables)), key=lambda n: (best_score(tables[n]), len(tables[n].rows)))


def reading_of(table: Table, choice: Mapping[str, Any]) -> Reading:
    """Return how to read the table by what was chosen."""
    return Reading(
        header=_header(table, choice["header"]),
        columns=tuple(choice["columns"]),
        join=choice["join"],
        agency=UUID(choice["agency"]) if choice["agency"] else None,
    )


def _header(table: Table, given: Any) -> Header:
    if given is None or given == "":
        return find_header(table)
    first = _number(given, len(table.rows), default=-1)
    return header_at(table, first) if first >= 0 else Header(0, -1, (), sure=False)


def _number(text: Any, end: int, *, default: int) -> int:
    """Return a number from 0 up to, not including, `end`; the default for everything else."""
    given = str(text)
    plain = given.isascii() and given.isdigit() and len(given) < 7
    return int(given) if plain and int(given) < end else default


def _column_field(column: int, *, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Isi kolom {column_letter(column)}",
        required=False,
        initial=initial,
        choices=[("", LEFT_OUT), *LABELS.items()],
    )


def _samples(table: Table, column: int, *, start: int) -> tuple[str, ...]:
    texts = (table.text(row, column) for row in range(start, len(table.rows)))
    return tuple(_short(text) for text in list(filter(None, texts))[:SAMPLES])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1].rstrip() + "…"


class ConfirmForm(ActForm):
    """Import what the dry run showed."""

    also_known_numbers = forms.BooleanField(
        label="Impor juga baris yang nomornya sudah ada tetapi isinya berbeda", required=False
    )
