"""The page that checks proofs, opened from a file in Chromium without any network."""

import re

import pytest
from playwright.sync_api import sync_playwright

import verifier
from browser.conftest import ARGUMENTS, CHROMIUM
from ledger.logs import KEY, STRANGER, VKEY
from ledger.published import SALT, edition_entry, entries_of, growth, listed, note_of, proof_of
from ledger.test_cosignature import VKEY as WITNESS
from ledger.test_cosignature import vouched_note
from ppid.ledger import checkpoint as notes

pytestmark = pytest.mark.browser
ENTRIES = entries_of(20)
OTHER = entries_of(20, editions=(3,))
OPENED = {"sheet": {"salt": SALT.hex(), "value": {"alasan": "rahasia"}}}
PROOF = proof_of(ENTRIES, 11, listed=listed(3), opened=OPENED).to_text()
FALSELY = {"sheet": OPENED["sheet"] | {"value": 1}}
DOCUMENT = edition_entry(11, 2)[1]
NOTE = note_of(ENTRIES)
FORGED = proof_of(ENTRIES, 11).to_text().replace(NOTE, note_of(ENTRIES, key=STRANGER))
STRANGE_KEY = notes.vkey("sip-ppid/bontang", STRANGER.public_key().public_bytes_raw())


@pytest.fixture(scope="module")
def page():
    """The page from a file, in a browser that is offline."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.goto(verifier.PAGE.as_uri())
        yield opened
        browser.close()


def verdict(page, files, *, key=VKEY, witnesses=""):
    """What the page says of these files: its verdict, and all its sentences."""
    page.fill("#vkey", key)
    page.fill("#witnesses", witnesses)
    page.click("#clear")
    given = [
        {"name": name, "mimeType": "", "buffer": data if isinstance(data, bytes) else data.encode()}
        for name, data in files.items()
    ]
    page.set_input_files("#files", given)
    page.wait_for_selector(".verdict")
    return page.inner_text(".verdict h2"), page.inner_text("#result")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.tlog-proof": PROOF, "2.json": DOCUMENT}, ["Denah 3", "rahasia", "Isi 2.json sama"]),
        ({"a.tlog-proof": proof_of(ENTRIES, 3).to_text()}, ["nomor 3"]),
        ({"titik.txt": NOTE}, ["20 catatan"]),
        (
            {"lama.txt": note_of(ENTRIES, 7), "lanjut.txt": growth(ENTRIES, 7).to_text()},
            ["kelanjutan dari 7"],
        ),
        (
            {"lama.txt": note_of(ENTRIES, 8), "lanjut.txt": growth(ENTRIES, 8).to_text()},
            ["kelanjutan dari 8"],
        ),
    ],
)
def test_what_is_true_is_said_to_be(page, files, words):
    said, text = verdict(page, files)
    assert said == "Sah"
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    "files",
    [
        {"a.tlog-proof": PROOF.replace("index 11", "index 12")},
        {"a.tlog-proof": PROOF, "2.json": DOCUMENT + b" "},
        {"a.tlog-proof": proof_of(ENTRIES, 11, listed=listed(3, [{"a": "1"}] * 5)).to_text()},
        {"a.tlog-proof": proof_of(ENTRIES, 11, opened=FALSELY).to_text()},
        {"a.tlog-proof": FORGED},
        {"titik.txt": note_of(ENTRIES, key=STRANGER)},
        {"titik.txt": NOTE.replace("\n20\n", "\n21\n")},
        {"satu.txt": NOTE, "dua.txt": note_of(OTHER)},
        {"lama.txt": note_of(OTHER, 7), "lanjut.txt": growth(ENTRIES, 7).to_text()},
        {"gambar.png": b"\x89PNG\xff"},
        {"kosong.txt": b""},
    ],
)
def test_what_is_false_is_said_to_be(page, files):
    assert verdict(page, files)[0] == "Tidak sah"


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"a.tlog-proof": PROOF}, ""),
        ({"2.json": DOCUMENT}, VKEY),
        ({"lanjut.txt": growth(ENTRIES, 7).to_text()}, VKEY),
    ],
)
def test_what_was_not_checked_never_counts_as_true(page, files, key):
    assert verdict(page, files, key=key)[0] == "Belum dapat dipastikan"


def test_a_key_of_somebody_else_is_noticed(page):
    assert verdict(page, {"titik.txt": NOTE}, key=STRANGE_KEY)[0] == "Tidak sah"
    assert verdict(page, {"titik.txt": NOTE}, key="x")[0] == "Tidak sah"
    assert verdict(page, {"titik.txt": NOTE, "kunci.txt": f"{VKEY}\n"}, key="")[0] == "Sah"


def test_witnesses_are_checked(page):
    note = vouched_note(note=NOTE).to_text()
    said, text = verdict(page, {"titik.txt": note}, witnesses=WITNESS)
    assert said == "Sah"
    assert "2026-03-02" in text
    assert verdict(page, {"titik.txt": NOTE}, witnesses=WITNESS)[0] == "Belum dapat dipastikan"
    false = vouched_note(note=NOTE, key=KEY).to_text()
    assert verdict(page, {"titik.txt": false}, witnesses=WITNESS)[0] == "Tidak sah"


def test_a_browser_without_ed25519_says_so(page):
    page.evaluate("crypto.subtle.importKey = () => Promise.reject(new Error()); canSign = null")
    try:
        said, text = verdict(page, {"a.tlog-proof": PROOF})
    finally:
        page.reload()
    assert said == "Belum dapat dipastikan"
    assert "Ed25519" in text


def test_the_page_lets_nothing_in_and_its_policy_fits_it():
    text = verifier.PAGE.read_text()
    assert verifier.sealed(text) == text
    assert "default-src 'none'" in text
    assert re.findall(r"""(?:src|href)=["']|https?:|//[a-z]+\.""", text) == []
