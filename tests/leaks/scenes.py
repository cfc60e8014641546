"""An office in which every confidential field is filled at least once, by the acts of the pages."""

import io
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

from leaks import soft_copies
from leaks.planting import Acts, Planter
from office import asking, offices, store, vaults
from office.offices import approved, case_in, determined, item_in, letter, who, write_sheet
from office.test_destructions import ONE_STEP, RETENTION, end
from office.test_redactions import GROUND, marked
from ppid.errors import PpidError
from ppid.law.consequence_test import Participant
from ppid.law.decree import Decree, WorkWeek
from ppid.law.defect import LegacyEntry
from ppid.law.deliberation import ItemViews, Recusal, Stance, View
from ppid.law.destruction import Consent, Element
from ppid.law.objection import ObjectionOutcome
from ppid.law.opening import OpeningReason
from ppid.law.request_answer import Outcome
from ppid.law.team import Member, Team
from ppid.law.term import DateTerm, EventTerm, PeriodTerm
from ppid.office.actions.accounts import choose_password
from ppid.office.actions.deliberations import Invitation, Minutes
from ppid.office.actions.docket import Choice, LineDecision
from ppid.office.actions.legacy import ListRow
from ppid.office.actions.letterheads import LetterheadChoice
from ppid.office.actions.letters import LetterChoice, LetterLine
from ppid.office.actions.papers import Scan
from ppid.office.actions.public_list import ListedTitle
from ppid.office.actions.repairs import EntryOpening, Repair
from ppid.office.channels.kinds import ChannelKind
from ppid.office.demo.samples import SAMPLES
from ppid.office.demo.walk import walk_to_end
from ppid.office.keepers import Keeper, KeeperKind
from ppid.office.list_files.table import Table
from ppid.office.mandate import MandatedAct
from ppid.office.models import (
    ApiToken,
    Appointment,
    Channel,
    Event,
    Item,
    Person,
    PublicListEntry,
    SoftCopy,
)
from ppid.office.queries.bags import bag_of_item
from ppid.office.queries.papers.signed import draft_of
from ppid.office.signing_rules import PaperKind, Rules
from ppid.papers.letterhead import PaperSize
from ppid.sop.editing.document import document_of
from ppid.vault.kinds import kind_of_name

SLUG, ELDER = "kenari", "kenari-lama"
START, EARLIER = date(2026, 3, 2), date(2019, 3, 4)
DAY = timedelta(days=1)
ROLES = (*offices.ROLES, "atasan_ppid", "pejabat_bidang", "pengelola_sistem")
PUBLISHED = ("reason", "consequence_if_open")
ELSEWHERE = "ppid_pelaksana lain"
"""A PPID Pelaksana of another agency than that of every item."""
FORMER = "bekas auditor"
"""Somebody whose appointment has ended."""
PASSWORD_PLACE = "open_account.password"


class Office:
    """The office at work, and what it has made so far."""

    def __init__(self, planter: Planter, *, files: Path, quick: bool) -> None:
        self.planter, self.act, self.quick = planter, Acts(planter), quick
        self.files = files
        for helper in ("office.offices", "office.asking", "office.store", "office.vaults"):
            planter.plant_in(helper)
        planter.plant_in("office.test_destructions", "ppid.office.demo.walk")
        planter.body = SLUG
        self.walk = offices.office(SLUG, roles=ROLES, on=START)
        self.body = self.walk.body
        self.released: list[Item] = []
        self.waiting: list[Item] = []
        self.accounts: dict[str, str] = {}

    def by(self, role: str = "ppid_utama"):
        return who(self.walk, role)

    def person(self, role: str) -> Person:
        return Person.objects.get(pk=self.by(role))

    def tick(self) -> datetime:
        return self.walk.tick(minutes=3)

    def told(self, role: str = "ppid_utama") -> dict:
        """Who acts, and when."""
        return {"by": self.by(role), "at": self.tick()}


def build(office: Office) -> None:
    """Play every scene; what was released is public in the end."""
    for scene in (register, candidates, meetings, requests_and_objections, old_list, papers_signed):
        scene(office)
    scenes = (vault, people_and_days, settings_of_the_body, channels, drafts, ends, unpublished)
    for scene in scenes:
        scene(office)
    elder_archive(office)


