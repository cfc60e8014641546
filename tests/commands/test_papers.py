"""`ppid papers`: a signed paper is checked offline, and what signing needs is set up."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from papers.authority import offline
from papers.reading import text_of
from papers.signed import paper, read_here, sign
from ppid.commands import papers_verify
from ppid.errors import BadInput, CorruptData, NotFound
from ppid.ledger import tree
from ppid.ledger.checkpoint import Checkpoint
from ppid.ledger.checkpoint import sign as sign_note
from ppid.ledger.entry import Entry
from ppid.ledger.evidence import Evidence
from ppid.ledger.proof import InclusionProof
from ppid.office import keys
from ppid.papers import signing

OPEN_SITE = Path(papers_verify.__file__).parents[1] / "public" / "templates" / "public"
TEMPLATES = (OPEN_SITE / "paper.html", OPEN_SITE / "paper_check.html")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A signed paper, its anchor, and pyHanko asked in this process."""
    monkeypatch.setattr(signing, "work_apart", read_here)
    done = sign(paper(), offline().issue("Rina Wati", nip="199001012015012001"))
    (tmp_path / "naskah.pdf").write_bytes(done)
    (tmp_path / "induk.pem").write_text(offline().anchors[0])
    return tmp_path


def run(folder, *more, name="naskah.pdf", anchors=True):
    words = [str(folder / name), *(("--anchors", str(folder / "induk.pem")) if anchors else ())]
    done = CliRunner().invoke(papers_verify.verify, [*words, *map(str, more)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_a_signed_paper_is_told_in_words(folder):
    said = run(folder)

    assert "Tanda tangan 1  sah, PAdES B-B" in said
    assert "Rina Wati, NIP 199001012015012001" in said
    assert said.endswith("Sah.\n")


def test_pdfsig_and_pyhanko_agree(folder):
    said = subprocess.run(
        ["pdfsig", "-nocert", folder / "naskah.pdf"], capture_output=True, text=True, check=True
    ).stdout

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert text_of((folder / "naskah.pdf").read_bytes()) == text_of(paper())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data.replace(b"%PDF-1.7\n%", b"%PDF-1.7\n#", 1), "signature_broken"),
        (lambda data: paper(), "paper_unsigned"),
    ],
)
def test_a_paper_that_is_not_as_it_was_signed_is_refused(folder, change, code):
    changed = change((folder / "naskah.pdf").read_bytes())
    (folder / "naskah.pdf").write_bytes(changed)

    with pytest.raises(CorruptData) as refused:
        run(folder)
    assert code in refused.value.codes


def test_without_an_anchor_nobody_is_trusted(folder):
    with pytest.raises(CorruptData) as refused:
        run(folder, anchors=False)
    assert refused.value.codes == ("certificate_untrusted",)


def test_what_is_no_pdf_or_no_file_says_so(folder):
    (folder / "naskah.pdf").write_bytes(b"halo")
    with pytest.raises(BadInput) as refused:
        run(folder)
    assert refused.value.codes == ("paper_unreadable",)
    with pytest.raises(NotFound):
        run(folder, name="tidak-ada.pdf")


def proof_of(folder, keys_folder, *, sha256, kind="paper.signed", **said):
    """Write the proof that a log of one entry names a hash; return the log's public key."""
    keys.create(keys_folder, "kota")
    vkey = keys.vkey(keys_folder, "kota")
    entry = Entry(
        version=1,
        body="kota",
        seq=0,
        kind=kind,
        at="2026-03-09T02:00:00+00:00",
        actor="",
        payload={"sha256": sha256, "number": "1/PPID/2026"} | said,
        commitments={},
    ).to_bytes()
    head = Checkpoint(origin=keys.key_name("kota"), size=1, root=tree.leaf_hash(entry))
    note = sign_note(
        head,
        key_name=keys.key_name("kota"),
        public_key=papers_verify_key(vkey),
        sign=keys.signer(keys_folder, "kota", expected=vkey),
    )
    made = InclusionProof(0, (), note, Evidence(entry).to_bytes())
    (folder / "bukti.tlog-proof").write_text(made.to_text())
    return vkey


def papers_verify_key(vkey):
    from ppid.ledger.checkpoint import parse_vkey

    return parse_vkey(vkey).public_key


def digest(folder):
    import hashlib

    return hashlib.sha256((folder / "naskah.pdf").read_bytes()).hexdigest()


