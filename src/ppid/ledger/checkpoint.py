"""Checkpoints: what a body vouches for at one size of its log (C2SP tlog-checkpoint, signed-note).

    bontang.example/ppid                            origin: which log
    12                                              size: number of entries
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    root of the tree at that size
                                                    (an empty line, then the signatures)
    — bontang.example/ppid Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhc...

A verifier key (vkey) is `<name>+<key id, hex>+<base64 of 0x01 and the Ed25519 public key>`. Signing
and checking one signature are functions of the caller; so is never signing two histories.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ppid.errors import BadInput, CorruptData, Finding
from ppid.ledger.tree import HASH_BYTES

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]  # (signature, message), as `cryptography` orders them

ED25519 = b"\x01"
COSIGNATURE = b"\x04"  # ppid.ledger.cosignature
PUBLIC_KEY_BYTES = 32
KEY_ID_BYTES = 4
MAX_NOTE_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100  # the specification asks for at least 16

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", flags=re.ASCII)
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_UNCLEAN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log at one size.

    origin: the log's name. root: 32 bytes. extensions: further lines, kept as they are.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the note text that is signed, with its final newline.

        Raises BadInput: `checkpoint_malformed`.
        """
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        text = "".join(f"{line}\n" for line in lines)
        if _checkpoint(text) != self:
            raise BadInput(_malformed("checkpoint", "Titik periksa tidak dapat ditulis."))
        return text


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who says to have signed, with which key, and the signature itself."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        """Return the line as it stands in the note, with its newline."""
        return f"— {self.name} {to_base64(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text and every signature under it, known or not, in order. Parsed is not yet verified."""

    text: str
    signatures: tuple[Signature, ...]

    def to_text(self) -> str:
        """Return the note as it is stored and published."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key that signs notes, with the name it signs under."""

    name: str
    key_id: bytes
    public_key: bytes


def sign(checkpoint: Checkpoint, *, key_name: str, public_key: bytes, sign: Sign) -> str:
    """Return the checkpoint as a note with one signature. key_name is to be the origin.

    Raises BadInput: `checkpoint_malformed`, `vkey_malformed`.
    """
    text = checkpoint.text()
    key_id = parse_vkey(vkey(key_name, public_key)).key_id
    return SignedNote(text, (Signature(key_name, key_id, sign(text.encode())),)).to_text()


def parse(note: str) -> SignedNote:
    """Return the text and the signatures of a note; verifies nothing.

    Raises CorruptData: `note_malformed`.
    """
    body, gap, under = note.rpartition("\n\n")
    lines = under.split("\n")
    if len(note) > MAX_NOTE_CHARACTERS or not gap or lines.pop() != "" or not _is_clean(note):
        raise CorruptData(_malformed("note", "Catatan bertanda tangan ini rusak."))
    if not 0 < len(lines) <= MAX_SIGNATURES:
        raise CorruptData(_malformed("note", "Jumlah tanda tangan di catatan ini tidak sah."))
    return SignedNote(f"{body}\n", tuple(_signature(line) for line in lines))


