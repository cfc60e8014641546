"""When a file that came back counts as signed: the right file, person, moment, chain and level."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from papers.authority import Authority, offline
from papers.signed import examine, paper, sign
from ppid.papers.acceptance import (
    CLOCKS_DIFFER,
    Expected,
    bare_name,
    belongs_to,
    return_findings,
    signature_findings,
)
from ppid.papers.signature import Level, Signatory, as_data, from_data

RINA = Signatory("Rina Wati, S.H., M.H.", "199001012015012001")


@pytest.fixture(scope="module")
def rina():
    return offline().issue("Dr. Rina Wati, S.H.")


@pytest.fixture(scope="module")
def done(rina):
    return sign(paper(), rina)


def accepted(returned, *, sent=None, signatory=RINA, level=Level.B, at=None, before=(), trust=None):
    """Return the codes of what speaks against a file."""
    sent = sent or paper()
    found = examine(returned, authority=trust, at=at, since=len(sent))
    expected = Expected(sent, signatory, level, at or datetime.now(UTC), before)
    return [one.code for one in return_findings(returned, found, expected)]


def test_the_paper_signed_by_the_right_person_now_is_accepted(done):
    assert accepted(done) == []


def test_what_is_no_pdf_is_not_the_paper():
    assert accepted(b"<html>") == ["return_unreadable"]
    assert accepted(paper() + b"\nstartxref\n99999999\n%%EOF\n") == ["return_unreadable"]


def test_another_document_is_not_the_paper_however_well_it_is_signed(rina):
    assert accepted(sign(paper("Naskah lain"), rina)) == ["return_is_another"]


def test_an_unsigned_paper_is_not_signed():
    assert accepted(paper()) == ["signature_count"]


def test_two_signatures_at_once_are_one_too_many(done, rina):
    assert accepted(sign(done, rina, field="T2")) == ["signature_count"]


def test_a_stranger_s_signature_is_refused():
    stranger = offline().issue("Orang Lain")

    assert accepted(sign(paper(), stranger)) == ["signer_differs"]


def test_a_signature_from_an_unknown_authority_is_refused(rina):
    unknown = Authority("Induk Lain")
    done = sign(paper(), unknown.issue("Rina Wati"), authority=unknown)

    assert accepted(done) == ["certificate_untrusted"]


@pytest.mark.parametrize("shift", [-CLOCKS_DIFFER, CLOCKS_DIFFER, timedelta(days=1)])
def test_a_clock_that_is_wrong_is_noticed(done, shift):
    late = datetime.now(UTC) + shift * 1.01

    assert accepted(done, at=late) == ["signature_time_off"]


def test_a_certificate_that_has_expired_since_is_refused(done):
    late = datetime.now(UTC) + timedelta(days=400)

    assert accepted(done, at=late) == ["certificate_expired", "signature_time_off"]


def test_a_certificate_that_does_not_yet_count_is_refused(done):
    early = datetime.now(UTC) - timedelta(days=40)

    assert accepted(done, at=early) == ["certificate_not_yet_valid", "signature_time_off"]


def test_less_than_was_asked_for_is_refused(done):
    assert accepted(done, level=Level.T) == ["signature_level_low"]


def test_a_second_signer_leaves_the_first_as_they_were(done):
    both = sign(done, offline().issue("Budi"), field="T2")
    before = examine(done).signatures

    budi = Signatory("Budi")
    assert accepted(both, sent=done, signatory=budi, before=before) == []
    other = [replace(before[0], fingerprint="lain")]
    broken = accepted(both, sent=done, signatory=budi, before=other)
    assert broken == ["signature_before_broken"]


def test_what_a_gateway_adds_beside_its_signature_is_noticed(done, rina):
    found = examine(done, since=len(paper()))
    expected = Expected(paper(), RINA, Level.B, datetime.now(UTC))

    codes = [one.code for one in return_findings(done, replace(found, changed="/Pages"), expected)]

    assert codes == ["return_changed"]


def test_a_signature_that_is_broken_and_covers_too_little_says_both(done):
    (signature,) = examine(done).signatures
    bad = replace(
        signature, intact=False, whole=False, trusted=False, trouble="certificate_revoked"
    )

    codes = [one.code for one in signature_findings(bad)]

    assert codes == ["signature_broken", "signature_not_whole", "certificate_revoked"]


def test_a_change_of_the_paper_in_the_signed_revision_is_seen_by_pyhanko(rina):
    grown = overdrawn(paper())

    assert accepted(sign(grown, rina)) == ["return_changed"]


def overdrawn(pdf):
    """The paper with something drawn over its first page, as an incremental update."""
    import io

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    over = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.add_stream_to_page(0, over)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("serial", "common", "same"),
    [
        ("199001012015012001", "Siapa Saja", True),
        ("19900101 201501 2 001", "Siapa Saja", True),
        ("199001012015012002", "Rina Wati", False),
        ("6474", "Rina Wati", True),
        ("", "RINA WATI, SH", True),
        ("", "H. Rina Wati S.H.", True),
        ("", "Rína Wati", True),
        ("", "Wati Rina", False),
        ("", "Rina Wati Dewi", False),
        ("", "", False),
    ],
)
def test_a_certificate_belongs_to_the_person_by_nip_or_by_name(done, serial, common, same):
    (signature,) = examine(done).signatures

    assert belongs_to(replace(signature, serial=serial, signer=common), RINA) is same


def test_a_name_in_another_script_is_a_name_too():
    assert bare_name("محمد, S.H.") == ("محمد",)
    assert bare_name("Prof. Dr. ") == ()


def test_an_examination_survives_as_plain_data(done):
    found = examine(done)

    assert from_data(as_data(found)) == found
