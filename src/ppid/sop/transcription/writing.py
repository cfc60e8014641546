"""Write an SOP file: the keys in the order of the format, one item of a list to a line."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def written(table: Mapping[str, Any]) -> str:
    """Return the TOML text of an SOP: its own keys, then its tables, then performers and steps."""
    plain = {key: value for key, value in table.items() if not _is_part(value)}
    parts = [_pairs(plain)]
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            parts.append(f"[{key}]\n{_pairs(value)}")
        elif _is_rows(value):
            parts += [f"[[{key}]]\n{_pairs(one)}" for one in value]
    return "\n\n".join(parts) + "\n"


def _is_part(value: object) -> bool:
    return isinstance(value, Mapping) or _is_rows(value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _pairs(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    """Return a key as it may stand in a file: "Tidak, lengkapi" needs quotes."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return _list([_value(one) for one in value])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def _list(values: Sequence[str]) -> str:
    short = f"[{', '.join(values)}]"
    if len(values) < 2 and len(short) < 90:
        return short
    return "[\n" + "".join(f"    {one},\n" for one in values) + "]"