def register(office: Office) -> None:
    """Determine items of all grounds and publish them; two with parts that stay inside."""
    walk = office.walk
    case = case_in(walk, title="Usulan yang diumumkan")
    for sample in range(len(SAMPLES)):
        item = item_in(
            walk, case, title=f"Nama dalam {sample}", public_title=f"Judul umum {sample}"
        )
        if sample < 2:
            write_sheet(walk, item, sample=sample)  # the first version of its sheet
        write_sheet(walk, item, sample=sample, **_term(walk, sample))
        office.released.append(item)
    approved(walk, case, *office.released)
    determined(walk, case, *office.released, number="1/PPID/2026")
    publish(office)


def _term(walk, sample: int) -> dict:
    if sample == 2:
        return {"term": EventTerm(walk.today, "putusan inkrah", walk.today + 400 * DAY)}
    if sample in (3, 4, 5):
        return {"term": DateTerm(walk.today, date(2026, 9, 1) + sample * DAY)}
    return {}


def publish(office: Office) -> None:
    """Publish an edition; the public site has it at once."""
    office.act.editions.publish_edition(office.body, cleared="Sudah dibaca.", **office.told())


def candidates(office: Office) -> None:
    """Leave candidates at every stage: changed, tested twice, returned, rejected, commented."""
    walk, act = office.walk, office.act
    case = case_in(walk, title="Usulan yang berjalan")
    made = [
        item_in(walk, case, title=f"Calon {n}", public_title=f"Calon umum {n}") for n in range(8)
    ]
    changed = {"title": "Calon baru", "public_title": "Calon umum baru", "summary": "Uraian baru"}
    act.items.change_item(made[0], **changed, **office.told("petugas_ppid"))
    for number, item in enumerate(made):
        write_sheet(walk, item, sample=number, participants=(Participant("Penguji", "Analis"),))
    told = {"agency": None, "reason": "Alasan langkah"}
    act.steps.act_on_step(case.pk, step=1, **office.told("petugas_ppid"), note="Catatan langkah")
    with suppress(PpidError):
        act.steps.extend_step(case.pk, step=2, **told, **office.told("petugas_ppid"))
    with suppress(PpidError):
        act.steps.decline_step(case.pk, step=2, **told, **office.told("petugas_ppid"))
    approved(walk, case, made[1], decision="tolak", reason="Alasan ditolak")
    approved(walk, case, made[2], decision="kembali", reason="Alasan dikembalikan")
    lines = [LetterLine(made[3].pk, LetterChoice.RETURN, "Alasan baris surat")]
    with suppress(PpidError):
        act.letters.decide_letter(case, lines=lines, letter=letter(walk, "9/PPID"), **office.told())
    office.case, office.candidates = case, made


JOINT = """
format = 1
kode = "bersama"
nama = "Langkah bersama"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[pelaksana]]
kode = "tim"
nama = "Tim Pertimbangan"
peran = ["tim_pertimbangan"]
[[langkah]]
kegiatan = "Memeriksa bersama"
pelaksana = ["petugas", "tim"]
waktu = "10 hari kerja + 7 hari kerja"
aksi = "kumpulkan"
[[langkah]]
kegiatan = "Menyelesaikan"
pelaksana = ["petugas"]
"""


def meetings(office: Office) -> None:
    """Appoint a team; one meeting with minutes, dissent and recusal, one called off."""
    walk, act = office.walk, office.act
    names = ("Ani", "Budi", "Citra", "Dedi", "Eka")
    crew = [offices.appoint(walk, "tim_pertimbangan", name=name) for name in names]
    members = tuple(
        Member(person=str(one.pk), name=one.name, position=f"Kepala {n}", chair=n == 0)
        for n, one in enumerate(crew)
    )
    team = Team(
        decree_number="188/tim", decree_date=walk.today, starts_on=walk.today, members=members
    )
    act.teams.appoint_team(office.body, team=team, **office.told())
    chosen = office.candidates[4:6]
    held = _invited(office, chosen)
    walk.now = datetime.combine(held.held_on, time(10), tzinfo=walk.body.zone)
    told = {"number": "BA/1", "present": frozenset(str(one.pk) for one in crew)}
    views = tuple(View(str(one.pk), Stance.PART, "Pendapat berbeda") for one in crew[1:])
    recused = (Recusal(str(crew[0].pk), "Ikut menyusun dokumen"),)
    said = {one.pk: ItemViews(item="", views=views, recusals=recused) for one in chosen}
    minutes = Minutes(items=said, notes="Catatan rapat", **told)
    act.deliberations.close_minutes(held, minutes=minutes, **office.told())
    again = _invited(office, office.candidates[6:7])
    act.deliberations.call_off(again, reason="Ruang dipakai", **office.told())


