"""A second verifier of a published log, in one file, sharing no code with ppid: for comparison.

    python tests/ledger/verifikasi.py FOLDER VKEY

Slow and plain: Ed25519 as RFC 8032 writes it, the tree as RFC 6962 writes it, every tile computed
from the leaves.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


class Wrong(Exception):
    """Something does not hold."""


def need(holds, what):
    if not holds:
        raise Wrong(what)


def add(a, b):
    """Add two points in extended coordinates (RFC 8032 5.1.4)."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    p, q = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    r, s = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def point_of(data):
    """Decode a point (RFC 8032 5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    need(y < P, "point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    need((x * x - square) % P == 0, "point")
    need(x or not sign, "point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    """Verify an Ed25519 signature (RFC 8032 5.1.7)."""
    if len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    try:
        key, r = point_of(public), point_of(signature[:32])
    except Wrong:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % L
    (x1, y1, z1, _), (x2, y2, z2, _) = times(s, BASE), add(r, times(k, key))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def mth(leaves):
    """The Merkle Tree Hash over leaf hashes (RFC 6962 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(mth(leaves[:k]), mth(leaves[k:]))


def root_by_path(leaf, index, size, path):
    """The root that an audit path leads to (RFC 6962 2.1.1), taken apart from the top."""
    need(0 <= index < size, "index")
    if size == 1:
        need(not path, "path")
        return leaf
    need(path, "path")
    k = 1
    while k * 2 < size:
        k *= 2
    if index < k:
        return node(root_by_path(leaf, index, k, path[:-1]), path[-1])
    return node(path[-1], root_by_path(leaf, index - k, size - k, path[:-1]))


def unbase(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong("base64") from None
    need(base64.b64encode(data).decode() == text, "base64")
    return data


def number_of(text):
    need(text.isascii() and text.isdigit() and (text == "0" or text[0] != "0"), "number")
    return int(text)


def head_of(note, vkey):
    """(size, root) of a signed checkpoint."""
    need(not any(one < " " and one != "\n" for one in note), "control")
    name, key_id, material = vkey.split("+", 2)
    public = unbase(material)[1:]
    at = note.rfind("\n\n")
    need(at > 0 and note.endswith("\n"), "note")
    text, lines = note[: at + 1], note[at + 2 : -1].split("\n")
    good = 0
    for line in lines:
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == "—" and parts[1] and "+" not in parts[1], "line")
        need(not any(one.isspace() for one in parts[1]), "line")
        blob = unbase(parts[2])
        need(len(blob) > 4, "line")
        if parts[1] == name and blob[:4].hex() == key_id:
            need(is_signed(public, text.encode(), blob[4:]), "signature")
            good += 1
    need(good, "unsigned")
    said = text[:-1].split("\n")
    need(len(said) >= 3 and all(said) and said[0] == name, "checkpoint")
    root = unbase(said[2])
    need(len(root) == 32, "root")
    return number_of(said[1]), root


def path_of(index):
    digits = str(index).zfill((len(str(index)) + 2) // 3 * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


def tile(files, kind, index, width):
    name = f"tile/{kind}/{path_of(index)}"
    if width == 256:
        return files.get(name)
    partial = files.get(f"{name}.p/{width}")
    if partial is not None:
        return partial
    full = files.get(name)
    return full if full is None or kind == "entries" else full[: width * 32]


def check_entry(data, seq):
    need(data.startswith(b"sip-ppid/entry/v1\n"), "schema")
    said = json.loads(data.split(b"\n", 1)[1])
    need(set(said) == {"actor", "at", "body", "commitments", "kind", "payload", "seq"}, "fields")
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    need(plain.encode() == data.split(b"\n", 1)[1], "canonical")
    need(type(said["seq"]) is int and said["seq"] == seq, "seq")
    return said


def check(files, vkey):
    """Return (size, root) of a log given as {path: bytes}. Raises Wrong, or what reading raises."""
    size, root = head_of(files["checkpoint"].decode(), vkey)
    leaves = []
    level, width, above = 0, size, None
    while width:
        row = []
        for index in range((width + 255) // 256):
            count = min(256, width - 256 * index)
            data = tile(files, level, index, count)
            need(data is not None and len(data) == 32 * count, "tile")
            row += [data[at : at + 32] for at in range(0, len(data), 32)]
        if level == 0:
            leaves = row
        else:
            need(row == above, "tile above")
        above = [mth(row[at : at + 256]) for at in range(0, len(row) // 256 * 256, 256)]
        level, width = level + 1, width // 256
    need(mth(leaves) == root, "root")
    check_bundles(files, leaves)
    check_editions(files, leaves, vkey)
    return size, root


def check_bundles(files, leaves):
    seen = 0
    for index in range((len(leaves) + 255) // 256):
        here = leaves[256 * index : 256 * index + 256]
        data = tile(files, "entries", index, len(here))
        if data is None:
            need(not seen, "bundle")
            continue
        entries = []
        while data:
            length = int.from_bytes(data[:2], "big")
            need(len(data) >= 2 + length, "bundle")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
        need(len(entries) == len(here), "bundle")
        seen += len(entries)
        for at, entry in enumerate(entries):
            need(hashlib.sha256(b"\x00" + entry).digest() == here[at], "entry")
            check_entry(entry, 256 * index + at)


def check_editions(files, leaves, vkey):
    number = 1
    while f"edisi/{number}.tlog-proof" in files:
        above, gap, note = files[f"edisi/{number}.tlog-proof"].decode().partition("\n\n")
        first, extra, index, *path = above.split("\n")
        need(gap and first == "c2sp.org/tlog-proof@v1", "proof")
        need(extra.startswith("extra ") and index.startswith("index "), "proof")
        size, root = head_of(note, vkey)
        shown = json.loads(unbase(extra[6:]))
        need(set(shown) <= {"leaf", "listed", "opened"}, "evidence")
        leaf = shown["leaf"].encode()
        digest, at = hashlib.sha256(b"\x00" + leaf).digest(), number_of(index[6:])
        steps = [unbase(line) for line in path]
        need(all(len(step) == 32 for step in steps), "path")
        need(root_by_path(digest, at, size, steps) == root, "inclusion")
        need(at < len(leaves) and leaves[at] == digest, "inclusion now")
        payload = check_entry(leaf, at)["payload"]
        need(payload["number"] == number, "edition number")
        document = files.get(f"edisi/{number}.json")
        need(document is not None, "document")
        need(hashlib.sha256(document).hexdigest() == payload["content_hash"], "document")
        number += 1


def holds(files, vkey):
    """Return whether a published log holds."""
    try:
        check(files, vkey)
    except (Wrong, KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError):
        return False
    return True


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    FILES = {
        str(one.relative_to(FOLDER)): one.read_bytes() for one in FOLDER.rglob("*") if one.is_file()
    }
    GOOD = holds(FILES, sys.argv[2])
    print("utuh" if GOOD else "tidak utuh")
    sys.exit(0 if GOOD else 1)
