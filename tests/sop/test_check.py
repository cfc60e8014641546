"""What `ppid sop check` says: gaps against the law with their article, and what is worth a look."""

from datetime import date

import pytest
from hypothesis import given

from ppid.sop.check import Report, check
from ppid.sop.load import load
from sop import strategies
from sop.files import PERFORMER, sop, step

TODAY = date(2026, 3, 2)
HEAD = (
    '[[pelaksana]]\nkode = "kepala"\nnama = "Wali Kota"\nperan = ["pimpinan_badan_publik"]\n'
    '[[pelaksana]]\nkode = "ppid"\nnama = "PPID Utama"\nperan = ["ppid_utama"]\n'
    '[[pelaksana]]\nkode = "atasan"\nnama = "Atasan PPID"\nperan = ["atasan_ppid"]\n'
    '[[pelaksana]]\nkode = "tim"\nnama = "Tim"\nperan = ["tim_pertimbangan"]\n'
)


def by(code, action, body="", *, activity="Bekerja"):
    return step(
        f'aksi = "{action}"\n{body}',
        activity=f'kegiatan = "{activity}"',
        performers=f'pelaksana = ["{code}"]',
    )


COMPLETE = (
    by("ppid", "kumpulkan", 'waktu = "1 hari kerja"'),
    by("ppid", "uji", 'waktu = "5 hari kerja"'),
    by("kepala", "setujui", "keputusan = { Ya = 4, Tidak = 1 }"),
    by("ppid", "tetapkan"),
    by("ppid", "arsipkan"),
    by("ppid", "umumkan", activity="Mengunggah daftar informasi yang dikecualikan"),
    by("ppid", "buka", 'pemicu = "masa_berakhir"'),
)


def exempt(*steps, **parts):
    parts.setdefault("performers", HEAD)
    return sop(*steps, **parts)


def report(*steps, **parts):
    return check(exempt(*steps, **parts), on=TODAY)


def without(action):
    """Return the complete SOP without the step of this action."""
    rows = [each for each in COMPLETE if f'aksi = "{action}"' not in each]
    # What stood behind the approval moves up when a step before it goes.
    return [each.replace("Ya = 4", "Ya = 3") if action == "uji" else each for each in rows]


def codes(findings):
    return [finding.code for finding in findings]


def said(found, code):
    """Return (list name, place, source) of the one finding with this code."""
    lists = {"warning": found.warnings, "note": found.notes}
    hits = [(name, each) for name, each in lists.items() for each in each if each.code == code]
    assert len(hits) == 1, (code, found)
    name, finding = hits[0]
    return name, finding.place, finding.source


def test_where_all_is_well_nothing_is_said():
    used = HEAD.split("[[pelaksana]]")[:3]
    assert check(exempt(*COMPLETE, performers="[[pelaksana]]".join(used)), on=TODAY) == Report()


def test_an_sop_on_other_matters_need_not_do_what_exempt_information_needs():
    assert check(sop("", "", performers=PERFORMER), on=TODAY) == Report()


def test_an_sop_is_about_exempt_information_by_its_name_too():
    named = 'format = 1\nkode = "x"\nnama = "Pendokumentasian Informasi yang Dikecualikan"\n'

    assert "no_test" in codes(check(sop("", head=named), on=TODAY).warnings)


def test_an_unsound_sop_has_errors_and_nothing_else_is_said():
    unsound = strategies.sop(strategies.row(to=(1,)))

    found = check(unsound)

    assert codes(found.errors) == ["no_end"]
    assert (found.warnings, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("action", "code", "source"),
    [
        ("uji", "no_test", "UU 14/2008 ps. 19; PP 61/2010 ps. 3 (1)"),
        ("tetapkan", "no_determination", "PP 61/2010 ps. 4"),
        ("arsipkan", "no_archive", "UU 14/2008 ps. 8"),
        ("buka", "no_opening", "PP 61/2010 ps. 11"),
    ],
)
def test_what_the_law_demands_and_the_sop_leaves_out_is_a_warning(action, code, source):
    found = report(*without(action))

    assert codes(found.warnings) == [code]
    assert said(found, code) == ("warning", "berkas", source)


