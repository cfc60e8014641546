"""What an SOP file may contain: each mistake has a code and a place, and all come at once."""

import hashlib
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.sop.definition import Action, ApprovedBy, Dates, ForEach, Outcome, Performer, Trigger
from ppid.sop.load import LARGEST_FILE, load, loads
from ppid.sop.rows import KEYS
from sop.files import HEAD, PERFORMER, file, mistakes, sop, step

EACH = 'untuk_setiap = "perangkat_daerah"\n'
WHOLE = """
format = 1
kode = "contoh-kota"
nama = "Pendokumentasian"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas"
nomor = "12/IKP/2026"
dasar_hukum = ["UU"]
kualifikasi_pelaksana = ["Teliti"]
keterkaitan = ["SOP Lain"]
peralatan = ["Komputer"]
peringatan = ["Awas"]
pencatatan = ["Disimpan"]
batas = "10 hari kerja"
catatan = ["Catatan penyalin"]

[tanggal]
pembuatan = 2026-01-05
revisi = "-"
pengesahan = 2026-02-02
efektif = 2026-02-03
berakhir = 2026-12-31

[disahkan]
jabatan = "Kepala"
nama = "Nama"
nip = "1"

[[pelaksana]]
kode = "petugas"
nama = "Petugas PPID"
peran = ["petugas_ppid"]

[[pelaksana]]
kode = "pemohon"
nama = "Pemohon"
peran = ["pemohon"]
kolom = false
dicatat_oleh = "petugas"

[[langkah]]
kegiatan = "Mengumpulkan"
pelaksana = ["petugas", "pemohon"]
aksi = "kumpulkan"
baris = "1a"
kelengkapan = ["Form"]
waktu = "5 hari kerja"
waktu_sampai = 2
output = ["Daftar"]
keterangan = "Ket"
dasar = "PP 61/2010 ps. 3 (1)"
lanjut = [2, 3]
simpulan = "Disimpulkan"

[[langkah]]
kegiatan = "Menguji"
pelaksana = ["petugas"]
keputusan = { Ya = 4, Tidak = 4 }
alasan = ["Ya"]

[[langkah]]
kegiatan = "Menilai"
pelaksana = ["petugas"]
untuk_setiap = "perangkat_daerah"
pemicu = "masa_berakhir"
bukan_pelaku = [1, 2]

[[langkah]]
kegiatan = "Mengumumkan"
pelaksana = ["petugas"]
tunggu = [2, 3]
"""


def only_mistake(text):
    found = mistakes(text)
    assert len(found) == 1, found
    return found[0]


def test_every_key_of_the_identity_block_is_kept_verbatim():
    found = whole_without_trigger()

    assert (found.code, found.name, found.institution) == (
        "contoh-kota",
        "Pendokumentasian",
        "Pemerintah Kota Contoh",
    )
    assert (found.unit, found.number, found.limit) == ("Dinas", "12/IKP/2026", "10 hari kerja")
    assert found.legal_basis == ("UU",)
    assert found.qualifications == ("Teliti",)
    assert found.related == ("SOP Lain",)
    assert found.equipment == ("Komputer",)
    assert found.warnings == ("Awas",)
    assert found.records == ("Disimpan",)
    assert found.remarks == ("Catatan penyalin",)
    assert found.approved_by == ApprovedBy("Kepala", "Nama", "1")
    assert found.dates == Dates(
        made=date(2026, 1, 5),
        revised="-",
        approved=date(2026, 2, 2),
        effective=date(2026, 2, 3),
        ends=date(2026, 12, 31),
    )


def whole_without_trigger():
    # A case begun in the middle of a fork could never pass its join.
    return loads(WHOLE.replace('pemicu = "masa_berakhir"\n', ""), name="contoh.toml")


def test_a_start_inside_a_fork_is_refused():
    assert mistakes(WHOLE) == [("join_never_completes", "langkah 4")]


