"""The format's contract, rule by rule: what is refused and where, and what must load."""

import json

import pytest
from click.testing import CliRunner

from ppid.commands import sop as commands
from sop.files import ANOTHER, HEAD, PERFORMER, file, mistakes, step

EACH = 'untuk_setiap = "perangkat_daerah"\n'
END = 'lanjut = "selesai"'


def head(old, new):
    return file("", head=HEAD.replace(old, new))


def identity(lines):
    return file("", top=lines)


def third(**values):
    """Return a file with a third performer that has these values (TOML) instead of good ones."""
    lines = {"kode": '"c"', "nama": '"Pihak ketiga"', "peran": '["pemohon"]'} | values
    table = "\n".join(f"{key} = {value}" for key, value in lines.items() if value)
    return file("", performers=f"{PERFORMER}{ANOTHER}[[pelaksana]]\n{table}\n")


WRONG = {
    # format, kode, nama: required
    "format 2": (head("= 1", "= 2"), "format"),
    "format as text": (head("= 1", '= "1"'), "format"),
    "format as a yes": (head("= 1", "= true"), "format"),
    "format as a decimal": (head("= 1", "= 1.0"), "format"),
    "no format": (head("format = 1\n", ""), "format"),
    "no kode": (head('kode = "contoh"\n', ""), "kode"),
    "kode with capitals": (head('"contoh"', '"Contoh"'), "kode"),
    "kode with an underscore": (head('"contoh"', '"a_b"'), "kode"),
    "kode with a digit of another script": (head('"contoh"', '"a٣"'), "kode"),
    "kode with a line end": (head('"contoh"', r'"a\n"'), "kode"),
    "no nama": (head('nama = "Contoh"\n', ""), "nama"),
    "nama as a number": (head('"Contoh"', "5"), "nama"),
    # types and unknown keys of the identity block
    "an unknown key": (identity('judul = "x"'), "judul"),
    "a text for a list": (identity('dasar_hukum = "x"'), "dasar_hukum"),
    "a number in a list of texts": (identity('dasar_hukum = ["x", 3]'), "dasar_hukum"),
    "a number for a text": (identity("nomor = 12"), "nomor"),
    "a list for a text": (identity('batas = ["10 hari"]'), "batas"),
    "a local moment for a date": (
        identity("[tanggal]\npembuatan = 2026-01-05T10:00:00"),
        "tanggal.pembuatan",
    ),
    "a moment for a date": (
        identity("[tanggal]\nefektif = 2026-01-05T10:00:00Z"),
        "tanggal.efektif",
    ),
    "a time for a date": (identity("[tanggal]\nrevisi = 10:00:00"), "tanggal.revisi"),
    "a year for a date": (identity("[tanggal]\nberakhir = 2026"), "tanggal.berakhir"),
    "an unknown date": (identity("[tanggal]\nterbit = 2026-01-05"), "tanggal.terbit"),
    "a text for the dates": (identity('tanggal = "2026"'), "tanggal"),
    "two tables of dates": (identity("[[tanggal]]\nrevisi = 2026-01-05"), "tanggal"),
    "nip as a number": (identity("[disahkan]\nnip = 19800101"), "disahkan.nip"),
    "an unknown key of the signature": (identity('[disahkan]\ngelar = "x"'), "disahkan.gelar"),
    # performers
    "no performers": (file("", performers=""), "pelaksana"),
    "an empty list of performers": (file("", top="pelaksana = []", performers=""), "pelaksana"),
    "one table for the performers": (
        file("", performers=PERFORMER.replace("[[", "[").replace("]]", "]")),
        "pelaksana",
    ),
    "a performer without code": (third(kode=""), "pelaksana 3: kode"),
    "a performer without name": (third(nama=""), "pelaksana 3: nama"),
    "a performer without roles": (third(peran=""), "pelaksana 3: peran"),
    "a code with a dash": (third(kode='"a-b"'), "pelaksana 3: kode"),
    "a repeated code": (third(kode='"a"'), "pelaksana 3: kode"),
    "a role as text": (third(peran='"pemohon"'), "pelaksana 3: peran"),
    "a role that is no slug": (third(peran='["Kabag Hukum"]'), "pelaksana 3: peran"),
    "an empty list of roles": (third(peran="[]"), "pelaksana 3: peran"),
    "kolom as text": (third(kolom='"ya"'), "pelaksana 3: kolom"),
    "kolom as a number": (third(kolom="0"), "pelaksana 3: kolom"),
    "an undeclared recorder": (third(dicatat_oleh='"z"'), "pelaksana 3: dicatat_oleh"),
    "a list of recorders": (third(dicatat_oleh='["a"]'), "pelaksana 3: dicatat_oleh"),
    "an unknown key of a performer": (third(warna='"x"'), "pelaksana 3: warna"),
    # rows
    "no steps": (file(), "langkah"),
    "an empty list of steps": (file(top="langkah = []"), "langkah"),
    "one table for the steps": (
        file() + step().replace("[[", "[").replace("]]", "]"),
        "langkah",
    ),
    "texts for steps": (file(top='langkah = ["Bekerja"]'), "langkah 1"),
    "an unknown key of a step": (file('durasi = "x"'), "langkah 1: durasi"),
    "no kegiatan": (file(step(activity="")), "langkah 1: kegiatan"),
    "no pelaksana": (file(step(performers="")), "langkah 1: pelaksana"),
    "pelaksana as text": (file(step(performers='pelaksana = "a"')), "langkah 1: pelaksana"),
    "no performer in a step": (file(step(performers="pelaksana = []")), "langkah 1: pelaksana"),
    "an empty performer": (file(step(performers='pelaksana = [""]')), "langkah 1: pelaksana"),
    "a repeated performer": (
        file(step(performers='pelaksana = ["a", "a"]')),
        "langkah 1: pelaksana",
    ),
    "an undeclared performer": (file(step(performers='pelaksana = ["z"]')), "langkah 1: pelaksana"),
    "an unknown aksi": (file('aksi = "teliti"'), "langkah 1: aksi"),
    "aksi with a capital": (file('aksi = "Uji"'), "langkah 1: aksi"),
    "an unknown untuk_setiap": (file('untuk_setiap = "dokumen"'), "langkah 1: untuk_setiap"),
    "an unknown pemicu": (file('pemicu = "x"'), "langkah 1: pemicu"),
    "baris as a number": (file("baris = 3"), "langkah 1: baris"),
    "waktu as a number": (file("waktu = 5"), "langkah 1: waktu"),
    "output as text": (file('output = "x"'), "langkah 1: output"),
    # merged times
    "waktu_sampai not later": (
        file("", 'waktu = "1 jam"\nwaktu_sampai = 2'),
        "langkah 2: waktu_sampai",
    ),
    "waktu_sampai earlier": (
        file("", 'waktu = "1 jam"\nwaktu_sampai = 1'),
        "langkah 2: waktu_sampai",
    ),
    "waktu_sampai past the end": (
        file('waktu = "1 jam"\nwaktu_sampai = 3', ""),
        "langkah 1: waktu_sampai",
    ),
    "waktu_sampai over another time": (
        file('waktu = "1 jam"\nwaktu_sampai = 2', 'waktu = "-"'),
        "langkah 1: waktu_sampai",
    ),
    "waktu_sampai as a yes": (
        file('waktu = "1 jam"\nwaktu_sampai = true', ""),
        "langkah 1: waktu_sampai",
    ),
    # decisions
    "one outcome": (file("keputusan = { Ya = 2 }", ""), "langkah 1: keputusan"),
    "no outcome": (file("keputusan = {}", ""), "langkah 1: keputusan"),
    "outcomes as a list": (file("keputusan = [2, 1]", ""), "langkah 1: keputusan"),
    "lanjut beside keputusan": (
        file("keputusan = { Ya = 2, Tidak = 1 }\nlanjut = 2", ""),
        "langkah 1: lanjut",
    ),
    **{
        f"an outcome to {target}": (
            file(f"keputusan = {{ Ya = 2, Tidak = {target} }}", ""),
            "langkah 1: keputusan.Tidak",
        )
        for target in (
            ["3", "0", "-1", "1.0", "true", '"1"', '"Selesai"', "[]", '["selesai"]']
            + ['[2, "selesai"]', "[2, 2]", "[[2]]", "{ ke = 2 }", "2026-01-05"]
        )
    },
    "alasan as text": (
        file('keputusan = { Ya = 2, Tidak = 2 }\nalasan = "Ya"', ""),
        "langkah 1: alasan",
    ),
    # lanjut, tunggu, bukan_pelaku
    **{
        f"lanjut = {target}": (file(f"lanjut = {target}", ""), "langkah 1: lanjut")
        for target in (
            ["3", "0", "-1", "1.0", "true", '"2"', '"akhir"', "[]", "[2, 2]", "[2, 7]", "{ a = 2 }"]
            + ['[2, "selesai"]', '["selesai"]', '[""]']
        )
    },
    **{
        f"tunggu = {sources}": (
            file("lanjut = [2, 3]", "lanjut = 4", "", f"tunggu = {sources}"),
            "langkah 4: tunggu",
        )
        for sources in (
            [
                "[2, 3, 4]",
                "[]",
                "[2, 3, 3]",
                "[2, 9]",
                '["2", 3]',
                "3",
                "[2]",
                "[1, 2, 3]",
                "[0, 2]",
            ]
        )
    },
    **{
        f"bukan_pelaku = {steps}": (
            file("", f"bukan_pelaku = {steps}"),
            "langkah 2: bukan_pelaku",
        )
        for steps in ("1", "[0]", "[3]", '["1"]')
    },
    # runs
    "an outcome out of a run, back": (
        file("", EACH + "keputusan = { Ya = 3, Tidak = 1 }", ""),
        "langkah 2: keputusan.Tidak",
    ),
    "an outcome out of a run, further on": (
        file(EACH + "keputusan = { Ya = 2, Tidak = 3 }", "", ""),
        "langkah 1: keputusan.Tidak",
    ),
    "an outcome out of a run to the end": (
        file(EACH + 'keputusan = { Ya = 2, Tidak = "selesai" }', ""),
        "langkah 1: keputusan.Tidak",
    ),
    # flows
    "a step that nothing reaches": (file(END, ""), "langkah 2"),
    "no way to the end": (file("", "lanjut = 1"), "langkah 1"),
    "two tokens on one step": (file("lanjut = [2, 3]", "lanjut = 4", "", ""), "langkah 4"),
    "a join that may wait for ever": (
        file(
            "lanjut = [2, 3]",
            "keputusan = { Ya = 5, Tidak = 4 }",
            "lanjut = 5",
            "lanjut = 5",
            "tunggu = [2, 3, 4]",
        ),
        "langkah 5",
    ),
    "a second start into half a fork": (
        file("lanjut = [2, 3]", 'lanjut = 4\npemicu = "masa_berakhir"', "", "tunggu = [2, 3]"),
        "langkah 4",
    ),
    # files
    "no TOML": (HEAD + "x = \n", "berkas"),
    "a key twice": (HEAD + HEAD, "berkas"),
    "a day that does not exist": (identity("[tanggal]\nrevisi = 2026-02-30"), "berkas"),
    "nothing": ("", "berkas"),
}