def _invited(office: Office, chosen: list[Item]):
    today = office.walk.today
    told = {"invited_on": today, "held_on": today + DAY, "begins_at": "09.00"}
    invitation = Invitation(place="Aula dinas", **told)
    told = office.told("petugas_ppid")
    return office.act.deliberations.invite(office.case, items=chosen, invitation=invitation, **told)


def requests_and_objections(office: Office) -> None:
    """A request answered, extended, objected to and disputed; one unlinked; one that waits."""
    walk, act, item = office.walk, office.act, office.released[0]
    asked = asking.received(walk, number="001/PI")
    asking.linked(walk, asked, item)
    act.requests.extend_request(asked, reason="Dokumen sangat banyak", **office.told())
    given = {"cost": "Biaya salinan", "number": "Surat 480"}
    asking.answered(walk, asked, outcome=Outcome.PART, **given)
    asked.refresh_from_db()
    objection = asking.objected(walk, asked)
    reason = "Alasan tanggapan atasan"
    letter_of = {"outcome": ObjectionOutcome.UPHELD, "reason": reason}
    asking.responded(walk, objection, by="atasan_ppid", **letter_of)
    objection.refresh_from_db()
    told = {"number": "12/KI/2026", "registered_on": walk.today}
    act.objections.register_dispute(objection, **told, **office.told("petugas_ppid"))
    objection.refresh_from_db()
    told = {"number": "13/KI/2026", "decided_on": walk.today}
    act.objections.decide_dispute(objection, **told, **office.told("petugas_ppid"))
    other = asking.record(walk, number="002/PI", subject="Permintaan kedua")
    told = office.told("petugas_ppid")
    other = act.requests.record_request(walk.body, record=other, purpose="Skripsi", **told)
    asking.linked(walk, other, item)
    act.requests.unlink_item(other, item=item, **office.told("petugas_ppid"))
    told = {"agency": walk.agencies[0], "title": "Atas permintaan", "public_title": "Umum diminta"}
    version = office.case.sop
    act.requests.propose_item(other, into=version, **told, **office.told("petugas_ppid"))


OLD = LegacyEntry(
    number="1.",
    title="Judul lama",
    summary="Uraian lama",
    agency="Perangkat daerah lama",
    ground="Pasal 17 huruf h",
    legal_basis="UU KIP",
    consequence_if_open="Akibat lama bila dibuka",
    consequence_if_closed="Akibat lama bila ditutup",
    part="Bagian lama",
    term="Selamanya",
    document="Dokumen lama",
    document_link="https://drive.example/lama",
    test="Uji lama",
    decree="Keputusan lama",
    remark="Keterangan lama",
)


def old_list(office: Office) -> None:
    """Import an old list: taken up, repaired, set aside, opened, and one that waits."""
    walk, act = office.walk, office.act
    rows = [
        ListRow(n, replace(OLD, number=f"Nomor {n}", title=f"Judul lama {n}"), walk.agencies[0].pk)
        for n in range(2, 7)
    ]
    told = {"name": "daftar lama.xlsx", "digest": "ab" * 32, "rows": rows}
    source = act.legacy.import_list(office.body, **told, **office.told("petugas_ppid"))
    first, second, third, fourth, _ = source.entries.order_by("row")
    officer = "petugas_ppid"
    act.legacy.take_up_entry(
        office.case, entry=first, public_title="Umum lama", **office.told(officer)
    )
    act.legacy.set_entry_aside(second, reason="Bukan informasi", **office.told(officer))
    repair = Repair(
        agency=walk.agencies[0], public_title="Umum diperbaiki", sheet=offices.sheet(walk)
    )
    act.repairs.take_up_repaired(third, into=office.case, repair=repair, **office.told(officer))
    opening = {"opening": EntryOpening.NOT_EXEMPT, "reason": "Bukan yang dikecualikan"}
    act.repairs.open_entry(fourth, **opening, **office.told())
    items = list(Item.objects.filter(body=office.body)[:2])
    told = {"kind": "xlsx", "rows": 2, "items": items}
    act.legacy.record_export(office.body, **told, **office.told())


