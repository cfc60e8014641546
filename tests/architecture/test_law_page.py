"""docs/law.md: what the page is drawn from, and that a stale or wrong one is noticed."""

import ast

import pytest

import law_page


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('Finding("term_missing", "Belum diisi.", "public_interest")', ["term_missing"]),
        ('Finding("opened_in_dispute", "Sudah terbuka.")', ["opened_in_dispute"]),
        ('_PARTS = (("determined_by", "ppid_missing"),)', ["ppid_missing"]),
        ('entry["tidak_permanen"]; entry.get("jangka_waktu")', []),
        ('"Lengkapi isian ini."', []),
    ],
)
def test_codes_are_told_from_fields_keys_and_sentences(text, codes):
    assert list(law_page.codes_in(ast.parse(text))) == codes


def test_a_function_says_its_article_its_reading_and_its_findings():
    found = {one.name: one for one in law_page.functions()}

    last_day = found["term.last_day_to_declare_open"]

    assert (last_day.article, last_day.reading) == ("PP 61/2010 ps. 11 (2)", "0018")
    assert last_day.codes == ("term_too_short",)
    assert "determination._future" not in found


def test_every_rule_has_a_function_or_says_what_is_not_there():
    rules = law_page.tomllib.loads(law_page.RULES.read_text(encoding="utf-8"))

    assert list(rules) == [f"R{number:02d}" for number in range(1, 22)]
    assert all(rule["law"] or "belum" in rule for rule in rules.values())


def test_a_rule_that_names_what_is_not_there_is_a_fault():
    wrong = {"law": ["term.nothing"], "office": [], "codes": ["no_such_code"], "readings": ["0999"]}

    assert law_page.faults({"R99": wrong}) == [
        "R99: no function term.nothing",
        "R99: no code no_such_code",
        "R99: no reading 0999",
    ]


def test_a_stale_page_is_noticed_and_written_anew(monkeypatch, tmp_path, capsys):
    (tmp_path / "law.md").write_text("old", encoding="utf-8")
    monkeypatch.setattr(law_page, "PAGE", str(tmp_path / "law.md"))

    stale = law_page.main("check")
    written = law_page.main("write")

    assert (stale, written, law_page.main("check")) == (1, 0, 0)
    assert "is not what the code says" in capsys.readouterr().out
