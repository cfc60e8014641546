"""One line of the log: its canonical bytes, and salted commitments to confidential values.

An entry is a schema line and one JSON object (RFC 8785, integers only, no final newline):

    sip-ppid/entry/v1
    {"actor":"3f1c","at":"2026-03-02T09:15:00+08:00","body":"bontang","commitments":{},
     "kind":"item.collected","payload":{"title":"Denah"},"seq":0}        (one line in fact)

A commitment is the lower-case hex of

    SHA-256("sip-ppid/commitment/v1\n" || u32(len(salt)) || salt || u32(len(v)) || v)

with v the canonical bytes of the value and u32 big-endian. What an entry means is the office's;
where the salt comes from, too (docs/decisions/0030, 0031).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ppid.errors import BadInput, CorruptData, Finding

VERSION = 1
MAX_ENTRY_BYTES = 0xFFFF  # an entry bundle prefixes each entry with a 16-bit length
MIN_SALT_BYTES = 16
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1  # what every JSON reader holds exactly

_SCHEMA_LINE = b"sip-ppid/entry/v1\n"
_COMMITMENT_LINE = b"sip-ppid/commitment/v1\n"
_AT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", flags=re.ASCII
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as it stands in the log of a body.

    seq: the index of the leaf, from 0 and without gaps. at: ISO 8601 with an offset. actor: a
    person's id, or empty when the system acted. payload: what may be shown to anybody.
    commitments: name of a confidential value -> its commitment.
    """

    version: int
    body: str
    seq: int
    kind: str
    at: str
    actor: str
    payload: Mapping[str, object]
    commitments: Mapping[str, str]

    @property
    def moment(self) -> datetime:
        """Return `at` as an aware datetime."""
        return datetime.fromisoformat(self.at)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, at most 65,535: what the leaf hash is taken over.

        Raises BadInput: `entry_malformed`, `value_not_canonical`, `entry_too_large`.
        """
        _require_well_formed(self)
        fields = {
            "actor": self.actor,
            "at": self.at,
            "body": self.body,
            "commitments": self.commitments,
            "kind": self.kind,
            "payload": self.payload,
            "seq": self.seq,
        }
        data = _SCHEMA_LINE + canonical(fields)
        if len(data) > MAX_ENTRY_BYTES:
            raise BadInput(_too_large(len(data)))
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> "Entry":
        """Return the entry of canonical bytes; any other spelling of the same entry is refused.

        Raises CorruptData: `entry_unreadable`.
        """
        if not data.startswith(_SCHEMA_LINE):
            raise CorruptData(_unreadable("versi catatan tidak dikenal"))
        try:
            fields = json.loads(data[len(_SCHEMA_LINE) :].decode("utf-8"))
            entry = cls(version=VERSION, **fields)
            again = entry.to_bytes()
        except (ValueError, TypeError, RecursionError, BadInput):
            raise CorruptData(_unreadable("isinya rusak")) from None
        if again != data:
            raise CorruptData(_unreadable("penulisannya tidak baku"))
        return entry


def canonical(value: object) -> bytes:
    """Return the one spelling of a value as JSON (RFC 8785), UTF-8, without white space.

    Takes None, bool, str, list, tuple, mappings with str keys, and integers up to 2^53 - 1 either
    way. Text is taken as it is: no Unicode normalization (docs/decisions/0030).
    Raises BadInput: `value_not_canonical`.
    """
    try:
        return _JSON.encode(_plain(value, "", depth=0)).encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(_not_canonical("", "huruf yang tidak sah")) from None


def commit(value: object, *, salt: bytes) -> str:
    """Return the commitment to a value: 64 hex digits that tell nothing without the salt.

    salt: at least 16 random bytes, new for each value.
    Raises BadInput: `value_not_canonical`; ValueError for a salt that is too short.
    """
    if len(salt) < MIN_SALT_BYTES:
        raise ValueError(f"a salt has at least {MIN_SALT_BYTES} bytes")
    data = canonical(value)
    prefixed = (len(part).to_bytes(4, "big") + part for part in (salt, data))
    return hashlib.sha256(_COMMITMENT_LINE + b"".join(prefixed)).hexdigest()


def check_commitment(value: object, *, salt: bytes, commitment: str) -> bool:
    """Return whether this value and salt are what the commitment was made of."""
    try:
        return hmac.compare_digest(commit(value, salt=salt).encode(), commitment.encode())
    except (BadInput, ValueError):
        return False


def _plain(value: object, place: str, *, depth: int) -> object:
    if depth > MAX_DEPTH:
        raise BadInput(_not_canonical(place, "terlalu dalam"))
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) <= MAX_INTEGER:
            return value
        case list() | tuple():
            parts = enumerate(value)
            return [_plain(part, f"{place}[{at}]", depth=depth + 1) for at, part in parts]
        case Mapping():
            return _plain_mapping(value, place, depth=depth)
    raise BadInput(_not_canonical(place, f"nilai jenis {type(value).__name__}"))


def _plain_mapping(value: Mapping[object, object], place: str, *, depth: int) -> dict[str, object]:
    found = {}
    for key, part in value.items():
        if not isinstance(key, str):
            raise BadInput(_not_canonical(place, "nama yang bukan teks"))
        found[key] = _plain(part, f"{place}.{key}".lstrip("."), depth=depth + 1)
    # RFC 8785 3.2.3 orders names by UTF-16 code units, not by code points; in ASCII they agree
    if "".join(found).isascii():
        return {key: found[key] for key in sorted(found)}
    return dict(
        sorted(found.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
    )


def _require_well_formed(entry: Entry) -> None:
    texts = (entry.body, entry.kind, entry.at, entry.actor)
    if entry.version != VERSION:
        raise BadInput(_malformed("version"))
    if not all(isinstance(text, str) for text in texts) or not (entry.body and entry.kind):
        raise BadInput(_malformed("body, kind, at, actor"))
    if type(entry.seq) is not int or entry.seq < 0:
        raise BadInput(_malformed("seq"))
    if not _is_moment(entry.at):
        raise BadInput(_malformed("at"))
    if not isinstance(entry.payload, Mapping):
        raise BadInput(_malformed("payload"))
    if not isinstance(entry.commitments, Mapping) or not all(
        isinstance(digest, str) and _DIGEST.fullmatch(digest)
        for digest in entry.commitments.values()
    ):
        raise BadInput(_malformed("commitments"))


def _is_moment(text: str) -> bool:
    if not _AT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _malformed(place: str) -> Finding:
    return Finding(
        code="entry_malformed",
        message="Catatan tidak dapat ditulis: bagian ini kosong atau salah bentuk.",
        place=place,
    )


def _not_canonical(place: str, what: str) -> Finding:
    return Finding(
        code="value_not_canonical",
        message=f"Nilai ini tidak dapat dicatat: {what}.",
        place=place,
        hint="Tulis sebagai teks, bilangan bulat, ya/tidak, atau daftar.",
    )


def _too_large(size: int) -> Finding:
    return Finding(
        code="entry_too_large",
        message=f"Catatan terlalu besar: {size} bita, paling banyak {MAX_ENTRY_BYTES}.",
        hint="Simpan isi yang panjang di luar catatan dan catat sidiknya saja.",
    )


def _unreadable(why: str) -> Finding:
    return Finding(
        code="entry_unreadable",
        message=f"Catatan tidak dapat dibaca: {why}.",
        hint="Bandingkan dengan cadangan atau salinan log di luar.",
    )
