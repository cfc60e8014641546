"""The form of the docket: a decision for each line, and the case for new tests."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django import forms

from ppid.office.actions.docket import Choice, LineDecision
from ppid.office.forms.steps import ActForm
from ppid.office.models import Case, SopVersion
from ppid.office.queries.docket import DocketLine

LABELS = {Choice.OPEN: "Nyatakan terbuka", Choice.TEST: "Uji ulang"}


class DocketForm(ActForm):
    """What the sheet asks: one choice a line, only those that this person has for it.

    lines: each with the choices that are open. into: the cases for new tests.
    """

    def __init__(
        self,
        *args: object,
        lines: Sequence[tuple[DocketLine, Sequence[Choice]]],
        into: Sequence[Case | SopVersion],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.cases = {str(one.pk): one for one in into}
        for line, choices in lines:
            if choices:
                self.fields[_name(line)] = forms.ChoiceField(
                    label=f"Keputusan untuk {line.item.title}",
                    required=False,
                    choices=[("", "Belum diputus"), *((one.value, LABELS[one]) for one in choices)],
                )
        if any(Choice.TEST in choices for _, choices in lines):
            self.fields["into"] = forms.ChoiceField(
                label="Berkas untuk uji ulang",
                required=False,
                help_text="Hanya untuk informasi yang Anda pilih diuji ulang.",
                choices=[
                    ("", "Pilih berkas"),
                    *((key, case_in_words(one)) for key, one in self._cases()),
                ],
            )

    def _cases(self) -> Iterator[tuple[str, Case | SopVersion]]:
        yield from self.cases.items()

    def clean(self) -> dict[str, object]:
        """Ask for a case where a line is to be tested anew, and for one decision at least."""
        cleaned = super().clean()
        decisions = [cleaned.get(_name(line)) for line, _ in self.lines]
        if Choice.TEST in decisions and not cleaned.get("into") and "into" in self.fields:
            self.add_error("into", "Pilih berkas untuk uji ulang.")
        if not any(decisions):
            raise forms.ValidationError("Pilih keputusan untuk paling sedikit satu informasi.")
        return cleaned

    @property
    def rows(self) -> Iterator[tuple[DocketLine, forms.BoundField | None]]:
        """Return each line with its field, None for a line that this person does not decide."""
        for line, _ in self.lines:
            yield line, self[_name(line)] if _name(line) in self.fields else None

    def decisions(self) -> tuple[LineDecision, ...]:
        """Return what was decided, line by line."""
        given = {line.item.pk: self.cleaned_data.get(_name(line)) for line, _ in self.lines}
        return tuple(LineDecision(item, Choice(one)) for item, one in given.items() if one)

    def into(self) -> Case | SopVersion | None:
        """Return the case that was chosen for new tests, or the SOP by which to open one."""
        return self.cases.get(str(self.cleaned_data.get("into", "")))


def _name(line: DocketLine) -> str:
    return f"line_{UUID(str(line.item.pk)).hex}"


def case_in_words(one: Case | SopVersion) -> str:
    """Return a case as it is chosen, or the new one that an SOP would open."""
    if isinstance(one, Case):
        return f"Berkas {one.number}: {one.title}"
    return f"Berkas baru menurut {one.name}"