def test_an_sop_without_publication_gets_a_note():
    found = report(*without("umumkan"))

    assert codes(found.warnings) == []
    assert said(found, "no_publication") == ("note", "berkas", "")


def test_an_sop_without_approval_gets_a_warning():
    found = report(by("ppid", "uji"), by("ppid", "tetapkan"))

    assert said(found, "no_approval") == ("warning", "berkas", "PP 61/2010 ps. 3 (2)")


def test_the_head_who_determines_has_approved():
    found = report(by("ppid", "uji"), by("kepala", "tetapkan"))

    assert not {"no_approval", "approval_bypassed"} & set(codes(found.warnings))


def test_a_test_that_can_be_passed_by_or_comes_too_late_gets_a_warning():
    beside = report(
        by("ppid", "kumpulkan", "keputusan = { Uji = 2, Lewati = 3 }"),
        by("ppid", "uji"),
        by("kepala", "tetapkan"),
    )
    late = report(by("kepala", "tetapkan"), by("ppid", "uji"))

    assert said(beside, "test_bypassed")[:2] == ("warning", "langkah 3")
    assert said(late, "test_bypassed")[:2] == ("warning", "langkah 1")


def test_an_approval_that_can_be_passed_by_gets_a_warning():
    found = report(
        by("ppid", "uji", "keputusan = { Setuju = 2, Langsung = 3 }"),
        by("kepala", "setujui"),
        by("ppid", "tetapkan"),
    )

    assert said(found, "approval_bypassed") == ("warning", "langkah 3", "PP 61/2010 ps. 3 (2)")


def test_approval_by_others_than_the_head_gets_a_note():
    by_superior = report(by("atasan", "setujui"), by("ppid", "tetapkan"))
    by_team = report(by("tim", "setujui"), by("ppid", "tetapkan"))

    assert said(by_superior, "approval_by_superior")[:2] == ("note", "langkah 1")
    assert said(by_team, "approval_not_by_head")[:2] == ("note", "langkah 1")


def test_who_approves_his_own_determination_gets_a_warning_unless_other_eyes_are_asked():
    own = (by("kepala", "setujui"), by("kepala", "tetapkan"))
    other = (by("kepala", "setujui"), by("kepala", "tetapkan", "bukan_pelaku = [1]"))

    assert said(report(*own), "approves_own_act")[:2] == ("warning", "langkah 1")
    assert "approves_own_act" not in codes(report(*other).warnings)


@pytest.mark.parametrize(
    ("activity", "output", "warned"),
    [
        ("Mengunggah Informasi yang Dikecualikan ke website", "", True),
        ("Mengumumkan informasi publik yang akan dikecualikan", "", True),
        ("Mengunggah Daftar Informasi yang Dikecualikan", "", False),
        ("Mengunggah DIK informasi yang dikecualikan", "", False),
        ("Menyimpan informasi yang dikecualikan", "", False),
        ("Mengunggah", "Informasi dan Dokumentasi Terpublikasi", True),
        ("Mengunggah", "Daftar informasi terpublikasi", False),
    ],
)
def test_publishing_the_information_itself_gets_a_warning(activity, output, warned):
    found = report(by("ppid", "umumkan", f'output = ["{output}"]', activity=activity))

    assert ("publishes_content" in codes(found.warnings)) == warned


def test_the_warning_about_publishing_names_the_crime():
    found = report(by("ppid", "umumkan", activity="Mengunggah informasi yang dikecualikan"))

    assert said(found, "publishes_content") == (
        "warning",
        "langkah 1",
        "UU 14/2008 ps. 54; UU 43/2009 ps. 85",
    )


def test_another_step_whose_output_is_published_information_gets_a_note():
    found = report(by("ppid", "kumpulkan", 'output = ["Informasi Terpublikasi"]'))

    assert said(found, "published_output")[:2] == ("note", "langkah 1: output")