DECISION = 'keputusan = { Ya = "selesai", Tidak = 1 }'
FORK = ("lanjut = [2, 3]", "lanjut = 4", "")
SOUND = {
    "as little as can be": file(""),
    "kode of digits and dashes": head('"contoh"', '"1-2-"'),
    "dates as text": identity('[tanggal]\npembuatan = "5 Januari 2026"\nrevisi = ""'),
    "dates in one line": identity('tanggal = { revisi = 2026-01-05, berakhir = "-" }'),
    "empty tables and lists": identity("dasar_hukum = []\n[tanggal]\n[disahkan]"),
    "performers in one line": file(
        "", top="pelaksana = [{ kode = 'a', nama = 'x', peran = ['y'] }]", performers=""
    ),
    "an own role": third(peran='["kabag_hukum", "sekretariat_2"]'),
    "a recorder": third(dicatat_oleh='"a"', kolom="false"),
    "a recorder declared later": file(
        "",
        performers='[[pelaksana]]\nkode = "c"\nnama = "C"\nperan = ["x"]\ndicatat_oleh = "a"\n'
        + PERFORMER,
    ),
    "no column at all": file("", performers=PERFORMER + "kolom = false\n"),
    "a time that nobody understands": file('waktu = "kapan-kapan"'),
    "a merged time over decisions": file(
        'waktu = "5 hari kerja"\nwaktu_sampai = 3', "keputusan = { Ya = 3, Tidak = 1 }", ""
    ),
    "three outcomes": file(
        'keputusan = { Setuju = 2, Revisi = 1, Tolak = "selesai" }\nalasan = ["Tolak"]', ""
    ),
    "outcomes that all end": file('keputusan = { Ya = "selesai", Tidak = "selesai" }'),
    "outcomes to one step": file("keputusan = { Ya = 2, Tidak = 2 }", ""),
    "an outcome to its own step": file("keputusan = { Ya = 2, Ulang = 1 }", ""),
    "an outcome as a list of one": file("keputusan = { Ya = [2], Tidak = 1 }", ""),
    "an outcome that forks": file(
        'keputusan = { Ya = [2, 3], Tidak = "selesai" }', "lanjut = 4", "", "tunggu = [2, 3]"
    ),
    "outcomes as dotted keys": file("keputusan.Ya = 2\nkeputusan.Tidak = 1", ""),
    "outcomes as a table": file('[langkah.keputusan]\nYa = 2\n"Tidak, belum" = 1', ""),
    "lanjut as a list of one": file("lanjut = [2]", ""),
    "lanjut back": file("", "keputusan = { Ya = 4, Tidak = 3 }", "lanjut = 1", ""),
    "ends in several places": file("lanjut = [2, 3]", END, 'keputusan = { A = "selesai", B = 3 }'),
    "a join": file(*FORK, "tunggu = [3, 2]"),
    "a join of one": file("", "tunggu = [1]"),
    "a join that decides": file(
        *FORK, 'tunggu = [2, 3]\nkeputusan = { Ya = "selesai", Tidak = 1 }'
    ),
    "a fork straight to its join": file("lanjut = [2, 3]", "", "tunggu = [1, 2]"),
    "a fork in a fork": file(
        "lanjut = [2, 6]",
        "lanjut = [3, 4]",
        "lanjut = 5",
        "lanjut = 5",
        "tunggu = [3, 4]\nlanjut = 7",
        "",
        "tunggu = [5, 6]",
    ),
    "a second start on a join": file(*FORK, 'tunggu = [2, 3]\npemicu = "masa_berakhir"'),
    "a second start in a run": file(END, EACH + 'pemicu = "masa_berakhir"'),
    "other eyes, own, later and nobody's": file(
        "bukan_pelaku = [2]", "bukan_pelaku = [1, 2]", "bukan_pelaku = []"
    ),
    "a run of all rows": file(EACH + "keputusan = { Ya = 2, Tidak = 3 }", EACH, EACH),
    "a run at the start": file(EACH, EACH, ""),
    "a run at the end": file("", EACH, EACH + 'keputusan = { Ya = "selesai", Tidak = 2 }'),
    "two runs": file(EACH, "", EACH, ""),
    "a fork in a run": file(
        EACH + "lanjut = [2, 3]", EACH + "lanjut = 4", EACH, EACH + "tunggu = [2, 3]", ""
    ),
    "a run as a branch": file("lanjut = [2, 3]", EACH + "lanjut = 4", "", "tunggu = [2, 3]"),
    "a run that goes on elsewhere": file(
        "keputusan = { Ya = 2, Tidak = 3 }", EACH + "lanjut = 4", "", ""
    ),
    "a run that begins with a join": file(*FORK, EACH + "tunggu = [2, 3]", EACH, ""),
    "line ends of Windows": file("", DECISION).replace("\n", "\r\n"),
    "no line end at the end": file("", DECISION).rstrip("\n"),
    "a byte order mark": "\ufeff" + file("", DECISION),
    "any writing": file(step(activity='kegiatan = "Bekerja 🚀 نص 中文 <&> \\u0007 ]]>"')),
    "several lines": file(step(activity='kegiatan = """Satu\n\n  dua"""')),
    "a very long text": file(step(activity=f'kegiatan = "{"kata " * 2000}{"x" * 2000}"')),
    "three hundred steps": file(*['waktu = "1 hari kerja"'] * 300),
}


