"""`ppid walk`: a dry run of any SOP, or the reason why there is none."""

import pytest

from commands.programs import ROOT, contents, ppid, refused

SOPS = ROOT / "sops"


def test_a_case_is_walked_to_its_end_and_leaves_the_data_alone(demo_made):
    data, _ = demo_made
    before = contents(data)

    done = ppid("walk", SOPS / "kalteng.toml", data=data)

    assert (done.code, done.err) == (0, "")
    assert done.out.count("tercatat:") == 4
    assert "pemeriksaan: 0 temuan" in done.out
    assert contents(data) == before


def test_an_sop_of_the_past_is_walked_in_its_year(tmp_path):
    done = ppid("walk", SOPS / "bali.toml", "--on", "2021-06-01", data=tmp_path, traced=False)
    assert done.code == 0
    assert "1 Juni 2021" in done.out


def test_an_sop_that_has_ended_starts_no_case(tmp_path):
    done = ppid("walk", SOPS / "bali.toml", data=tmp_path, traced=False)
    assert refused(done, "31-12-2021")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "tidak"),
        ("format = 1\nkode = ", "baris 2"),
        ("format = 1\n", "nama"),
        (b"\xff\xfe", ""),
    ],
    ids=["missing", "bad TOML", "incomplete", "not text"],
)
def test_a_file_that_is_no_sop_is_told_why(tmp_path, text, words):
    file = tmp_path / "sop.toml"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert refused(ppid("walk", file, data=tmp_path), words, hint=False)


def test_an_unsound_sop_is_told_why(tmp_path):
    file = tmp_path / "sop.toml"
    text = (SOPS / "kalteng.toml").read_text()
    file.write_text(text.replace("Ya = 3, Tidak = 1", "Ya = 1, Tidak = 1"))
    assert refused(ppid("walk", file, data=tmp_path), hint=False)


def test_a_folder_is_no_sop(tmp_path):
    assert refused(ppid("walk", tmp_path, data=tmp_path), hint=False)


def test_a_day_that_is_none_is_misuse(tmp_path):
    done = ppid("walk", SOPS / "kalteng.toml", "--on", "31-12-2021", data=tmp_path)
    assert done.code == 2
    assert "Traceback" not in done.err
