"""Evidence packs: what is in them, what is not, and that a judge's proofs verify outside."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from django.test import override_settings

from office.asking import answered, asked_office, linked, objected, received, responded
from office.offices import (
    appoint,
    approved,
    assert_sound,
    case_in,
    codes,
    determined,
    item_in,
    opened,
    register_item,
    who,
    write_sheet,
)
from office.pages import as_role, send, visit
from office.signing import prepared
from office.test_paper_records import scanned_in
from papers.reading import faults, text_of
from ppid.errors import BadInput, Refused
from ppid.law.objection import ObjectionOutcome
from ppid.ledger import evidence
from ppid.ledger.entry import Entry
from ppid.ledger.proof import parse_inclusion
from ppid.office import keys
from ppid.office.actions.editions import publish_edition
from ppid.office.actions.sops import adopt_sop
from ppid.office.demo.team import deliberate
from ppid.office.models import Event, Item, OfficePaper
from ppid.office.packs import pack as pack_module
from ppid.office.packs.emonev import counts_of, emonev_pack
from ppid.office.packs.pack import (
    BIG,
    MOST_BYTES,
    SIGNED,
    comma_separated,
    pressed_in_parts,
    zipped,
)
from ppid.office.paper_files import content_of
from ppid.office.queries.papers.lists import listing
from ppid.office.signing_rules import PaperKind
from ppid.office.tasks import make_up_deliveries

pytestmark = pytest.mark.django_db(databases=["default", "public"])
SITE = "https://ppid.contoh.go.id"
HOW = "cara-memeriksa.txt"
SECRET = "JUDUL-RAHASIA"


@pytest.fixture
def walk():
    """An office with an item that a team discussed, determined and listed, and one that opened."""
    walk = asked_office()
    appoint(walk, "tim_pertimbangan", name="Anggota Tim")
    case = case_in(walk)
    item = item_in(walk, case, title=SECRET, public_title="Rekam medis pasien")
    write_sheet(walk, item)
    deliberate(walk, case)
    approved(walk, case, item)
    determined(walk, case, item)
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick())
    opened(walk, register_item(walk, case, number="2/PPID/2026", title="Kedua"))
    item.refresh_from_db()
    walk.item = item
    return walk


def unpacked(chunks):
    with zipfile.ZipFile(io.BytesIO(b"".join(chunks))) as package:
        assert package.testzip() is None
        return {one.split("/")[1]: package.read(one) for one in package.namelist()}


def emonev(walk, *, year=None, by="ppid_utama"):
    year = year or walk.today.year
    pack = emonev_pack(walk.body, year, by=who(walk, by), on=walk.today, site=SITE)
    return unpacked(zipped(pack, walk.body, on=walk.today))


def index_of(files):
    text = files["00-daftar-isi.csv"].decode("utf-8-sig")
    return {row["berkas"]: row for row in csv.DictReader(io.StringIO(text))}


def kinds(files):
    return {name.split("-", 1)[1].rsplit(".", 1)[0] for name in files}


def test_the_pack_of_a_year_holds_every_paper_as_the_public_may_have_it(walk):
    files = emonev(walk)

    assert kinds(files) == {
        *("dik", "penetapan", "lembar-uji", "berita-acara", "pembukaan", "terbuka", "sop"),
        *("rekapitulasi", "daftar-isi"),
    }
    papers = {name: content for name, content in files.items() if name.endswith(".pdf")}
    assert all(len(content) <= MOST_BYTES for content in papers.values())
    assert all(faults(content) == set() for content in papers.values())
    texts = " ".join(text_of(content) for content in papers.values())
    assert "Rekam medis pasien" in texts
    assert SECRET not in texts
    assert "Anjuran tim" in texts
    assert "tidak dimuat dalam salinan untuk umum" in texts


def test_the_index_names_every_file_and_its_page_on_the_public_site(walk):
    files = emonev(walk)
    index = index_of(files)

    assert set(index) | {"00-daftar-isi.csv", "00-daftar-isi.pdf"} == set(files)
    site = f"{SITE}/{walk.body.slug}"
    links = {(name.split("-", 1)[1], row["alamat"]) for name, row in index.items()}
    assert ("dik.pdf", f"{site}/edisi/1/") in links
    assert ("lembar-uji.pdf", f"{site}/informasi/{walk.item.public_id}/") in links
    assert ("penetapan.pdf", "") in links
    assert "Tidak diumumkan" in text_of(files["00-daftar-isi.pdf"])


def followed(client, links):
    """What the public site answers to each address."""
    with override_settings(ROOT_URLCONF="ppid.public.urls"):
        return {link: client.get(link.removeprefix(SITE)).status_code for link in links}


def test_every_address_of_the_index_works_on_the_public_site(client, walk):
    """Also for an item that no edition ever named, and for the SOP of the office."""
    make_up_deliveries(at=walk.tick())
    index = index_of(emonev(walk))
    links = {row["alamat"] for row in index.values()} - {""}

    answers = followed(client, links)

    assert set(answers.values()) == {200}
    assert {link.split("/")[4] for link in links} == {"edisi", "informasi", "pembukaan", "sop"}
    assert sum("/informasi/" in link for link in links) == 1
    never_listed = Item.objects.exclude(pk=walk.item.pk).get().public_id
    strange = f"{SITE}/{walk.body.slug}/informasi/{never_listed}/"
    assert followed(client, [strange]) == {strange: 404}


def test_the_same_year_gives_the_same_bytes(walk):
    pack = emonev_pack(
        walk.body, walk.today.year, by=who(walk, "ppid_utama"), on=walk.today, site=SITE
    )
    first, again = (b"".join(zipped(pack, walk.body, on=walk.today)) for _ in range(2))
    assert first == again


def test_a_year_counts_what_happened_in_it(walk):
    answered_of = received(walk)
    linked(walk, answered_of, walk.item)
    answered(walk, answered_of)

    counts = dict(counts_of(walk.body, walk.today.year, walk.today))

    assert counts["Surat penetapan klasifikasi"] == 2
    assert counts["Informasi yang ditetapkan"] == 2
    assert counts["Informasi yang menjadi terbuka"] == 1
    assert counts["Permintaan informasi yang diterima"] == 1
    assert counts[f"Informasi yang dikecualikan pada {walk.today:%d-%m-%Y}"] == 1
    assert sum(name.startswith("di antaranya") for name in counts) == 2


def test_a_year_before_anything_happened_has_its_lists_only(walk):
    year = walk.today.year - 1
    assert kinds(emonev(walk, year=year)) == {"terbuka", "rekapitulasi", "daftar-isi"}


def test_an_sop_that_had_ended_or_not_begun_is_not_in_the_year(walk):
    year = walk.today.year
    text = (
        'format = 1\nkode = "{}"\nnama = "{}"\n[tanggal]\nefektif = {}\nberakhir = {}\n'
        "[[pelaksana]]\n"
        'kode = "a"\nnama = "A"\nperan = ["petugas_ppid"]\n[[langkah]]\nkegiatan = "X"\n'
        'pelaksana = ["a"]\n'
    )
    for code, begins, ends in (("lama", year - 3, year - 2), ("baru", year + 1, year + 2)):
        adopt_sop(
            walk.body,
            text=text.format(code, code, f"{begins}-01-01", f"{ends}-01-01"),
            by=who(walk, "ppid_utama"),
            at=walk.tick(),
        )
    titles = [row["isi"] for row in index_of(emonev(walk)).values()]
    assert not {"SOP lama", "SOP baru"} & set(titles)


def test_a_year_that_has_not_come_is_refused(walk):
    with pytest.raises(BadInput) as refused:
        emonev(walk, year=walk.today.year + 1)
    assert codes(refused) == {"year_ahead"}


def test_who_does_not_see_the_whole_body_gets_no_pack(walk):
    appoint(walk, "pengelola_sistem")
    with pytest.raises(Refused) as refused:
        emonev(walk, by="pengelola_sistem")
    assert codes(refused) == {"not_authorised"}


def test_a_list_too_large_for_one_file_is_cut_between_rows(walk):
    rows = [[str(number), "isi " * 30] for number in range(60)]
    columns = (("No", 0), ("Isi", 2.0))
    paper = listing(walk.body, "Daftar", columns=columns, rows=rows, on=walk.today)
    whole = pressed_in_parts(paper, walk.body, on=walk.today)
    assert len(whole) == 1

    parts = pressed_in_parts(paper, walk.body, on=walk.today, most=len(whole[0]) - 1)

    assert len(parts) == 2
    assert "59" in text_of(parts[1])
    assert "59 isi" not in text_of(parts[0])


def test_a_row_that_is_too_large_alone_stays_one_file(walk):
    paper = listing(walk.body, "Daftar", columns=(("No", 0),), rows=[["1"]], on=walk.today)
    assert len(pressed_in_parts(paper, walk.body, on=walk.today, most=1)) == 1


def test_a_cell_that_a_sheet_would_reckon_is_quoted():
    said = comma_separated(("a",), [("=1+1",), ("-2",), ("",), ("b",)]).decode("utf-8-sig")
    assert said.split("\r\n") == ["a", "'=1+1", "'-2", '""', "b", ""]


@pytest.fixture
def asked(walk):
    """A request for the exempt item that was refused in part, with an objection that failed."""
    asked = received(walk)
    linked(walk, asked, walk.item)
    answered(walk, asked)
    asked.refresh_from_db()
    objection = objected(walk, asked)
    responded(walk, objection, outcome=ObjectionOutcome.UPHELD, reason="Tetap dikecualikan")
    asked.refresh_from_db()
    return asked


def dispute(client, walk, asked, *items, role="ppid_utama"):
    as_role(client, walk, role)
    chosen = [str(item.pk) for item in items]
    answer = client.post(f"/permintaan/{asked.pk}/berkas-sengketa/unduh/", {"open": chosen})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return unpacked(answer.streaming_content)


def test_the_pack_of_a_dispute_holds_the_whole_reasoning(client, walk, asked):
    files = dispute(client, walk, asked, walk.item)

    found = {name.split("-", 1)[1].split(".")[0] for name in files}
    assert found >= {"indeks-bagian", "jawaban", "tanggapan", "penetapan", "lembar-uji", "vkey"}
    assert "berita-acara" in found
    index = next(files[name] for name in files if "indeks-bagian" in name)
    assert SECRET in text_of(index)
    assert "Rekapitulasi per kecamatan" in text_of(index)  # what was given
    assert "INTERNAL" in text_of(files["00-daftar-isi.pdf"])


def test_the_proofs_show_when_the_sheet_was_written_to_who_has_only_the_key(client, walk, asked):
    files = dispute(client, walk, asked, walk.item)
    proofs = [content.decode() for name, content in files.items() if "tlog-proof" in name]
    vkey = next(content.decode().strip() for name, content in files.items() if "vkey" in name)

    proven = [
        evidence.verify(parse_inclusion(one), vkey=vkey, verify=keys.verifier_of(vkey))
        for one in proofs
    ]

    kinds_of = {one.entry.kind for one in proven}
    assert kinds_of == {"test.written", "approval.given"}
    sheet = next(one for one in proven if one.entry.kind == "test.written")
    written = Event.objects.get(kind="test.written", item=walk.item.pk)
    assert sheet.evidence.opened == written.sealed
    assert datetime.fromisoformat(sheet.entry.at) == written.at


def test_how_to_check_names_the_files_as_they_are(client, walk, asked):
    files = dispute(client, walk, asked, walk.item)
    said = next(content.decode() for name, content in files.items() if name.endswith(HOW))
    for ending in (".tlog-proof", "vkey.txt"):
        assert ending in said
        assert [name for name in files if name.endswith(ending)]
    assert "bukti/NOMOR" not in said  # a folder and a name that no pack has


def test_the_index_says_which_letter_is_too_large_for_the_questionnaire(walk, monkeypatch):
    monkeypatch.setattr(pack_module, "MOST_BYTES", 100)
    titles = {name: row["isi"] for name, row in index_of(emonev(walk)).items()}
    assert all(title.endswith(f"({BIG})") for name, title in titles.items() if ".pdf" in name)
    assert not [name for name, title in titles.items() if name.endswith(".csv") and BIG in title]


def signed(walk, kind=PaperKind.DETERMINATION):
    """Sign the letter of the item with ink; return the bytes of the scan."""
    paper = prepared(walk, walk.item.determination, kind=kind)
    scanned_in(walk, paper)
    return content_of(paper.revisions.order_by("place").last().sha256)


def letters_in(files):
    return {name.split("-", 1)[1]: name for name in files if "-penetapan" in name}


def test_a_letter_that_was_signed_goes_to_the_judge_as_it_was_signed(client, walk, asked):
    prepared(walk, walk.item.determination)
    assert set(letters_in(dispute(client, walk, asked))) == {"penetapan.pdf"}
    OfficePaper.objects.update(withdrawn="Diganti")
    content = signed(walk)

    files = dispute(client, walk, asked)

    assert list(letters_in(files)) == ["penetapan-bertanda-tangan.pdf"]
    (name,) = letters_in(files).values()
    assert files[name] == content
    assert index_of(files)[name]["isi"].endswith(SIGNED)


def test_a_year_holds_what_was_signed_for_the_public_and_nothing_internal(walk):
    signed(walk)
    first = "penetapan-bertanda-tangan.pdf"
    assert first not in letters_in(emonev(walk))

    content = signed(walk, PaperKind.DETERMINATION_COPY)

    files = emonev(walk)
    assert files[letters_in(files)[first]] == content


def test_a_signed_file_that_is_too_large_has_its_print_beside_it(client, walk, asked, monkeypatch):
    signed(walk)
    monkeypatch.setattr(pack_module, "MOST_BYTES", 100)

    files = dispute(client, walk, asked)

    assert set(letters_in(files)) == {"penetapan-bertanda-tangan.pdf", "penetapan.pdf"}


def test_what_is_not_chosen_stays_sealed(client, walk, asked):
    files = dispute(client, walk, asked)
    assert not [name for name in files if "tlog-proof" in name]
    assert [name for name in files if name.endswith("titik-periksa.txt")]


def test_making_the_pack_of_a_dispute_counts_as_reading(client, walk, asked):
    before = Event.objects.filter(kind="document.read").count()
    dispute(client, walk, asked)
    assert Event.objects.filter(kind="document.read").count() == before + 1
    assert Event.objects.filter(kind="list.exported").count() == 1
    assert not Event.objects.filter(kind="commitment.opened").exists()


def test_what_is_opened_for_a_judge_stands_in_the_log(client, walk, asked):
    dispute(client, walk, asked, walk.item)

    opened = Event.objects.filter(kind="commitment.opened", item=walk.item.pk)
    entries = [Entry.from_bytes(bytes(one.entry)).payload for one in opened.order_by("seq")]
    written = Event.objects.filter(
        item=walk.item.pk, kind__in=("test.written", "approval.given")
    ).order_by("seq")
    assert [one["entry"] for one in entries] == [one.seq for one in written]
    assert_sound()


def test_an_item_that_was_never_tested_is_in_the_index_as_such(client, walk):
    asked = received(walk)
    linked(walk, asked, item_in(walk, walk.item.case, title="Belum diuji apa pun"))
    files = dispute(client, walk, asked)
    index = next(files[name] for name in files if "indeks-bagian" in name)
    assert "Belum diuji" in text_of(index)


def test_the_pages_offer_the_packs(client, walk, asked):
    as_role(client, walk, "ppid_utama")
    assert "berkas-emonev" in visit(client, "register").content.decode()
    assert str(walk.today.year) in visit(client, "emonev_pack").content.decode()
    shown = visit(client, "dispute_pack", asked.pk).content.decode()
    assert SECRET in shown
    assert "berkas-sengketa" in visit(client, "request", asked.pk).content.decode()
    assert client.get(f"/permintaan/{asked.pk}/berkas-sengketa/unduh/").status_code == 405


def test_the_page_makes_the_pack_of_a_year_and_says_what_is_wrong(client, walk):
    as_role(client, walk, "ppid_utama")
    made = client.post("/register/berkas-emonev/", {"year": "2026"})
    assert made.status_code == 200
    assert made["Content-Type"] == "application/zip"
    assert "dik" in kinds(unpacked(made.streaming_content))
    assert Event.objects.filter(kind="list.exported").count() == 1
    for wrong in ("", "dua ribu", "1999", "²⁰²⁶", "9999"):
        shown = send(client, "emonev_pack", year=wrong, status=200)
        assert shown.context["findings"]
