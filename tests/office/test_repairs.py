"""The repair desk: what it lists, one defect at a time, and the three ways off it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from office.offices import (
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    office,
    sheet,
    who,
)
from office.pages import as_role, send, visit
from ppid.errors import BadInput, Conflict, NotFound, Refused
from ppid.law.consequence_test import ConsequenceTest, Part, from_dict
from ppid.law.defect import DefectKind, LegacyEntry
from ppid.law.term import DateTerm
from ppid.ledger.entry import Entry
from ppid.office.actions.approvals import REFUSE
from ppid.office.actions.drafts import draft_of, keep_draft
from ppid.office.actions.legacy import ListRow, import_list, set_entry_aside, take_up_entry
from ppid.office.actions.repairs import EntryOpening, Repair, open_entry, take_up_repaired
from ppid.office.forms.repairs import sheet_of_answers
from ppid.office.models import Case, Draft, Event, ImportedEntry, Item, SopVersion
from ppid.office.queries.history import in_words
from ppid.office.queries.repairs import EntryState, desk, desk_part, repair_page

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ENDED = LegacyEntry(
    number="1",
    title="Dokumen penawaran terminal",
    ground="Pasal 17 huruf b",
    legal_basis="UU 14/2008 ps. 17 huruf b; UU 30/2000 ps. 3",
    consequence_if_open="Pesaing mengetahui harga dan cara kerja perusahaan itu tanpa biaya.",
    consequence_if_closed="Perusahaan tetap mau menyerahkan data yang benar kepada pemerintah.",
    term="s.d. 31 Desember 2024",
    decree="SK 3/2023 tanggal 5 Januari 2023",
)
ENDLESS = LegacyEntry(
    number="2",
    title="Nama pelapor pungutan liar",
    ground="Pasal 17 huruf a angka 2",
    legal_basis="UU 14/2008 ps. 17 huruf a angka 2",
    consequence_if_open="Dapat melanggar ketentuan",
    consequence_if_closed="Pelapor aman dan pengaduan terus masuk dari semua kecamatan.",
    part="Nama dan alamat pelapor",
    term="Selama berlaku",
    document="Register pengaduan",
    decree="SK 3/2023 tanggal 5 Januari 2023",
)
SOUND = replace(
    ENDLESS,
    number="3",
    consequence_if_open="Pelapor dan keluarganya dapat diancam oleh pihak yang dilaporkannya.",
    term="s.d. 31 Desember 2027",
)


def imported(walk, *rows, agency=0):
    """Return the entries of an import; agency: which of the office's, None for none."""
    holder = None if agency is None else walk.agencies[agency].pk
    source = import_list(
        walk.body,
        name="dik.xlsx",
        digest=uuid4().hex,
        rows=[ListRow(number, one, holder) for number, one in enumerate(rows, 2)],
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )
    return list(source.entries.select_related("body"))


def repair(walk, **values):
    return Repair(agency=walk.agencies[0], sheet=values.pop("sheet", ConsequenceTest()), **values)


def taken(walk, entry, case=None, **values):
    return take_up_repaired(
        entry,
        into=case or case_in(walk),
        repair=repair(walk, **values),
        by=who(walk, "petugas_ppid"),
        at=walk.tick(),
    )


def open_it(walk, entry, *, opening=EntryOpening.NOT_EXEMPT, role="ppid_utama", reason="Biasa"):
    open_entry(entry, opening=opening, reason=reason, by=who(walk, role), at=walk.tick())


def whole_desk(walk, role="petugas_ppid"):
    return desk(walk.body, by=who(walk, role), on=walk.today)


def titles(lines):
    return [line.entry.legacy.title for line in lines]


def test_the_most_serious_entry_stands_first_and_one_without_defect_last():
    walk = office()
    imported(walk, SOUND, ENDLESS, ENDED)

    found = whole_desk(walk)

    assert [line.entry.legacy.number for line in found.lines] == ["1", "2", "3"]
    assert found.lines[0].kinds[0] is DefectKind.ENDED
    assert found.lines[2].defects == ()
    assert found.without_defect == 1


