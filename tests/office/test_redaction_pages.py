"""The pages of blackening: opening, marking by search and by measure, making, deciding."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from office.asking import linked, received
from office.offices import case_in, item_in, office, who
from office.pages import as_role as signed_in_as
from office.pages import codes, send, visit
from office.test_copy_readings import recent
from office.test_redactions import GROUND, REASON, desk, make, marked, soft_copy_of, work_here
from office.vaults import content, recovery_key, store
from papers.reading import text_of
from ppid.office.actions.redactions import REASON_TO_OPEN, decide_public_copy
from ppid.office.models import CopyReading, Event, PublicCopy
from ppid.office.queries.filing import documents_of
from ppid.office.queries.redactions import marks_of, redactions_page
from ppid.office.views import redactions
from vault.covered import pdf, picture

__all__ = ["desk", "work_here"]
pytestmark = pytest.mark.django_db(databases=["default", "public"])
MEASURES = {"page": 1, "left": "70", "bottom": "250,5", "right": 300, "top": 270}


def as_role(client, walk, role):
    """Sign somebody in, a moment ago."""
    person = signed_in_as(client, walk, role)
    recent(client, timezone.now())
    return person


@pytest.fixture
def opened(desk, client):
    """The document, open before an officer."""
    walk, source, marks = desk
    person = as_role(client, walk, "petugas_ppid")
    client.post(address(source, "_open"))
    return walk, source, marks, person


def address(source, route="", *more):
    return reverse(f"redaction{route}", args=[source.document, source.version, *more])


def mark(client, source, **more):
    fields = MEASURES | {"ground": GROUND, "reason": REASON} | more
    return client.post(address(source, "_mark"), fields)


def found(answer):
    return codes(answer.context["findings"])


def test_opening_a_document_is_recorded_as_a_reading_with_its_reason(desk, client):
    walk, source, _ = desk
    person = as_role(client, walk, "petugas_ppid")
    assert "Buka dokumen" in client.get(address(source)).content.decode()
    assert client.get(address(source, "_picture", 1)).status_code == 403

    client.post(address(source, "_open"))

    event = Event.objects.get(kind="document.read")
    assert (event.actor, event.item) == (person.pk, source.item_id)
    assert event.sealed["reason"]["value"] == REASON_TO_OPEN
    reading = CopyReading.objects.get()
    assert (reading.reader, reading.document, reading.number) == (person.pk, source.document, 1)
    assert not reading.marked
    page = client.get(address(source, "_picture", 1))
    assert page.content.startswith(b"\x89PNG")
    assert page["Cache-Control"] == "no-store"


def test_who_signed_in_long_ago_signs_in_again_before_a_document_opens(desk, client):
    walk, source, _ = desk
    as_role(client, walk, "petugas_ppid")
    recent(client, timezone.now() - timedelta(minutes=6))

    asked = client.get(address(source))
    sent = client.post(address(source, "_open"))

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert sent.url == address(source)
    assert not Event.objects.filter(kind="document.read").exists()


def test_the_team_opens_documents_only_while_a_case_runs(desk, client):
    walk, source, _ = desk
    both = signed_in_as(client, walk, "tim_pertimbangan")
    recent(client, timezone.now())
    assert client.get(address(source)).status_code == 403
    assert both.pk not in Event.objects.values_list("actor", flat=True).filter(kind="document.read")


def test_an_hour_later_the_document_is_closed_again(opened, client, monkeypatch):
    _, source, _, _ = opened
    monkeypatch.setattr(redactions, "OPEN_FOR", timedelta(0))
    assert "Buka dokumen" in client.get(address(source)).content.decode()
    assert mark(client, source).status_code == 403


def test_a_mark_by_its_measures_stands_on_its_page(opened, client):
    _, source, _, person = opened

    assert mark(client, source).status_code == 302

    (kept,) = marks_of(source, person=person.pk)
    assert (kept.left, kept.bottom, kept.ground, kept.reason) == (70, 250.5, GROUND, REASON)
    page = client.get(address(source))
    assert [one.number for one in page.context["here"]] == [1]
    assert list(client.get(address(source), {"halaman": "2"}).context["here"]) == []


def test_a_mark_over_the_edge_is_cut_and_a_wrong_one_is_explained(opened, client):
    _, source, _, person = opened
    assert mark(client, source, right=900).status_code == 302
    assert marks_of(source, person=person.pk)[0].right == 420
    assert found(mark(client, source, page=7)) == {"mark_page_unknown"}
    assert found(mark(client, source, left=500, right=501)) == {"mark_too_small"}
    assert mark(client, source, left="kiri").context["mark_form"].errors.keys() == {"left"}
    assert len(marks_of(source, person=person.pk)) == 1


def test_each_finding_of_a_search_becomes_a_mark_once_confirmed(opened, client):
    _, source, _, person = opened
    page = client.get(address(source), {"cari": "a", "halaman": "999"})
    assert page.context["desk"].page == 2
    numbers = {one.number for one in page.context["hits"]}
    assert len(numbers) > 5

    sent = {"cari": "a", "ground": GROUND, "reason": REASON}
    client.post(address(source, "_hits"), {**sent, "hits": ["1", "3"]})

    assert len(marks_of(source, person=person.pk)) == 2
    wrong = client.post(address(source, "_hits"), {**sent, "hits": ["999"]})
    assert wrong.context["hits_form"].errors.keys() == {"hits"}


def test_a_search_without_findings_says_so(opened, client):
    _, source, _, _ = opened
    page = client.get(address(source), {"cari": "tidak ada ini", "halaman": "x"})
    assert (page.context["hits"], page.context["desk"].page) == ((), 1)


def test_a_mark_can_be_taken_away(opened, client):
    _, source, _, person = opened
    mark(client, source)
    mark(client, source, left=200)

    client.post(address(source, "_drop", 1))

    assert [one.left for one in marks_of(source, person=person.pk)] == [200]


def test_from_marks_to_the_file_that_is_handed_out(opened, client):
    walk, source, _, person = opened
    sent = {"cari": "siti aminah", "hits": ["1"], "ground": GROUND, "reason": REASON}
    client.post(address(source, "_hits"), sent)

    made = client.post(address(source, "_make"), {"act": uuid4()})

    copy = PublicCopy.objects.get()
    assert made.url == reverse("public_copy", args=[copy.pk])
    assert marks_of(source, person=person.pk)[0].reason == REASON  # of the copy, as a beginning
    shown = visit(client, "public_copy", copy.pk)
    assert codes(shown.context["page"].deciding) == {"not_authorised", "copy_own"}
    assert client.get(reverse("public_copy_file", args=[copy.pk])).status_code == 403
    as_role(client, walk, "ppid_utama")
    assert visit(client, "public_copy_picture", copy.pk, 1).content.startswith(b"\x89PNG")
    send(client, "public_copy", copy.pk, status=200, decision="tolak")
    send(client, "public_copy", copy.pk, decision="setuju")
    file = visit(client, "public_copy_file", copy.pk)
    assert file.content == content(soft_copy_of(copy))
    assert "Siti" not in text_of(file.content)
    assert file["Content-Disposition"].startswith("attachment")
    assert [one.words for one in redactions_page(source.item_id, **of(walk, person)).copies] == [
        "Disetujui"
    ]


def of(walk, person):
    return {"by": person.pk, "body": walk.body.pk, "on": walk.today}


def test_a_copy_without_marks_or_that_leaks_is_explained(opened, client):
    _, source, _, _ = opened
    assert found(client.post(address(source, "_make"), {"act": uuid4()})) == {"mark_missing"}
    sent = {"cari": "siti aminah", "hits": ["1"], "ground": GROUND, "reason": "Siti Aminah sakit"}
    client.post(address(source, "_hits"), sent)
    assert found(client.post(address(source, "_make"), {"act": uuid4()})) == {"words_left"}
    assert client.post(address(source, "_make"), {}).status_code == 200
    assert not PublicCopy.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_copy(opened, client):
    _, source, _, _ = opened
    mark(client, source)
    form = {"act": uuid4()}
    client.post(address(source, "_make"), form)
    again = client.post(address(source, "_make"), form)
    assert again.url == reverse("redactions", args=[source.item_id])
    assert PublicCopy.objects.count() == 1


def test_opening_again_what_was_closed_asks_for_a_reason(desk, client):
    walk, source, marks = desk
    copy = make(walk, source, [*marks, *marked(pdf(), "hipertensi esensial")])
    by = as_role(client, walk, "ppid_utama").pk
    decide_public_copy(copy, decision="setuju", by=by, at=walk.tick())
    as_role(client, walk, "petugas_ppid")
    client.post(address(source, "_open"))
    client.post(address(source, "_drop", 2))

    refused = client.post(address(source, "_make"), {"act": uuid4()})
    assert (refused.status_code, found(refused)) == (403, {"opened_now"})
    sent = {"act": uuid4(), "opened_reason": "Persetujuan pasien."}
    client.post(address(source, "_make"), sent)

    assert PublicCopy.objects.get(version=2).opened_reason == "Persetujuan pasien."


def test_the_list_shows_documents_and_not_the_copies_of_copies(desk, client):
    walk, source, marks = desk
    store(walk, source.item, picture(), document=source.document)
    copy = make(walk, source, marks)
    as_role(client, walk, "petugas_ppid")

    page = visit(client, "redactions", source.item_id).context["page"]

    assert [(one.document, one.version) for one in page.documents] == [(source.document, 2)]
    assert [one.copy for one in page.copies] == [copy]
    visit(client, "redaction", copy.document, copy.version, status=404)


def test_who_may_not_blacken_sees_why_and_who_may_not_see_finds_nothing(desk, client):
    walk, source, marks = desk
    copy = make(walk, source, marks)
    as_role(client, walk, "auditor")
    assert visit(client, "redactions", source.item_id).context["page"].obstacles
    visit(client, "redaction", source.document, 1, status=403)
    visit(client, "public_copy", uuid4(), status=404)
    other = office("lain")
    as_role(client, other, "petugas_ppid")
    for route, *names in (("redaction", source.document, 1), ("public_copy", copy.pk)):
        visit(client, route, *names, status=404)


def test_a_picture_has_no_text_to_be_searched(client):
    walk = office()
    item = item_in(walk, case_in(walk))
    recovery_key(walk)
    source = store(walk, item, io.BytesIO(picture()), name="foto.png")
    as_role(client, walk, "petugas_ppid")
    client.post(address(source, "_open"))
    page = client.get(address(source))
    assert not page.context["desk"].survey.text
    assert client.get(address(source, "_picture", 9)).status_code == 400


def test_a_public_copy_is_no_document_of_its_own(desk, client):
    walk, source, marks = desk
    copy = make(walk, source, marks)

    (one,) = documents_of(source.item)
    soft = soft_copy_of(copy)

    assert (one.document, one.version) == (source.document, source.version)
    assert (soft.kind, soft.pages, soft.file_name) == (
        "pdf",
        2,
        f"salinan-{source.item.public_id}-1.pdf",
    )


def test_a_request_shows_the_copies_that_may_be_handed_out(desk, client):
    walk, source, marks = desk
    asked = received(walk)
    linked(walk, asked, source.item)
    copy = make(walk, source, marks)
    as_role(client, walk, "ppid_utama")

    def shown():
        return [line.copies for line in visit(client, "request", asked.pk).context["page"].items]

    assert shown() == [()]
    by = who(walk, "ppid_utama")
    decide_public_copy(copy, decision="setuju", by=by, at=walk.tick())
    assert shown() == [(copy,)]
    assert (
        reverse("public_copy", args=[copy.pk])
        in visit(client, "request", asked.pk).content.decode()
    )
