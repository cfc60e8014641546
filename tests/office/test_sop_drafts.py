"""The SOP editor: a sheet becomes a draft, the draft is put right step by step, and adopted."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from office.factories import case_of, sop_text
from office.list_samples import package
from office.pages import MONDAY, appoint, as_role, codes, send, sign_in, visit
from office.remembered import remembered
from ppid.errors import Conflict, NotFound, Refused
from ppid.office.actions import sop_drafts as drafts
from ppid.office.models import Draft, Event, SopVersion
from ppid.sop.editing.controls import controls_of, document_with
from ppid.sop.editing.document import document_of
from ppid.sop.load import loads
from ppid.sop.transcription.draft import draft
from ppid.sop.transcription.source import blocks_of_text

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SHEET = Path(__file__).parents[1] / "sop" / "sheets" / "typed.txt"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
@remembered
def walk():
    return case_of("kalteng")[0]


@pytest.fixture
def ppid(client, walk):
    return as_role(client, walk, "ppid_utama")


def upload(content=None, name="SOP kota.txt"):
    return SimpleUploadedFile(name, SHEET.read_bytes() if content is None else content)


def id_of(answer):
    return answer.url.split("/naskah/")[1].split("/")[0]


@cache
def sheet_draft():
    return draft(blocks_of_text(SHEET.read_text(encoding="utf-8")), code="sop-kota")


@pytest.fixture
def begun(walk, ppid):
    """The id of a draft of the person, made from a sheet."""
    found = sheet_draft()
    document = document_of(found.text)
    ordered = document_with(document, controls_of(document))
    more = {"by": ppid.pk, "at": MONDAY, "told": found.remarks}
    return str(drafts.start_sop_draft(walk.body, document=ordered, **more).id)


def form_of(client, draft, **changes):
    """What a browser would send of the editor's page, with these controls filled in anew."""
    kept = drafts.sop_draft(draft, by=as_signed_in(client))
    fields = controls_of(kept.document) | {"turn": [str(kept.turn)]}
    return fields | {name.replace("__", "-"): [value] for name, value in changes.items()}


def as_signed_in(client):
    return visit(client, "sops").context["person"].pk


def press(client, draft, word="simpan", *, status=302, fields=None, **changes):
    fields = fields or form_of(client, draft, **changes)
    return send(client, "sop_draft", draft, status=status, **(fields | {"perintah": word}))


def sop_of(client, draft):
    return loads(drafts.sop_draft(draft, by=as_signed_in(client)).text, name="x")


def activities(client, draft):
    document = drafts.sop_draft(draft, by=as_signed_in(client)).document
    return [row["kegiatan"][:8] for row in document["langkah"]]


def test_a_sheet_becomes_a_draft_whose_guesses_are_named(client, ppid):
    page = visit(client, "sop_draft", id_of(send(client, "sop_draft_new", sheet=upload())))

    assert page.context["name"] == "PENDOKUMENTASIAN INFORMASI YANG DIKECUALIKAN"
    assert page.context["editor"].guesses == 3
    assert page.context["draft"].told
    assert page.context["found"].mistakes == ()
    warnings = {one.at: one.where for one in page.context["found"].warnings}
    assert warnings["tanggal-berakhir"] == "Berlaku sampai"
    assert warnings[""] == "Seluruh naskah"
    ends = next(one for one in page.context["editor"].identity if one.name == "tanggal-berakhir")
    assert [one.source for one in ends.warnings] != [""]
    assert b"<svg" in page.content
    assert b" style=" not in page.content


