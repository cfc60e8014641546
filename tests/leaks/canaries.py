"""What must not leave the office, in every shape in which it could, and where it was found.

The canaries are not planted: every confidential value that the demo's log holds is one, each salt
of a commitment, each id that only the office knows, each account. What is published anyway (the
edition, the SOPs) is no secret and is left out.
"""

import base64
import hashlib
import html
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 12
"""A shorter text may stand anywhere by chance."""

HEAD = 8
"""Bytes by which a shape is looked for first."""

OF_THE_LAW = {"ground", "statutes", "legal_basis"}
"""Citations are everybody's words; that an item rests on one is in its other values."""

FOR_THE_PUBLIC = {"salinan_penetapan", "pembukaan"}
"""Kinds of papers that everybody may have."""


def canaries(data: Path) -> dict[str, str]:
    """Return text -> where the office keeps it, of all that the public must never see."""
    known = _published(data)
    found: dict[str, str] = {}
    with sqlite3.connect(data / "office.sqlite3") as office:
        for kind, sealed in office.execute("SELECT kind, sealed FROM office_event"):
            for name, one in json.loads(sealed).items():
                found[one["salt"]] = f"salt of {kind}.{name}"
                for text in () if name in OF_THE_LAW else _texts(one["value"]):
                    found[text] = f"{kind}.{name}"
        for table, column in (("item", "id"), ("case", "id"), ("request", "id")):
            name = {"request": "informationrequest"}.get(table, table)
            for (key,) in office.execute(f"SELECT {column} FROM office_{name}"):
                found[str(key)] = f"id of {table}"
        for name, password in office.execute("SELECT username, password FROM auth_user"):
            found[name], found[password] = "account", "password"
    for key in (data / "keys").rglob("*"):
        if key.is_file():
            found[key.read_bytes().decode("latin-1").strip()] = f"key {key.name}"
    return {
        text: place
        for text, place in found.items()
        if len(text) >= SHORTEST and not _is_plain(text) and text.casefold() not in known
    }


def _texts(value: object) -> Iterator[str]:
    """Yield each text in a sealed value, and each line of a long one."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines() if "\n" in value else ()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _is_plain(text: str) -> bool:
    """Return whether a text is a day or a number, which say nothing by themselves."""
    return not any(letter.isalpha() for letter in text)


def _published(data: Path) -> str:
    """Return everything that was meant for the public, in one text without case.

    The entries of the log that speak of editions are public with the person who acted as an id
    (docs/decisions/0035), as are those on the last signature of public papers (0116); an SOP is
    public as it stands. Of a paper for the public, who signs it is.
    """
    found: list[object] = []
    with sqlite3.connect(data / "public.sqlite3") as public:
        for table in ("entry", "sop", "body"):
            found += public.execute(f"SELECT * FROM public_{table}").fetchall()
        for table in ("logentry", "paper"):
            leaves = public.execute(f"SELECT leaf FROM public_{table}").fetchall()
            found += [one.decode() for (one,) in leaves]
    with sqlite3.connect(data / "office.sqlite3") as office:
        for (content,) in office.execute("SELECT content FROM office_edition"):
            found.append(json.dumps(json.loads(content), ensure_ascii=False))
        found += [text for (text,) in office.execute("SELECT text FROM office_sopversion")]
        papers = office.execute("SELECT kind, signers FROM office_officepaper").fetchall()
        for signers in (json.loads(said) for kind, said in papers if kind in FOR_THE_PUBLIC):
            found += [text for one in signers for text in (one["name"], one["position"])]
    return " ".join(map(str, found)).casefold()


def shapes(text: str) -> dict[str, bytes]:
    """Return the bytes of a text in each encoding in which it could leave."""
    plain = text.encode()
    return {
        "plain": plain,
        "lower case": text.casefold().encode(),
        "address": quote(text).encode(),
        "form": quote_plus(text).encode(),
        "HTML": html.escape(text).encode(),
        "JSON": json.dumps(text)[1:-1].encode(),
        "hex": plain.hex().encode(),
        "UTF-16": text.encode("utf-16-le"),
        "reversed": text[::-1].encode(),
        "SHA-256": hashlib.sha256(plain).hexdigest().encode(),
        "MD5": hashlib.md5(plain).hexdigest().encode(),
        **{f"base64, {skip}": _base64(plain, skip) for skip in range(3)},
    }


def _base64(plain: bytes, skip: int) -> bytes:
    """Return the letters that stay the same whatever stands around, at one of three alignments."""
    padded = base64.b64encode(b"x" * skip + plain)
    return padded[4 if skip else 0 : -4]


def lines_of(outlets: Mapping[str, bytes]) -> dict[bytes, str]:
    """Return line -> the first outlet with it; ZIP files are unpacked, lower case comes beside."""
    found: dict[bytes, str] = {}
    for place, content in outlets.items():
        for part in (content, *_unzipped(content)):
            for line in part.split(b"\n"):
                found.setdefault(line, place)
                found.setdefault(line.lower(), place)
    return found


def _unzipped(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK\x03\x04") or b"\nPK\x03\x04" in content:
        with zipfile.ZipFile(io.BytesIO(content[content.index(b"PK\x03\x04") :])) as package:
            yield from (package.read(name) for name in package.namelist())


def leaks(outlets: Mapping[str, bytes], secrets: Mapping[str, str]) -> list[str]:
    """Return what was found: which value of the office, in which shape, in which outlet.

    Every eight bytes of the outlets are compared with those by which the shapes begin.
    """
    by_head: dict[bytes, list[tuple[bytes, str, str]]] = {}
    for text, kind in secrets.items():
        for shape, data in shapes(text).items():
            by_head.setdefault(data[:HEAD], []).append((data, shape, kind))
    lines = lines_of(outlets)
    whole = b"\n".join(lines)
    windows = (whole[start : start + HEAD] for start in range(len(whole)))
    heads = {one for one in windows if one in by_head}
    return [
        f"{kind} ({shape}) in {_where(lines, data)}"
        for head in heads
        for data, shape, kind in by_head[head]
        if data in whole
    ]


def _where(lines: Mapping[bytes, str], data: bytes) -> str:
    return next((place for line, place in lines.items() if data in line), "several lines")


def planted(secrets: Iterable[str]) -> dict[str, bytes]:
    """Return outlets that leak: one value in each shape, and one within a packed workbook."""
    text = next(one for one in secrets if " " in one and "\n" not in one)
    found = {shape: b"<p>" + data + b"</p>" for shape, data in shapes(text).items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/hidden.xml", text)
    return found | {"workbook": packed.getvalue()}
