"""BSrE's eSign Client Service, versions 1 and 2: what is asked, and what every answer means."""

import json
from datetime import UTC, datetime

import pytest

from papers.authority import PASSPHRASE, offline
from papers.gateway import EMAIL, NIK, PASSWORD, TOTP, TRICKS
from papers.signed import examine, paper, sign
from ppid.errors import BadInput, Refused
from ppid.papers import esign as service
from ppid.papers import esign_http
from ppid.papers.acceptance import Expected, return_findings
from ppid.papers.esign import Appearance, EsignSigner, Secret, User, plain_saying
from ppid.papers.esign_http import Gateway
from ppid.papers.signature import Level, Signatory
from ppid.papers.signing import ToSign

RINA = Signatory("Rina Wati, S.H.")
BY_NIK, BY_PASSPHRASE = User(nik=NIK), Secret(passphrase=PASSPHRASE)
VERSIONS = pytest.mark.parametrize("version", [1, 2])


def signer(server, *, version=2, user=BY_NIK, secret=BY_PASSPHRASE, appearance=None, **more):
    gateway = server.gateway(version=version, **more)
    return EsignSigner(gateway=gateway, user=user, secret=secret, appearance=appearance)


def signed(one):
    return one.sign(ToSign(pdf=paper(), field="T1", reason="Penetapan", place="Bontang"))


def refused(one):
    with pytest.raises(Refused) as error:
        signed(one)
    shown = "".join(str(finding) + finding.hint for finding in error.value.findings)
    assert PASSPHRASE not in shown
    assert NIK not in shown
    assert PASSWORD not in shown
    return error.value.codes


def told(server):
    """Return the last question to sign, of version 2."""
    return json.loads(server.asked[-1][2])


def accepted(returned):
    found = examine(returned, since=len(paper()))
    expected = Expected(paper(), RINA, Level.B, datetime.now(UTC))
    return [one.code for one in return_findings(returned, found, expected)]


@VERSIONS
def test_a_paper_comes_back_signed_by_the_right_person(esign, version):
    done = signed(signer(esign, version=version))

    assert accepted(done) == []


@pytest.mark.parametrize(
    ("user", "secret"),
    [(User(email=EMAIL), BY_PASSPHRASE), (BY_NIK, Secret(totp=TOTP))],
)
def test_version_2_knows_e_mail_and_codes_too(esign, user, secret):
    assert accepted(signed(signer(esign, user=user, secret=secret))) == []
    assert ("email" in told(esign)) == bool(user.email)
    assert ("totp" in told(esign)) == bool(secret.totp)


@pytest.mark.parametrize("who", [{"user": User(email=EMAIL)}, {"secret": Secret(totp=TOTP)}])
def test_version_1_wants_nik_and_passphrase_and_is_not_asked_without(esign, who):
    assert refused(signer(esign, version=1, **who)) == ("esign_nik_missing",)
    assert esign.asked == []


@VERSIONS
def test_a_wrong_passphrase_says_so(esign, version):
    one = signer(esign, version=version, secret=Secret(passphrase="salah"))

    assert refused(one) == ("esign_passphrase_wrong",)


@VERSIONS
def test_who_is_not_registered_is_told(esign, version):
    one = signer(esign, version=version, user=User(nik="6474010101909999"))

    assert refused(one) == ("esign_user_unknown",)


@VERSIONS
@pytest.mark.parametrize("state", [name for name, text in service.STATUSES.items() if text])
def test_who_cannot_sign_by_the_service_s_own_word_is_told_before(esign, version, state):
    esign.state = state

    assert refused(signer(esign, version=version)) == ("esign_user_cannot_sign",)
    assert not [path for path, *_ in esign.asked if "sign/pdf" in path]


def test_a_status_that_nobody_documented_does_not_stop_the_signing(esign):
    esign.state = ["?"]

    assert accepted(signed(signer(esign))) == []


@VERSIONS
@pytest.mark.parametrize(
    ("trick", "code"),
    [
        ("pdf ditolak", "esign_refused"),
        ("putus", "esign_cut"),
        ("halaman", "esign_failed"),
    ],
)
def test_a_gateway_that_fails_is_told_in_words(esign, version, trick, code):
    esign.trick = trick

    assert refused(signer(esign, version=version)) == (code,)


@pytest.mark.parametrize(
    "trick", ["sampah", "daftar", "tanpa berkas", "bukan base64", "halaman 200"]
)
def test_garbage_is_not_taken_for_an_answer(esign, trick):
    esign.trick = trick

    assert refused(signer(esign)) == ("esign_garbled",)


@pytest.mark.parametrize(
    ("version", "trick", "code"),
    [
        (1, "sampah", "return_unreadable"),
        (1, "halaman 200", "return_unreadable"),
        (2, "bukan pdf", "return_unreadable"),
        (1, "dokumen lain", "return_is_another"),
        (2, "dokumen lain", "return_is_another"),
        (1, "orang lain", "signer_differs"),
        (2, "orang lain", "signer_differs"),
    ],
)
def test_what_the_gateway_calls_signed_is_looked_at(esign, version, trick, code):
    esign.trick, esign.paper = trick, paper("Naskah lain")

    assert accepted(signed(signer(esign, version=version))) == [code]