@pytest.mark.parametrize(("text", "place"), WRONG.values(), ids=WRONG)
def test_each_error_is_at_its_place(text, place):
    assert place in [where for _, where in mistakes(text)]


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_the_contract_allows_loads(text):
    assert mistakes(text) == []


def run(command, *arguments):
    return CliRunner().invoke(commands.sop, [command, *map(str, arguments)])


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_every_command_takes_what_the_contract_allows(text, tmp_path):
    source = tmp_path / "contoh.toml"
    source.write_bytes(text.encode())

    for command, *arguments in (
        ["check"],
        ["show"],
        ["simulate", "--json"],
        ["draw", "-o", tmp_path / "contoh.svg"],
        ["export", "-o", tmp_path / "contoh.bpmn"],
    ):
        result = run(command, source, *arguments)
        assert (command, result.exit_code, result.stderr) == (command, 0, "")


@pytest.mark.parametrize("name", ["no TOML", "two tokens on one step", "lanjut beside keputusan"])
def test_what_check_refuses_every_command_refuses_in_the_same_words(name, tmp_path):
    source = tmp_path / "contoh.toml"
    source.write_text(WRONG[name][0])
    errors = [finding["place"] for finding in checked(source)[0]["errors"]]

    for command, *arguments in (
        ["show"],
        ["simulate", "--json"],
        ["draw", "-o", tmp_path / "contoh.svg"],
        ["export", "-o", tmp_path / "contoh.bpmn"],
    ):
        with pytest.raises(Exception) as error:
            CliRunner().invoke(
                commands.sop, [command, str(source), *map(str, arguments)], catch_exceptions=False
            )
        assert [finding.place for finding in error.value.findings] == [
            f"{source}: {place}" for place in errors
        ]
        assert not list(tmp_path.glob("contoh.[sb]*"))