def test_entries_that_left_the_desk_stand_after_those_that_wait():
    walk = office()
    _, endless, ended = imported(walk, SOUND, ENDLESS, ENDED)
    open_it(walk, ended, opening=EntryOpening.ENDED)

    found = whole_desk(walk)

    assert [line.state for line in found.lines] == [
        EntryState.WAITING,
        EntryState.WAITING,
        EntryState.OPENED,
    ]
    assert found.lines[0].entry == endless
    assert len(found.waiting) == 2


def test_each_defect_is_counted_by_entries_and_by_those_that_wait():
    walk = office()
    first, _ = imported(walk, ENDLESS, replace(ENDLESS, number="9", title="Nama saksi"))
    taken(walk, first)

    counts = {one.kind: (one.entries, one.waiting) for one in whole_desk(walk).kinds}

    assert counts == {DefectKind.TERM: (2, 1), DefectKind.WEAK: (2, 1)}


def test_a_sentence_that_three_entries_share_is_found_over_all_imports():
    walk = office()
    rows = [replace(SOUND, number=str(number), title=f"Nama {number}") for number in range(3)]
    imported(walk, *rows[:2])
    imported(walk, rows[2], agency=1)

    report = whole_desk(walk, role="ppid_pelaksana")

    assert len(report.lines) == 2
    assert {one.code for line in report.lines for one in line.defects} == {"consequence_repeated"}


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"cacat": "jangka_waktu"}, ["2"]),
        ({"keadaan": "terbuka"}, ["1"]),
        ({"cari": "PELAPOR liar"}, ["2", "3"]),
        ({"cari": "tidak ada"}, []),
        ({"cacat": "jangka_waktu", "keadaan": "terbuka"}, []),
        ({}, ["2", "3", "1"]),
    ],
)
def test_the_desk_is_narrowed(asked, numbers):
    walk = office()
    *_, ended = imported(walk, SOUND, ENDLESS, ENDED)
    open_it(walk, ended)

    part = desk_part(whole_desk(walk), asked=asked, page=None)

    assert [line.entry.legacy.number for line in part.rows] == numbers


def test_who_may_not_read_sees_no_desk():
    walk = office(roles=("petugas_ppid", "pengelola_sistem"))
    imported(walk, ENDLESS)

    with pytest.raises(Refused) as error:
        whole_desk(walk, role="pengelola_sistem")

    assert codes(error) == {"not_authorised"}


def test_an_officer_of_one_agency_sees_its_entries_only():
    walk = office()
    imported(walk, ENDLESS)
    (other,) = imported(walk, ENDED, agency=1)
    (nobody,) = imported(walk, SOUND, agency=None)
    by = who(walk, "ppid_pelaksana")

    assert titles(desk(walk.body, by=by, on=walk.today).lines) == [ENDLESS.title]
    for entry in (other, nobody):
        with pytest.raises(NotFound):
            repair_page(walk.body, entry.pk, by=by, on=walk.today)


def test_an_entry_leads_on_to_the_next_that_waits_and_from_the_last_to_the_first():
    walk = office()
    sound, endless, ended = imported(walk, SOUND, ENDLESS, ENDED)
    by = who(walk, "petugas_ppid")

    def following(entry):
        return repair_page(walk.body, entry.pk, by=by, on=walk.today).following

    assert [following(one) for one in (ended, endless, sound)] == [endless.pk, sound.pk, ended.pk]
    open_it(walk, ended)
    open_it(walk, endless)
    assert following(ended) == sound.pk
    assert following(sound) is None
    open_it(walk, sound)
    assert following(ended) is None


def test_taking_up_makes_a_candidate_with_its_sheet_in_one_act():
    walk = office()
    (entry,) = imported(walk, ENDLESS)
    made = ConsequenceTest(information="Nama dan alamat", ground="a.2")

    item = taken(walk, entry, public_title="Identitas pelapor", sheet=made)

    assert (item.title, item.public_title, item.stage) == (
        ENDLESS.title,
        "Identitas pelapor",
        "usulan",
    )
    assert from_dict(item.consequence_tests.get().sheet) == made
    assert whole_desk(walk).lines[0].state is EntryState.IN_CASE
    assert_sound()