def papers_signed(office: Office) -> None:
    """A letter taken back, one for everybody and one for the office signed, one that waits."""
    act = office.act
    act.signing_rules.set_rules(
        office.body, Rules(footer=f"Kaki {office.planter.canary('rules.footer')}"), **office.told()
    )
    letter = (
        office.released[0].determination or Item.objects.get(pk=office.released[0].pk).determination
    )
    kinds = (PaperKind.DETERMINATION, PaperKind.DETERMINATION_COPY)
    first = _prepared(office, kinds[0], letter.pk)
    act.papers.withdraw(first, reason="Salah nomor", **office.told())
    for kind in kinds:
        paper = _prepared(office, kind, letter.pk)
        scan = {"signed_on": office.walk.today, "same": True, "statement": "Ditandatangani di RS"}
        content = soft_copies.blank_pages(9, office.planter.canary("scan.content"))
        act.papers.file_scan(paper, Scan(content=content, **scan), **office.told())
    test = Item.objects.get(pk=office.released[1].pk).determined_test
    _prepared(office, PaperKind.SHEET, test.pk)


def _prepared(office: Office, kind: PaperKind, subject):
    told = {"body": office.body, "by": office.by(), "on": office.walk.today}
    draft = draft_of(kind, str(subject), **told)
    number = "" if draft.number else f"{kind.value}/1"
    return office.act.papers.prepare(draft, office.body, number=number, **office.told())


def vault(office: Office) -> None:
    """Documents of every kind: stored, read, blackened, decided, exported, sealed anew, damaged."""
    walk, act = office.walk, office.act
    vaults.recovery_key(walk)
    item, *_ = office.released
    copies = {}
    for name, data in soft_copies.documents(office.planter).items():
        copies[kind_of_name(name)] = (_taken(office, item, name, data), data)
    for name, data in soft_copies.rejected(office.planter).items():
        with suppress(PpidError):
            told = {"file": io.BytesIO(data), "file_name": name}
            act.uploads.take_document(item, **told, **office.told("arsiparis"))
    pdf, source = copies["pdf"]
    read = act.copy_readings.read_copy(pdf, reason="Memeriksa isi", **office.told("arsiparis"))
    read.file.close()
    for decision in ("tolak", "setuju"):
        black = [replace(one, ground=GROUND) for one in marked(source, "Siti Aminah")]
        black = [
            replace(one, reason=f"Data pribadi {office.planter.canary('marks.reason')}")
            for one in black
        ]
        told = {"marks": black, **office.told("petugas_ppid")}
        made = act.redactions.make_public_copy(pdf, **told)
        told = {"decision": decision, "reason": "Alasan keputusan salinan"}
        act.redactions.decide_public_copy(made, **told, **office.told())
    act.redactions.open_for_redaction(pdf, **office.told("petugas_ppid"))
    told = {"into": office.files, "name": "berkas", "title": "Berkas serah terima"}
    office.files.mkdir(exist_ok=True)
    order = bag_of_item(item.pk, by=office.by("arsiparis"), body=SLUG, on=walk.today)
    told |= {"reason": "Serah terima", **office.told("arsiparis")}
    act.bags.export_bag(order.items, **told)
    _guarded(office)


def _taken(office: Office, item: Item, name: str, data: bytes) -> SoftCopy:
    """Take an upload as the page does; quickly: without the look of a child process."""
    told = office.told("arsiparis")
    if not office.quick:
        return office.act.uploads.take_document(item, file=io.BytesIO(data), file_name=name, **told)
    meta = office.planter.canary("document.found")
    found = {"kind": kind_of_name(name).value, "remarks": [], "metadata": [["Pembuat", meta]]}
    return office.act.documents.store_document(
        item, source=io.BytesIO(data), file_name=name, found=found, **told
    )


def _guarded(office: Office) -> None:
    """Back up, restore, change keys, look at every file, find one gone."""
    act, body = office.act, office.body
    head = SimpleNamespace(body=body.pk, size=1, root="ab")
    manifest = SimpleNamespace(id="s1", heads=[head], files=[], missing=["x.age"])
    made = SimpleNamespace(manifest=manifest)
    act.backups.record_backup(made, address="s3://cadangan/ppid", at=office.tick())
    act.backups.record_restore(body, snapshot="s1", at=office.tick())
    act.vault.begin_rotation(body, at=office.tick())
    for one in act.vault.waiting(body):
        act.vault.reseal(body, one, at=office.tick())
    gone = SoftCopy.objects.get(item__body=body, kind="csv")
    (settings.VAULT / gone.name).unlink()
    act.fixity.wish_check(body, **office.told())
    act.fixity.check_every_file(body, at=office.tick())


