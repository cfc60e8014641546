"""The log on the open site: what is let in, what is served, and that it checks from outside."""

import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ppid.errors import CorruptData, Finding, NotFound, Refused
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature, evidence, tree
from ppid.ledger.outside import verify_published
from ppid.ledger.proof import parse_consistency, parse_inclusion
from ppid.public import log_intake
from ppid.public.edition_check import signed_with
from ppid.public.intake import LogIn, accept_log, log_state
from ppid.public.models import Checkpoint, EntryVersion, LogEntry, LogTile
from public.editions import ON_THE_OPEN_SITE, ORIGIN, entry_in, vkey
from public.logs import SLUG, WORDS, OfficeLog, published

pytestmark = ON_THE_OPEN_SITE
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
WITNESS_VKEY = cosignature.vkey("saksi.example", WITNESS.public_key().public_bytes_raw())
AT = 1_772_442_000


def read_of(client):
    """Read the log's files as a stranger does."""

    def read(path):
        response = client.get(f"/{SLUG}/log/{path}")
        if response.status_code == 404:
            raise NotFound(Finding("file_missing", "Tidak ada."))
        assert response.status_code == 200
        return b"".join(response) if response.streaming else response.content

    return read


def proven(data, **more):
    key = vkey()
    proof = parse_inclusion(data.decode())
    return evidence.verify(proof, vkey=key, verify=signed_with(key), **more)


def refused(call, *args):
    with pytest.raises(Refused) as raised:
        call(*args)
    return raised.value.codes


def test_what_is_published_checks_from_outside_with_nothing_but_the_key(client):
    log = published(1, 2, acts=150)
    earlier = notes.verify(log.note(70), vkey=vkey(), verify=signed_with(vkey()))

    found = verify_published(
        read_of(client), vkey=vkey(), verify=signed_with(vkey()), earlier=earlier
    )

    assert (found.findings, found.checkpoint.size, found.editions) == ((), 302, 2)
    assert found.entries == 0  # entries are not public


@pytest.mark.parametrize("steps", [[1], [255], [256], [257], [1, 1, 254, 300], [65_536, 3]])
def test_tiles_are_the_same_whether_the_log_grew_at_once_or_by_steps(steps):
    log = OfficeLog()
    log.entries = [b""] * sum(steps)
    log.leaves = [tree.leaf_hash(number.to_bytes(4, "big")) for number in range(sum(steps))]
    log.publish(1, acts=0)
    for step in [*steps, 1]:
        start = log_intake.size_of(SLUG)
        hashes = tuple(log.leaves[start : start + step])
        accept_log(LogIn(slug=SLUG, start=start, hashes=hashes))

    body = LogTile.objects.first().body
    size = len(log.leaves)
    assert tree.root_from(log_intake.node_of(body, size), size) == tree.root(log.leaves)


def test_an_entry_page_leads_to_a_proof_of_exactly_what_it_says(client):
    published(1)
    page = client.get(f"/{SLUG}/informasi/KC-003/").content.decode()
    assert f'href="/{SLUG}/log/informasi/KC-003.tlog-proof"' in page

    found = proven(read_of(client)("informasi/KC-003.tlog-proof"))

    assert found.evidence.listed.content["title"] == "Denah 3"
    assert found.entry.kind == "edition.published"


def test_a_changed_entry_is_proven_as_it_now_stands_and_the_others_as_before(client):
    log = published(1)
    words = [
        entry_in("KC-002", title="Judul baru") if w.public_id == "KC-002" else w for w in WORDS
    ]
    _, entry = log.publish(2, *words)
    log.hand_over(entry)

    changed = proven(read_of(client)("informasi/KC-002.tlog-proof"))
    same = proven(read_of(client)("informasi/KC-004.tlog-proof"))

    assert changed.evidence.listed.content["title"] == "Judul baru"
    assert (changed.entry.payload["number"], same.entry.payload["number"]) == (2, 1)


def test_the_document_of_an_edition_is_the_one_that_the_log_names(client):
    log = published(1)
    _, entry = log.publish(2, *WORDS, entry_in("KC-000a", title="Baru"))
    log.hand_over(entry)
    read = read_of(client)

    for number, count in ((1, 5), (2, 6)):
        document = read(f"edisi/{number}.json")
        assert proven(read(f"edisi/{number}.tlog-proof"), document=document)
        assert len(json.loads(document)["entries"]) == count