def test_an_opening_that_the_watch_cannot_start_gets_a_note():
    found = report(by("ppid", "buka"))

    assert said(found, "opening_without_trigger")[:2] == ("note", "langkah 1")


def dated(*lines):
    return check(sop("", top="[tanggal]\n" + "\n".join(lines), performers=PERFORMER), on=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2020", "date_incomplete"),
        ("Januari 2020", "date_incomplete"),
        ("000.8.3.3/975/Bid.1/Diskominfo/2024 Tgl 31 Desember 2024", "date_is_number"),
        ("4 JANUARI \u2013 31 DESEMBER 2021", "date_is_range"),
        ("1 Januari 2021 s.d. 31 Desember 2021", "date_is_range"),
        ("nanti", "date_unclear"),
    ],
)
def test_a_date_that_is_none_gets_a_warning(text, code):
    assert said(dated(f'efektif = "{text}"'), code) == (
        "warning",
        "tanggal.efektif",
        "PermenPANRB 35/2012",
    )


def test_a_dash_for_a_date_is_no_date():
    assert dated('revisi = "-"') == Report()


@pytest.mark.parametrize(
    ("lines", "severity", "code", "place"),
    [
        (
            ["efektif = 2026-02-01", "berakhir = 2026-01-01"],
            "warning",
            "ends_before_start",
            "berakhir",
        ),
        (["revisi = 2026-02-02", "efektif = 2026-02-01"], "note", "revised_after_start", "revisi"),
        (["pembuatan = 2026-02-02", "efektif = 2026-02-01"], "note", "before_making", "efektif"),
        (["pengesahan = 2026-02-02"], "note", "no_effective_date", "efektif"),
        (['efektif = "3 Februari 2020"'], "note", "date_as_text", "efektif"),
    ],
)
def test_dates_that_do_not_fit_together(lines, severity, code, place):
    assert said(dated(*lines), code)[:2] == (severity, f"tanggal.{place}")


def test_the_last_day_of_validity_is_inclusive():
    assert dated("berakhir = 2026-03-02") == Report()
    assert codes(dated("berakhir = 2026-03-01").warnings) == ["sop_ended"]


def test_without_a_today_nothing_is_said_of_the_end():
    ended = sop("", top="[tanggal]\nberakhir = 2021-12-31", performers=PERFORMER)

    assert check(ended) == Report()


@pytest.mark.parametrize(
    ("top", "code", "place"),
    [
        ('nomor = "/ IKP / 2020"', "number_incomplete", "nomor"),
        ('keterkaitan = ["SOP X", "Petugas."]', "related_is_performer", "keterkaitan 2"),
        ('peringatan = ["Citra Nama Daerah buruk"]', "placeholder", "peringatan 1"),
        ('peralatan = ["Form uji kosekwensi"]', "misspelt", "peralatan 1"),
    ],
)
def test_leftovers_of_the_sheet_get_a_note(top, code, place):
    found = check(sop("", top=top, performers=PERFORMER), on=TODAY)

    assert said(found, code)[:2] == ("note", place)


def test_a_misspelt_word_is_mentioned_once():
    found = check(sop("keterangan = 'kosekwensi'", "keterangan = 'kosekwensi'"), on=TODAY)

    assert said(found, "misspelt")[1] == "langkah 1"


@strategies.UNHURRIED
@given(strategies.sound_sops())
def test_any_sound_sop_has_no_errors(definition):
    assert check(definition, on=TODAY).errors == ()


PUBLIC_INFORMATION = "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"
OLD_STANDARD = (
    "Peraturan Komisi Informasi Nomor 1 Tahun 2010 tentang Standar Layanan Informasi Publik"
)


def cited(lines, *, dates="efektif = 2026-01-05", steps=("",)):
    basis = "\n".join(["dasar_hukum = [", *(f'"{line}",' for line in lines), "]"])
    top = f"{basis}\n[tanggal]\n{dates}"
    return check(sop(*steps, top=top, performers=PERFORMER), on=TODAY)


