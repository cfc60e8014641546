"""What may be sent to begin: a case on an SOP, its agencies, and what the docket decides."""

from uuid import UUID

from ppid.errors import Finding, NotFound
from ppid.office.actions.cases import open_case, set_agencies
from ppid.office.actions.docket import Choice, decide_lines, open_ending_case
from ppid.office.authority import authority_of
from ppid.office.calendar import body_calendar
from ppid.office.forms.cases import AgenciesForm, NewCaseForm
from ppid.office.forms.docket import DocketForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency, Case, Item
from ppid.office.queries.cases import CasePage
from ppid.office.queries.docket import (
    DocketLine,
    DocketPage,
    cases_for_tests,
    due_items,
    ending_cases,
)
from ppid.office.queries.sops import SopPage, sop_page
from ppid.office.views.asking import Asked, Done, Officer, Results, Sent, asked


def sop_seen(one: Officer, sop: UUID) -> SopPage:
    """Return an adopted SOP as the officer sees it. Raises NotFound."""
    authority = authority_of(one.by, on=one.on)
    return sop_page(sop, body=one.body, authority=authority, at=one.at)


def case_asked(one: Officer, page: SopPage, data: Sent) -> Asked:
    """Return the opening of a case on an SOP version."""
    steps = page.starts or tuple(page.sop.step(number) for number in page.sop.starts)
    agencies = list(Agency.objects.filter(body=one.body))
    form = NewCaseForm(data, starts=steps, repeats=page.repeats, choices=agencies)

    def act() -> Case:
        given = form.cleaned_data
        return open_case(
            page.version,
            title=given["title"],
            by=one.by,
            at=one.at,
            agencies=form.chosen(),
            step=given["step"],
            act=given["act"],
        )

    return asked(form, act, said="Berkas dimulai.")


def ending_case_asked(one: Officer, page: SopPage, data: Sent) -> Asked:
    """Return the opening of a case on the SOP's own step for what ends, with all that is due.

    Raises NotFound: `sop_unknown`, for an SOP without such a step or not in force too.
    """
    found = {ending.version.pk for ending in ending_cases(one.body, by=one.by, at=one.at)}
    if page.version.pk not in found:
        raise NotFound(Finding("sop_unknown", "SOP tidak ditemukan."))
    form = ActForm(data)

    def act() -> Case:
        due = Item.objects.filter(due_items(one.on, body_calendar(one.body)), body=one.body)
        return open_ending_case(
            page.version,
            items=list(due.filter(opens_on__isnull=False)),
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said="Berkas pembukaan dimulai.")


def agencies_asked(one: Officer, page: CasePage, data: Sent) -> Asked:
    """Return the choice of the agencies that take part in a case."""
    agencies = list(Agency.objects.filter(body=one.body))
    taking_part = page.here.state.agencies
    initial = {"agencies": [str(one.pk) for one in agencies if one.code in taking_part]}
    form = AgenciesForm(data, choices=agencies, initial=initial)

    def act() -> None:
        act_id = form.cleaned_data["act"]
        set_agencies(page.case, agencies=form.chosen(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Perangkat daerah peserta ditetapkan.")


def docket_asked(one: Officer, page: DocketPage, data: Sent) -> Asked:
    """Return the decisions on the lines of a page of the docket."""
    into = cases_for_tests(one.body, by=one.by, at=one.at)
    lines = [(line, _choices(line, page, can_test=bool(into))) for line in page.lines]
    form = DocketForm(data, lines=lines, into=into)

    def act() -> Done:
        results = decide_lines(
            one.body,
            lines=form.decisions(),
            into=form.into(),
            opening=page.case,
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )
        return Done(_summary(results), results)

    return Asked({"": form}, act)


def _choices(line: DocketLine, page: DocketPage, *, can_test: bool) -> list[Choice]:
    open_it = line.may_be_declared and not page.opening
    test_it = can_test and not line.testing
    return [one for one, may in ((Choice.OPEN, open_it), (Choice.TEST, test_it)) if may]


def _summary(results: Results) -> str:
    done = [one for one in results if not one.findings]
    opened = sum(one.choice is Choice.OPEN for one in done)
    parts = [
        f"{opened} informasi dinyatakan terbuka" if opened else "",
        f"{len(done) - opened} dibawa ke uji ulang" if len(done) > opened else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else "Tidak ada yang berubah."