def test_the_log_of_one_edition_continues_that_of_another(client):
    published(1, 2, 3)
    read = read_of(client)
    key = vkey()
    old = notes.verify(read("edisi/1.checkpoint").decode(), vkey=key, verify=signed_with(key))

    proof = parse_consistency(read("kelanjutan/1-3.txt").decode())

    assert proof.verify(old, vkey=key, verify=signed_with(key)).size == 12
    assert 'href="/kota-contoh/log/kelanjutan/1-3.txt"' in (
        client.get(f"/{SLUG}/edisi/1/").content.decode()
    )


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000.p/5",
        "tile/0/001",
        "tile/0/x",
        "tile/1/000.p/1",
        "tile/entries/000.p/4",
        "edisi/2.tlog-proof",
        "edisi/2.json",
        "edisi/2.checkpoint",
        "edisi/99999999999.json",
        "informasi/KC-999.tlog-proof",
        "kelanjutan/1-2.txt",
        "kelanjutan/2-1.txt",
    ],
)
def test_what_is_not_public_is_not_found(client, path):
    published(1)
    assert client.get(f"/{SLUG}/log/{path}").status_code == 404


def test_before_its_log_arrives_an_edition_has_no_proof(client):
    OfficeLog().publish(1)
    for path in ("edisi/1.tlog-proof", "edisi/1.json", "informasi/KC-001.tlog-proof"):
        assert client.get(f"/{SLUG}/log/{path}").status_code == 404
    assert client.get(f"/{SLUG}/log/kelanjutan/1-1.txt").status_code == 404
    assert "tlog-proof" not in client.get(f"/{SLUG}/informasi/KC-001/").content.decode()
    assert "tlog-proof" not in client.get(f"/{SLUG}/edisi/1/").content.decode()


def test_an_edition_from_before_items_had_proofs_is_proven_whole(client):
    log = OfficeLog()
    seq = log.append("edition.published", number=1)
    draft, entry = log.publish(1)
    seq = entry.seq
    old = json.loads(entry.leaf.split(b"\n", 1)[1])["payload"]["content_hash"]
    log = OfficeLog()
    for _ in range(seq):
        log.append()
    log.append("edition.published", number=1, content_hash=old)
    Checkpoint.objects.update(
        note=log.note(), size=seq + 1, root=tree.root(log.leaves).hex(), vkey=vkey()
    )
    log.hand_over(type(entry)(number=1, seq=seq, leaf=log.entries[seq], body=entry.body))
    EntryVersion.objects.update(place=None, path=b"")

    read = read_of(client)
    assert proven(read("edisi/1.tlog-proof"), document=read("edisi/1.json"))
    with pytest.raises(NotFound):
        read("informasi/KC-001.tlog-proof")


def test_tiles_may_be_kept_for_ever_and_the_checkpoint_for_seconds(client):
    published(1)
    tile = client.get(f"/{SLUG}/log/tile/0/000.p/4")
    head = client.get(f"/{SLUG}/log/checkpoint")
    assert (tile["Content-Type"], head["Content-Type"]) == (
        "application/octet-stream",
        "text/plain; charset=utf-8",
    )
    assert "immutable" in tile["Cache-Control"]
    assert "max-age=5" in head["Cache-Control"]
    again = client.get(f"/{SLUG}/log/checkpoint", headers={"If-None-Match": head["ETag"]})
    assert again.status_code == 304


def test_handing_over_again_changes_nothing():
    log = published(1)
    before = list(LogTile.objects.values()), list(LogEntry.objects.values())
    _, entry = OfficeLog().entries, LogEntry.objects.get()
    log.hand_over()
    accept_log(
        LogIn(
            slug=SLUG,
            entries=(
                log_intake.LogEntryIn(number=1, seq=entry.seq, leaf=bytes(entry.leaf), body={}),
                log_intake.LogEntryIn(number=9, seq=1, leaf=b"", body={}),
            ),
        )
    )
    assert (list(LogTile.objects.values()), list(LogEntry.objects.values())) == before
    assert log_state(SLUG).unproven == ()