def test_taking_up_may_open_a_case_by_an_sop():
    walk = office()
    case_in(walk)
    (entry,) = imported(walk, ENDLESS)

    item = taken(walk, entry, SopVersion.objects.get())

    assert item.case.title == "Perbaikan daftar lama"


def test_taking_up_wants_a_case():
    walk = office()
    (entry,) = imported(walk, ENDLESS)

    with pytest.raises(BadInput) as error:
        take_up_repaired(
            entry,
            into=None,
            repair=repair(walk),
            by=who(walk, "petugas_ppid"),
            at=walk.tick(),
        )

    assert codes(error) == {"case_missing"}


def test_what_is_refused_on_the_way_leaves_no_case_and_no_item():
    walk = office()
    case_in(walk)
    (entry,) = imported(walk, ENDLESS)
    open_it(walk, entry)

    with pytest.raises(Refused) as error:
        taken(walk, entry, SopVersion.objects.get())

    assert codes(error) == {"entry_opened"}
    assert Case.objects.count() == 1
    assert not Item.objects.exists()


def test_an_entry_is_repaired_when_its_item_is_determined():
    walk = office()
    (entry,) = imported(walk, ENDLESS)
    case = case_in(walk)
    item = taken(walk, entry, case, public_title="Identitas", sheet=sheet(walk))
    approved(walk, case, item)
    determined(walk, case, item)

    (line,) = whole_desk(walk).lines

    assert line.state is EntryState.REPAIRED
    assert_sound()


def test_a_candidate_that_was_refused_sends_its_entry_back_to_the_desk():
    walk = office()
    (entry,) = imported(walk, ENDLESS)
    case = case_in(walk)
    item = taken(walk, entry, case, sheet=sheet(walk))
    approved(walk, case, item, decision=REFUSE, reason="Bukan rahasia")

    (line,) = whole_desk(walk).lines

    assert line.state is EntryState.WAITING
    assert take_up_entry(case, entry=entry, by=who(walk, "petugas_ppid"), at=walk.tick())


def test_what_has_ended_is_open_from_its_end_and_the_record_says_so():
    walk = office()
    (entry,) = imported(walk, ENDED)

    open_it(walk, entry, opening=EntryOpening.ENDED, reason="Terminal selesai dibangun")

    assert entry.opened_on == date(2024, 12, 31)
    assert (entry.opening, entry.opening_note) == ("berakhir", "Terminal selesai dibangun")
    event = Event.objects.get(kind="entry.opened")
    assert b"Terminal selesai" not in bytes(event.entry)
    assert "reason" in Entry.from_bytes(bytes(event.entry)).commitments
    assert "31 Desember 2024" in in_words(event)
    assert_sound()


def test_what_was_never_exempt_is_open_from_today():
    walk = office()
    (entry,) = imported(walk, ENDLESS)

    open_it(walk, entry)

    assert entry.opened_on == walk.today
    assert EntryOpening(entry.opening) is EntryOpening.NOT_EXEMPT
    assert_sound()


@pytest.mark.parametrize("term", ["Selama berlaku", "s.d. 31 Desember 2027", ""])
def test_a_term_that_has_not_ended_is_no_reason_to_open(term):
    walk = office()
    (entry,) = imported(walk, replace(ENDED, term=term))

    with pytest.raises(Refused) as error:
        open_it(walk, entry, opening=EntryOpening.ENDED)

    assert codes(error) == {"term_not_ended"}


def test_only_a_ppid_decides_that_an_entry_is_open():
    walk = office()
    (entry,) = imported(walk, ENDED)

    with pytest.raises(Refused) as error:
        open_it(walk, entry, role="petugas_ppid")

    assert codes(error) == {"not_authorised"}


def test_opening_wants_a_reason():
    walk = office()
    (entry,) = imported(walk, ENDED)

    with pytest.raises(BadInput) as error:
        open_it(walk, entry, reason="  ")

    assert codes(error) == {"reason_missing"}