def people_and_days(office: Office) -> None:
    """Decrees and weeks, a mandate that ends, an appointment that ends, accounts."""
    walk, act, body = office.walk, office.act, office.body
    decree = Decree(
        number="Keppres 40/2026",
        year=2027,
        decreed_on=walk.today,
        entered_on=walk.today,
        holidays={date(2027, 1, 1): "Tahun Baru"},
        collective_leave={},
    )
    with suppress(PpidError):
        act.calendar.enter_decree(body, decree, source="https://jdih.example/", **office.told())
    week = WorkWeek(walk.today + DAY, 6, False)
    act.calendar.set_week(body, week, **office.told())
    giver, holder = office.person("ppid_utama"), office.person("petugas_ppid")
    told = {"role": "ppid_utama", "acts": [MandatedAct.STEP]}
    days = {"starts_on": walk.today, "ends_on": walk.today + 7 * DAY, "letter_date": walk.today}
    given = act.mandates.give_mandate(
        giver, holder, letter_number="SM/1", **told, **days, **office.told()
    )
    act.mandates.end_mandate(given, ends_on=walk.today + DAY, **office.told())
    person = offices.appoint(walk, "auditor", name="zul, auditor lama", position="Auditor muda")
    gone = Appointment.objects.get(person=person)
    act.people.end_appointment(gone, ends_on=walk.today, **office.told())
    for role in (*ROLES, "ppid_pelaksana"):
        _account(office, role, person=office.person(role))
    other = offices.appoint(walk, "ppid_pelaksana", agency=walk.agencies[1])
    _account(office, ELSEWHERE, person=other)
    _account(office, FORMER, person=person)
    told = {"ends_on": walk.today + 30 * DAY, "acting": False}
    for number in range(2):
        at = office.tick()
        act.tokens.make_token(holder, name=f"Program laporan {number}", at=at, **told)
    token = ApiToken.objects.filter(person=holder).first()
    act.tokens.revoke_token(token.pk, person=holder, at=office.tick())


def _account(office: Office, role: str, *, person: Person) -> None:
    name = office.planter.canary("open_account.username")
    passwords = [office.planter.canary(PASSWORD_PLACE) for _ in range(3)]
    office.accounts[role], told = name, office.told()
    office.act.accounts.open_account(person, username=name, password=passwords[0], **told)
    if role == "auditor":
        office.act.accounts.reset_password(
            person, username=name, password=passwords[1], **office.told()
        )
    choose_password(name, passwords[2], at=office.tick())  # or no page opens


def settings_of_the_body(office: Office) -> None:
    """Site text, letterhead, labels, keepers, titles of the public list, a name that changes."""
    act, body, name = office.act, office.body, office.planter.canary
    other = office.walk.agencies[1]
    act.bodies.rename_agency(other, name="Badan Kepegawaian Baru", **office.told())
    kept = {**body.settings, "site_text": f"Hubungi {name('settings.site_text')}"}
    act.bodies.change_settings(body, choices=kept, **office.told())
    body.refresh_from_db()
    head = LetterheadChoice(lines=["Pemerintah Kota"], size=PaperSize.A4, footer="Kaki kop")
    act.letterheads.set_letterhead(body, head, **office.told())
    body.refresh_from_db()
    mail = f"{name('settings.keepers')}@example.go.id".lower()
    folder = office.files / name("settings.keepers")
    folder.mkdir(parents=True)
    kept = [Keeper(KeeperKind.MAIL, mail), Keeper(KeeperKind.FOLDER, str(folder))]
    kept.append(Keeper(KeeperKind.FOLDER, str(office.files / name("settings.keepers") / "x")))
    act.keepers.set_keepers(body, kept, **office.told())
    body.refresh_from_db()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = office.files / "surel"
    act.keepers.send_out(body, at=office.tick())
    rows = [ListedTitle(f"Laporan {n}", "Dinas Kesehatan") for n in range(2)]
    act.public_list.add_titles(body, rows=rows, **office.told())
    entry = PublicListEntry.objects.filter(body=body).first()
    act.public_list.remove_title(entry.pk, body=body, **office.told())