def test_hashes_that_do_not_lead_to_the_public_checkpoint_are_refused_without_a_trace():
    log = OfficeLog()
    _, entry = log.publish(1)
    false = (*log.leaves[:2], tree.leaf_hash(b"lain"), *log.leaves[3:])

    assert refused(accept_log, LogIn(slug=SLUG, hashes=false, entries=(entry,))) == ("log_differs",)
    assert not LogTile.objects.exists()


def test_hashes_that_leave_a_gap_are_refused():
    log = published(1)
    assert refused(accept_log, LogIn(slug=SLUG, start=9, hashes=(bytes(32),))) == ("log_gap",)
    assert log_state(SLUG).size == len(log.leaves)


@pytest.mark.parametrize(
    "changes",
    [{"number": 2}, {"content_hash": "00" * 32}, {"entries_root": "00" * 32}],
)
def test_an_entry_that_says_something_else_is_refused(changes):
    log = OfficeLog()
    _, entry = log.publish(1, saying=changes)
    assert refused(log.hand_over, entry) == ("log_entry_differs",)
    assert not LogTile.objects.exists()


@pytest.mark.parametrize("change", [{"leaf": b"lain"}, {"seq": 2}, {"seq": 7}])
def test_an_entry_that_is_not_in_the_log_is_refused(change):
    log = OfficeLog()
    _, entry = log.publish(1)
    values = {"number": 1, "seq": entry.seq, "leaf": entry.leaf, "body": entry.body} | change
    assert refused(log.hand_over, log_intake.LogEntryIn(**values)) == ("log_entry_differs",)


def test_an_entry_that_was_never_hashed_into_the_log_is_refused():
    log = OfficeLog()
    _, entry = log.publish(1)
    leaf = entry.leaf.replace(b"3f1c", b"3f1d")
    values = {"number": 1, "seq": entry.seq, "leaf": leaf, "body": entry.body}
    assert refused(log.hand_over, log_intake.LogEntryIn(**values)) == ("log_entry_differs",)


def cosigned(note, key=WITNESS):
    signed = notes.parse(note)
    line = cosignature.cosign(signed.text, vkey=WITNESS_VKEY, sign=key.sign, at=AT)
    return notes.SignedNote(signed.text, (*signed.signatures, line)).to_text()


def test_who_vouches_is_shown_with_the_time_and_stands_in_the_checkpoint(client):
    log = published(1)
    more = {"notes": (cosigned(log.note()),), "witnesses": (WITNESS_VKEY,)}
    accept_log(LogIn(slug=SLUG, **more))
    accept_log(LogIn(slug=SLUG, **more))  # once is enough

    note = read_of(client)("checkpoint").decode()
    page = client.get(f"/{SLUG}/log/").content.decode()

    assert note == cosigned(log.note())
    assert "saksi.example" in page
    assert "2 Maret 2026" in page
    assert read_of(client)("edisi/1.tlog-proof").decode().endswith(note)


def test_nobody_vouches_until_somebody_does_and_then_the_page_is_new(client):
    log = published(1)
    first = client.get(f"/{SLUG}/log/")
    assert "Belum ada saksi" in first.content.decode()

    accept_log(LogIn(slug=SLUG, notes=(cosigned(log.note()),), witnesses=(WITNESS_VKEY,)))

    again = client.get(f"/{SLUG}/log/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_a_false_cosignature_is_refused():
    log = published(1)
    false = cosigned(log.note(), key=Ed25519PrivateKey.generate())
    with pytest.raises(CorruptData) as raised:
        accept_log(LogIn(slug=SLUG, notes=(false,), witnesses=(WITNESS_VKEY,)))
    assert raised.value.codes == ("cosignature_invalid",)
    assert Checkpoint.objects.get().note == log.note()


def test_a_note_of_another_log_is_refused():
    log = published(1)
    with pytest.raises(CorruptData):
        accept_log(LogIn(slug=SLUG, notes=(log.note(origin="lain"),)))


def test_the_origin_of_the_log_is_that_of_the_body(client):
    published(1)
    assert read_of(client)("checkpoint").decode().startswith(f"{ORIGIN}\n")
    assert read_of(client)("vkey").decode().strip() == vkey()


def test_the_page_that_checks_offline_can_be_taken_along(client):
    response = client.get("/bantuan/pemeriksa-bukti.html")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert sha256(response.content).hexdigest()
