"""Cosignatures: what a witness says that it has seen, and when (C2SP tlog-cosignature, Ed25519).

A cosignature is one more signature line under a checkpoint. Signed are two lines and the whole
text of the checkpoint:

    cosignature/v1
    time 1679315147
    sip-ppid/bontang
    12
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

and the line holds the time (eight bytes, big-endian) before the signature. It says: at this time,
this was the longest tree that I had seen of this log, and it continues every earlier one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ppid.errors import CorruptData, Finding
from ppid.ledger import checkpoint as notes
from ppid.ledger.checkpoint import COSIGNATURE, Sign, Signature, SignedNote, VerifierKey, Verify

Verifier = Callable[[bytes], Verify]
"""Gives, for a public key of 32 bytes, the function that checks one (signature, message)."""

TIME_BYTES = 8
SIGNATURE_BYTES = 64
LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness vouches for a checkpoint. at: POSIX seconds."""

    name: str
    at: int


def vkey(name: str, public_key: bytes) -> str:
    """Return the verifier key of a witness, from its Ed25519 public key (32 bytes)."""
    return notes.vkey(name, public_key, kind=COSIGNATURE)


def parse_vkey(text: str) -> VerifierKey:
    """Return the key that the verifier key of a witness states.

    Raises BadInput: `vkey_malformed`.
    """
    return notes.parse_vkey(text, kind=COSIGNATURE)


def message(text: str, *, at: int) -> bytes:
    """Return what a witness signs for the text of a checkpoint at a time (POSIX seconds)."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosign(text: str, *, vkey: str, sign: Sign, at: int) -> Signature:
    """Return the cosignature over the text of a checkpoint.

    at: POSIX seconds, from 1 to 2^63 - 1; a witness never leaves the time out.
    Raises BadInput: `vkey_malformed`; ValueError for another time.
    """
    if not 0 < at <= LATEST:
        raise ValueError("a cosignature bears a time from 1 to 2^63 - 1")
    key = parse_vkey(vkey)
    blob = at.to_bytes(TIME_BYTES, "big") + sign(message(text, at=at))
    return Signature(key.name, key.key_id, blob)


def verify(signed: SignedNote, *, vkey: str, verifier: Verifier) -> Cosignature:
    """Return what the witness with this verifier key says of a note; the last line of several.

    Raises CorruptData: `cosignature_missing`, `cosignature_invalid`; BadInput: `vkey_malformed`.
    """
    key = parse_vkey(vkey)
    own = [one for one in signed.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not own:
        raise CorruptData(_not_vouched("cosignature_missing", key.name))
    check = verifier(key.public_key)
    if not all(_holds(one.blob, signed.text, check) for one in own):
        raise CorruptData(_not_vouched("cosignature_invalid", key.name))
    return Cosignature(key.name, _time(own[-1].blob))


def vouched(
    signed: SignedNote, *, witnesses: Iterable[str], verifier: Verifier
) -> tuple[Cosignature, ...]:
    """Return who of the known witnesses (verifier keys) vouches for a note, in their order.

    A witness that has not signed is left out.
    Raises CorruptData: `cosignature_invalid`; BadInput: `vkey_malformed`.
    """
    names = {(one.name, one.key_id) for one in signed.signatures}
    keys = {text: parse_vkey(text) for text in witnesses}
    present = [text for text, key in keys.items() if (key.name, key.key_id) in names]
    return tuple(verify(signed, vkey=text, verifier=verifier) for text in present)


def _holds(blob: bytes, text: str, check: Verify) -> bool:
    if len(blob) != TIME_BYTES + SIGNATURE_BYTES or not 0 < _time(blob) <= LATEST:
        return False
    return check(blob[TIME_BYTES:], message(text, at=_time(blob)))


def _time(blob: bytes) -> int:
    return int.from_bytes(blob[:TIME_BYTES], "big")


def _not_vouched(code: str, name: str) -> Finding:
    return Finding(
        code=code,
        message=f"Kesaksian {name} pada titik periksa ini tidak ada atau tidak sah.",
        hint="Minta lagi kepada saksinya; jangan anggap titik periksa ini disaksikan.",
    )