def test_the_log_s_proof_is_checked_with_the_body_s_key_alone(folder, tmp_path):
    vkey = proof_of(folder, tmp_path / "keys", sha256=digest(folder))
    proof = ("--proof", folder / "bukti.tlog-proof")

    said = run(folder, *proof, "--vkey", vkey)

    assert "1/PPID/2026" in said
    assert said.endswith("Sah.\n")
    (folder / "kunci.txt").write_text(f"{vkey}\n")
    assert run(folder, *proof, "--vkey", folder / "kunci.txt") == said
    with pytest.raises(BadInput) as refused:
        run(folder, *proof)
    assert refused.value.codes == ("vkey_missing",)


def test_the_words_are_those_of_the_page_on_the_open_site():
    page = "".join(one.read_text() for one in TEMPLATES)
    for said in (papers_verify.MATCHES, papers_verify.UNFINISHED, papers_verify.DIFFERS):
        assert f'{{% translate "{said}" %}}' in page
    assert papers_verify.IN_LOG in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"last": True}, papers_verify.MATCHES),
        ({"last": False}, papers_verify.UNFINISHED),
        ({"kind": "paper.prepared"}, papers_verify.UNFINISHED),
    ],
)
def test_a_file_is_told_from_one_that_not_all_have_signed(folder, tmp_path, said, words):
    vkey = proof_of(folder, tmp_path / "keys", sha256=digest(folder), **said)
    shown = run(folder, "--proof", folder / "bukti.tlog-proof", "--vkey", vkey)
    assert words in shown
    assert papers_verify.IN_LOG in shown


def test_the_scan_of_a_paper_signed_with_ink_is_checked_by_its_proof_alone(folder, tmp_path):
    (folder / "naskah.pdf").write_bytes(b"\x89PNG pindaian")
    vkey = proof_of(folder, tmp_path / "keys", sha256=digest(folder), way="basah", last=True)
    proof = ("--proof", folder / "bukti.tlog-proof", "--vkey", vkey)

    said = run(folder, *proof)

    assert "bukan tanda tangan elektronik" in said
    assert said.endswith("Sah.\n")
    (folder / "naskah.pdf").write_bytes(b"\x89PNG pindaian lain")
    with pytest.raises(CorruptData) as refused:
        run(folder, *proof)
    assert refused.value.codes == ("proof_of_other_file",)


@pytest.mark.parametrize("more", [{"sha256": "0" * 64}, {"kind": "list.exported"}])
def test_a_proof_of_something_else_is_no_proof(folder, tmp_path, more):
    vkey = proof_of(folder, tmp_path / "keys", **{"sha256": digest(folder), **more})

    with pytest.raises(CorruptData) as refused:
        run(folder, "--proof", folder / "bukti.tlog-proof", "--vkey", vkey)
    assert refused.value.codes == ("proof_of_other_file",)


@pytest.mark.django_db
def test_a_gateway_a_certificate_and_a_token_are_set_up(folder, settings, tmp_path, monkeypatch):
    from office.offices import office
    from ppid.commands import papers_keys
    from ppid.office.actions.people import add_person
    from ppid.office.signing_keys import certificate_of, gateway_of, token_of

    settings.KEYS, settings.DATA = tmp_path / "keys", tmp_path
    monkeypatch.setattr(papers_keys, "demand_ready", lambda *_: None)  # it has no file
    walk = office()
    person = add_person(walk.body, name="Rina", nip="199001012015012001", at=walk.now)
    archive = folder / "rina.p12"
    archive.write_bytes(offline().archive_of(offline().issue("Rina")))

    def asks(command, *words, typed=None):
        return CliRunner().invoke(command, list(map(str, words)), input=typed)

    told = asks(
        papers_keys.gateway,
        *("kota", "--address", "https://esign.go.id", "--user", "ppid"),
        typed="s4ndi\n",
    )
    assert "s4ndi" not in told.output
    assert told.exception is None, told.exception
    assert json.loads((settings.KEYS / "kota.esign").read_text())["version"] == 2
    assert gateway_of("kota").password == "s4ndi"
    asks(papers_keys.certificate, "kota", person.nip, archive)
    assert certificate_of("kota", person.pk) == archive.read_bytes()
    where = ("--module", archive, "--name", "Token Rina", "--label", "rina")
    told = asks(papers_keys.token, "kota", person.nip, *where)
    assert (told.exception, "Token Rina" in told.output) == (None, True)
    assert token_of("kota", person.pk).label == "rina"
    for words in (("kota", "1", archive), ("desa", "1", archive)):
        assert isinstance(asks(papers_keys.certificate, *words).exception, NotFound)
