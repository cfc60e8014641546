"""Build the demo: four offices with years of work behind them and cases at every stage.

All or nothing: it is one transaction, so a demo that breaks off leaves an empty office.
"""

import secrets
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.conf import settings

from ppid.law.term import DateTerm, PeriodTerm, Term
from ppid.office.actions.approvals import APPROVE, RETURN, Decision, decide
from ppid.office.actions.cases import open_case
from ppid.office.actions.deliberations import is_needed
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.sops import adopt_sop
from ppid.office.actions.step_work import items_in_work
from ppid.office.actions.steps import act_on_step
from ppid.office.demo.channels import offer_channel
from ppid.office.demo.documents import keep_document
from ppid.office.demo.offices import OFFICES, Office, hashed, open_office
from ppid.office.demo.old_list import import_old_list
from ppid.office.demo.papers import prepare_letter
from ppid.office.demo.requests import answer_in_part, ask
from ppid.office.demo.samples import SAMPLES, Sample
from ppid.office.demo.store_room import fill, furnish
from ppid.office.demo.team import form_team
from ppid.office.demo.walk import Walk, act_on, consider, determine_by
from ppid.office.models import Body, Case, SopVersion, Task
from ppid.office.writing import writing
from ppid.sop.definition import Action

YEARS_BACK = 4
ITEMS_PER_CASE = 3
SINCE = (1, 10)  # month and day on which the offices of the demo begin
BALI_ENDS = "berakhir = 2021-12-31\n"
PASSWORD_FILE = "demo-password"  # noqa: S105  a file name


def build_demo(*, today: date) -> None:
    """Make the four offices as they would stand on a day."""
    password = hashed(demo_password())
    since = date(today.year - YEARS_BACK, *SINCE)
    with writing():
        for number, office in enumerate(OFFICES):
            _build(office, number, since=since, today=today, password=password)


def demo_password() -> str:
    """Return the one password of all demo accounts; made once and kept in the data folder."""
    file = settings.DATA / PASSWORD_FILE
    if not file.exists():
        file.write_text(f"ppid-{secrets.token_hex(3)}-{secrets.token_hex(3)}\n")
        file.chmod(0o600)
    return file.read_text().strip()


def sop_text(name: str) -> str:
    """Return the text of one of the four SOP files that come with the program."""
    return (settings.SOPS / f"{name}.toml").read_text(encoding="utf-8")


def _build(office: Office, number: int, *, since: date, today: date, password: str) -> None:
    body, agencies = open_office(office, since=since, password=password)
    version = _adopt(office, body, since=since)
    walk = Walk(body, now=_morning(body, since))
    walk.follow(version)
    walk.agencies = agencies
    if office.team:
        form_team(walk, list(office.team), notice_days=1)
    furnish(walk)
    for year in range(YEARS_BACK):
        began = since + timedelta(days=365 * year + 30 + 11 * number)
        _finish(_begin(walk, version, year, on=began, today=today), walk)
    _publish(walk)
    if number == 0:
        prepare_letter(walk)
        offer_channel(walk)
    import_old_list(walk)
    _requests(walk, today=today)
    fill(walk, today=today)
    keep_document(walk)
    _current_cases(walk, version, today=today)


def _adopt(office: Office, body: Body, *, since: date) -> SopVersion:
    """Adopt the body's SOP; Bali's ended in 2021, so it also gets a copy whose term is lifted."""
    text = sop_text(office.sop)
    version = adopt_sop(body, text=text, at=_morning(body, since))
    if version.ends_on is None:
        return version
    lifted = text.replace(BALI_ENDS, "").replace('kode = "bali"', 'kode = "bali-contoh"')
    return adopt_sop(body, text=lifted, at=_morning(body, since))


def _morning(body: Body, day: date) -> datetime:
    return datetime.combine(day, time(8, 0), tzinfo=body.zone)


def _begin(walk: Walk, version: SopVersion, year: int, *, on: date, today: date) -> Case:
    walk.now = max(walk.now, _morning(walk.body, on))
    samples = _samples(year, label=str(on.year))
    walk.samples = samples
    walk.terms = {
        sample.title: _term(number, sample, on=on, today=today)
        for number, sample in enumerate(samples)
    }
    return _open(walk, version, title=f"Informasi yang dikecualikan tahun {on.year}")