def test_the_library_lists_the_drafts_of_the_person_alone(client, walk, begun):
    assert [str(one.id) for one in visit(client, "sops").context["drafts"]] == [begun]

    sign_in(client, appoint(walk, "ppid_utama"))

    assert visit(client, "sops").context["drafts"] == ()
    visit(client, "sop_draft", begun, status=404)
    send(client, "sop_draft_drop", begun, status=404)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "steps_not_found"),
        (b"\xff\xfe\x00", "file_unknown"),
        (package({"word/document.xml": "<a"}), "file_damaged"),
        (b"%PDF-1.7 rusak", "pdf_damaged"),
        (b"Hanya kalimat biasa.", "steps_not_found"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told_and_makes_no_draft(client, ppid, content, code):
    page = send(client, "sop_draft_new", status=200, sheet=upload(content))
    assert codes(page.context["findings"]) == {code}
    assert not Draft.objects.exists()


def test_without_a_file_the_page_asks_for_one(client, ppid):
    page = send(client, "sop_draft_new", status=200)
    assert page.context["form"].errors
    assert visit(client, "sop_draft_new").context["form"].errors == {}


def test_a_draft_may_begin_empty(client, ppid):
    made = id_of(send(client, "sop_draft_new", kosong="ya"))
    page = visit(client, "sop_draft", made)
    assert {one.at for one in page.context["found"].mistakes} == {"nama", "langkah-1-kegiatan"}
    assert page.context["editor"].identity_is_open


@pytest.mark.parametrize("role", ["tim_pertimbangan", "petugas_ppid"])
def test_who_may_not_adopt_may_not_edit(client, walk, begun, role):
    version = SopVersion.objects.get()
    as_role(client, walk, role)

    visit(client, "sop_draft_new", status=403)
    visit(client, "sop_draft", begun, status=403)
    visit(client, "sop_draft_adopt", begun, status=403)
    send(client, "sop_edit", version.pk, status=403)
    send(client, "sop_draft_live", begun, status=403)
    send(client, "sop_draft_drop", begun, status=403)
    assert not visit(client, "sop", version.pk).context["may_edit"]
    document = {"langkah": []}
    with pytest.raises(Refused):
        drafts.start_sop_draft(walk.body, document=document, by=as_signed_in(client), at=MONDAY)


def test_what_is_typed_is_saved_with_each_button(client, begun):
    press(client, begun, langkah__2__waktu="3 hari kerja", nomor="9")
    sop = sop_of(client, begun)
    assert (sop.step(2).time, sop.number) == ("3 hari kerja", "9")


def test_rows_are_added_split_moved_and_deleted_and_each_can_be_undone(client, begun):
    before = activities(client, begun)

    added = press(client, begun, "tambah-1")
    press(client, begun, "naik-2", langkah__2__kegiatan="Baru")
    assert added.url.endswith("?di=langkah-2#langkah-2")
    assert activities(client, begun) == ["Baru", *before]
    press(client, begun, "pisah-1-2")
    assert activities(client, begun)[:2] == ["Ba", "ru"]
    press(client, begun, "hapus-1")
    assert activities(client, begun)[:2] == ["ru", before[0]]

    for _ in range(5):
        press(client, begun, "batalkan")
    assert activities(client, begun) == before
    press(client, begun, "ulangi")
    assert activities(client, begun)[1] == ""
    press(client, begun, "tambah-1")
    assert not visit(client, "sop_draft", begun).context["draft"].can_go_on


def test_an_act_that_changes_nothing_is_nothing_to_undo(client, begun):
    press(client, begun, "naik-1")
    assert not visit(client, "sop_draft", begun).context["draft"].can_go_back


def test_a_mistake_stands_at_its_field_and_its_card_is_open(client, begun):
    press(client, begun, "tambah-2")

    editor = visit(client, "sop_draft", begun).context["editor"]

    card = editor.rows[2]
    assert (card.is_open, card.is_wrong) == (True, True)
    assert [codes(one.findings) for one in card.main if one.findings] == [{"empty_text"}]
    assert [one.is_wrong for one in editor.rows] == [False, False, True] + [False] * 3


def test_a_deleted_target_is_an_error_where_it_was_named(client, begun):
    press(client, begun, "hapus-1")

    page = visit(client, "sop_draft", begun)

    assert [(one.finding.code, one.at) for one in page.context["found"].mistakes] == [
        ("removed_step", "langkah-3-hasil-2-ke")
    ]
    outcome = page.context["editor"].rows[2].outcomes[1]
    assert codes(outcome[1].findings) == {"removed_step"}
    assert page.context["found"].sheets


def test_a_deleted_performer_is_shown_as_such_and_nothing_is_drawn_without_one(client, begun):
    press(client, begun, "pelaku-hapus-1")

    page = visit(client, "sop_draft", begun)

    who = page.context["editor"].rows[0].main[1]
    assert codes(who.findings) == {"unknown_performer"}
    assert who.options[0].label.startswith("(")
    assert page.context["found"].sheets == ()
    assert "?" in page.context["editor"].rows[0].who


def test_an_act_that_cannot_be_done_is_told_and_what_was_typed_stays(client, begun):
    page = press(client, begun, "pisah-4", status=200, langkah__4__kegiatan="Satu")
    assert codes(page.context["findings"]) == {"nothing_to_split"}
    assert sop_of(client, begun).step(4).activity == "Satu"


def test_of_two_windows_the_second_to_save_is_told_and_loses_nothing(client, begun):
    first, second = form_of(client, begun, nomor="1"), form_of(client, begun, nomor="2")
    press(client, begun, fields=first)

    page = press(client, begun, fields=second, status=409)

    assert codes(page.context["findings"]) == {"sop_draft_changed"}
    assert page.context["editor"].identity[2].value == "2"
    assert sop_of(client, begun).number == "1"
    again = second | {"turn": [str(page.context["draft"].turn)]}
    press(client, begun, fields=again)
    assert sop_of(client, begun).number == "2"
    press(client, begun, "batalkan")
    assert sop_of(client, begun).number == "1"


def test_two_who_save_at_the_very_same_time_are_told_too(client, begun, ppid):
    kept = drafts.sop_draft(begun, by=ppid.pk)
    drafts.keep_state(kept, kept.document | {"nomor": "1"}, at=MONDAY)
    with pytest.raises(Conflict):
        drafts.keep_state(kept, kept.document | {"nomor": "2"}, at=MONDAY)


def test_the_script_saves_and_gets_the_right_side_alone(client, begun):
    fields = form_of(client, begun, langkah__1__waktu="2 hari kerja") | {"di": ["langkah-1"]}

    answer = send(client, "sop_draft_live", begun, status=200, **fields)
    again = send(client, "sop_draft_live", begun, status=200, **fields)
    late = send(client, "sop_draft_live", begun, status=409, **(fields | {"nomor": ["7"]}))

    assert b'data-turn="1" data-back="ya" data-on=""' in answer.content
    assert b"<html" not in answer.content
    assert b'data-turn="1"' in again.content
    assert b"data-refused" in late.content
    assert sop_of(client, begun).step(1).time == "2 hari kerja"


def test_typing_on_in_one_control_is_one_change_to_undo(client, begun, ppid):
    for text in ("1", "12", "123"):
        send(client, "sop_draft_live", begun, status=200, **form_of(client, begun, nomor=text))
    send(client, "sop_draft_live", begun, status=200, **form_of(client, begun, unit="X"))

    kept = drafts.sop_draft(begun, by=ppid.pk)
    assert len(kept.states) == 3
    press(client, begun, "batalkan")
    assert sop_of(client, begun).number == "123"


def test_states_are_bounded_in_number_and_length(client, begun, ppid, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_STATES", 3)
    for number in range(5):
        kept = drafts.sop_draft(begun, by=ppid.pk)
        drafts.keep_state(kept, kept.document | {"nomor": str(number)}, at=MONDAY)
    assert len(drafts.sop_draft(begun, by=ppid.pk).states) == 3

    monkeypatch.setattr(drafts, "MOST_LETTERS", 10)
    kept = drafts.sop_draft(begun, by=ppid.pk)
    assert len(drafts.keep_state(kept, kept.document | {"nomor": "x"}, at=MONDAY).states) == 1
    page = press(client, begun, status=200, nomor="x" * 1_000_001)
    assert codes(page.context["findings"]) == {"sop_draft_too_long"}


def test_a_person_has_so_many_drafts_and_no_more(client, begun, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    page = send(client, "sop_draft_new", status=200, sheet=upload())
    assert codes(page.context["findings"]) == {"too_many_sop_drafts"}


def test_the_file_is_what_the_form_says_and_the_check_accepts_it(client, begun):
    answer = press(client, begun, "unduh", status=200, langkah__1__kegiatan="Diketik saja")

    sop = loads(answer.content, name="sop-kota.toml")
    assert sop.step(1).activity == "Diketik saja"
    assert any(step.inferred for step in sop.steps)
    assert sop.remarks
    assert 'filename="sop-kota.toml"' in answer["Content-Disposition"]
    assert sop_of(client, begun).step(1).activity != "Diketik saja"


def test_a_draft_with_mistakes_is_not_led_to_its_adoption(client, begun):
    page = press(client, begun, "adopsi", status=200, langkah__1__kegiatan="")
    assert codes(page.context["findings"]) == {"sop_draft_has_mistakes"}
    assert visit(client, "sop_draft_adopt", begun, status=302).url.endswith(f"{begun}/")


def test_a_sound_draft_is_shown_once_more_adopted_and_gone(client, begun):
    assert press(client, begun, "adopsi", nomor="5").url.endswith("/adopsi/")
    page = visit(client, "sop_draft_adopt", begun)
    act = page.context["form"]["act"].initial
    assert page.context["sheets"]

    made = send(client, "sop_draft_adopt", begun, act=act)

    version = SopVersion.objects.get(code="sop-kota")
    assert made.url.endswith(f"{version.pk}/")
    assert loads(version.text, name="x").number == "5"
    assert Event.objects.filter(kind="sop.adopted").count() == 2
    visit(client, "sop_draft", begun, status=404)


def test_an_adopted_version_opens_as_it_is_and_says_what_is_left_out(client, walk, ppid):
    version = SopVersion.objects.get()

    made = id_of(send(client, "sop_edit", version.pk))
    press(client, made)

    kept = drafts.sop_draft(made, by=ppid.pk)
    assert len(kept.states) == 1
    same = replace(loads(kept.text, name="x"), content_hash=version.content_hash)
    assert same == loads(version.text, name="x")
    assert kept.told == ()
    assert visit(client, "sop", version.pk).context["may_edit"]


def test_a_comment_of_an_adopted_file_is_left_out_and_that_is_said(client, walk, ppid):
    text = "# dibaca ulang\n" + sop_text("bontang")
    send(client, "sop_adopt", file=SimpleUploadedFile("a.toml", text.encode()))

    made = id_of(send(client, "sop_edit", SopVersion.objects.get(code="bontang").pk))

    assert len(drafts.sop_draft(made, by=ppid.pk).told) == 1


def test_a_version_that_is_not_there_is_not_opened(client, begun):
    send(client, "sop_edit", begun, status=404)


def test_a_draft_can_be_thrown_away(client, begun, ppid):
    send(client, "sop_draft_drop", begun)
    with pytest.raises(NotFound):
        drafts.sop_draft(begun, by=ppid.pk)


def test_a_decision_is_made_and_unmade_and_a_guess_confirmed(client, begun):
    press(client, begun, "keputusan-2")
    assert visit(client, "sop_draft", begun).context["editor"].rows[1].is_decision
    press(client, begun, "biasa-2")
    press(client, begun, "periksa-3")
    page = visit(client, "sop_draft", begun)
    assert not page.context["editor"].rows[1].is_decision
    assert page.context["editor"].guesses == 2


TOML = """format = 1
kode = "uji"
nama = "Uji"
nomor = 12
asing = "tidak dikenal"
[[pelaksana]]
kode = "ppid"
nama = "PPID"
peran = ["ppid_utama"]
[[langkah]]
kegiatan = "Menerima"
pelaksana = ["ppid"]
lanjut = 9 # ke mana?
"""


def test_an_sop_file_with_mistakes_opens_in_the_editor(client, ppid):
    answer = send(client, "sop_draft_new", sheet=upload(TOML.encode(), name="SOP.TOML"))

    page = visit(client, "sop_draft", id_of(answer))
    kept = page.context["draft"]
    assert kept.document["nomor"] == "12"
    assert len(kept.told) == 3  # a number for a text, a key that is unknown, a comment
    assert any("asing" in one for one in kept.told)
    assert "langkah-1-lanjut" in {one.at for one in page.context["found"].mistakes}


def test_what_is_no_toml_stays_on_the_page_until_it_is(client, ppid):
    broken = TOML.replace('nama = "Uji"', 'nama = "Uji <b>', 1)
    sheet = upload(broken.encode(), name="sop.toml")

    page = send(client, "sop_draft_new", status=200, sheet=sheet)

    (found,) = page.context["findings"]
    assert (found.code, "baris 3" in found.message) == ("bad_toml", True)
    assert "Uji <b>" in found.hint
    assert b"Uji &lt;b&gt;" in page.content
    assert not Draft.objects.exists()

    again = send(client, "sop_draft_new", teks=TOML)

    assert drafts.sop_draft(id_of(again), by=ppid.pk).document["nama"] == "Uji"
