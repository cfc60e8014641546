"""Papers on the open site: what is let in, what their pages say, and what they never say."""

from dataclasses import fields
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine

from ppid.errors import BadInput, CorruptData, Finding, NotFound, Refused
from ppid.errors import Conflict as Differs
from ppid.ledger import evidence
from ppid.ledger.outside import verify_published
from ppid.ledger.proof import parse_inclusion
from ppid.public.edition_check import signed_with
from ppid.public.intake import HistoryIn, SignerIn, accept, known_papers, log_state
from ppid.public.models import Checkpoint, Paper
from ppid.public.paper_code import LETTERS, code_of, grouped, read_code
from ppid.public.paper_intake import OF_INTERNAL, PaperIn
from ppid.public.paper_status import PaperStatus, paper_state
from public.editions import ON_THE_OPEN_SITE, edition_in, entry_in, vkey
from public.logs import SLUG, OfficeLog
from public.papers import (
    CODE,
    FILES,
    ID,
    NAME,
    OTHER,
    POSITION,
    SHORT,
    internal_in,
    issued,
    let_in,
    paper_in,
    signed_entry,
    unsigned,
)

pytestmark = ON_THE_OPEN_SITE
ON = date(2026, 4, 1)


def page(client, code=SHORT, *, prefix=""):
    response = client.get(f"{prefix}/periksa/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def status_of(**values):
    Paper.objects.all().delete()
    let_in(paper_in(**values))
    return paper_state(Paper.objects.get(), on=ON)


# The code


def test_a_code_is_sixteen_letters_that_nobody_misreads():
    codes = {code_of(uuid4()) for _ in range(50)}
    assert len(codes) == 50
    assert all(len(one) == 16 and set(one) <= set(LETTERS) for one in codes)
    assert set("ilou").isdisjoint(LETTERS)
    assert code_of(ID) == CODE == "".join(SHORT.split("-"))


@pytest.mark.parametrize(
    "typed",
    [
        SHORT,
        SHORT.upper(),
        CODE,
        f"  {SHORT} ",
        f"https://ppid.contoh.example/p/{SHORT}",
        f"https://ppid.contoh.example/periksa/{SHORT}/",
        str(ID),
        f"https://lama.contoh.example/naskah/{ID}",
        SHORT.replace("-", " ").replace("0", "o").replace("1", "l"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "1/PPID/2026", CODE[:-1], f"{CODE}0", f"{CODE[:-1]}u", "é"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) == ""


# The door


def test_a_paper_comes_in_is_signed_and_the_same_again_changes_nothing():
    let_in(unsigned())
    let_in(paper_in(), paper_in())

    row = Paper.objects.get()
    assert (row.files, row.state, row.sha256) == (list(FILES), "2", FILES[1])
    assert known_papers(SLUG) == {CODE: "2"}
    assert known_papers("kota-lain") == {}


MORE = {
    "kind": "Lembar pengujian konsekuensi",
    "ink": True,
    "signers": (SignerIn(name=NAME, position=POSITION),),
    "items": ("KC-001",),
    "completed_at": paper_in().completed_at,
    "withdrawn": True,
    "replaced_by": OTHER,
    "decided_on": date(2026, 5, 4),
    "checkpoint": "x",
    "refuses": True,
    "edition": 3,
    "files": FILES,
}


def test_every_field_of_a_paper_is_either_known_of_an_internal_one_or_refused():
    assert {one.name for one in fields(PaperIn)} == OF_INTERNAL | set(MORE)


@pytest.mark.parametrize("name", MORE)
def test_an_internal_paper_may_tell_nothing_more(name):
    with pytest.raises(BadInput) as refused:
        let_in(internal_in(**{name: MORE[name]}))

    assert "paper_tells_too_much" in refused.value.codes
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": "x"}, "code_form"),
        ({"replaced_by": "x"}, "code_form"),
        ({"files": ("A" * 64,)}, "hash_form"),
        ({"items": ("a b",)}, "item_form"),
        ({"signers": (SignerIn(name=NAME, position=POSITION, level="B-X"),)}, "signers_form"),
        ({"signers": (SignerIn(name=NAME, position=POSITION),) * 21}, "signers_form"),
        ({"number": "1\u202e2"}, "text_form"),
        ({"signers": (SignerIn(name="x" * 201, position=POSITION),)}, "text_form"),
        ({"checkpoint": "x", "completed_at": None}, "paper_incomplete"),
    ],
)
def test_what_is_malformed_stays_out(values, code):
    with pytest.raises(BadInput) as refused:
        let_in(paper_in(**values))
    assert set(refused.value.codes) == {code}


@pytest.mark.parametrize(
    "values",
    [
        {"number": "9/2026"},
        {"dated_on": date(2026, 1, 1)},
        {"files": FILES[::-1]},
        {"files": FILES[:1]},
        {"completed_at": None},
    ],
)
def test_a_paper_never_says_something_else_than_before(values):
    let_in(paper_in())
    with pytest.raises(Differs) as refused:
        let_in(paper_in(**values))
    assert refused.value.codes == ("paper_differs",)


def test_a_checkpoint_that_the_body_did_not_sign_keeps_the_paper_out():
    log = OfficeLog()
    log.append()
    with pytest.raises(CorruptData):
        let_in(paper_in(checkpoint=log.note(origin="lain")))
    assert not Paper.objects.exists()


# The proof


def test_a_signed_paper_is_proven_without_any_edition(client):
    log = OfficeLog()
    log.append()
    issued(log)

    answer = client.get(f"/periksa/{SHORT}/bukti.tlog-proof")
    proof = parse_inclusion(answer.content.decode())
    found = evidence.verify(proof, vkey=vkey(), verify=signed_with(vkey()))

    assert (found.entry.kind, found.entry.payload["sha256"]) == ("paper.signed", FILES[1])
    assert Checkpoint.objects.get().edition is None
    assert log_state(SLUG).papers == ()
    assert "c2sp.org/tlog-proof@v1" in page(client)


def test_the_proof_stays_the_same_when_the_log_grows_and_editions_go_on(client):
    log = OfficeLog()
    issued(log)
    before = client.get(f"/periksa/{SHORT}/bukti.tlog-proof").content
    _, entry = log.publish(1)
    log.hand_over(entry)

    assert client.get(f"/periksa/{SHORT}/bukti.tlog-proof").content == before
    assert client.get(f"/{SLUG}/log/checkpoint").content.decode() == log.note()
    let_in(paper_in())
    assert client.get(f"/periksa/{SHORT}/bukti.tlog-proof").content == before


def test_a_log_that_moved_on_with_a_paper_checks_from_outside(client):
    log = OfficeLog()
    _, entry = log.publish(1)
    log.hand_over(entry)
    issued(log)

    def read(path):
        response = client.get(f"/{SLUG}/log/{path}")
        if response.status_code == 404:
            raise NotFound(Finding("file_missing", "Tidak ada."))
        return b"".join(response) if response.streaming else response.content

    found = verify_published(read, vkey=vkey(), verify=signed_with(vkey()))

    assert (found.findings, found.checkpoint.size, found.editions) == ((), len(log.leaves), 1)


def test_the_same_checkpoint_comes_in_once():
    log = OfficeLog()
    signed_entry(log)
    let_in(paper_in(checkpoint=log.note()), paper_in(checkpoint=log.note()))
    assert Checkpoint.objects.count() == 1


def test_a_paper_s_checkpoint_is_the_newest_until_an_edition_is(client):
    log = OfficeLog()
    _, entry = log.publish(1)
    log.hand_over(entry)
    issued(log)

    assert client.get(f"/{SLUG}/log/checkpoint").content.decode() == log.note()
    assert client.get("/api/v1/bodies/kota-contoh/checkpoint").json()["size"] == entry.seq + 1


@pytest.mark.parametrize(
    "values",
    [{"last": False}, {"sha256": FILES[0]}, {"paper": str(UUID(int=3))}, {"paper": "bukan"}],
)
def test_an_entry_that_is_not_the_last_signature_on_the_file_is_refused(values):
    log = OfficeLog()
    entry = signed_entry(log, **values)
    let_in(paper_in(checkpoint=log.note()))

    with pytest.raises(Refused) as refused:
        log.hand_over(papers=(entry,))

    assert refused.value.codes == ("log_entry_differs",)
    assert Paper.objects.get().seq is None


def test_an_entry_that_is_none_or_of_no_paper_proves_nothing():
    log = OfficeLog()
    entry = signed_entry(log)
    let_in(paper_in(checkpoint=log.note()))
    with pytest.raises(Refused):
        log.hand_over(papers=(type(entry)(code=CODE, seq=entry.seq, leaf=b"lain"),))

    log.hand_over(papers=(type(entry)(code=OTHER, seq=entry.seq, leaf=entry.leaf),))

    assert log_state(SLUG).papers == (CODE,)


# The page


def test_a_public_paper_says_what_it_is_who_signed_and_how_it_was_checked(client):
    issued(OfficeLog())

    text = page(client)

    for part in ("188/12/2025", "1 Juli 2025", "Kota Contoh", NAME, POSITION, "PAdES B-T"):
        assert part in text
    for part in ("3 Maret 2026 pukul 09.30 WIB", "cap waktu otoritas", "Sah ketika disimpan"):
        assert part in text
    assert FILES[1] in text
    assert vkey() in text


def test_a_paper_signed_with_ink_says_so_and_bears_no_mark_of_validity(client):
    signer = SignerIn(name=NAME, position=POSITION)
    let_in(paper_in(ink=True, signers=(signer,)))

    text = page(client)

    assert "dengan tinta" in text
    assert "bukan tanda tangan elektronik" in text
    assert "Sah ketika disimpan" not in text
    assert "PAdES" not in text


@pytest.mark.parametrize("ink", [True, False])
def test_a_paper_that_is_being_signed_says_so(client, ink):
    let_in(unsigned(ink=ink))

    text = page(client)

    assert "Belum selesai ditandatangani" in text
    assert 'data-done=""' in text
    assert client.get(f"/periksa/{SHORT}/bukti.tlog-proof").status_code == 404


def test_a_withdrawn_paper_leads_to_the_one_in_its_place(client):
    let_in(unsigned(state="1-", withdrawn=True))
    assert "Lihat penggantinya" not in page(client)
    let_in(unsigned(state="1-x", withdrawn=True, replaced_by=OTHER))

    text = page(client)

    assert PaperStatus.WITHDRAWN.label in text
    assert f'href="/periksa/{grouped(OTHER)}/"' in text


def test_an_answer_over_which_a_dispute_was_decided_is_not_in_force(client):
    let_in(paper_in())
    assert PaperStatus.DECIDED.label not in page(client)
    let_in(paper_in(state="2k", decided_on=date(2026, 5, 4)))

    text = page(client)

    assert f"{PaperStatus.DECIDED.label}</span>" in text
    assert "4 Mei 2026" in text
    assert f">{PaperStatus.IN_FORCE.label}<" not in text


def test_the_page_of_an_internal_paper_shows_number_day_and_what_to_compare_with(client):
    let_in(internal_in())
    text = page(client).split("<main", 1)[1].split("</main>", 1)[0]

    assert "1/PPID/2026" in text
    assert "2 Maret 2026" in text
    assert f'data-files="{FILES[1]}"' in text
    assert text.count("<dt>") == 2
    for part in ("Kota Contoh", "Status", "Tanda tangan", "data-proof", "tlog-proof", FILES[0]):
        assert part not in text
    assert client.get(f"/periksa/{SHORT}/bukti.tlog-proof").status_code == 404


def test_an_internal_paper_that_not_all_have_signed_gives_nothing_to_compare_with(client):
    let_in(internal_in(files=()))
    text = page(client)
    assert "data-check" not in text
    assert "belum ada yang dapat dicocokkan" in text


def test_who_has_no_script_gets_the_hash_and_the_commands(client):
    issued(OfficeLog())
    text = page(client)
    assert "sha256sum" in text
    assert "certutil -hashfile" in text
    assert "ppid papers verify naskah.pdf" in text
    assert "data-drop hidden" in text


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(client):
    let_in(paper_in())
    answer = client.get(f"/periksa/{SHORT}/")
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.post(f"/periksa/{SHORT}/").status_code == 405


def test_in_english_only_what_was_published_stays_indonesian(client):
    let_in(paper_in())
    text = page(client, prefix="/en")
    assert "No match. This file is another paper." in text
    assert f'<span lang="id">{POSITION}</span>' in text.replace(
        '<span class="ppid-row__meta" lang="id">', '<span lang="id">'
    )


# The way there


@pytest.mark.parametrize(
    "address",
    [f"/p/{SHORT}", f"/p/{SHORT}/", f"/p/{CODE.upper()}", f"/periksa/{CODE}/", f"/periksa/{ID}/"],
)
def test_short_and_old_addresses_lead_to_the_page(client, address):
    let_in(paper_in())
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == f"/periksa/{SHORT}/"


def test_a_wrong_code_tells_nothing(client):
    let_in(internal_in())
    unknown = client.get(f"/periksa/{grouped(OTHER)}/")
    nonsense = client.get("/periksa/1-PPID-2026/")
    elsewhere = client.get("/tidak-ada/")

    assert unknown.status_code == nonsense.status_code == elsewhere.status_code == 404
    assert client.get("/p/tidak-ada").status_code == 404
    bodies = [one.content.split(b"<main")[1] for one in (unknown, nonsense, elsewhere)]
    assert bodies[0] == bodies[1] == bodies[2]
    assert client.get(f"/p/{grouped(OTHER)}").status_code == 302  # whether there is one or not


def test_a_typed_code_leads_to_its_page_and_a_number_does_not(client):
    let_in(paper_in())
    assert client.get("/periksa/", {"kode": SHORT})["Location"] == f"/periksa/{SHORT}/"

    wrong = client.get("/periksa/", {"kode": "188/12/2025"})

    assert wrong.status_code == 200
    assert "govuk-error-message" in wrong.content.decode()
    assert SHORT not in wrong.content.decode()
    assert "govuk-error-message" not in client.get("/periksa/").content.decode()


def test_no_paper_is_named_by_any_list_of_addresses(client):
    let_in(paper_in())
    accept(edition_in())
    for address in ("/", "/kota-contoh/", "/kota-contoh/sitemap.xml", "/robots.txt", "/periksa/"):
        answer = client.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        assert SHORT not in text.decode()
    assert 'href="/periksa/"' in client.get("/").content.decode()


# What has become of it


def test_a_letter_is_in_force_until_all_in_it_is_open_or_ruled_otherwise():
    accept(edition_in(entry_in(), entry_in("KC-002", term_ends_on=date(2026, 3, 1))))

    assert status_of().status is PaperStatus.IN_FORCE
    assert status_of(items=("KC-002",)).status is PaperStatus.OPENED
    both = status_of(items=("KC-001", "KC-002", "KC-009"))
    assert (both.status, both.standing, both.opened, both.unlisted) == (
        PaperStatus.IN_FORCE,
        1,
        1,
        1,
    )
    other = status_of(number="1/LAMA", items=("KC-001", "KC-002"))
    assert (other.status, other.numbers) == (PaperStatus.REPLACED, ("188/12/2025",))
    assert status_of(items=()).status is PaperStatus.IN_FORCE


def test_the_status_is_that_of_the_day_on_which_it_is_asked(client):
    accept(edition_in(entry_in(term_ends_on=date(2027, 7, 1))))
    let_in(paper_in())

    with time_machine.travel("2027-06-30 05:00 +0000", tick=False):
        assert "Berlaku" in page(client)
    with time_machine.travel("2027-07-01 05:00 +0000", tick=False):
        assert "Dibuka" in page(client)


def test_a_letter_that_another_one_replaced_names_it(client):
    accept(edition_in(entry_in()))
    line = HistoryIn(date=ON, kind="diubah", text="Diubah")
    changed = entry_in(decree_number="188/9/2026", history=(line,))
    accept(edition_in(changed, number=2))
    let_in(paper_in())

    text = page(client)

    assert "Diganti" in text
    assert "188/9/2026" in text
