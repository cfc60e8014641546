"""The pages of destructions: list, decision, minutes, hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from office.factories import sign_in
from office.offices import appoint, case_in, item_in, office, register_item, who
from office.pages import as_role, codes, send, visit
from office.store import put
from office.test_destructions import ONE_STEP, PANEL, end
from ppid.law.term import PeriodTerm
from ppid.office.actions.destructions import hold
from ppid.office.models import ArchiveEntry, Destruction

pytestmark = pytest.mark.django_db(databases=["default", "public"])
RETENTION = {"active_years": 0, "inactive_years": 1, "fate": "musnah"}
LIST = {"panel_decree": "1/SK", **{one.value: name for one, name in PANEL.items()}}
APPROVAL = {"opinion": "2", "consent": "kepala_daerah", "consent_number": "3", "decision": "4"}


@pytest.fixture
def desk():
    """An office that began three years ago, with two archives that may be destroyed."""
    walk = office(on=timezone.now().date() - timedelta(days=3 * 366))
    case = case_in(walk, text=ONE_STEP)
    items = []
    for number, title in enumerate(("Rekam medis", "Laporan")):
        term = PeriodTerm(walk.today, years=1)
        items.append(register_item(walk, case, title=title, term=term, number=f"{number}/PPID"))
        put(walk, items[-1], hard="Lemari", closed_on=walk.today, **RETENTION)
    end(walk, case)
    return walk, items


def test_a_list_goes_its_way_on_its_pages(client, desk):
    walk, (item, other) = desk
    hold(other, reason="Penyidik", by=who(walk, "arsiparis"), at=walk.tick())
    as_role(client, walk, "arsiparis")
    page = visit(client, "destructions").context["page"]
    send(client, "destructions", items=[str(item.pk)], **LIST)
    made = Destruction.objects.get()
    as_role(client, walk, "pimpinan_badan_publik")
    assert visit(client, "destruction", made.pk).context["page"].to_approve
    send(client, "destruction_approve", made.pk, **APPROVAL)
    as_role(client, walk, "arsiparis")
    visit(client, "paper_destruction", made.pk, status=404)
    send(client, "destruction_carry_out", made.pk, minutes="5", witnesses="Dewi\nEko")
    done = visit(client, "destruction", made.pk).context["page"]

    assert [one.item for one in page.free] == [item]
    assert [codes(one.obstacles) for one in page.candidates if one.obstacles] == [{"archive_held"}]
    assert (done.destruction.stage, done.running) == ("dimusnahkan", False)
    assert visit(client, "paper_destruction", made.pk).content.startswith(b"%PDF")
    assert b"dimusnahkan" in visit(client, "item", item.pk).content


def test_what_is_wrong_is_said_where_it_is(client, desk):
    walk, (item, _) = desk
    as_role(client, walk, "arsiparis")
    empty = send(client, "destructions", status=200, panel_decree="1")
    send(client, "destructions", items=[str(item.pk)], **LIST)
    made = Destruction.objects.get()
    refused = send(client, "destruction_approve", made.pk, status=403, **APPROVAL)
    as_role(client, walk, "pimpinan_badan_publik")
    bad = send(client, "destruction_approve", made.pk, status=200, **APPROVAL | {"opinion": ""})
    send(client, "destruction_approve", made.pk, **APPROVAL)
    as_role(client, walk, "arsiparis")
    alone = send(
        client, "destruction_carry_out", made.pk, status=200, minutes="5", witnesses="Dewi"
    )

    assert "items" in empty.context["form"].errors
    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert set(bad.context["form"].errors) == {"opinion"}
    assert set(alone.context["form"].errors) == {"witnesses"}


def test_a_list_is_taken_back_with_a_reason_on_its_page(client, desk):
    walk, (item, _) = desk
    as_role(client, walk, "arsiparis")
    send(client, "destructions", items=[str(item.pk)], **LIST)
    made = Destruction.objects.get()
    silent = send(client, "destruction_withdraw", made.pk, status=200)
    send(client, "destruction_withdraw", made.pk, reason="Masih bernilai guna")
    assert codes(silent.context["findings"]) == {"reason_missing"}
    assert b"Masih bernilai guna" in visit(client, "destruction", made.pk).content


def test_a_form_that_is_only_looked_at_leads_to_its_list(client, desk):
    walk, (item, _) = desk
    as_role(client, walk, "arsiparis")
    send(client, "destructions", items=[str(item.pk)], **LIST)
    made = Destruction.objects.get()
    for route in ("destruction_approve", "destruction_carry_out", "destruction_withdraw"):
        visit(client, route, made.pk, status=302)


def test_destructions_are_seen_by_who_sees_the_whole_body(client, desk):
    walk, (item, _) = desk
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]))
    visit(client, "destructions", status=404)
    as_role(client, walk, "auditor")
    visit(client, "destructions")
    visit(client, "destruction", item.pk, status=404)


def test_an_archive_is_held_and_let_go_on_its_page(client, desk):
    walk, (item, _) = desk
    as_role(client, walk, "arsiparis")
    visit(client, "archive_hold", item.pk)
    send(client, "archive_hold", item.pk, reason="Surat penyidik")
    assert visit(client, "archive_hold", item.pk).context["form"]["reason"].value()
    send(client, "archive_hold", item.pk, reason="")
    assert not ArchiveEntry.objects.exclude(hold="").exists()
    unfiled = item_in(walk, case_in(walk), title="Lain")
    refused = send(client, "archive_hold", unfiled.pk, status=403, reason="x")
    assert codes(refused.context["findings"]) == {"archive_unknown"}