def test_every_key_of_performers_and_steps_is_read():
    found = whole_without_trigger()

    assert found.performers == (
        Performer("petugas", "Petugas PPID", ("petugas_ppid",)),
        Performer("pemohon", "Pemohon", ("pemohon",), column=False, recorded_by="petugas"),
    )
    first, second, third, fourth = found.steps
    assert (first.activity, first.action, first.label) == ("Mengumpulkan", Action.COLLECT, "1a")
    assert first.performers == ("petugas", "pemohon")
    assert (first.requirements, first.outputs) == (("Form",), ("Daftar",))
    assert (first.time, first.time_through) == ("5 hari kerja", 2)
    assert (first.remark, first.source) == ("Ket", "PP 61/2010 ps. 3 (1)")
    assert (first.next, first.inferred) == ((2, 3), "Disimpulkan")
    assert second.outcomes == (Outcome("Ya", (4,), needs_reason=True), Outcome("Tidak", (4,)))
    assert (third.for_each, third.not_performed_by) == (ForEach.AGENCY, (1, 2))
    assert fourth.wait_for == (2, 3)


def test_a_step_may_be_a_second_start():
    assert sop("", 'pemicu = "masa_berakhir"').step(2).trigger is Trigger.TERM_ENDS


def test_the_hash_is_that_of_the_files_bytes():
    text = file("")

    assert loads(text, name="x").content_hash == hashlib.sha256(text.encode()).hexdigest()


def test_without_lanjut_a_step_leads_to_the_next_row_and_the_last_one_ends():
    found = sop("", "")

    assert [each.next for each in found.steps] == [(2,), ()]
    assert found.step(1).action is Action.WORK


def test_selesai_ends_the_token_and_a_decision_has_no_next():
    found = sop("keputusan = { Ya = 2, Tidak = 'selesai' }", "lanjut = 'selesai'")

    assert [way.targets for way in found.step(1).outcomes] == [(2,), ()]
    assert (found.step(1).next, found.step(2).next) == ((), ())


def test_an_outcome_that_goes_back_or_stays_needs_a_reason():
    found = sop("", "keputusan = { Maju = 3, Ulang = 2, Kembali = 1, Berhenti = 'selesai' }", "")

    assert [way.needs_reason for way in found.step(2).outcomes] == [False, True, True, False]


def test_a_byte_order_mark_is_no_mistake():
    assert loads(b"\xef\xbb\xbf" + file("").encode(), name="x").code == "contoh"


def test_consecutive_steps_for_each_agency_may_decide_among_themselves():
    assert mistakes(file("", EACH + "keputusan = { Ya = 3, Tidak = 2 }", EACH, "")) == []


def test_a_run_at_the_end_of_the_sheet_may_end_by_an_outcome():
    text = file(EACH + "keputusan = { Ya = 2, Tidak = 'selesai' }", EACH)

    assert mistakes(text) == []


def test_a_run_may_lead_to_a_join_further_down():
    text = file("lanjut = [2, 4]", EACH, EACH + "lanjut = 5", "", "tunggu = [3, 4]")

    assert mistakes(text) == []