def test_a_revoked_regulation_gets_a_warning_when_the_sop_is_younger():
    assert said(cited([OLD_STANDARD]), "regulation_replaced")[:2] == ("warning", "dasar_hukum 1")


def test_a_regulation_is_judged_by_the_day_of_the_sop_not_by_today():
    found = cited([OLD_STANDARD], dates="efektif = 2020-01-05")

    assert "regulation_replaced" not in codes(found.warnings)


def test_an_sop_without_dates_is_judged_by_today():
    found = cited([OLD_STANDARD], dates='efektif = "-"')

    assert "regulation_replaced" in codes(found.warnings)


def test_the_rule_behind_a_step_is_checked_too():
    found = cited([PUBLIC_INFORMATION], steps=(f'dasar = "{OLD_STANDARD}"',))

    assert said(found, "regulation_replaced")[:2] == ("warning", "langkah 1: dasar")


def test_a_legal_basis_on_exempt_information_must_name_its_act():
    lines = ["Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"]

    assert "basis_no_information_act" not in codes(cited(lines).warnings)
    exempt_too = cited(lines, steps=("aksi = 'kumpulkan'",))
    assert "basis_no_information_act" in codes(exempt_too.warnings)


def test_a_sheet_that_cites_nothing_is_not_told_what_to_cite():
    assert not [code for code in codes(report(*COMPLETE).warnings) if code.startswith("basis")]


def test_a_performer_without_rows_and_each_unknown_role_once_get_a_note():
    performers = (
        '[[pelaksana]]\nkode = "a"\nnama = "A"\nperan = ["kabag_hukum", "arsiparis"]\n'
        '[[pelaksana]]\nkode = "b"\nnama = "B"\nperan = ["kabag_hukum"]\n'
    )

    found = check(sop("", performers=performers), on=TODAY)

    assert [(each.code, each.place) for each in found.notes] == [
        ("unknown_role", "pelaksana 1: peran"),
        ("performer_without_rows", "pelaksana 2"),
    ]


def test_joint_performers_with_the_same_role_get_a_note():
    performers = PERFORMER + PERFORMER.replace('"a"', '"b"')

    found = check(sop(step(performers='pelaksana = ["a", "b"]'), performers=performers), on=TODAY)

    assert codes(found.notes) == ["performers_share_role"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('waktu = "sebentar"', ["time_not_understood"]),
        ('waktu = "1 hari (kira-kira)"', ["time_words_ignored"]),
        ('waktu = "Tentatif"', ["time_tentative"]),
        ('waktu = "sesuai peraturan perundang-undangan"', ["time_without_basis"]),
        ('waktu = "sesuai peraturan perundang-undangan"\ndasar = "PP 61/2010 ps. 11"', []),
        ('waktu = "1 menit"', []),
        ('waktu = "1 menit"\naksi = "setujui"', ["time_too_short"]),
        ('waktu = "30 menit"\naksi = "setujui"', []),
        ('waktu = "-"', []),
        ('simpulan = "Disimpulkan."', ["inferred"]),
    ],
)
def test_times_and_inferred_rows_get_a_note(body, expected):
    assert codes(check(sop(body, performers=PERFORMER), on=TODAY).notes) == expected


def test_the_time_limit_of_the_case_is_read_by_the_same_grammar():
    found = check(sop("", top='batas = "sebentar"', performers=PERFORMER), on=TODAY)

    assert said(found, "time_not_understood")[1] == "batas"


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("bontang", {"no_test", "no_approval", "no_determination"}),
        ("kalteng", {"no_test", "no_archive", "no_opening", "publishes_content", "date_is_number"}),
        ("bali", {"no_test", "no_determination", "no_opening", "sop_ended"}),
        (
            "pontianak",
            {"no_approval", "no_determination", "no_archive", "no_opening", "date_incomplete"},
        ),
    ],
)
def test_the_gaps_of_the_real_sops_are_found(name, warned):
    found = check(load(f"sops/{name}.toml"), on=TODAY)

    assert found.errors == ()
    assert warned <= set(codes(found.warnings))
    assert all(finding.source for finding in found.warnings)
