"""pdfsig (poppler) and pyHanko read each kind of signature alike, and so does the list of PDF/A."""

import re
import subprocess
from functools import partial

import pytest

from papers.authority import PASSPHRASE
from papers.gateway import EMAIL, NIK
from papers.gateway import PASSPHRASE as ESIGN_PASSPHRASE
from papers.reading import faults, text_of
from papers.signed import examine, paper
from papers.tokens import PIN, on_token, softhsm
from ppid.papers.esign import EsignSigner, Secret, User
from ppid.papers.signature import Level
from ppid.papers.signing import CertificateSigner, TokenSigner, ToSign

ABOUT = re.compile(r"Signature #\d+:\n((?:  .*\n?)+)")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return softhsm(tmp_path_factory.getbasetemp())


def pdfsig(pdf, folder):
    """What poppler says of each signature: whose it is, whether it is good and covers all."""
    (folder / "naskah.pdf").write_bytes(pdf)
    command = ["pdfsig", "-nocert", folder / "naskah.pdf"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [
        (
            re.search(r"Common Name: (.*)", one)[1],
            "Signature Validation: Signature is Valid." in one,
            "- Total document signed" in one,
        )
        for one in ABOUT.findall(said)
    ]


def pyhanko(pdf, authority, since):
    found = examine(pdf, authority=authority, since=since)
    last = len(found.signatures) - 1
    return [
        (one.signer, one.intact, place == last and one.whole and not found.changed)
        for place, one in enumerate(found.signatures)
    ]


def by_certificate(services, name, level):
    return CertificateSigner(
        archive=services.archive_of(services.issue(name)),
        passphrase=PASSPHRASE,
        anchors=services.anchors,
        tsa=f"{services.address}/tsa" if level is not Level.B else "",
    )


def signed(*signers, level=Level.B):
    """The paper, signed by each in turn, and how long it was before the last."""
    pdf = paper()
    for place, one in enumerate(signers, start=1):
        before = pdf
        pdf = one.sign(ToSign(pdf=pdf, field=f"T{place}", level=level))
    return pdf, len(before)


def agree(pdf, since, authority, folder, names):
    expected = [(name, True, name == names[-1]) for name in names]
    assert pdfsig(pdf, folder) == pyhanko(pdf, authority, since) == expected
    assert faults(pdf) == faults(paper()) == set()
    assert text_of(pdf) == text_of(paper())


@pytest.mark.parametrize("level", list(Level))
def test_a_certificate_of_one_s_own(here, services, tmp_path, level):
    pdf, since = signed(by_certificate(services, "Rina", level), level=level)

    agree(pdf, since, services, tmp_path, ["Rina"])


@pytest.mark.parametrize("version", [1, 2])
def test_bsre(here, esign, tmp_path, version):
    user = User(nik=NIK) if version == 1 else User(email=EMAIL)
    one = EsignSigner(
        gateway=esign.gateway(version=version),
        user=user,
        secret=Secret(passphrase=ESIGN_PASSPHRASE),
    )
    pdf, since = signed(one)

    agree(pdf, since, esign.authority, tmp_path, [examine(pdf).signatures[0].signer])


def test_a_token(here, services, library, tmp_path):
    token = on_token(library, "tini", services.issue("Tini"), chain=[services.issuer])
    pdf, since = signed(TokenSigner(token=token, pin=PIN, anchors=services.anchors))

    agree(pdf, since, services, tmp_path, ["Tini"])


@pytest.mark.parametrize("level", list(Level))
def test_three_signers_in_order(here, services, library, tmp_path, level):
    by = partial(by_certificate, services, level=level)
    token = on_token(library, f"t{level}", services.issue("Tono"), chain=[services.issuer])
    third = TokenSigner(
        token=token, pin=PIN, anchors=services.anchors, tsa=f"{services.address}/tsa"
    )
    pdf, since = signed(by(name="Satu"), by(name="Dua"), third, level=level)

    agree(pdf, since, services, tmp_path, ["Satu", "Dua", "Tono"])


def test_both_see_a_flip_in_what_was_signed(here, services, tmp_path):
    pdf, since = signed(by_certificate(services, "Rina", Level.B))
    place = 10  # in the comment that stands before the first object
    flipped = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    assert [good for _, good, _ in pdfsig(flipped, tmp_path)] == [False]
    assert [good for _, good, _ in pyhanko(flipped, services, since)] == [False]
