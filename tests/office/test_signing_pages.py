"""The page "Tanda tangan": prepare, sign with a certificate or BSrE, file a scan, take back."""

import json
from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from office.factories import sign_in
from office.offices import appoint, assert_sound, case_in, item_in, opened, who
from office.pages import codes, day, send, visit
from office.signing import ask_here, body, certificate, letter, prepared, rule, rules
from office.test_signed_papers import bytes_of, scanned
from papers import gateway
from papers.authority import PASSPHRASE, offline
from papers.gateway import NIK, PASSWORD, USER
from papers.tokens import PIN, on_token, softhsm
from ppid.errors import BadInput, CorruptData, Refused
from ppid.office.models import Event, Item, OfficePaper, Person
from ppid.office.queries.signing import waiting_papers
from ppid.office.signing_keys import (
    certificate_of,
    gateway_of,
    set_certificate,
    set_gateway,
    set_token,
    token_of,
)
from ppid.office.signing_rules import (
    PaperKind,
    Rules,
    next_number,
    number_by,
    rule_findings,
    rules_of,
)
from ppid.papers.esign_http import Gateway
from ppid.papers.signature import Level, Way
from ppid.papers.signing import Token

pytestmark = pytest.mark.django_db(databases=["default", "public"])


class Desk:
    """Somebody at the page of the letter, at the hour of the office."""

    def __init__(self, client, walk, subject, kind="penetapan"):
        self.client, self.walk = client, walk
        self.place = (kind, str(subject))

    def _as(self, person):
        sign_in(self.client, Person.objects.get(pk=person))

    def sees(self, person, status=200):
        with time_machine.travel(self.walk.tick(), tick=False):
            self._as(person)
            return visit(self.client, "signing", *self.place, status=status)

    def sends(self, person, form, *, status=302, **fields):
        with time_machine.travel(self.walk.tick(), tick=False):
            self._as(person)
            named = {f"{form}-{name}": value for name, value in fields.items()}
            act = visit(self.client, "signing", *self.place).context["forms"][form]["act"].value()
            return send(
                self.client,
                "signing",
                *self.place,
                status=status,
                **{f"{form}-act": act, **named},
            )


@pytest.fixture
def desk(client, monkeypatch):
    ask_here(monkeypatch)
    walk, found = letter()
    appoint(walk, "pengelola_sistem")
    rule(walk)
    return Desk(client, walk, found.pk)


def signer_of(number):
    paper = OfficePaper.objects.get(withdrawn="")
    return paper.signers[number]["person"], paper.signers[number]["name"]


def upload(name):
    return SimpleUploadedFile("saya.p12", offline().archive_of(certificate(name)))


def test_a_letter_goes_from_the_page_to_two_signatures(desk):
    officer = who(desk.walk, "ppid_utama")
    before = desk.sees(officer)
    assert before.context["page"].state == "Belum disiapkan"
    desk.sends(officer, "siapkan", number="1/PPID/2026")

    for number in range(2):
        person, name = signer_of(number)
        desk.sends(
            person, "tandatangani", archive=upload(name), passphrase=PASSPHRASE, consent="on"
        )

    shown = desk.sees(officer)
    assert shown.context["page"].complete
    assert shown.context["forms"] == {}
    assert "ppid_utama" in shown.content.decode()
    assert_sound()


def test_a_refusal_is_shown_and_nothing_that_was_typed_comes_back(desk):
    desk.sends(who(desk.walk, "ppid_utama"), "siapkan", number="")
    person, name = signer_of(0)

    answer = desk.sends(
        person,
        "tandatangani",
        status=403,
        archive=upload(name),
        passphrase="sandi yang salah",
        consent="on",
    )

    assert codes(answer.context["findings"]) == {"passphrase_wrong"}
    assert "sandi yang salah" not in answer.content.decode()
    assert answer.context["page"].state == "Ditandatangani 0 dari 2 orang"


def test_who_did_not_say_that_they_read_it_does_not_sign(desk):
    desk.sends(who(desk.walk, "ppid_utama"), "siapkan", number="")
    person, name = signer_of(0)

    answer = desk.sends(
        person, "tandatangani", status=200, archive=upload(name), passphrase=PASSPHRASE
    )

    assert "consent" in answer.context["form"].errors
    assert PASSPHRASE not in answer.content.decode()