def open_note(note: str, *, vkey: str, verify: Verify) -> SignedNote:
    """Return the note once the signature of `vkey` has been verified; others are left alone.

    verify: checks one (signature, message) with the public key of `vkey`.
    Raises CorruptData: `note_malformed`, `signature_missing`, `signature_invalid`; BadInput:
    `vkey_malformed`.
    """
    key, signed = parse_vkey(vkey), parse(note)
    own = [one for one in signed.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not own:
        raise CorruptData(_not_signed("signature_missing", key.name))
    if not all(verify(one.blob, signed.text.encode()) for one in own):
        raise CorruptData(_not_signed("signature_invalid", key.name))
    return signed


def verify(note: str, *, vkey: str, verify: Verify, origin: str = "") -> Checkpoint:
    """Return the checkpoint of a note that `vkey` signed.

    origin: the log it has to speak of, by default the one that is named like the key.
    Raises CorruptData: as open_note, and `checkpoint_malformed`, `checkpoint_of_other_log`;
    BadInput: `vkey_malformed`.
    """
    expected = origin or parse_vkey(vkey).name
    checkpoint = parse_checkpoint(open_note(note, vkey=vkey, verify=verify).text)
    if checkpoint.origin != expected:
        raise CorruptData(_of_other_log(checkpoint.origin, expected))
    return checkpoint


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that a note text states; verifies nothing.

    Raises CorruptData: `checkpoint_malformed`.
    """
    checkpoint = _checkpoint(text)
    if checkpoint is None:
        raise CorruptData(_malformed("checkpoint", "Titik periksa ini rusak."))
    return checkpoint


def vkey(name: str, public_key: bytes, *, kind: bytes = ED25519) -> str:
    """Return the verifier key of an Ed25519 public key (32 bytes) under a name.

    kind: the signature type byte; COSIGNATURE for the key of a witness.
    """
    material = to_base64(kind + public_key)
    return f"{name}+{_key_id(name, public_key, kind).hex()}+{material}"


@lru_cache(maxsize=256)
def parse_vkey(text: str, *, kind: bytes = ED25519) -> VerifierKey:
    """Return the Ed25519 key that a verifier key of one kind states.

    Raises BadInput: `vkey_malformed`, also when the key id is not that of name and key.
    """
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    material = from_base64(encoded)
    public_key = material[len(kind) :]
    is_of_kind = material.startswith(kind) and len(public_key) == PUBLIC_KEY_BYTES
    if not (_is_name(name) and _KEY_ID.fullmatch(key_id) and is_of_kind):
        raise BadInput(_bad_vkey())
    if bytes.fromhex(key_id) != _key_id(name, public_key, kind):
        raise BadInput(_bad_vkey())
    return VerifierKey(name, bytes.fromhex(key_id), public_key)


def _checkpoint(text: str) -> Checkpoint | None:
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() != "" or not all(lines) or not _is_clean(text):
        return None
    origin, size, root, *extensions = lines
    digest = from_base64(root)
    if not _SIZE.fullmatch(size) or len(digest) != HASH_BYTES:
        return None
    return Checkpoint(origin, int(size), digest, tuple(extensions))


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    data = from_base64(encoded)
    if dash != "—" or not _is_name(name) or len(data) <= KEY_ID_BYTES:
        raise CorruptData(_malformed("note", "Baris tanda tangan di catatan ini rusak."))
    return Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


def _key_id(name: str, public_key: bytes, kind: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:KEY_ID_BYTES]


def _is_name(name: str) -> bool:
    has_space = any(letter.isspace() for letter in name)
    return name != "" and "+" not in name and not has_space and _is_clean(name)


def _is_clean(text: str) -> bool:
    """Return whether text is UTF-8 without control characters other than newline."""
    return not _UNCLEAN.search(text)


def to_base64(data: bytes) -> str:
    """Return the bytes in base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes, or none at all if text is not the one spelling that encodes them."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return b""
    return data if to_base64(data) == text else b""


def _malformed(what: str, message: str) -> Finding:
    return Finding(code=f"{what}_malformed", message=message, hint="Ambil lagi dari sumbernya.")


def _bad_vkey() -> Finding:
    return Finding(
        code="vkey_malformed",
        message="Kunci pemeriksa ini tidak sah.",
        hint="Salin utuh: nama, tanda +, delapan angka heksadesimal, tanda +, lalu kuncinya.",
    )


def _not_signed(code: str, name: str) -> Finding:
    return Finding(
        code=code,
        message=f"Tanda tangan {name} pada titik periksa ini tidak ada atau tidak sah.",
        hint="Jangan percayai isinya; ambil lagi dari badan publik atau saksinya.",
    )


def _of_other_log(found: str, expected: str) -> Finding:
    return Finding(
        code="checkpoint_of_other_log",
        message=f"Titik periksa ini milik log {found}, bukan {expected}.",
    )