def _samples(year: int, *, label: str) -> tuple[Sample, ...]:
    first = year * ITEMS_PER_CASE % len(SAMPLES)
    chosen = (SAMPLES * 2)[first : first + ITEMS_PER_CASE]
    return tuple(
        replace(
            one,
            title=f"{one.title}, {label}",
            public_title=f"{one.public_title}, {label}",
        )
        for one in chosen
    )


def _term(number: int, sample: Sample, *, on: date, today: date) -> Term | None:
    """Return a term that has ended, one that ends soon, or the usual one, in turn."""
    if sample.event:
        return None
    if number % ITEMS_PER_CASE == 0:
        return PeriodTerm(on, years=1)
    if number % ITEMS_PER_CASE == 1 and on.year == today.year - YEARS_BACK + 1:
        return DateTerm(on, today + timedelta(days=24))
    return None


def _open(walk: Walk, version: SopVersion, *, title: str) -> Case:
    first = walk.sop.performer(walk.sop.step(1).performers[0])
    taking_part = walk.agencies[:3]
    return open_case(
        version,
        title=title,
        by=walk.person(list(first.roles)),
        at=walk.tick(),
        agencies=taking_part if any(step.for_each for step in walk.sop.steps) else (),
    )


def _finish(case: Case, walk: Walk, *, stop_before: int = 0) -> None:
    """Act until the case ends, or until `stop_before` is the step that waits.

    Where the SOP has no row for it, the letter is made before the last step.
    """
    has_letter = any(step.action is Action.DETERMINE for step in walk.sop.steps)
    while task := Task.objects.filter(case=case).select_related("agency").first():
        if task.step == stop_before:
            return
        if task.step == len(walk.sop.steps) and not has_letter:
            determine_by(walk, case, official=walk.person(["ppid_utama"]))
        act_on(walk, case, task)


def _publish(walk: Walk) -> None:
    publish_edition(walk.body, by=walk.person(["ppid_utama"]), at=walk.tick())


def _requests(walk: Walk, *, today: date) -> None:
    """Let one request be answered in part before the cases of these days, and one wait."""
    for days_ago, answered in ((25, True), (12, False)):
        asked = ask(walk, days_ago=days_ago, today=today)
        if asked and answered:
            answer_in_part(walk, asked)


def _current_cases(walk: Walk, version: SopVersion, *, today: date) -> None:
    """Leave one case waiting at each step, and one that was sent back."""
    steps = len(walk.sop.steps)
    began = today - timedelta(days=4 + steps)
    for step in range(1, steps + 1):
        walk.now = max(walk.now, _morning(walk.body, began + timedelta(days=step - 1)))
        walk.samples = _samples(step, label=f"{today.year} bagian {step}")
        walk.terms = {}
        case = _open(walk, version, title=f"Usulan {today.year}, bagian {step}")
        _finish(case, walk, stop_before=step)
        if is_needed(case, on=walk.today) and walk.sop.step(step).action is Action.APPROVE:
            consider(walk, case)
    _sent_back(walk, version, today=today)


def _sent_back(walk: Walk, version: SopVersion, *, today: date) -> None:
    for step in walk.sop.steps:
        back = [one for one in step.outcomes if any(to <= step.number for to in one.targets)]
        if not back:
            continue
        walk.samples = _samples(0, label=f"{today.year} perbaikan")
        case = _open(walk, version, title=f"Usulan {today.year} yang dikembalikan")
        _finish(case, walk, stop_before=step.number)
        task = Task.objects.get(case=case)
        person = walk.person(task.roles)
        if step.action is Action.APPROVE:
            decide(case, decisions=_some_returned(case), by=person, at=walk.tick())
        act_on_step(
            case.pk,
            step=step.number,
            by=person,
            at=walk.tick(),
            outcome=back[0].name,
            reason="Uraian informasi belum jelas dan terang; sebutkan bagian yang dikecualikan.",
        )
        return


def _some_returned(case: Case) -> tuple[Decision, ...]:
    first, *rest = items_in_work(case)
    why = "Sebutkan halaman yang dikecualikan."
    return (Decision(first.pk, RETURN, why), *(Decision(one.pk, APPROVE) for one in rest))
