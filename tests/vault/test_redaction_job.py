"""Covering in a process set apart: everything that is asked of a document, and what it refuses."""

import io

import pytest
from PIL import Image

from ppid.errors import BadInput
from ppid.vault.apart import work_apart
from ppid.vault.redaction.job import ACTS, work
from vault.covered import copy_of, listing, marks_on, pdf

JOB = "ppid.vault.redaction.job"


def here(act, *parts, **asked):
    """What the job says and writes, done in this process."""
    target = io.BytesIO()
    sizes = [len(one) for one in parts]
    said = work(io.BytesIO(b"".join(parts)), target, {"act": act, "parts": sizes, **asked})
    return said, target.getvalue()


def as_data(marks):
    return [one.as_dict() for one in marks]


def test_a_document_is_looked_at_searched_covered_and_checked_apart():
    source = pdf()
    marks = as_data(marks_on(source, "Siti Aminah"))

    def apart(act, *parts, **asked):
        sizes = [len(one) for one in parts]
        asked |= {"act": act, "parts": sizes}
        done = work_apart(JOB, io.BytesIO(b"".join(parts)), asked=asked)
        return done.said, done.file.read()

    assert apart("survey", source)[0] == {"pages": [[420, 340]], "text": True}
    assert apart("find", source, words="siti aminah")[0]["hits"][0]["page"] == 1
    _, copy = apart("copy", source, listing(), marks=marks)
    assert copy == copy_of(source, marks_on(source, "Siti Aminah"))
    assert apart("check", source, copy, marks=marks, allowed="")[0] == {"leaks": [], "remarks": []}


def test_a_number_of_a_person_that_stays_open_is_remarked_apart():
    source = pdf(("nama pasien: Siti Aminah", "NIK 6474 0104 0591 0002"))
    marks = as_data(marks_on(source, "Siti Aminah"))
    copy = copy_of(source, marks_on(source, "Siti Aminah"))
    asked = {"act": "check", "parts": [len(source), len(copy)], "marks": marks, "allowed": ""}
    (remark,) = work_apart(JOB, io.BytesIO(source + copy), asked=asked).said["remarks"]
    assert (remark["code"], remark["place"]) == ("number_open", "halaman 1")
    assert "NIK" in remark["message"]
    assert "6474" not in str(remark)


def test_a_page_is_shown_as_a_picture_no_larger_than_needed():
    _, png = here("picture", pdf(), page=1, scale=99)
    assert Image.open(io.BytesIO(png)).size == (1260, 1020)


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(BadInput) as error:
        here("picture", pdf(), page=page, scale=1)
    assert error.value.codes == ("page_unknown",)


def test_marks_that_cannot_be_are_refused():
    with pytest.raises(BadInput) as error:
        here("copy", pdf(), listing(), marks=[])
    assert error.value.codes == ("mark_missing",)


def test_an_older_copy_is_compared():
    source = pdf()
    marks, more = marks_on(source, "Siti"), marks_on(source, "Diagnosis")
    old, new = copy_of(source, [*marks, *more]), copy_of(source, marks)

    said, _ = here(
        *("check", source, new, old),
        marks=as_data(marks),
        older_marks=as_data([*marks, *more]),
        allowed="",
    )

    assert [one["code"] for one in said["older"]["leaks"]] == ["opened_now"]
    assert said["leaks"] == []


def test_every_act_is_asked_for_here():
    assert set(ACTS) == {"survey", "picture", "find", "copy", "check"}
