"""The legal cases of tests/cases, one sentence each, run against the rules.

In a case `{}` stands for "not filled in", because TOML has no null.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from law import sheets
from ppid.law import consequence_test, determination, opening, request, term
from ppid.law.grounds import ground
from ppid.law.reference import parse
from ppid.law.workdays import ProvisionalDate, add_workdays, national_calendar

CASES = Path(__file__).parents[1] / "cases"
FILES = (
    "workdays",
    "decrees",
    "terms",
    "permanent_terms",
    "status",
    "consequence_test",
    "determination",
    "reclassification",
    "opening",
    "requests",
    "request_answers",
    "objections",
    "request_stages",
)
CLOCKS = {
    "jawaban": request.answer_due,
    "jawaban_diperpanjang": partial(request.answer_due, extended=True),
    "keberatan": request.objection_due,
    "tanggapan": request.objection_answer_due,
    "sengketa": request.dispute_due,
}


def cases(name: str) -> list[Any]:
    """Return the cases of a file as parameters, each named by its sentence."""
    text = (CASES / f"{name}.toml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["kalimat"]) for case in tomllib.loads(text)["kasus"]]


def filled(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of a case, with None for what is not filled in."""
    return {key: None if value == {} else value for key, value in changes.items()}


def codes(findings: tuple[Any, ...]) -> list[str]:
    """Return the codes in order of the alphabet: a case names a set, twice where found twice."""
    return sorted(each.code for each in findings)


@pytest.mark.parametrize("name", FILES)
def test_every_case_has_a_source_that_can_be_read_and_a_sentence_of_its_own(name):
    found = [parameter.values[0] for parameter in cases(name)]
    assert all(parse(case["sumber"]).article for case in found)
    assert len({case["kalimat"] for case in found}) == len(found)


@pytest.mark.parametrize("case", cases("workdays"))
def test_working_days(case):
    calendar = national_calendar(
        days_per_week=case.get("hari_per_pekan", 5),
        collective_leave_works=case.get("cuti_bersama_bekerja", False),
        regional=dict.fromkeys(case.get("libur_daerah", ()), "Libur daerah"),
    )

    found = add_workdays(case["mulai"], case["hari"], calendar)

    assert found == ProvisionalDate(case["hasil"], case.get("sementara", False))


@pytest.mark.parametrize("case", cases("terms"))
def test_terms(case):
    given = term.from_dict(case["jangka_waktu"])

    found = term.obstacles(
        given,
        ground(case["dasar"], on=case["ditetapkan"]),
        determined_on=case["ditetapkan"],
        set_by_head=case.get("oleh_pimpinan", True),
        first_exempt_on=case.get("pertama_dikecualikan"),
    )

    assert codes(found) == sorted(case.get("hambatan", []))
    assert term.ends_on(given) == case.get("berakhir")
    assert term.review_on(given) == case.get("tinjau")
    assert case.get("uraian", term.describe(given)) == term.describe(given)


@pytest.mark.parametrize("case", cases("permanent_terms"))
def test_permanent_terms(case):
    found = term.refuse_permanent(case["teks"], ground(case["dasar"], on=date(2026, 1, 15)))

    assert codes(found) == (["term_permanent"] if case["ditolak"] else [])


@pytest.mark.parametrize("case", cases("status"))
def test_status(case):
    found = term.status(
        term.from_dict(case["jangka_waktu"]),
        on=case["pada"],
        ground=ground(case["dasar"], on=case["pada"]),
        declared_open_on=case.get("dinyatakan_terbuka"),
    )

    assert found == case["status"]


@pytest.mark.parametrize("case", cases("consequence_test"))
def test_consequence_tests(case):
    changes = filled(case.get("ubah", {}))
    sheet = consequence_test.ConsequenceTest() if case.get("kosong") else sheets.sheet(**changes)

    found = consequence_test.missing(
        sheet, on=sheets.DETERMINED_ON, first_exempt_on=case.get("pertama_dikecualikan")
    )

    assert codes(found) == sorted(case.get("kurang", []))
    assert codes(consequence_test.weaknesses(sheet)) == sorted(case.get("kelemahan", []))
    assert all(each.source and each.hint and each.place for each in found)


