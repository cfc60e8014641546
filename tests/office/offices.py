"""A small office for the tests of single acts: few people, one short SOP, everything by actions."""

from dataclasses import replace
from datetime import date, datetime, time

from office.remembered import remembered
from ppid.law.opening import OpeningReason
from ppid.law.term import PeriodTerm
from ppid.office.actions.approvals import APPROVE, Decision, approve_as_head
from ppid.office.actions.bodies import add_agency, create_body
from ppid.office.actions.cases import open_case
from ppid.office.actions.consequence_tests import write_test
from ppid.office.actions.determinations import Letter, determine
from ppid.office.actions.items import add_item
from ppid.office.actions.openings import declare_open
from ppid.office.actions.people import add_person, make_appointment
from ppid.office.actions.sops import adopt_sop
from ppid.office.authority import holders
from ppid.office.demo.samples import SAMPLES, sample_sheet
from ppid.office.demo.walk import Walk
from ppid.office.models import Case
from ppid.office.rebuild import check_all

START = date(2026, 3, 2)
SHORT_SOP = """
format = 1
kode = "singkat"
nama = "Pengecualian Informasi"
[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]
[[pelaksana]]
kode = "ppid"
nama = "PPID Utama"
peran = ["ppid_utama"]
[[pelaksana]]
kode = "tim"
nama = "Tim Pertimbangan"
peran = ["tim_pertimbangan"]
[[langkah]]
kegiatan = "Mengumpulkan"
pelaksana = ["petugas"]
aksi = "kumpulkan"
[[langkah]]
kegiatan = "Menguji"
pelaksana = ["petugas"]
aksi = "uji"
[[langkah]]
kegiatan = "Mempertimbangkan"
pelaksana = ["tim"]
aksi = "pertimbangkan"
[[langkah]]
kegiatan = "Menyetujui"
pelaksana = ["tim"]
aksi = "setujui"
keputusan = { Ya = 5, Tidak = 1 }
[[langkah]]
kegiatan = "Menetapkan"
pelaksana = ["ppid"]
aksi = "tetapkan"
[[langkah]]
kegiatan = "Menyimpan"
pelaksana = ["petugas"]
aksi = "arsipkan"
[[langkah]]
kegiatan = "Membuka"
pelaksana = ["tim"]
aksi = "buka"
[[langkah]]
kegiatan = "Mengumumkan"
pelaksana = ["ppid"]
aksi = "umumkan"
"""
ROLES = (
    "petugas_ppid",
    "ppid_utama",
    "tim_pertimbangan",
    "pimpinan_badan_publik",
    "arsiparis",
    "auditor",
)


@remembered
def office(slug="kota", *, timezone="Asia/Jakarta", roles=ROLES, choices=None, on=START) -> Walk:
    """Return a body with two agencies, and one person in each role, named after it.

    Its letters wait for no deliberation unless the choices say so: most tests are of other acts.
    """
    opened = datetime.combine(on, time(7)).astimezone()
    body = create_body(
        slug,
        name="Pemerintah Kota",
        unit="Dinas Kominfo",
        place="Kota",
        timezone=timezone,
        at=opened,
        choices={"deliberation": "tidak"} if choices is None else choices,
    )
    walk = Walk(body, now=datetime.combine(on, time(8), tzinfo=body.zone))
    walk.agencies = [
        add_agency(body, code=code, name=name, at=opened)
        for code, name in (("dinkes", "Dinas Kesehatan"), ("bkd", "Badan Kepegawaian"))
    ]
    for role in roles:
        appoint(walk, role)
    appoint(walk, "ppid_pelaksana", agency=walk.agencies[0])
    return walk


def appoint(walk, role, *, person=None, name="", **more):
    """Return a person, new unless given, appointed to a role from today on."""
    person = person or add_person(walk.body, name=name or role, at=walk.now)
    make_appointment(
        person,
        role=role,
        starts_on=more.pop("starts_on", walk.today),
        decree_number=f"SK/{role}",
        decree_date=walk.today,
        at=walk.now,
        **more,
    )
    return person


def who(walk, role):
    """Return the id of the first holder of the role today."""
    return holders(walk.body.pk, [role], on=walk.today)[0].person_id


def case_in(walk, *, text=SHORT_SOP, title="Usulan") -> Case:
    """Return a case of the short SOP, adopted on first use."""
    version = adopt_sop(walk.body, text=text, at=walk.now)
    walk.follow(version)
    return open_case(version, title=title, by=who(walk, "petugas_ppid"), at=walk.tick())


def item_in(walk, case, *, title="Rekam medis", public_title="Rekam medis pasien", agency=None):
    """Return a candidate of the agency, the first unless given."""
    return add_item(
        case,
        agency=agency or walk.agencies[0],
        title=title,
        public_title=public_title,
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )


def sheet(walk, *, sample=0, **values):
    """Return a complete sheet of today, with these values instead of its own.

    Sample 0 is of huruf h, its term two years from today.
    """
    made = sample_sheet(SAMPLES[sample], tested_on=walk.today, place="Kota")
    return replace(made, **({"term": PeriodTerm(walk.today, years=2)} | values))


def write_sheet(walk, item, *, by=None, **values):
    """Return the item's sheet as written, complete but for the values."""
    return write_test(
        item,
        sheet=sheet(walk, **values),
        publishable=("reason", "consequence_if_open"),
        by=by or who(walk, "petugas_ppid"),
        at=walk.tick(),
    )


def approved(walk, case, *items, by=None, decision=APPROVE, reason=""):
    """Let the head decide the items."""
    approve_as_head(
        case,
        decisions=tuple(Decision(item.pk, decision, reason) for item in items),
        by=by or who(walk, "pimpinan_badan_publik"),
        at=walk.tick(),
    )


def letter(walk, number="1/PPID/2026", **values):
    """Return a whole letter of today."""
    made = Letter(number=number, determined_on=walk.today, place="Kota", unit="Dinas Kominfo")
    return replace(made, **values)


def determined(walk, case, *items, number="1/PPID/2026", by=None):
    """Determine the items by a whole letter."""
    by = by or who(walk, "ppid_utama")
    return determine(case, items=items, letter=letter(walk, number), by=by, at=walk.tick())


def register_item(walk, case=None, *, number="1/PPID/2026", title="Rekam medis", **values):
    """Return an item that was proposed, tested, approved and determined."""
    case = case or case_in(walk)
    item = item_in(walk, case, title=title)
    write_sheet(walk, item, **values)
    approved(walk, case, item)
    determined(walk, case, item, number=number)
    item.refresh_from_db()
    return item


def opened(walk, item, *, on=None, reason=OpeningReason.CONSENT, document="12/2026", **more):
    """Declare a determined item open, by consent from today unless told otherwise."""
    declare_open(
        item,
        opened_on=on or walk.today,
        reason=reason,
        document=document,
        by=more.pop("by", None) or who(walk, "ppid_utama"),
        at=walk.tick(),
        **more,
    )
    item.refresh_from_db()


def codes(error) -> set[str]:
    """Return the codes of a caught error."""
    return set(error.value.codes)


def assert_sound() -> None:
    """The log verifies and every table equals its rebuild."""
    assert check_all().findings == ()