def test_agencies_that_decide_may_leave_to_the_same_distant_place():
    text = file(
        "lanjut = [2, 4]",
        EACH + "keputusan = { Ya = 3, Tidak = 2 }",
        EACH + "lanjut = 5",
        "",
        "tunggu = [3, 4]",
    )

    assert mistakes(text) == []


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (("", EACH + "keputusan = { Ya = 3, Tidak = 1 }", ""), "langkah 2: keputusan.Tidak"),
        ((EACH + "keputusan = { Ya = 2, Lain = 3 }", "", ""), "langkah 1: keputusan.Lain"),
        ((EACH + "keputusan = { Ya = 2, B = 'selesai' }", ""), "langkah 1: keputusan.B"),
        ((EACH + "keputusan = { Ya = 2, B = [2, 3] }", EACH, ""), "langkah 1: keputusan.B"),
        (
            (EACH + "keputusan = { Ya = 2, B = 3 }", EACH + "lanjut = 4", "", ""),
            "langkah 2: lanjut",
        ),
        (
            (EACH + "keputusan = { A = 1, B = 2 }", EACH + "lanjut = [1, 3]", ""),
            "langkah 2: lanjut",
        ),
    ],
)
def test_agencies_that_decide_must_meet_behind_their_run(steps, place):
    assert only_mistake(file(*steps)) == ("leaves_run", place)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (file("", head=HEAD.replace("= 1", "= 2")), "unknown_format", "format"),
        (file("", head=HEAD.replace("= 1", "= true")), "wrong_type", "format"),
        (file("", head=HEAD.replace("= 1", "= 1.0")), "wrong_type", "format"),
        (file("", head=HEAD.replace("format = 1", "")), "missing_key", "format"),
        (file("", head=HEAD.replace('kode = "contoh"', "")), "missing_key", "kode"),
        (file("", head=HEAD.replace('"contoh"', '"Contoh Kota"')), "bad_code", "kode"),
        (file("", head=HEAD.replace('"contoh"', '" "')), "empty_text", "kode"),
        (file("", head=HEAD.replace('nama = "Contoh"', "")), "missing_key", "nama"),
        (file("", head=HEAD.replace('"Contoh"', "7")), "wrong_type", "nama"),
        (file("", top='warna = "merah"'), "unknown_key", "warna"),
        (file("", top="instansi = 5"), "wrong_type", "instansi"),
        (file("", top='dasar_hukum = "UU"'), "wrong_type", "dasar_hukum"),
        (file("", top="peralatan = [5]"), "wrong_type", "peralatan"),
        (file("", top='tanggal = "x"'), "wrong_type", "tanggal"),
        (file("", top="[tanggal]\npembuatan = 5"), "wrong_type", "tanggal.pembuatan"),
        (file("", top="[tanggal]\nrevisi = true"), "wrong_type", "tanggal.revisi"),
        (file("", top="[tanggal]\nefektif = 2026-01-01T00:00:00"), "wrong_type", "tanggal.efektif"),
        (file("", top="[tanggal]\nefektif = 07:30:00"), "wrong_type", "tanggal.efektif"),
        (file("", top="[tanggal]\nlahir = 2026-01-01"), "unknown_key", "tanggal.lahir"),
        (file("", top="[disahkan]\nnip = 196"), "wrong_type", "disahkan.nip"),
        (file("", top="[disahkan]\npangkat = 'IV'"), "unknown_key", "disahkan.pangkat"),
        (file("", top="disahkan = []"), "wrong_type", "disahkan"),
    ],
)
def test_a_mistake_in_the_identity_block_has_its_place(text, code, place):
    assert only_mistake(text) == (code, place)


def with_performer(*lines):
    return file("", performers=PERFORMER + "[[pelaksana]]\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (with_performer('nama = "B"', 'peran = ["x"]'), "missing_key", "pelaksana 2: kode"),
        (with_performer('kode = "b"', 'peran = ["x"]'), "missing_key", "pelaksana 2: nama"),
        (with_performer('kode = "b"', 'nama = "B"'), "missing_key", "pelaksana 2: peran"),
        (
            with_performer('kode = "b-c"', 'nama = "B"', 'peran = ["x"]'),
            "bad_code",
            "pelaksana 2: kode",
        ),
        (
            with_performer('kode = "a"', 'nama = "B"', 'peran = ["x"]'),
            "repeated_performer",
            "pelaksana 2: kode",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', "peran = []"),
            "empty_list",
            "pelaksana 2: peran",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', 'peran = "x"'),
            "wrong_type",
            "pelaksana 2: peran",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', 'peran = ["Kepala Dinas"]'),
            "bad_code",
            "pelaksana 2: peran",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', 'peran = ["x"]', 'kolom = "ya"'),
            "wrong_type",
            "pelaksana 2: kolom",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', 'peran = ["x"]', 'dicatat_oleh = "z"'),
            "unknown_performer",
            "pelaksana 2: dicatat_oleh",
        ),
        (
            with_performer('kode = "b"', 'nama = "B"', 'peran = ["x"]', "lajur = 1"),
            "unknown_key",
            "pelaksana 2: lajur",
        ),
    ],
)
def test_a_mistake_in_a_performer_has_its_place(text, code, place):
    assert only_mistake(text) == (code, place)