def channels(office: Office) -> None:
    """A folder to which the list is brought, and a web address, switched off."""
    act, body, name = office.act.channels, office.body, office.planter.canary
    folder = office.files / name("channel.folder")
    folder.mkdir()
    given = {"folder": str(folder)}
    act.set_channel(body, kind=ChannelKind.FOLDER, name="Situs kota", given=given, **office.told())
    given = {"address": "https://api.example/" + name("channel.address")}
    given["key"] = name("channel.secret") * 2
    kind = ChannelKind.WEBHOOK
    act.set_channel(body, kind=kind, name="Program lain", given=given, **office.told())
    brought, told_of = Channel.objects.filter(body=body).order_by("kind")
    act.switch_channel(told_of, on=False, **office.told())
    act.try_now(brought, **office.told())
    act.deliver_due(body, at=office.tick())


def drafts(office: Office) -> None:
    """Unsaved work of every form: a sheet, a list, an SOP, marks, a repair."""
    act, name, body = office.act, office.planter.canary, office.body
    item = office.candidates[0]
    typed = {"information": [name("draft.sheet")], "parts": [name("draft.sheet")]}
    act.sheet_drafts.keep_sheet_draft(item, content=typed, **office.told("petugas_ppid"))
    table = Table(name=name("draft.upload"), rows=(("Judul",), (name("draft.upload"),)))
    officer = {"person": office.by("petugas_ppid"), "at": office.tick()}
    act.list_uploads.keep_upload((table,), name="unggahan.xlsx", digest="cd" * 32, **officer)
    sop = document_of(offices.SHORT_SOP.replace("Informasi", name("draft.sop")))
    told = {"origin": "naskah SOP.docx", "told": ["Baris tidak terbaca"]}
    act.sop_drafts.start_sop_draft(body, document=sop, **told, **office.told())
    for form in ("perbaikan", "hitam"):
        kept = {"isi": name(f"draft.{form}")}
        act.drafts.keep_draft(office.by(), f"{form}:1", kept, at=office.tick())


def ends(office: Office) -> None:
    """The docket: noticed, opened, lapsed, tested anew; then what is open is published."""
    walk, act = office.walk, office.act
    list(walk_to_end(walk, Item.objects.get(pk=office.released[0].pk).case))
    walk.now = datetime.combine(date(2026, 8, 20), time(9), tzinfo=walk.body.zone)
    act.watch.watch(office.body, at=walk.now)
    lines = [LineDecision(office.released[3].pk, Choice.OPEN)]
    act.docket.decide_lines(office.body, lines=lines, **office.told())
    walk.now = datetime.combine(date(2026, 9, 20), time(9), tzinfo=walk.body.zone)
    act.watch.watch(office.body, at=walk.now)
    item = Item.objects.get(pk=office.released[7].pk)
    opening = {"opened_on": walk.today, "reason": OpeningReason.CONSENT, "document": "Surat 12"}
    act.openings.declare_open(item, **opening, **office.told())
    again = Item.objects.get(pk=office.released[8].pk)
    told = {"into": office.case.sop, "reason": "Keadaan berubah", "title": "Pengujian ulang"}
    office.act.reclassifications.begin_change(again, **told, **office.told("petugas_ppid"))
    wrong = Item.objects.get(pk=office.released[9].pk)
    told = {"public_title": "Judul yang benar", "reason": "Salah ketik", **office.told()}
    act.items.correct_public_title(wrong, **told)
    event = Event.objects.filter(body=office.body.pk, kind="test.written").latest("seq")
    act.log_openings.open_entry(office.body, event.seq, names=["sheet"], **office.told())
    for one in office.released[:2]:
        act.readings.record_reading(one, **office.told("arsiparis"))
    publish(office)


def unpublished(office: Office) -> None:
    """Determine more after the last edition: nothing of it is public yet."""
    walk = office.walk
    case = case_in(walk, text=JOINT, title="Ditetapkan, belum diumumkan")
    made = [
        item_in(walk, case, title=f"Belum {n}", public_title=f"Umum nanti {n}") for n in range(4)
    ]
    told = {"step": 1, "reason": "Dokumen tersebar"}
    office.act.steps.extend_step(case.pk, **told, **office.told("petugas_ppid"))
    note = {"step": 1, "note": "Catatan langkah bersama"}
    office.act.steps.act_on_step(case.pk, **note, **office.told("petugas_ppid"))
    told = {"step": 1, "reason": "Belum lengkap"}
    office.act.steps.decline_step(case.pk, **told, **office.told("tim_pertimbangan"))
    office.act.steps.act_on_step(case.pk, step=1, **office.told("petugas_ppid"))
    note = {"step": 1, "note": "Catatan konfirmasi"}
    office.act.steps.act_on_step(case.pk, **note, **office.told("tim_pertimbangan"))
    for number, item in enumerate(made):
        write_sheet(walk, item, sample=number)
    approved(walk, case, *made)
    determined(walk, case, *made, number="2/PPID/2026")
    office.waiting = made


