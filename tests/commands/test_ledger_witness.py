"""`ppid ledger witness`: over HTTP, through restarts, against everybody who tries to rewrite."""

import hashlib
import threading
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from commands.programs import environment, started
from ledger.logs import KEY, ORIGIN, STRANGER, VKEY
from ledger.published import entries_of, growth, note_of
from ppid.cli import run
from ppid.commands import ledger_witness
from ppid.commands.ledger_witness import KEY as KEY_FILE
from ppid.commands.ledger_witness import load_witness, serving
from ppid.errors import BadInput, CorruptData
from ppid.ledger import checkpoint as notes
from ppid.ledger import cosignature
from ppid.ledger.proof import ConsistencyProof
from ppid.office import keys

ENTRIES = entries_of(30)
HASH = hashlib.sha256(ORIGIN.encode()).hexdigest()
AT = 1_772_442_000
SETTINGS = f"""
name = "saksi.example"
folder = "ingatan"
[[log]]
origin = "{ORIGIN}"
vkey = "{VKEY}"
"""


@pytest.fixture
def settings(tmp_path):
    """The settings of a witness that has its key."""
    file = tmp_path / "saksi.toml"
    file.write_text(SETTINGS)
    keys.create(tmp_path / "ingatan", KEY_FILE)
    return file


@pytest.fixture
def witness(settings):
    return load_witness(settings)


def first(size, **more):
    return ConsistencyProof(0, (), note_of(ENTRIES, size, **more)).to_text().encode()


def grown(old, entries=ENTRIES):
    return growth(entries, old).to_text().encode()


def asked(witness, *bodies):
    return [witness.add_checkpoint(body, at=AT).status for body in bodies]