@pytest.mark.parametrize(
    ("body", "code", "key"),
    [
        ("warna = 1", "unknown_key", "warna"),
        ("aksi = 'terbang'", "unknown_word", "aksi"),
        ("aksi = 3", "wrong_type", "aksi"),
        ("untuk_setiap = 'warga'", "unknown_word", "untuk_setiap"),
        ("pemicu = 'fajar'", "unknown_word", "pemicu"),
        ("pemicu = true", "wrong_type", "pemicu"),
        ("baris = 3", "wrong_type", "baris"),
        ("waktu = 5", "wrong_type", "waktu"),
        ("kelengkapan = 'Form'", "wrong_type", "kelengkapan"),
        ("output = [1]", "wrong_type", "output"),
        ("keterangan = []", "wrong_type", "keterangan"),
        ("dasar = 1", "wrong_type", "dasar"),
        ("simpulan = false", "wrong_type", "simpulan"),
        ("waktu_sampai = '3'", "wrong_type", "waktu_sampai"),
        ("waktu_sampai = true", "wrong_type", "waktu_sampai"),
        ("waktu_sampai = 2", "not_later", "waktu_sampai"),
        ("waktu_sampai = 1", "not_later", "waktu_sampai"),
        ("waktu_sampai = 9", "no_such_step", "waktu_sampai"),
        ("waktu = '1 hari'\nwaktu_sampai = 3", "covers_other_time", "waktu_sampai"),
        ("lanjut = 9", "no_such_step", "lanjut"),
        ("lanjut = 0", "no_such_step", "lanjut"),
        ("lanjut = -1", "no_such_step", "lanjut"),
        ("lanjut = true", "wrong_type", "lanjut"),
        ("lanjut = 2.0", "wrong_type", "lanjut"),
        ("lanjut = 'habis'", "bad_target", "lanjut"),
        ("lanjut = []", "empty_list", "lanjut"),
        ("lanjut = [3, 3]", "repeated_entry", "lanjut"),
        ("lanjut = [3, '']", "empty_entry", "lanjut"),
        ("lanjut = ['selesai']", "finish_in_list", "lanjut"),
        ("lanjut = [3, 9]", "no_such_step", "lanjut"),
        ("keputusan = { Ya = 3 }", "too_few_outcomes", "keputusan"),
        ("keputusan = {}", "too_few_outcomes", "keputusan"),
        ("keputusan = 'Ya'", "wrong_type", "keputusan"),
        ("keputusan = { Ya = 3, Tidak = 9 }", "no_such_step", "keputusan.Tidak"),
        ("keputusan = { Ya = 3, Tidak = '1' }", "bad_target", "keputusan.Tidak"),
        ("keputusan = { Ya = 3, Tidak = [] }", "empty_list", "keputusan.Tidak"),
        ("keputusan = { Ya = 3, Tidak = ['selesai'] }", "finish_in_list", "keputusan.Tidak"),
        ("keputusan = { Ya = 3, '' = 1 }", "empty_text", "keputusan."),
        ("keputusan = { Ya = 3, Tidak = 1 }\nlanjut = 3", "next_beside_decision", "lanjut"),
        ("alasan = ['Ya']", "unknown_outcome", "alasan"),
        ("keputusan = { Ya = 3, Tidak = 1 }\nalasan = ['Tunda']", "unknown_outcome", "alasan"),
        ("tunggu = 1", "wrong_type", "tunggu"),
        ("tunggu = []", "empty_list", "tunggu"),
        ("tunggu = [2]", "waits_for_itself", "tunggu"),
        ("tunggu = [9]", "no_such_step", "tunggu"),
        ("tunggu = [1, 1]", "repeated_entry", "tunggu"),
        ("tunggu = ['selesai']", "finish_in_list", "tunggu"),
        ("bukan_pelaku = 1", "wrong_type", "bukan_pelaku"),
        ("bukan_pelaku = [9]", "no_such_step", "bukan_pelaku"),
        ("bukan_pelaku = ['1']", "wrong_type", "bukan_pelaku"),
    ],
)
def test_a_mistake_in_a_step_has_its_place(body, code, key):
    assert only_mistake(file("", body, "waktu = '2 hari'")) == (code, f"langkah 2: {key}")