def elder_archive(office: Office) -> None:
    """Another body, years ago: its store room, what was lent, and what was destroyed."""
    office.planter.body = ELDER
    walk = offices.office(ELDER, on=EARLIER)
    elder = SimpleNamespace(walk=walk, act=office.act)
    case = case_in(walk, text=ONE_STEP)
    item = offices.register_item(walk, case, term=PeriodTerm(walk.today, years=1))
    second = offices.register_item(
        walk, case, number="2/PPID", term=PeriodTerm(walk.today, years=9)
    )
    end(walk, case)
    room = store.place(walk, "ruang", "Ruang arsip")
    rack, empty = (store.place(walk, "rak", f"Rak {n}", room) for n in range(2))
    by = {"by": who(walk, "arsiparis")}
    box = store.place(walk, "boks", "Boks empat", rack)
    elder.act.places.change_place(box, name="Boks lain", parent=empty, at=walk.tick(), **by)
    elder.act.places.close_place(rack, at=walk.tick(), **by)
    words = ("classification_code", "file_number", "item_number", "description", "period")
    fields = {one: f"Isi {one}" for one in (*words, "processing_unit")}
    told = {"hard": "Map biru", "soft": "Folder bersama", **fields, **RETENTION}
    closed_on = walk.today - 30 * DAY
    for one in (item, second):
        store.put(walk, one, box, closed_on=closed_on, **told)
    loan = store.borrow(walk, item, reason="Sidang sengketa")
    elder.act.loans.take_back(loan, condition="Sampul sobek", at=walk.tick(), **by)
    store.borrow(walk, second, party="Kejaksaan", reason="Bahan perkara")
    unknown = office.planter.canary("take_stock.scans")
    store.scan(walk, room, item, unknown)
    elder.act.destructions.hold(item, reason="Perkara berjalan", at=walk.tick(), **by)
    elder.act.destructions.hold(item, reason="", at=walk.tick(), **by)
    elder.act.destructions.hold(second, reason="Diperiksa BPK", at=walk.tick(), **by)
    for role in ("arsiparis", "ppid_utama"):
        name = office.planter.canary("open_account.username")
        password = office.planter.canary(PASSWORD_PLACE)
        person = Person.objects.get(pk=who(walk, role))
        told = {"username": name, "password": password, "at": walk.tick()}
        elder.act.accounts.open_account(person, by=who(walk, "ppid_utama"), **told)
        choose_password(name, office.planter.canary(PASSWORD_PLACE), at=walk.tick())
        office.accounts[f"{ELDER} {role}"] = name
    walk.now += timedelta(days=4 * 366)
    _destroyed(elder, item)


def _destroyed(elder: SimpleNamespace, item: Item) -> None:
    """Take one list back, and destroy what is on the next."""
    walk, act = elder.walk, elder.act.destructions
    by = {"by": who(walk, "arsiparis")}
    panel = {Element.CHAIR: "Ani", Element.UNIT: "Budi", Element.ARCHIVIST: "Citra"}
    told = {"items": [item.pk], "panel": panel, "panel_decree": "1/SK/2023", **by}
    first = act.propose(walk.body, at=walk.tick(), **told)
    act.withdraw(first, reason="Daftar keliru", at=walk.tick(), **by)
    second = act.propose(walk.body, at=walk.tick(), **told)
    consent = {"consent": Consent.REGION, "consent_number": "Izin 3", "opinion": "Telaah 2"}
    approval = act.module.Approval(decision="Keputusan 4", **consent)
    head = {"by": who(walk, "pimpinan_badan_publik"), "at": walk.tick()}
    act.approve(second, approval, **head)
    minutes = act.module.Minutes(number="5/BA", witnesses=("Saksi satu", "Saksi dua"))
    act.carry_out(second, minutes, at=walk.tick(), **by)
