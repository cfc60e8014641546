"""The tools of `make test` and `make check` say no when they should."""

import json
import shutil

import pytest

import assets
import coverage_floors


def report(folder, **files):
    """Write a coverage report; each file: (statements, covered statements)."""
    content = {
        path.replace("__", "/"): {
            "summary": {
                "num_statements": total,
                "covered_lines": covered,
                "num_branches": 2,
                "covered_branches": 2 if covered == total else 1,
            },
            "missing_lines": [] if covered == total else [3],
            "missing_branches": [] if covered == total else [[3, -1]],
        }
        for path, (total, covered) in files.items()
    }
    file = folder / "coverage.json"
    file.write_text(json.dumps({"files": content}))
    return file


def test_whole_coverage_passes(tmp_path):
    assert coverage_floors.main(report(tmp_path, src__ppid__law__a=(98, 98))) == 0


def test_one_missed_line_of_the_law_fails_and_is_named(tmp_path, capsys):
    rest = {"src__ppid__office__b": (9900, 9900)}

    assert coverage_floors.main(report(tmp_path, src__ppid__law__a=(98, 97), **rest)) == 1

    assert "src/ppid/law/a: lines [3]; branches 3->-1" in capsys.readouterr().out


def test_much_missed_code_elsewhere_fails(tmp_path):
    assert coverage_floors.main(report(tmp_path, src__ppid__office__b=(98, 90))) == 1
    assert coverage_floors.main(report(tmp_path, src__ppid__office__b=(98, 97))) == 0


@pytest.fixture
def copied_assets(tmp_path, monkeypatch):
    sources, compiled = tmp_path / "assets", tmp_path / "static"
    shutil.copytree(assets.SOURCES, sources, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(assets.COMPILED, compiled)
    monkeypatch.setattr(assets, "SOURCES", sources)
    monkeypatch.setattr(assets, "COMPILED", compiled)
    monkeypatch.setattr(assets, "MANIFEST", sources / "manifest.json")
    return tmp_path


@pytest.mark.usefixtures("copied_assets")
def test_the_committed_assets_are_current():
    assert assets.check() == 0


@pytest.mark.parametrize("file", ["assets/_casework.scss", "assets/ppid.js", "static/ppid.css"])
def test_a_changed_source_or_compiled_file_is_noticed(copied_assets, file):
    (copied_assets / file).write_text("changed")

    assert assets.check() == 1
