"""The lists, written considerations, readings and retention: tests/cases, and their edges."""

from datetime import date

import pytest

from law import sheets
from law.test_cases import cases, codes, filled
from ppid.law.accessible_list import Ended, basis, list_findings
from ppid.law.archive_security import Security, security_weaknesses
from ppid.law.consequence_sheet import Part
from ppid.law.destruction import (
    Consent,
    Element,
    approval_obstacles,
    panel_obstacles,
    witness_obstacles,
)
from ppid.law.opening import OpeningReason
from ppid.law.public_list import public_list_obstacles, title_key
from ppid.law.reading import leaves_trace, reading_obstacles
from ppid.law.reference import parse
from ppid.law.retention import (
    Fate,
    Retention,
    Schedule,
    destruction_obstacles,
    phase,
    retention_ends_on,
)
from ppid.law.term import Status
from ppid.law.written_consideration import consideration_findings, written_consideration

FILES = (
    *("accessible_list", "public_list", "written_consideration", "retention", "reading"),
    *("retention_phase", "archive_security", "destruction"),
)


@pytest.mark.parametrize("name", FILES)
def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own(name):
    found = [parameter.values[0] for parameter in cases(name)]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


def ended(**changes):
    """Return an item closed until 31 December 2026, with these values instead of its own."""
    usual = {
        "item": "B-7",
        "title": "Rekam medis pasien",
        "holder": "Dinas Kesehatan",
        "decree_number": "1/2025",
        "decree_on": date(2025, 12, 31),
        "opens_on": date(2026, 12, 31),
    }
    if changes.get("reason"):
        changes["reason"] = OpeningReason(changes["reason"])
    return Ended(**usual | changes)


@pytest.mark.parametrize("case", cases("accessible_list"))
def test_the_list_on_request(case):
    line = ended(**filled(case.get("butir", {})))

    found = basis(line, on=case["pada"])

    assert (found or "tidak") == case["dasar"]
    assert codes(list_findings([line])) == sorted(case.get("kurang", []))


@pytest.mark.parametrize("case", cases("public_list"))
def test_the_list_of_public_information(case):
    found = public_list_obstacles(
        case.get("judul", ["Rekam medis pasien"]),
        part=Part(case.get("bagian", Part.WHOLE)),
        listed=case["daftar"],
    )

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(one.source and one.hint for one in found)


def test_a_title_of_nothing_is_no_title():
    assert title_key("-") == ""
    assert title_key("Rekam medis") == title_key("rekam  MEDIS!")


@pytest.mark.parametrize("case", cases("written_consideration"))
def test_written_considerations(case):
    sheet = sheets.sheet(**filled(case.get("ubah", {})))

    lines = written_consideration(
        sheet, publishable=case["boleh"], is_open=case.get("terbuka", False)
    )

    assert [line.field for line in lines if line.sealed] == case.get("tertutup", [])
    assert not any(line.text for line in lines if line.sealed)
    assert codes(consideration_findings(lines)) == sorted(case.get("kurang", []))


def test_a_consideration_of_an_empty_sheet_says_nothing_and_breaks_nowhere():
    lines = written_consideration(sheets.ConsequenceTest(), publishable=(), is_open=True)
    assert not any(line.text for line in lines)


@pytest.mark.parametrize("case", cases("retention"))
def test_retention(case):
    archive = Retention(
        fate=Fate(case["nasib"]) if "nasib" in case else None,
        ends_on=case.get("berakhir"),
        pending=case.get("perkara", False),
        exempt=case.get("dikecualikan", False),
        owed=case.get("diminta", False),
        held=case.get("ditahan", False),
        procedure_done=case.get("prosedur", False),
    )

    found = destruction_obstacles(archive, on=case.get("pada", date(2030, 3, 1)))

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(one.source and one.hint and one.place for one in found)


def what_is_lacking(case):
    """Return what the procedure lacks at the stage of a case."""
    if case["tahap"] == "panitia":
        return panel_obstacles([Element(one) for one in case["unsur"]])
    if case["tahap"] == "pelaksanaan":
        return witness_obstacles(case["saksi"], minutes=case.get("berita_acara", ""))
    return approval_obstacles(
        opinion=case.get("pertimbangan", ""),
        consent=Consent(case["dari"]) if "dari" in case else None,
        consent_number=case.get("nomor", ""),
        retention_years=case["tahun"],
    )


@pytest.mark.parametrize("case", cases("destruction"))
def test_the_procedure_of_a_destruction(case):
    found = what_is_lacking(case)
    assert codes(found) == case.get("kurang", [])
    assert all(one.source and one.place for one in found)


@pytest.mark.parametrize("case", cases("retention_phase"))
def test_the_phases_of_a_retention(case):
    line = Schedule(
        closed_on=case.get("selesai"),
        active_years=case.get("aktif"),
        inactive_years=case.get("inaktif"),
    )

    assert phase(line, on=case["pada"]) == case["keadaan"]
    assert retention_ends_on(line) == case.get("berakhir")


@pytest.mark.parametrize("case", cases("archive_security"))
def test_a_security_level_is_a_warning_at_most(case):
    found = security_weaknesses(Security(case["tingkat"]), exempt=case["dikecualikan"])
    assert codes(found) == case.get("catatan", [])


def test_a_security_level_is_said_in_words():
    assert [one.label for one in Security] == ["Biasa", "Terbatas", "Rahasia", "Sangat rahasia"]


@pytest.mark.parametrize("case", cases("reading"))
def test_reading_what_is_exempt(case):
    found = reading_obstacles(
        has_role=case["peran"], agency="dinkes", limited_to=case.get("terbatas")
    )
    status = Status(case["keadaan"]) if "keadaan" in case else None
    recorded = leaves_trace(status, last_read_on=case.get("terakhir"), on=date(2030, 3, 1))

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(one.source and one.hint and one.place for one in found)
    assert recorded is case.get("tercatat", False)