def test_what_is_open_is_not_opened_set_aside_or_taken_up_again():
    walk = office()
    (entry,) = imported(walk, ENDED)
    open_it(walk, entry)
    by = who(walk, "petugas_ppid")

    for act in (
        lambda: open_it(walk, entry),
        lambda: set_entry_aside(entry, reason="Rangkap", by=by, at=walk.tick()),
        lambda: take_up_entry(case_in(walk), entry=entry, by=by, at=walk.tick()),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert codes(error) == {"entry_opened"}


def test_a_form_sent_twice_takes_up_once():
    walk = office()
    (entry,) = imported(walk, ENDLESS)
    case, act, by = case_in(walk), uuid4(), who(walk, "petugas_ppid")
    into = {"into": case, "repair": repair(walk), "by": by, "act": act}
    take_up_repaired(entry, at=walk.tick(), **into)

    with pytest.raises(Conflict):
        take_up_repaired(entry, at=walk.tick(), **into)

    assert Item.objects.count() == 1


def test_the_sheet_takes_the_old_text_and_then_the_officers_answers():
    on = date(2026, 3, 2)
    answers = {
        "ground": "a.1",
        "statutes": "UU 14/2008 ps. 17 huruf a angka 1\n\n UU 8/1981 ps. 5 ",
        "consequence_if_open": "Tersangka menghilangkan barang bukti",
        "part": "sebagian",
        "parts": "Nama",
        "term_choice": "saran",
        "consent": "tidak",
        "public_office": "ya",
    }

    plain = sheet_of_answers(SOUND, {}, on=on)
    made = sheet_of_answers(SOUND, answers, on=on)

    assert (plain.ground, plain.part, plain.term, plain.consent) == ("a.2", Part.PART, None, None)
    assert made.statutes == ("UU 14/2008 ps. 17 huruf a angka 1", "UU 8/1981 ps. 5")
    assert made.consequence_if_closed == SOUND.consequence_if_closed
    assert made.term == DateTerm(date(2023, 1, 5), date(2027, 12, 31))
    assert (made.consent, made.public_office) == (False, True)
    assert sheet_of_answers(SOUND, {"part": ""}, on=on).part is None


def test_a_draft_is_kept_field_by_field_and_is_nobody_elses():
    walk = office()
    mine, other = who(walk, "petugas_ppid"), who(walk, "ppid_utama")
    keep_draft(mine, "a", {"x": "1", "y": "2"}, at=walk.now)
    keep_draft(mine, "a", {"y": "3"}, at=walk.now)

    assert draft_of(mine, "a") == {"x": "1", "y": "3"}
    assert draft_of(other, "a") == draft_of(mine, "b") == {}


@pytest.fixture
def desk_of_three(client):
    """Three entries, and an officer who has signed in."""
    walk = office()
    entries = imported(walk, SOUND, ENDLESS, ENDED)
    with time_machine.travel(walk.now + timedelta(hours=1), tick=False):
        as_role(client, walk, "petugas_ppid")
        yield walk, entries


def test_the_page_lists_and_narrows_the_entries(client, desk_of_three):
    everything = visit(client, "desk")
    narrowed = visit(client, "desk", cacat="jangka_waktu")

    assert [line.entry.legacy.number for line in everything.context["part"].rows] == ["1", "2", "3"]
    assert [line.entry.legacy.number for line in narrowed.context["part"].rows] == ["2"]


def test_an_empty_desk_says_so(client):
    walk = office()
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "petugas_ppid")

        answer = visit(client, "desk")

    assert "Belum ada daftar lama" in answer.content.decode()


def test_the_walk_goes_from_defect_to_defect_and_into_a_case(client, desk_of_three):
    walk, (_, entry, _) = desk_of_three
    case = case_in(walk)
    first = visit(client, "entry_defect", entry.pk, 1)
    assert first.context["defect"].kind is DefectKind.TERM

    on_to = client.post(f"/meja-perbaikan/{entry.pk}/cacat/1/", {"term_choice": "nanti"})
    assert on_to.url.endswith("/cacat/2/")
    text = "Pelapor dan keluarganya diancam pihak yang dilaporkan."
    last = client.post(on_to.url, {"consequence_if_open": text})
    assert last.url.endswith("/ambil/")
    answer = send(
        client,
        "entry_take_up",
        entry.pk,
        agency=walk.agencies[0].pk,
        into=case.pk,
        public_title="Identitas pelapor pengaduan",
    )

    item = Item.objects.get()
    made = from_dict(item.consequence_tests.get().sheet)
    assert answer.url == f"/informasi/{item.pk}/"
    assert (made.consequence_if_open, made.ground, made.term) == (text, "a.2", None)
    assert not Draft.objects.exists()
    assert_sound()