def test_without_a_file_the_certificate_on_the_server_counts(desk):
    desk.sends(who(desk.walk, "ppid_utama"), "siapkan", number="")
    person, name = signer_of(0)
    told = {"passphrase": PASSPHRASE, "consent": "on"}

    answer = desk.sends(person, "tandatangani", status=403, **told)
    assert codes(answer.context["findings"]) == {"certificate_file_missing"}
    set_certificate(body().pk, person, offline().archive_of(certificate(name)))
    desk.sends(person, "tandatangani", **told)

    assert desk.sees(person).context["page"].state == "Ditandatangani 1 dari 2 orang"


def test_a_token_signs_with_its_pin_instead_of_a_file(desk, tmp_path_factory):
    library = softhsm(tmp_path_factory.getbasetemp())
    desk.sends(who(desk.walk, "ppid_utama"), "siapkan", number="")
    person, name = signer_of(0)
    token = on_token(library, "halaman", certificate(name), chain=[offline().issuer])
    set_token(body().pk, person, token)
    assert "Token uji" in desk.sees(person).content.decode()

    answer = desk.sends(person, "tandatangani", status=403, passphrase="9999", consent="on")
    assert codes(answer.context["findings"]) == {"passphrase_wrong"}
    desk.sends(person, "tandatangani", passphrase=PIN, consent="on")

    assert desk.sees(person).context["page"].state == "Ditandatangani 1 dari 2 orang"


def test_who_is_not_next_sees_whose_turn_it_is(desk):
    desk.sends(who(desk.walk, "ppid_utama"), "siapkan", number="")
    person, _ = signer_of(1)

    shown = desk.sees(person)

    assert codes(shown.context["page"].signing) == {"not_your_turn"}
    assert "tandatangani" not in shown.context["forms"]


def at_bsre(client):
    """The page of a letter that waits for its first signer, who signs through BSrE."""
    walk, found = letter()
    rule(walk, ways={"penetapan": Way.BSRE.value})
    desk = Desk(client, walk, found.pk)
    desk.sends(who(walk, "ppid_utama"), "siapkan", number="")
    return desk


def test_bsre_signs_through_its_gateway(client, monkeypatch):
    ask_here(monkeypatch)
    desk = at_bsre(client)
    person, name = signer_of(0)
    told = {"nik": NIK, "passphrase": PASSPHRASE, "consent": "on"}

    answer = desk.sends(person, "tandatangani", status=403, **told)
    assert codes(answer.context["findings"]) == {"esign_not_set_up"}
    with gateway.served(offline()) as service:
        service.person = certificate(name)
        set_gateway(body().pk, service.gateway())
        wrong = desk.sends(person, "tandatangani", status=403, **told | {"passphrase": "salah"})
        assert codes(wrong.context["findings"]) == {"esign_passphrase_wrong"}
        desk.sends(person, "tandatangani", **told)

    assert OfficePaper.objects.get().revisions.count() == 2
    kept = json.dumps([[bytes(one.entry).decode(), one.sealed] for one in Event.objects.all()])
    assert not [secret for secret in (NIK, PASSPHRASE, PASSWORD) if secret in kept]


def test_bsre_sends_a_code_that_signs_instead_of_the_passphrase(client, monkeypatch):
    ask_here(monkeypatch)
    desk = at_bsre(client)
    person, name = signer_of(0)
    assert "Minta kode TOTP" in desk.sees(person).content.decode()

    with gateway.served(offline()) as service:
        service.person = certificate(name)
        set_gateway(body().pk, service.gateway())
        assert "nik" in desk.sends(person, "kode", status=200).context["form"].errors
        desk.sends(person, "kode", email=gateway.EMAIL)
        asked = service.asked[-1]
        desk.sends(person, "tandatangani", nik=NIK, totp=gateway.TOTP, consent="on")

    assert (asked[0], json.loads(asked[2])["data"]) == ("/api/v2/sign/get/totp", 1)
    assert OfficePaper.objects.get().revisions.count() == 2


