"""The pages of the store room, as those who keep it and those who only read see them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from office.factories import sign_in
from office.offices import appoint, case_in, item_in, office, register_item, who
from office.pages import as_role, codes, send, visit
from office.store import borrow, put, scan, shelf
from office.vaults import recovery_key, store
from ppid.office.actions.items import add_item
from ppid.office.labels import code_of
from ppid.office.models import Event, Loan, Place, StockTake
from ppid.office.queries.filing import filing_of
from ppid.office.queries.places import tree

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TITLE = "Rekam medis rahasia"


@pytest.fixture
def desk(settings):
    """An office of today whose rack holds one determined item of the first agency."""
    walk = office(on=timezone.now().date() - timedelta(days=30))
    item = register_item(walk, title=TITLE)
    boxes = shelf(walk)
    put(walk, item, boxes[0], file_number="12", item_number="3", amount=24, unit="lembar")
    return walk, item, boxes


def text(answer):
    return answer.content.decode()


def test_the_tree_shows_what_stands_in_what_and_what_is_out(client, desk):
    walk, item, _ = desk
    borrow(walk, item, workdays=2)
    as_role(client, walk, "arsiparis")

    page = visit(client, "store_room").context["page"]

    assert [one.path for one in page.nodes][-1] == "Ruang Arsip, Rak 1, Boks 2"
    assert (page.out, page.overdue, page.unplaced) == (1, 1, 0)
    assert not page.keeping


def test_who_only_reads_sees_why_they_add_nothing(client, desk):
    walk, _, boxes = desk
    as_role(client, walk, "auditor")
    assert codes(visit(client, "store_room").context["page"].keeping) == {"not_authorised"}
    refused = send(client, "place_new", status=403, kind="rak", name="9", parent="")
    assert codes(refused.context["findings"]) == {"not_authorised"}
    assert visit(client, "place", boxes[0].pk).status_code == 200


def test_a_place_of_another_body_does_not_exist_here(client, desk):
    walk, _, _ = desk
    foreign = shelf(office("kabupaten"))[0]
    as_role(client, walk, "arsiparis")
    offline = ("stock_take_offline", "stock_take_worker")
    for route in ("place", "place_change", "stock_take_new", "paper_labels", *offline):
        visit(client, route, foreign.pk, status=404)


def test_the_system_manager_sees_no_store_room(client, desk):
    walk, _, boxes = desk
    sign_in(client, appoint(walk, "pengelola_sistem"))
    visit(client, "store_room", status=403)
    visit(client, "place", boxes[0].pk, status=403)


def test_a_place_is_added_changed_and_closed(client, desk):
    walk, _, boxes = desk
    as_role(client, walk, "arsiparis")
    rack = boxes[0].parent

    visit(client, "place_new", di=str(rack.pk))
    send(client, "place_new", kind="boks", name="9", parent=str(rack.pk))
    made = Place.objects.get(name="9")
    visit(client, "place_change", made.pk)
    send(client, "place_change", made.pk, name="10", parent=str(rack.parent_id))
    send(client, "place_close", made.pk)

    made.refresh_from_db()
    assert (made.name, made.parent) == ("10", rack.parent)
    assert made.closed_at
    assert "ditutup" in text(visit(client, "place", made.pk))


def test_what_cannot_be_changed_or_closed_is_said_on_the_page(client, desk):
    walk, _, boxes = desk
    as_role(client, walk, "arsiparis")
    again = send(client, "place_change", boxes[1].pk, status=200, name="1", parent="")
    full = send(client, "place_close", boxes[0].pk, status=403)
    assert set(again.context["form"].errors) == {"parent"}
    assert codes(full.context["findings"]) == {"place_not_empty"}
    assert client.get(f"/ruang-simpan/tempat/{boxes[0].pk}/tutup/").status_code == 302


def test_a_place_shows_its_papers_in_the_order_of_their_ends(client, desk):
    walk, item, boxes = desk
    as_role(client, walk, "ppid_utama")
    borrow(walk, item)
    page = visit(client, "place", boxes[0].pk).context["page"]
    assert [(one.item, bool(one.loan)) for one in page.papers] == [(item, True)]
    assert page.hidden == 0


def test_the_papers_of_another_agency_are_counted_and_not_shown(client, desk):
    walk, _, boxes = desk
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]))
    answer = visit(client, "place", boxes[0].pk)
    assert answer.context["page"].hidden == 1
    assert TITLE not in text(answer)


def test_the_form_proposes_the_place_in_the_order_of_the_ends(client, desk):
    walk, _, boxes = desk
    later = item_in(walk, case_in(walk), title="Lain")
    as_role(client, walk, "arsiparis")

    answer = visit(client, "archive", later.pk)
    send(client, "archive", later.pk, security="biasa", place=str(boxes[0].pk), closed_on_hari="")

    assert answer.context["filing"].proposed == "Ruang Arsip, Rak 1, Boks 1"
    assert answer.context["form"]["place"].value() == str(boxes[0].pk)
    later.refresh_from_db()
    assert later.archive.place == boxes[0]
    assert visit(client, "archive", later.pk).context["form"]["security"].value() == "biasa"


def test_another_agencys_box_is_not_proposed(client, desk):
    walk, item, boxes = desk
    foreign = add_item(
        case_in(walk),
        agency=walk.agencies[1],
        title="Lain",
        public_title="Lain",
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )

    found = filing_of(foreign)

    assert (found.proposed, found.why) == (
        "Ruang Arsip, Rak 1, Boks 2",
        "tempat kosong yang pertama",
    )
    put(walk, foreign, boxes[1])
    assert filing_of(item).proposed == "Ruang Arsip, Rak 1, Boks 1"


def test_beside_a_term_without_a_date_the_words_say_so(client, desk):
    walk, _, boxes = desk
    case = case_in(walk)
    one, two = (item_in(walk, case, title=title) for title in ("Satu", "Dua"))
    put(walk, one, boxes[1])
    assert filing_of(two).why == "sesudah arsip yang tanpa tanggal"


def test_without_a_store_room_the_form_asks_for_words(client):
    walk = office()
    item = item_in(walk, case_in(walk))
    as_role(client, walk, "arsiparis")
    form = visit(client, "archive", item.pk).context["form"]
    assert "place" not in form.fields
    send(client, "archive", item.pk, security="biasa", hard_copy="Lemari 1")
    item.refresh_from_db()
    assert (item.archive.place, item.archive.hard_copy) == (None, "Lemari 1")


def test_each_place_of_the_tree_has_the_code_of_its_label(desk):
    walk, _, boxes = desk
    codes_of = {one.place.pk: one.code for one in tree(walk.body)}
    assert codes_of[boxes[0].pk] == code_of(boxes[0].pk)
    assert len(set(codes_of.values())) == len(codes_of)


def test_soft_copy_and_hard_copy_lead_to_each_other(client, desk):
    walk, item, boxes = desk
    recovery_key(walk)
    store(walk, item, name="rekam.pdf")
    as_role(client, walk, "arsiparis")
    page = visit(client, "item", item.pk)
    assert [one.file_name for one in page.context["page"].kept.documents] == ["rekam.pdf"]
    assert reverse("place", args=[boxes[0].pk]) in text(page)
    assert f"{reverse('item', args=[item.pk])}#arsip" in text(visit(client, "documents", item.pk))


def test_an_exempt_item_marked_ordinary_is_warned_of(client, desk):
    walk, item, boxes = desk
    put(walk, item, boxes[0], security="biasa")
    as_role(client, walk, "arsiparis")
    kept = visit(client, "item", item.pk).context["page"].kept
    assert codes(kept.weaknesses) == {"exempt_marked_ordinary"}
    security = visit(client, "archive", item.pk).context["form"]["security"]
    assert [one.label for one in security.options if one.hint] == ["Biasa"]


def test_a_label_leads_to_its_paper_or_its_place_and_strangers_to_the_sign_in(client, desk):
    walk, item, boxes = desk
    code = code_of(item.pk)
    stranger = client.get(f"/ruang-simpan/k/{code}/")
    as_role(client, walk, "auditor")

    assert "/akun/login/" in stranger.url
    assert str(item.pk) in visit(client, "store_code", code.lower(), status=302).url
    assert str(boxes[0].pk) in visit(client, "store_code", code_of(boxes[0].pk), status=302).url
    assert code in visit(client, "store_room", status=302, kode=f"http://x/k/{code}/").url


def test_a_code_that_stands_for_nothing_here_is_not_found(client, desk):
    walk, item, _ = desk
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]))
    for code in (code_of(item.pk), code_of(uuid4()), "bukan-kode"):
        visit(client, "store_code", code, status=404)


def test_a_paper_is_lent_and_taken_back_on_its_pages(client, desk):
    walk, item, _ = desk
    as_role(client, walk, "petugas_ppid")
    visit(client, "loan_new", item.pk)
    about = {"reason": "Sidang", "workdays": "3"}
    nobody = send(client, "loan_new", item.pk, status=200, **about)
    unclear = send(client, "loan_new", item.pk, status=200, borrower="luar", **about)
    send(client, "loan_new", item.pk, borrower="luar", party="Komisi Informasi", **about)
    loan = Loan.objects.get()
    again = visit(client, "loan_new", item.pk).context["obstacles"]
    shown = visit(client, "loan_return", loan.pk).context["line"]
    send(client, "loan_return", loan.pk, condition="lengkap")

    assert set(nobody.context["form"].errors) == {"borrower"}
    assert set(unclear.context["form"].errors) == {"borrower"}
    assert codes(again) == {"already_lent"}
    assert shown.who == "Komisi Informasi"
    assert [one.loan for one in visit(client, "loans").context["page"].returned] == [loan]
    assert "Kembali" in text(visit(client, "loan_return", loan.pk))


def test_an_overdue_paper_stands_in_the_inbox_and_on_the_docket_of_the_room(client, desk):
    walk, item, _ = desk
    borrow(walk, item, workdays=1)
    as_role(client, walk, "arsiparis")
    page = visit(client, "inbox").context["page"]
    (line,) = visit(client, "loans").context["page"].out
    assert [one.loan for one in page.loans] == [line.loan]
    assert line.overdue
    assert page.late >= 1


def test_a_loan_of_another_agencys_paper_is_not_shown(client, desk):
    walk, item, _ = desk
    loan = borrow(walk, item)
    sign_in(client, appoint(walk, "ppid_pelaksana", agency=walk.agencies[1]))
    visit(client, "loan_return", loan.pk, status=404)
    assert not visit(client, "loans").context["page"].out


def test_a_stock_take_is_typed_and_its_result_names_what_is_where(client, desk):
    walk, item, boxes = desk
    stray = item_in(walk, case_in(walk), title="Tersesat")
    put(walk, stray, boxes[1])
    as_role(client, walk, "arsiparis")

    form = visit(client, "stock_take_new", boxes[0].pk)
    empty = send(client, "stock_take_new", boxes[0].pk, status=200, scans=" \n")
    scans = f"{code_of(stray.pk)}\nFFFF-FFFF-FFFF\n"
    send(client, "stock_take_new", boxes[0].pk, scans=scans)
    page = visit(client, "stock_take", StockTake.objects.get().pk).context["page"]

    assert form.context["expected"] == (code_of(item.pk),)
    assert set(empty.context["form"].errors) == {"scans"}
    assert [one.item for one in page.missing] == [item]
    assert [(one.item, one.belongs) for one in page.misplaced] == [
        (stray, "Ruang Arsip, Rak 1, Boks 2")
    ]
    assert page.unknown == ("FFFF-FFFF-FFFF",)
    assert b"Tersesat" in visit(client, "stock_take", page.taken.pk).content


def test_what_a_browser_keeps_says_codes_and_nothing_else(client, desk):
    walk, item, boxes = desk
    person = as_role(client, walk, "arsiparis")
    full = text(visit(client, "stock_take_new", boxes[0].pk))

    kept = text(visit(client, "stock_take_offline", boxes[0].pk))

    assert code_of(item.pk) in kept
    confidential = (TITLE, person.name, walk.body.name, "Rak 1", "csrfmiddlewaretoken", "/akun/")
    assert {word: word in kept for word in confidential} == dict.fromkeys(confidential, False)
    assert all(word in full for word in confidential[1:])


def test_the_worker_of_a_stock_take_reaches_that_address_alone(client, desk):
    walk, _, boxes = desk
    as_role(client, walk, "arsiparis")

    worker = visit(client, "stock_take_worker", boxes[0].pk)

    # without the header a worker controls what lies below its own folder, and nothing else
    assert "Service-Worker-Allowed" not in worker.headers
    page, script = (
        reverse(one, args=[boxes[0].pk]) for one in ("stock_take_new", "stock_take_worker")
    )
    assert script.rpartition("/")[0] + "/" == page
    assert worker["Content-Type"] == "text/javascript"
    assert worker["Cache-Control"] == "no-store"
    assert f'data-worker="{script}"' in text(visit(client, "stock_take_new", boxes[0].pk))


def test_boxes_and_lent_papers_are_named_in_a_result(client, desk):
    walk, item, boxes = desk
    borrow(walk, item)
    taken = scan(walk, boxes[0], item, boxes[1])
    away = scan(walk, boxes[0], boxes[0])
    as_role(client, walk, "arsiparis")
    page = visit(client, "stock_take", taken.pk).context["page"]
    other = visit(client, "stock_take", away.pk).context["page"]
    assert ([one.item for one in page.back], page.strange) == (
        [item],
        ("Ruang Arsip, Rak 1, Boks 2",),
    )
    assert [one.item for one in other.on_loan] == [item]


def test_results_are_for_keepers(client, desk):
    walk, item, boxes = desk
    taken = scan(walk, boxes[0], item)
    as_role(client, walk, "auditor")
    visit(client, "stock_take", taken.pk, status=404)
    visit(client, "stock_take", uuid4(), status=404)
    asked = visit(client, "stock_take_new", boxes[0].pk)
    assert codes(asked.context["obstacles"]) == {"not_authorised"}


def test_the_labels_are_chosen_by_who_sets_the_office_up(client, desk):
    walk, _, _ = desk
    as_role(client, walk, "arsiparis")
    send(client, "label_choice", status=403, sheet="2x7", words=["nomor"])
    as_role(client, walk, "ppid_utama")
    visit(client, "label_choice")
    send(client, "label_choice", sheet="2x7", words=["nomor"])
    walk.body.refresh_from_db()
    chosen = walk.body.settings
    assert (chosen["label_sheet"], chosen["label_words"]) == ("2x7", ["nomor"])


def test_a_list_that_leaves_the_room_is_in_the_log(client, desk):
    walk, _, _ = desk
    as_role(client, walk, "arsiparis")
    for kind in ("berkas", "isi-berkas", "inaktif"):
        assert visit(client, "paper_archive_list", kind).content.startswith(b"%PDF")
    visit(client, "paper_archive_list", "lain", status=404)
    assert Event.objects.filter(kind="list.exported").count() == 3