@pytest.mark.parametrize("trick", ["menggantung", "menetes"])
def test_a_gateway_that_hangs_or_drips_is_left_after_its_time(esign, trick):
    esign.trick = trick

    assert refused(signer(esign, seconds=0.5)) == ("esign_timeout",)


def test_an_answer_without_end_is_not_read_to_its_end(esign, monkeypatch):
    monkeypatch.setattr(esign_http, "MOST_BYTES", 1000)

    assert refused(signer(esign)) == ("esign_too_large",)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"address": "http://127.0.0.1:1"}, "esign_unreachable"),
        ({"password": "salah"}, "esign_login_refused"),
    ],
)
def test_a_gateway_that_is_not_there_or_does_not_know_us(esign, more, code):
    assert refused(signer(esign, **more)) == (code,)


@pytest.mark.parametrize("address", ["ftp://a", "esign", "https://", "https://a:b@c"])
def test_only_a_plain_web_address_is_one_of_a_gateway(address):
    with pytest.raises(BadInput) as error:
        esign_http.check_address(address)
    assert error.value.codes == ("esign_address_invalid",)


def test_a_gateway_over_tls_must_show_a_certificate(esign):
    address = f"https://127.0.0.1:{esign.server_port}"

    assert refused(signer(esign, address=address)) == ("esign_unreachable",)


@pytest.mark.parametrize(
    ("appearance", "said"),
    [
        (None, {"tampilan": "INVISIBLE"}),
        (
            Appearance(image=b"PNG", tag="#"),
            {"tampilan": "VISIBLE", "imageBase64": "UE5H", "tag_koordinat": "#"},
        ),
        (Appearance(page=2, x=10, y=20), {"page": 2, "originX": 10, "originY": 20}),
    ],
)
def test_version_2_is_told_how_the_signature_looks(esign, appearance, said):
    signed(signer(esign, appearance=appearance))

    (shown,) = told(esign)["signatureProperties"]
    assert said.items() <= shown.items()
    assert (shown["reason"], shown["location"]) == ("Penetapan", "Bontang")


@pytest.mark.parametrize(
    ("appearance", "parts"),
    [
        (None, [b'"tampilan"\r\n\r\ninvisible']),
        (
            Appearance(link="https://x.go.id/1", tag="$"),
            [b'"linkQR"\r\n\r\nhttps://x.go.id/1', b'"tag_koordinat"\r\n\r\n$', b"\r\n\r\nfalse"],
        ),
        (
            Appearance(image=b"PNG", page=3, x=5, y=6),
            [b'"imageTTD"; filename', b'"xAxis"\r\n\r\n5', b'"page"\r\n\r\n3', b"\r\n\r\ntrue"],
        ),
    ],
)
def test_version_1_is_told_how_the_signature_looks(esign, appearance, parts):
    signed(signer(esign, version=1, appearance=appearance))

    body = esign.asked[-1][2]
    assert [part for part in parts if part not in body] == []


def test_version_1_may_answer_in_base64(esign, monkeypatch):
    answer = json.dumps({"file": "JVBERi0="}).encode()
    monkeypatch.setitem(TRICKS, "json", lambda self: self._say(200, answer))
    esign.trick = "json"

    assert signed(signer(esign, version=1)) == b"%PDF-"


@VERSIONS
def test_the_service_can_be_asked_for_its_own_verdict(esign, version):
    done = sign(paper(), offline().issue("Rina"))

    said = service.verify(esign.gateway(version=version), done)

    assert said.get("jumlah_signature") or said.get("signatureCount")


def test_a_code_is_sent_and_a_kept_file_is_fetched(esign):
    service.ask_totp(esign.gateway(), BY_NIK)
    assert json.loads(esign.asked[-1][2]) == {"nik": NIK, "data": 1}

    done = signed(signer(esign, version=1))
    assert service.download(esign.gateway(version=1), "d1") == done


def test_the_path_of_an_address_stands_before_that_of_the_service(esign):
    with pytest.raises(Refused) as error:
        service.ask_totp(esign.gateway(address=f"http://127.0.0.1:{esign.server_port}/x/"), BY_NIK)

    assert esign.asked[-1][0] == "/x/api/v2/sign/get/totp"
    assert error.value.codes == ("esign_refused",)


def test_what_a_gateway_says_is_shown_short_and_without_numbers_of_people():
    assert (
        plain_saying(f"NIK {NIK} salah\n\x1b[31m" + "x" * 999)[:26] == "NIK (nomor) salah [31mxxxx"
    )
    assert len(plain_saying("x" * 999)) == service.LONGEST_SAYING
    assert plain_saying(None) == "tanpa keterangan"


def test_no_secret_is_shown_where_a_signer_is_printed(esign):
    shown = repr(signer(esign)) + repr(Gateway(address="a", user="u", password=PASSWORD))

    assert not [secret for secret in (PASSPHRASE, NIK, PASSWORD) if secret in shown]