def test_a_gateway_that_knows_no_codes_is_not_asked_for_one(client, monkeypatch):
    desk = at_bsre(client)
    with gateway.served(offline()) as service:
        set_gateway(body().pk, service.gateway(version=1))
        refused = desk.sends(signer_of(0)[0], "kode", status=403, nik=NIK)

    assert codes(refused.context["findings"]) == {"esign_code_unknown"}
    assert not service.asked


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"passphrase": "x"}, "nik"),
        ({"nik": "123", "passphrase": "x"}, "nik"),
        ({"nik": NIK}, "passphrase"),
    ],
)
def test_bsre_is_not_asked_with_half_an_answer(client, monkeypatch, typed, field):
    desk = at_bsre(client)

    answer = desk.sends(signer_of(0)[0], "tandatangani", status=200, consent="on", **typed)

    assert field in answer.context["form"].errors


def test_a_scan_is_filed_and_says_that_it_is_no_electronic_signature(client):
    walk, found = letter()
    desk = Desk(client, walk, found.pk)
    officer = who(walk, "ppid_utama")
    desk.sends(officer, "siapkan", number="")
    scan = SimpleUploadedFile("pindaian.pdf", scanned())

    desk.sends(officer, "pindai", scan=scan, same="on", **day("signed_on", walk.today))

    shown = desk.sees(officer)
    assert shown.context["page"].complete
    assert "bukan tanda tangan elektronik" in shown.content.decode()
    paper = OfficePaper.objects.get()
    with time_machine.travel(walk.now, tick=False):
        given = visit(client, "paper_file", paper.pk)
    assert given.content == scanned() == bytes_of(paper)
    assert given["Cache-Control"] == "no-store"


def test_a_paper_is_taken_back_with_a_reason(desk):
    officer = who(desk.walk, "ppid_utama")
    desk.sends(officer, "siapkan", number="")

    desk.sends(officer, "tarik", reason="Nama salah")

    assert desk.sees(officer).context["page"].state == "Belum disiapkan"
    assert OfficePaper.objects.get().withdrawn == "Nama salah"


def test_only_who_may_read_the_paper_sees_it_and_the_reading_leaves_its_trace(desk):
    officer, stranger = who(desk.walk, "ppid_utama"), who(desk.walk, "pengelola_sistem")
    desk.sees(officer)
    assert Event.objects.filter(kind="document.read", actor=officer).exists()
    desk.sends(officer, "siapkan", number="")
    paper = OfficePaper.objects.get()

    for kind, subject in (("lain", "x"), ("penetapan", "bukan-id"), ("penetapan", paper.pk)):
        Desk(desk.client, desk.walk, subject, kind).sees(officer, status=404)
    with time_machine.travel(desk.walk.now, tick=False):
        visit(desk.client, "paper_file", paper.pk)
        visit(desk.client, "paper_file", "00000000-0000-0000-0000-000000000000", status=404)
        sign_in(desk.client, Person.objects.get(pk=stranger))
        visit(desk.client, "paper_file", paper.pk, status=404)


def test_the_papers_that_wait_are_shown_to_who_signs_or_prepared_them(desk):
    officer = who(desk.walk, "ppid_utama")
    desk.sends(officer, "siapkan", number="")
    first, _ = signer_of(0)

    assert [one.mine for one in waiting_papers(body(), by=Person.objects.get(pk=first).pk)] == [
        True
    ]
    assert [one.mine for one in waiting_papers(body(), by=officer)] == [False]
    assert waiting_papers(body(), by=who(desk.walk, "auditor")) == []
    with time_machine.travel(desk.walk.now, tick=False):
        shown = visit(desk.client, "signing_list")
    assert "1/PPID/2026" in shown.content.decode()


def test_an_incomplete_sheet_and_an_opening_of_no_day_cannot_be_signed(client):
    walk, _ = letter()
    item_in(walk, case_in(walk), title="Lain")
    officer = who(walk, "ppid_utama")

    Desk(client, walk, "2026-01-01", "pembukaan").sees(officer, status=404)
    Desk(client, walk, "kemarin", "pembukaan").sees(officer, status=404)
    Desk(client, walk, Item.objects.first().pk, "lembar_uji").sees(officer, status=404)
    Desk(client, walk, Item.objects.first().pk, "berita_acara").sees(officer, status=404)