@pytest.mark.parametrize(
    ("choice", "term"),
    [("saran", DateTerm(date(2023, 1, 5), date(2027, 12, 31))), ("nanti", None), ("", None)],
)
def test_a_lawful_old_term_is_offered_and_never_taken_over_silently(
    client, desk_of_three, choice, term
):
    walk, (entry, *_) = desk_of_three
    assert "term_choice" in visit(client, "entry_take_up", entry.pk).context["form"].fields

    fields = {"agency": walk.agencies[0].pk, "into": case_in(walk).pk, "term_choice": choice}
    send(client, "entry_take_up", entry.pk, **fields)

    assert from_dict(Item.objects.get().consequence_tests.get().sheet).term == term


def test_where_the_old_words_give_no_term_none_is_offered(client, desk_of_three):
    _, (_, endless, ended) = desk_of_three

    for entry in (endless, ended):
        assert "term_choice" not in visit(client, "entry_take_up", entry.pk).context["form"].fields


def test_what_was_chosen_on_the_walk_is_chosen_when_taking_up(client, desk_of_three):
    walk, _ = desk_of_three
    (entry,) = imported(walk, replace(ENDLESS, number="7", term="sampai putusan inkrah"))
    client.post(f"/meja-perbaikan/{entry.pk}/cacat/2/", {"term_choice": "saran"})

    form = visit(client, "entry_take_up", entry.pk).context["form"]

    assert form["term_choice"].value() == "saran"


def test_a_case_must_be_chosen_on_the_page(client, desk_of_three):
    walk, (entry, *_) = desk_of_three

    answer = send(client, "entry_take_up", entry.pk, status=200, agency=walk.agencies[0].pk)

    assert set(answer.context["form"].errors) == {"into"}
    assert not Item.objects.exists()


def test_an_entry_that_names_no_agency_of_ours_asks_for_one(client, desk_of_three):
    walk, _ = desk_of_three
    (entry,) = imported(walk, replace(ENDLESS, number="8"), agency=None)
    case = case_in(walk)
    assert visit(client, "entry_take_up", entry.pk).context["form"]["agency"].value() == ""

    answer = send(client, "entry_take_up", entry.pk, status=200, into=case.pk)
    assert set(answer.context["form"].errors) == {"agency"}

    send(client, "entry_take_up", entry.pk, into=case.pk, agency=walk.agencies[1].pk)
    assert Item.objects.get().agency == walk.agencies[1]


def test_the_officer_of_one_agency_may_choose_that_one_only(client, desk_of_three):
    walk, (entry, *_) = desk_of_three
    as_role(client, walk, "ppid_pelaksana")

    form = visit(client, "entry_take_up", entry.pk).context["form"]

    assert set(form.agencies) == {str(walk.agencies[0].pk)}


def test_a_half_written_walk_is_there_when_the_officer_comes_back(client, desk_of_three):
    _, (_, entry, _) = desk_of_three
    text = "Pelapor dan keluarganya diancam pihak yang dilaporkan."
    client.post(f"/meja-perbaikan/{entry.pk}/cacat/2/", {"consequence_if_open": text})

    again = visit(client, "entry_defect", entry.pk, 2)

    assert again.context["form"]["consequence_if_open"].value() == text
    entry.refresh_from_db()
    assert entry.legacy == ENDLESS


def test_a_wrong_choice_is_not_kept(client, desk_of_three):
    _, (_, entry, _) = desk_of_three

    answer = client.post(f"/meja-perbaikan/{entry.pk}/cacat/1/", {"term_choice": "selamanya"})

    assert answer.status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("number", [0, 9])
def test_a_defect_that_is_not_there_is_not_found(client, desk_of_three, number):
    _, (_, entry, _) = desk_of_three

    visit(client, "entry_defect", entry.pk, number, status=404)