@pytest.mark.parametrize("case", cases("determination"))
def test_determinations(case):
    line = sheets.item(changes=filled(case.get("lembar", {})), **_line(case.get("butir", {})))
    letter = sheets.determination(line, **filled(case.get("surat", {})))

    found = determination.obstacles(letter, on=case.get("hari_ini"))

    assert codes(found) == sorted(case.get("hambatan", []))


@pytest.mark.parametrize("case", cases("reclassification"))
def test_reclassifications(case):
    tested = {"tested_on": date(2027, 1, 5), "consequence_if_open": "Akibat baru yang lain"}
    approved = {"approval": {"by": "kepala", "on": date(2027, 1, 6)}}
    previous = sheets.item(changes=filled(case.get("lembar_lama", {})), **case.get("lama", {}))
    line = sheets.item(
        changes=filled({**tested, **case.get("lembar", {})}),
        **_line({**approved, **case.get("butir", {})}),
    )

    found = determination.change_obstacles(
        line,
        previous=previous,
        previous_on=sheets.DETERMINED_ON,
        determined_on=case.get("ditetapkan", date(2027, 1, 7)),
        declared_open_on=case.get("dinyatakan_terbuka"),
    )

    assert codes(found) == sorted(case.get("hambatan", []))


@pytest.mark.parametrize("case", cases("opening"))
def test_openings(case):
    act = opening.Opening(
        reason=opening.OpeningReason(case["alasan"]),
        declared_on=case["dibuat"],
        opens_on=case["terbuka"],
        document=case.get("dokumen", ""),
    )
    usual = {"kind": "date", "starts_on": date(2025, 12, 31), "ends_on": date(2026, 12, 31)}

    found = opening.opening_obstacles(
        act,
        ground=ground(case["dasar"], on=case["dibuat"]),
        term=term.from_dict(case.get("jangka_waktu", usual)),
        calendar=national_calendar(),
        rule=term.ExpiryRule(case.get("aturan", term.ExpiryRule.WINDOW)),
    )

    assert codes(found) == sorted(case.get("hambatan", []))


def kinds(name: str, key: str) -> list[Any]:
    """Return the cases of a file that are about one thing, as parameters."""
    return [parameter for parameter in cases(name) if key in parameter.values[0]]


@pytest.mark.parametrize("case", kinds("requests", "tenggat"))
def test_clocks_of_requests(case):
    found = CLOCKS[case["tenggat"]](case["mulai"], national_calendar())

    assert found == ProvisionalDate(case["hasil"], case.get("sementara", False))


@pytest.mark.parametrize("case", kinds("requests", "musyawarah"))
def test_objections(case):
    found = request.settles_amicably(request.ObjectionGround(case["keberatan"]))

    assert found is case["musyawarah"]


@pytest.mark.parametrize("case", kinds("requests", "penolakan"))
def test_refusals(case):
    given = {**case["penolakan"], "grounds": tuple(case["penolakan"].get("grounds", ()))}

    found = request.refusal_obstacles(request.Refusal(**given), on=date(2026, 3, 20))

    assert codes(found) == sorted(case.get("hambatan", []))
    assert all(each.source for each in found)


@pytest.mark.parametrize("case", kinds("requests", "perpanjangan"))
def test_extensions_of_requests(case):
    given = dict(case["perpanjangan"])

    found = request.extension_obstacles(given.pop("received_on"), national_calendar(), **given)

    assert codes(found) == sorted(case.get("hambatan", []))


def _line(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of a line as its fields hold them."""
    fields = filled(changes)
    if fields.get("approval"):
        fields["approval"] = determination.Approval(**fields["approval"])
    if "tested_by" in fields:
        fields["tested_by"] = tuple(fields["tested_by"])
    return fields
