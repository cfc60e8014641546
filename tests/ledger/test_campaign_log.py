"""A sample of `make campaign-log`, and that it would notice a verifier that sees nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger import campaign, verifikasi
from ledger.logs import KEY, LOG, OUTSIDE, VKEY
from ledger.published import entries_of, files_of
from ppid.ledger import verify

SAMPLE = 12


@pytest.mark.parametrize(
    ("kind", "seen"), campaign.KINDS.items(), ids=lambda one: getattr(one, "__name__", str(one))
)
def test_tampering_is_found_from_outside_and_the_rest_is_as_declared(kind, seen):
    tally = campaign.tamper(SAMPLE, seed=7, kinds=[kind])
    assert tally.done[kind] == tally.found_outside[kind] == SAMPLE
    assert tally.found_inside[kind] == (SAMPLE if seen else 0)


def test_there_are_twelve_kinds():
    assert len(campaign.KINDS) == 12


def test_the_campaign_finds_nothing_in_a_log_that_nobody_touched():
    assert LOG.compared(OUTSIDE) == []


@pytest.mark.parametrize("part", ["_compare_checkpoint", "_compare_heads"])
def test_a_verifier_without_its_checks_is_noticed(monkeypatch, part):
    monkeypatch.setattr(verify._Walk, part, lambda self, *args: None)
    kinds = [campaign.rewrite_all_with_the_key, campaign.edit_and_fix_own_hash]
    tally = campaign.tamper(3, kinds=kinds)
    assert min(tally.found_outside[kind] for kind in kinds) == 0


def test_two_verifiers_agree_on_random_logs_whole_and_damaged():
    differences, verdicts = campaign.agree(60)
    assert differences == []
    assert min(verdicts[True], verdicts[False]) > 10


def test_a_verifier_that_believes_everything_is_noticed():
    differences, _ = campaign.agree(30, ours=lambda files: True)
    assert differences


def test_the_other_verifier_checks_signatures_as_the_library_does():
    message = b"sip-ppid"
    other = Ed25519PrivateKey.from_private_bytes(bytes([9] * 32))
    public, signature = KEY.public_key().public_bytes_raw(), KEY.sign(message)
    assert verifikasi.is_signed(public, message, signature)
    assert not verifikasi.is_signed(public, message + b".", signature)
    assert not verifikasi.is_signed(other.public_key().public_bytes_raw(), message, signature)
    assert not verifikasi.is_signed(public, message, signature[:-1])
    assert not verifikasi.is_signed(public, message, signature[:32] + b"\xff" * 32)


def test_the_other_verifier_accepts_a_whole_log():
    size, _ = verifikasi.check(files_of(entries_of(300)), VKEY)
    assert size == 300