def checked(*sources):
    return json.loads(run("check", "--json", *sources).stdout)


def test_the_object_of_check_lists_every_file_in_order(tmp_path):
    good, bad, gone = (tmp_path / name for name in ("b.toml", "a.toml", "tiada.toml"))
    good.write_text(file('waktu = "kapan-kapan"'))
    bad.write_text(file('aksi = "x"', "lanjut = 9"))

    result = run("check", "--json", good, bad, gone)

    assert (result.exit_code, result.stderr) == (1, "")
    reports = json.loads(result.stdout)
    assert [report["file"] for report in reports] == [str(good), str(bad), str(gone)]
    assert all({*report} == {"file", "errors", "warnings", "notes"} for report in reports)
    assert [len(report["errors"]) for report in reports] == [0, 2, 1]
    found = reports[0]["notes"] + reports[1]["errors"] + reports[2]["errors"]
    assert all({*each} == {"place", "code", "message", "source"} for each in found)


def test_all_errors_of_a_file_come_at_once(tmp_path):
    source = tmp_path / "contoh.toml"
    source.write_text(
        file(
            'aksi = "x"\nlanjut = 9\nasing = 1',
            "keputusan = { Ya = 0, Tidak = -1 }\nlanjut = 1",
            step('waktu = 5\ntunggu = [3, "a"]', performers='pelaksana = ["z"]'),
            head=HEAD.replace("contoh", "CONTOH"),
            top="batas = 1\n[tanggal]\nrevisi = 1",
        )
    )

    assert {finding["place"] for finding in checked(source)[0]["errors"]} >= {
        "kode",
        "batas",
        "tanggal.revisi",
        "langkah 1: aksi",
        "langkah 1: lanjut",
        "langkah 1: asing",
        "langkah 2: keputusan.Ya",
        "langkah 2: keputusan.Tidak",
        "langkah 2: lanjut",
        "langkah 3: pelaksana",
        "langkah 3: waktu",
        "langkah 3: tunggu",
    }


def test_where_all_is_well_nothing_is_said(tmp_path):
    source = tmp_path / "contoh.toml"
    source.write_text(file('waktu = "5 (lima) hari kerja"', step(performers='pelaksana = ["b"]')))

    result = run("check", source)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
