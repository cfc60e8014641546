"""Signing with a key on a token (PKCS#11), against SoftHSM2."""

from dataclasses import replace

import pytest

from papers.authority import offline
from papers.reading import faults
from papers.signed import examine, paper
from papers.tokens import PIN, on_token, softhsm
from ppid.errors import BadInput, Refused
from ppid.papers import signing
from ppid.papers.signature import Level
from ppid.papers.signing import TokenSigner, ToSign


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return softhsm(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def rina(library):
    """A token with Rina's key, her certificate, and that of its issuer."""
    person = offline().issue("Rina Wati, S.H.", nip="199001012015012001")
    return on_token(library, "rina", person, chain=[offline().issuer])


def signer(token, *, pin=PIN, **more):
    return TokenSigner(**{"token": token, "pin": pin, "anchors": offline().anchors, **more})


def refused(one):
    with pytest.raises((Refused, BadInput)) as error:
        one.sign(ToSign(pdf=paper(), field="TandaTangan1"))
    return error.value.codes


def test_a_token_signs_and_its_key_stays_on_it(here, rina):
    done = signer(rina).sign(ToSign(pdf=paper(), field="T1", reason="Uji"))

    assert done.startswith(paper())
    assert faults(done) == set()
    (found,) = examine(done, since=len(paper())).signatures
    assert (found.good, found.level, found.signer) == (True, Level.B, "Rina Wati, S.H.")


def test_a_token_with_an_rsa_key_signs_to_b_lt(here, library, services):
    person = services.issue("Dewi", stamps=False, rsa_key=True)
    token = on_token(library, "dewi", person, chain=[services.issuer])

    one = signer(token, anchors=services.anchors, tsa=f"{services.address}/tsa")
    done = one.sign(ToSign(pdf=paper(), field="T1", level=Level.LT))

    (found,) = examine(done, authority=services, since=len(paper())).signatures
    assert (found.good, found.level) == (True, Level.LT)


def test_a_child_signs_with_the_token(rina):
    done = signer(rina).sign(ToSign(pdf=paper(), field="T1"))

    assert examine(done, since=len(paper())).signatures[0].good


def test_a_wrong_pin_signs_nothing(here, rina):
    assert refused(signer(rina, pin="000000")) == ("passphrase_wrong",)
    assert refused(signer(rina, pin="1")) == ("passphrase_wrong",)


@pytest.mark.parametrize(
    "change", [{"name": "Token lain"}, {"label": "siapa"}, {"module": "/tidak/ada.so"}]
)
def test_a_token_that_is_not_there_is_told_in_words(here, rina, change):
    assert refused(signer(replace(rina, **change))) == ("token_unusable",)


def test_a_certificate_that_has_expired_signs_nothing_from_a_token_either(here, library):
    person = offline().issue("Lama", days=(-30, -1))
    token = on_token(library, "lama", person, chain=[offline().issuer])

    assert refused(signer(token)) == ("certificate_expired",)


def test_without_the_library_for_tokens_the_way_to_it_is_told(rina, monkeypatch):
    monkeypatch.setattr(signing, "find_spec", lambda name: None)

    assert refused(signer(rina)) == ("pkcs11_missing",)


def test_no_pin_is_shown_where_a_signer_is_printed(rina):
    assert PIN not in repr(signer(rina))