@contextmanager
def over_http(witness):
    with serving(witness, host="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        client = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        try:
            yield client
        finally:
            client.close()
            server.shutdown()
            thread.join()


def sent(client, verb, path, body=None, **headers):
    client.request(verb, path, body, headers)
    answer = client.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read().decode()


def test_a_log_that_grows_is_vouched_for_and_the_line_verifies(witness):
    line = witness.add_checkpoint(first(10), at=AT).text
    signed = notes.parse(note_of(ENTRIES, 10) + line)

    vouched = cosignature.verify(signed, vkey=witness.vkey(), verifier=keys.verifier_with)

    assert (vouched.name, vouched.at) == ("saksi.example", AT)
    assert asked(witness, grown(10), grown(30)) == [200, 200]


def test_what_it_vouched_for_survives_a_restart(witness, settings):
    assert asked(witness, first(10)) == [200]
    again = load_witness(settings)
    rewritten = entries_of(30, editions=(3,))
    assert asked(again, first(20), grown(10, rewritten), grown(10)) == [409, 422, 200]


def test_a_rollback_and_a_rewrite_are_refused_for_ever(witness):
    asked(witness, first(30))
    back = ConsistencyProof(30, (), note_of(ENTRIES, 10)).to_text().encode()
    assert asked(witness, first(10), back, grown(30, entries_of(30, editions=(4,)))) == [
        409,
        400,
        422,
    ]
    assert "\n30\n" in witness.monitored(f"/{HASH}/checkpoint").text


def test_only_known_logs_and_keys_are_vouched_for(witness):
    assert asked(witness, first(10, key=STRANGER), b"garbage") == [403, 400]
    other = notes.Checkpoint("sip-ppid/lain", 1, bytes(32))
    public = KEY.public_key().public_bytes_raw()
    note = notes.sign(other, key_name="sip-ppid/lain", public_key=public, sign=KEY.sign)
    assert asked(witness, ConsistencyProof(0, (), note).to_text().encode()) == [404]


def test_the_answers_over_http_are_those_of_the_specification(witness):
    with over_http(witness) as client:  # one connection, kept alive
        assert sent(client, "GET", f"/{HASH}/checkpoint")[0] == 404
        status, _, line = sent(client, "POST", "/add-checkpoint", first(10))
        assert (status, line.startswith("— saksi.example ")) == (200, True)
        assert sent(client, "POST", "/add-checkpoint", first(12)) == (
            409,
            "text/x.tlog.size",
            "10\n",
        )
        assert sent(client, "POST", "/add-checkpoint", b"x")[0] == 400
        status, _, note = sent(client, "GET", f"/{HASH}/checkpoint")
        assert (status, note) == (200, note_of(ENTRIES, 10) + line)
        assert sent(client, "GET", "/")[0] == 404
        assert sent(client, "POST", "/lain", b"x")[0] == 404


@pytest.mark.parametrize("size", ["x", "99999999"])
def test_a_body_of_no_or_too_large_a_size_is_not_read(witness, size):
    with over_http(witness) as client:
        client.putrequest("POST", "/add-checkpoint")
        client.putheader("Content-Length", size)
        client.endheaders()
        assert client.getresponse().status == 400


def test_requests_at_once_never_vouch_for_two_histories(witness):
    asked(witness, first(10))
    forked = [*ENTRIES[:10], *entries_of(30, editions=(15,))[10:]]
    answers, start = [], threading.Barrier(8)

    def ask(body):
        start.wait()
        answers.append(witness.add_checkpoint(body, at=AT).status)

    bodies = [grown(10), grown(10, forked)] * 4
    threads = [threading.Thread(target=ask, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200] + [409] * 7


def test_a_witness_that_cannot_remember_does_not_vouch(witness, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledger_witness, "write_durably", full)
    with over_http(witness) as client:
        assert sent(client, "POST", "/add-checkpoint", first(10))[0] == 500
    assert witness.monitored(f"/{HASH}/checkpoint").status == 404


@pytest.mark.parametrize("memory", [b"\xff", b"lain", note_of(ENTRIES, 5).encode()])
def test_a_damaged_memory_stops_it(witness, memory):
    asked(witness, first(10))
    (witness.folder / HASH / "checkpoint").write_bytes(memory)
    with pytest.raises(CorruptData) as raised:
        asked(witness, grown(10))
    assert raised.value.codes == ("witness_memory_damaged",)


def test_a_key_is_made_once_and_shown(tmp_path, capsys):
    file = tmp_path / "saksi.toml"
    file.write_text(SETTINGS)

    assert run(["ledger", "witness", str(file), "--create-key"]) == 0
    shown = capsys.readouterr().out.split(": ")[1].strip()
    assert shown == load_witness(file).vkey()
    assert run(["ledger", "witness", str(file), "--create-key"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 1",
        'name = "x"\nfolder = "y"',
        SETTINGS.replace(VKEY, "x"),
        SETTINGS.replace("saksi.example", "dua kata"),
        SETTINGS.replace("[[log]]", "[log]"),
    ],
)
def test_wrong_settings_are_one_sentence(tmp_path, capsys, text):
    (tmp_path / "s.toml").write_text(text)
    assert run(["ledger", "witness", str(tmp_path / "s.toml")]) == 1
    assert "ppid: kesalahan:" in capsys.readouterr().err


def test_a_taken_port_is_one_sentence(witness):
    with serving(witness, host="127.0.0.1", port=0) as server, pytest.raises(BadInput) as raised:
        serving(witness, host="127.0.0.1", port=server.server_port)
    assert raised.value.codes == ("port_taken",)


def test_it_runs_as_a_program_and_needs_no_office(settings, tmp_path):
    args = ("ledger", "witness", settings, "--port", 0)
    with started(*args, data=tmp_path / "none") as process:
        assert process.stdout.readline().startswith("Kunci saksi: saksi.example+")
        port = int(process.stdout.readline().split(":")[-1].split("/")[0])
        client = HTTPConnection("127.0.0.1", port, timeout=10)
        assert sent(client, "POST", "/add-checkpoint", first(10))[0] == 200
        client.close()
        process.kill()  # no time to put anything in order
        process.wait()
    assert not (tmp_path / "none").exists()
    assert asked(load_witness(settings), first(10), grown(10)) == [409, 200]
    assert "PPID_DATA" in environment(tmp_path)