def test_the_next_number_is_offered_by_the_pattern(client, monkeypatch):
    walk, _ = letter()
    rule(walk, numbers={"pembukaan": "{urut}/PPID/{bulan_romawi}/{tahun}"})
    opened(walk, Item.objects.get())
    desk = Desk(client, walk, walk.today.isoformat(), "pembukaan")

    assert desk.sees(who(walk, "ppid_utama")).context["page"].number == "1/PPID/III/2026"
    prepared(walk, walk.today.isoformat(), kind=PaperKind.OPENING, number="1/PPID/III/2026")
    assert next_number(body(), PaperKind.OPENING, on=walk.today) == "2/PPID/III/2026"
    assert next_number(body(), PaperKind.SHEET, on=walk.today) == ""
    assert number_by("{urut}.{bulan}", 7, on=walk.today) == "7.03"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"numbers": {"penetapan": "tanpa"}}, "number_pattern_invalid"),
        ({"numbers": {"penetapan": "{urut}{lain}"}}, "number_pattern_invalid"),
        ({"numbers": {"penetapan": "{urut}{"}}, "number_pattern_invalid"),
        ({"tsa": "ftp://x"}, "address_invalid"),
        ({"anchors": ()}, "anchors_missing"),
        ({"anchors": ("x",) * 11}, "anchors_too_many"),
        ({"level": Level.T}, "tsa_missing"),
        ({"footer": "x" * 401}, "footer_too_long"),
    ],
)
def test_rules_that_cannot_work_are_refused(more, code):
    assert {one.code for one in rule_findings(rules(**more))} == {code}
    assert rule_findings(Rules()) == ()


def test_the_rules_are_set_on_their_page(client):
    walk, _ = letter()
    told = {f"way_{kind.value}": "basah" for kind in PaperKind} | {"way_penetapan": "sertifikat"}
    anchors = "\n".join(offline().anchors)

    def send_as(role, status, **more):
        with time_machine.travel(walk.tick(), tick=False):
            sign_in(client, Person.objects.get(pk=who(walk, role)))
            assert visit(client, "signing_rules").status_code == 200
            return send(client, "signing_rules", status=status, level="B-B", **told | more)

    wrong = send_as("ppid_utama", 200, number_pembukaan="x", anchors=anchors)
    assert "number_pembukaan" in wrong.context["form"].errors
    send_as("auditor", 403, anchors=anchors)
    send_as("ppid_utama", 302, anchors=anchors, number_pembukaan="{urut}/P", footer="Kaki")

    kept = rules_now()
    assert (kept.way(PaperKind.DETERMINATION), kept.way(PaperKind.SHEET)) == (
        Way.CERTIFICATE,
        Way.INK,
    )
    assert [one.strip() for one in kept.anchors] == [one.strip() for one in offline().anchors]
    assert kept.footer_of(Way.BSRE) == "Kaki"
    assert kept.footer_of(Way.INK) == ""
    assert_sound()


def rules_now():
    return rules_of(body())


def test_the_gateway_s_account_is_kept_beside_the_database_for_the_program_alone(keys_folder):
    kept = Gateway(address="https://esign.go.id", user=USER, password=PASSWORD, version=1)
    set_gateway("kota", kept)

    assert gateway_of("kota") == kept
    (file,) = keys_folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("{}")
    with pytest.raises(CorruptData):
        gateway_of("kota")
    with pytest.raises(Refused):
        gateway_of("desa")
    for bad in ({"version": 3}, {"user": " "}, {"address": "esign"}):
        told = {"address": "https://a.id", "user": "u", "password": "p", "version": 2}
        with pytest.raises(BadInput):
            set_gateway("kota", Gateway(**told | bad))


def test_only_a_pkcs12_is_kept_as_a_certificate(keys_folder):
    walk_person = "00000000-0000-0000-0000-000000000001"

    with pytest.raises(BadInput):
        set_certificate("kota", walk_person, b"halo")
    assert certificate_of("kota", walk_person) == b""


def test_where_a_token_is_is_kept_and_a_wrong_place_is_refused(keys_folder, tmp_path):
    person = "00000000-0000-0000-0000-000000000001"
    module = tmp_path / "token.so"
    module.touch()
    token = Token(module=str(module), name="Token Rina", label="rina")

    assert token_of("kota", person) is None
    set_token("kota", person, token)

    assert token_of("kota", person) == token
    (file,) = keys_folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    for bad, code in (
        ({"name": " "}, "token_invalid"),
        ({"module": "/tidak/ada.so"}, "token_module_missing"),
    ):
        with pytest.raises(BadInput) as refused:
            set_token("kota", person, replace(token, **bad))
        assert refused.value.codes == (code,)
    file.write_text("{}")
    with pytest.raises(CorruptData):
        token_of("kota", person)
