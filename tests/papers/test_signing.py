"""Signing with a certificate of one's own: what is signed, what is refused, and by a real child."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from papers.authority import PASSPHRASE, offline
from papers.reading import faults
from papers.signed import examine, paper, sign
from ppid.errors import BadInput, Refused
from ppid.papers import child
from ppid.papers.signature import Level, Way
from ppid.papers.signing import CertificateSigner, ToSign, examine_apart


def signer(authority, person=None, **more):
    person = person or authority.issue("Rina Wati, S.H.")
    told = {"archive": authority.archive_of(person), "passphrase": PASSPHRASE}
    return CertificateSigner(**{**told, "anchors": authority.anchors, **more})


def refused(one, *, level=Level.B, pdf=None):
    with pytest.raises((Refused, BadInput)) as error:
        one.sign(ToSign(pdf=pdf or paper(), field="TandaTangan1", level=level))
    return error.value.codes[0]


@pytest.mark.parametrize("level", list(Level))
def test_a_signed_paper_keeps_its_bytes_its_levels_and_pdf_a(here, services, level):
    person = services.issue("Rina Wati, S.H.", nip="199001012015012001")

    one = signer(services, person, tsa=f"{services.address}/tsa")
    done = one.sign(ToSign(pdf=paper(), field="T1", level=level, reason="Uji", place="Bontang"))

    assert done.startswith(paper())
    assert faults(done) == faults(paper()) == set()
    found = examine(done, authority=services, since=len(paper()))
    assert (found.changed, found.unreadable) == ("", "")
    (signature,) = found.signatures
    assert (signature.good, signature.level) == (True, level)
    assert (signature.signer, signature.serial) == ("Rina Wati, S.H.", "199001012015012001")
    assert (signature.stamped_at is None) == (level is Level.B)


def test_people_sign_one_after_the_other_and_every_signature_stays_good(services):
    first = sign(
        paper(), services.issue("Satu"), authority=services, level=Level.LT, tsa=stamps(services)
    )
    second = sign(first, services.issue("Dua"), authority=services, field="TandaTangan2")

    found = examine(second, authority=services, since=len(first))

    assert second.startswith(first)
    assert [one.signer for one in found.signatures] == ["Satu", "Dua"]
    assert all(one.good for one in found.signatures)
    assert found.changed == ""
    assert faults(second) == set()


def stamps(services):
    return f"{services.address}/tsa"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ({"days": (-30, -1)}, "certificate_expired"),
        ({"days": (1, 30)}, "certificate_not_yet_valid"),
        ({"revoked": True}, "certificate_revoked"),
        ({"signs": False}, "certificate_not_for_signing"),
    ],
)
def test_a_certificate_that_may_not_sign_today_signs_nothing(here, services, kind, code):
    assert refused(signer(services, services.issue("Rina", **kind))) == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"passphrase": "salah"}, "passphrase_wrong"),
        ({"archive": b"bukan sertifikat"}, "passphrase_wrong"),
        ({"anchors": ()}, "certificate_untrusted"),
    ],
)
def test_what_cannot_be_opened_or_trusted_signs_nothing(here, more, code):
    assert refused(signer(offline(), **more)) == code


@pytest.mark.parametrize(
    ("path", "code"), [("/tsa-rusak", "signing_service_garbled"), (":1/", "tsa_failed")]
)
def test_without_a_time_stamp_there_is_no_b_t(here, services, path, code):
    address = f"{services.address}{path}" if path[0] == "/" else f"http://127.0.0.1{path}"

    assert refused(signer(services, tsa=address), level=Level.T) == code


def test_b_lt_needs_what_proves_the_chain(here, services):
    alone = offline()
    one = signer(alone, tsa=stamps(services), anchors=(*alone.anchors, *services.anchors))

    assert refused(one, level=Level.LT) == "certificate_unproven"


def test_what_is_no_pdf_cannot_be_signed(here):
    assert refused(signer(offline()), pdf=b"halo") == "paper_unreadable"


def test_a_child_signs_and_another_reads():
    one = signer(offline())

    done = one.sign(ToSign(pdf=paper(), field="T1"))
    found = examine_apart(done, anchors=offline().anchors, at=datetime.now(UTC), since=len(paper()))

    assert [one.good for one in found.signatures] == [True]


def test_a_child_that_refuses_says_why():
    assert refused(signer(offline(), passphrase="salah")) == "passphrase_wrong"


@pytest.mark.parametrize(("module", "seconds"), [("tidak_ada", 30), ("pades", 0.01)])
def test_a_child_that_dies_or_hangs_is_an_error_without_its_secrets(module, seconds):
    with pytest.raises(BadInput) as error:
        child.ask(module, {"passphrase": PASSPHRASE}, seconds=seconds)

    assert error.value.codes == ("paper_process_failed",)
    assert PASSPHRASE not in repr(error.getrepr(showlocals=False))
    assert error.value.__cause__ is None


def test_a_child_does_not_inherit_the_settings_of_the_program(monkeypatch):
    monkeypatch.setenv("PPID_SECRET_KEY", "rahasia")
    asked = {}
    monkeypatch.setattr(child.subprocess, "run", lambda *args, **more: asked.update(more) or Done())

    assert child.ask("validation", {}, seconds=1) == {}
    assert "PPID_SECRET_KEY" not in asked["env"]
    assert asked["timeout"] == 1


class Done:
    stdout = b"{}"


def test_only_bytes_are_encoded_for_a_child():
    assert base64.b64decode(child.encoded(b"\x00\xff")) == b"\x00\xff"
    with pytest.raises(TypeError):
        child.encoded(object())


def test_no_secret_is_shown_where_a_signer_is_printed():
    shown = repr(signer(offline())) + repr(ToSign(pdf=b"isi naskah", field="T1"))

    assert PASSPHRASE not in shown
    assert "isi naskah" not in shown


def test_ways_and_levels_say_what_they_are():
    assert [way.electronic for way in Way] == [False, True, True]
    assert len({way.label for way in Way} | {level.label for level in Level}) == 6
    assert Level.LT.reaches(Level.T)
    assert not Level.B.reaches(Level.T)


def test_a_file_that_was_changed_after_signing_is_found_out(services):
    done = sign(paper(), services.issue("Rina"), authority=services)
    at = done.index(b"/Rect")

    broken = done[:100] + bytes([done[100] ^ 1]) + done[101:]
    inside = done[:at] + b"/Rekt" + done[at + 5 :]

    for bad in (broken, inside):
        found = examine(bad, authority=services)
        assert found.unreadable or not any(one.good for one in found.signatures)


def test_the_level_is_what_the_file_proves_not_what_was_wished(services):
    one = replace(signer(services), tsa=stamps(services))
    done = sign(paper(), services.issue("Rina"), authority=services, level=Level.T, tsa=one.tsa)

    (signature,) = examine(done, authority=services).signatures
    (stranger,) = examine(done, authority=offline()).signatures

    assert signature.level is Level.T
    assert (stranger.level, stranger.trusted, stranger.trouble) == (
        Level.B,
        False,
        "certificate_untrusted",
    )