@pytest.mark.parametrize(
    ("table", "code", "key"),
    [
        (step(activity=""), "missing_key", "kegiatan"),
        (step(activity='kegiatan = ""'), "empty_text", "kegiatan"),
        (step(performers=""), "missing_key", "pelaksana"),
        (step(performers="pelaksana = []"), "empty_list", "pelaksana"),
        (step(performers='pelaksana = "a"'), "wrong_type", "pelaksana"),
        (step(performers='pelaksana = ["a", "a"]'), "repeated_entry", "pelaksana"),
        (step(performers='pelaksana = ["a", ""]'), "empty_entry", "pelaksana"),
        (step(performers='pelaksana = ["a", 5]'), "wrong_type", "pelaksana"),
        (step(performers='pelaksana = ["hantu"]'), "unknown_performer", "pelaksana"),
    ],
)
def test_a_step_needs_an_activity_and_known_performers(table, code, key):
    assert only_mistake(file("", table)) == (code, f"langkah 2: {key}")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (file("", performers="pelaksana = []"), "empty_list", "pelaksana"),
        (file("", performers=""), "missing_key", "pelaksana"),
        (file("", performers="pelaksana = 5"), "wrong_type", "pelaksana"),
        (file("", performers="pelaksana = [5]"), "wrong_type", "pelaksana 1"),
        (file(), "missing_key", "langkah"),
        (file(top="langkah = []"), "empty_list", "langkah"),
        (file(top="langkah = {}"), "wrong_type", "langkah"),
        (file(top="langkah = ['a']"), "wrong_type", "langkah 1"),
    ],
)
def test_performers_and_steps_must_be_there(text, code, place):
    assert only_mistake(text) == (code, place)


def test_a_time_may_cover_the_rows_before_the_next_time():
    assert mistakes(file("waktu = '1 hari'\nwaktu_sampai = 2", "", "waktu = '1 hari'")) == []


def test_a_time_that_covers_a_row_that_is_no_table_says_only_that():
    text = file(
        top="langkah = [{kegiatan = 'x', pelaksana = ['a'], waktu = '1 hari', waktu_sampai = 2}, 5]"
    )

    assert only_mistake(text) == ("wrong_type", "langkah 2")


def test_a_wrong_step_does_not_shift_the_numbers_of_the_others():
    text = file(top="langkah = [5, {pelaksana = ['a']}]")

    assert mistakes(text) == [("wrong_type", "langkah 1"), ("missing_key", "langkah 2: kegiatan")]


def test_a_file_with_ten_mistakes_gets_ten_messages():
    text = file(
        "aksi = 'terbang'",
        "keputusan = { Ya = 9 }",
        step("lanjut = [4, 'selesai']", performers='pelaksana = ["hantu"]'),
        "tunggu = [4]",
        head='format = 2\nkode = "Contoh"\n',
        top="[tanggal]\npembuatan = 5",
    )

    assert sorted(mistakes(text)) == [
        ("bad_code", "kode"),
        ("finish_in_list", "langkah 3: lanjut"),
        ("missing_key", "nama"),
        ("no_such_step", "langkah 2: keputusan.Ya"),
        ("too_few_outcomes", "langkah 2: keputusan"),
        ("unknown_format", "format"),
        ("unknown_performer", "langkah 3: pelaksana"),
        ("unknown_word", "langkah 1: aksi"),
        ("waits_for_itself", "langkah 4: tunggu"),
        ("wrong_type", "tanggal.pembuatan"),
    ]


def test_the_flow_is_judged_beside_other_mistakes():
    text = file("lanjut = 'selesai'\nwaktu = 5", "")

    assert mistakes(text) == [("wrong_type", "langkah 1: waktu"), ("unreached", "langkah 2")]


@pytest.mark.parametrize("body", ["lanjut = 9", "keputsan = { a = 'selesai' }"])
def test_the_flow_is_not_judged_while_its_own_rows_are_in_doubt(body):
    assert "unreached" not in [code for code, _ in mistakes(file("lanjut = 'selesai'", body))]