def test_every_defect_of_a_bad_row_has_its_page(client, desk_of_three):
    walk, _ = desk_of_three
    bad = LegacyEntry(
        title="Salinan putusan pengadilan dan seluruh berkas pegawai",
        ground="Pasal 17 huruf h",
        legal_basis="Perki 1 Tahun 2010; UU No. 14 Tahun 2018 tentang Keterbukaan Informasi Publik",
        term="1 tahun",
        document_link="https://drive.google.com/x",
        decree="SK 1 tanggal 5 Januari 2020",
        test="BA tanggal 5 Februari 2020",
    )
    (entry,) = imported(walk, bad)
    page = visit(client, "entry", entry.pk).context["page"]

    shown = {
        visit(client, "entry_defect", entry.pk, number).context["defect"].code
        for number in range(1, len(page.line.defects) + 1)
    }

    assert shown == {one.code for one in page.line.defects}
    assert len(shown) >= 8


def test_opening_from_the_page_leads_to_the_next_entry(client, desk_of_three):
    walk, (_, endless, ended) = desk_of_three
    as_role(client, walk, "ppid_utama")
    assert visit(client, "entry_open", ended.pk).context["ended"] == date(2024, 12, 31)

    answer = send(client, "entry_open", ended.pk, opening="berakhir", reason="Sudah selesai")

    assert answer.url == f"/meja-perbaikan/{endless.pk}/"
    assert "Sudah selesai" in visit(client, "entry", ended.pk).content.decode()


def test_the_last_entry_leads_back_to_the_desk(client):
    walk = office()
    (entry,) = imported(walk, ENDED)
    with time_machine.travel(walk.now + timedelta(hours=1), tick=False):
        as_role(client, walk, "ppid_utama")

        answer = send(client, "entry_open", entry.pk, opening="berakhir", reason="Selesai")

    assert answer.url == "/meja-perbaikan/"


def test_an_officer_who_is_no_ppid_is_refused_on_the_page(client, desk_of_three):
    _, (*_, ended) = desk_of_three

    fields = {"opening": "berakhir", "reason": "Selesai"}
    answer = send(client, "entry_open", ended.pk, status=403, **fields)

    assert {one.code for one in answer.context["findings"]} == {"not_authorised"}


def test_an_entry_is_set_aside_and_brought_back(client, desk_of_three):
    _, (sound, *_) = desk_of_three
    send(client, "entry_aside", sound.pk, status=200)

    send(client, "entry_aside", sound.pk, reason="Sama dengan entri 2")
    assert "Sama dengan entri 2" in visit(client, "entry", sound.pk).content.decode()
    assert visit(client, "entry_aside", sound.pk).status_code == 200
    back = send(client, "entry_aside", sound.pk)

    sound.refresh_from_db()
    assert (back.url, sound.set_aside) == (f"/meja-perbaikan/{sound.pk}/", "")


def test_the_entry_of_another_body_does_not_exist(client, desk_of_three):
    walk, _ = desk_of_three
    other = office("kabupaten")
    (entry,) = imported(other, ENDLESS)

    for route in ("entry", "entry_take_up", "entry_open", "entry_aside"):
        visit(client, route, entry.pk, status=404)


def test_an_entry_in_a_case_and_a_repaired_one_lead_to_the_item(client, desk_of_three):
    walk, (_, entry, _) = desk_of_three
    item = taken(walk, entry)

    answer = visit(client, "entry", entry.pk)

    assert f"/informasi/{item.pk}/" in answer.content.decode()
    assert {one.code for one in answer.context["page"].taking} == {"entry_taken_up"}


def test_the_report_counts_and_shows_no_consequence(client, desk_of_three):
    text = visit(client, "desk_report").content.decode()

    assert ENDED.title in text
    assert DefectKind.ENDED.label in text
    assert "Pesaing mengetahui harga" not in text
    assert "Dapat melanggar" not in text


def test_a_list_of_a_thousand_rows_is_read_in_one_query_for_the_entries(
    client, desk_of_three, django_assert_max_num_queries
):
    walk, _ = desk_of_three
    imported(walk, *[replace(ENDED, number=str(n), title=f"Dokumen {n}") for n in range(60)])

    with django_assert_max_num_queries(12):
        answer = visit(client, "desk")

    assert answer.context["part"].more
    assert ImportedEntry.objects.count() == 63