def test_a_misspelt_key_gets_a_suggestion_and_an_odd_one_does_not():
    with pytest.raises(BadInput) as error:
        loads(file("keputsan = 1\nzzz = 1"), name="x")

    assert ["keputusan" in finding.hint for finding in error.value.findings] == [True, False]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        ("kode = 'a\x00'", "nul_byte"),
        (b"\xff\xfe", "not_utf8"),
        ("kode = '\ud800'", "not_utf8"),
        ("kode", "bad_toml"),
        (b"#" * (LARGEST_FILE + 1), "too_large"),
    ],
)
def test_what_is_no_text_is_said_of_the_whole_file(content, code):
    assert only_mistake(content) == (code, "berkas")


def test_values_nested_without_end_are_refused():
    assert only_mistake("a = " + "[" * 100_000)[0] in {"nested_too_deep", "bad_toml"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("kode = 'a'\nnama =", "baris 2, kolom 7"),
        ("kode = 'a'\nkode = 'b'\n", "baris 2, kolom 11"),
        ("\n\nkode = [1, 2", "baris 3, kolom 13"),
        ("kode = 'a'\nformat = " + "9" * 5000, "baris 2, kolom 10"),
    ],
)
def test_a_toml_mistake_names_line_and_column(text, where):
    with pytest.raises(BadInput) as error:
        loads(text, name="x")

    assert where in error.value.findings[0].message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = 1\na = 2", "sudah ditulis"),
        ("[a", "kurung siku tutup"),
        ("a = 2026-02-30", "tidak ada di kalender"),
        ('a = "x', "tanda"),
        # What has no translation keeps the reader's own words.
        ('a = "\\ud800"', "scalar value"),
    ],
)
def test_a_toml_mistake_is_explained(text, words):
    with pytest.raises(BadInput) as error:
        loads(text, name="x")

    assert words in error.value.findings[0].message


def test_a_file_is_read_from_disk(tmp_path):
    path = tmp_path / "contoh.toml"
    path.write_text(file(""), encoding="utf-8")

    assert load(path).code == "contoh"


def test_an_absent_file_a_folder_and_an_impossible_name_are_said_plainly(tmp_path):
    for path, code in (
        (tmp_path / "tidak-ada.toml", "file_not_found"),
        (tmp_path, "not_a_file"),
        ("\x00", "unreadable"),
    ):
        with pytest.raises(BadInput) as error:
            load(path)
        assert error.value.codes == (code,)


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX only")
def test_a_name_that_is_too_long_is_unreadable(tmp_path):
    with pytest.raises(BadInput) as error:
        load(tmp_path / ("x" * 5000))

    assert error.value.codes == ("unreadable",)


@given(st.one_of(st.text(), st.binary()))
def test_any_text_loads_or_is_bad_input(text):
    assert isinstance(mistakes(text), list)


TOML_VALUES = st.recursive(
    st.one_of(
        st.booleans().map(lambda value: str(value).lower()),
        st.integers(-3, 12).map(str),
        st.sampled_from(["''", "'a'", "'selesai'", "1.5", "2026-01-01", "07:00:00"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]"),
        st.dictionaries(st.sampled_from(["Ya", "Tidak"]), inner, max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=5,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*KEYS, "lain"]), TOML_VALUES, max_size=4), max_size=4
    ),
    st.dictionaries(st.sampled_from(["tanggal", "disahkan", "kolom"]), TOML_VALUES, max_size=2),
)
def test_any_toml_of_any_types_loads_or_is_bad_input(rows, top):
    tables = ["[[langkah]]\n" + "\n".join(f"{k} = {v}" for k, v in row.items()) for row in rows]
    lines = "\n".join(f"{key} = {value}" for key, value in top.items())

    assert isinstance(mistakes(file(*tables, top=lines)), list)


def test_the_four_real_sops_load():
    for name in ("bontang", "kalteng", "bali", "pontianak"):
        found = load(f"sops/{name}.toml")
        assert found.code == name
        assert all(each.inferred or each.number == 1 for each in found.steps)
