"""The consequence-test sheet (lembar pengujian konsekuensi) and its plain data.

Holds what officers wrote, however incomplete; what makes it complete is consequence_test's. As
plain data every field is a key, dates are ISO text, and the term has the form of term_kinds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from ppid.errors import BadInput, Finding
from ppid.law import term_kinds
from ppid.law.term_kinds import Term, read_optional_date


class Part(StrEnum):
    """Whether the whole document is closed or part of it (UU 14/2008 ps. 22 (7) huruf e)."""

    WHOLE = "seluruh"
    PART = "sebagian"


class Moment(StrEnum):
    """When the test was made (Perki 1/2021 ps. 49 (1))."""

    BEFORE_REQUEST = "sebelum_permintaan"
    ON_REQUEST = "atas_permintaan"
    ORDERED = "perintah_majelis"


class MemoHarm(StrEnum):
    """What opening a memorandum would harm (penjelasan UU 14/2008 ps. 17 huruf i)."""

    FRANKNESS = "kejujuran"
    PREMATURE = "prematur"
    NEGOTIATION = "negosiasi"


@dataclass(frozen=True, slots=True)
class Participant:
    """One who took part in the test, with the position held that day."""

    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsequenceTest:
    """A consequence test (uji konsekuensi, UU 14/2008 ps. 19); every field may still be empty.

    ground: a code of grounds ("h.3"). statutes: citations, article by article. parts: which parts
    are closed, when not the whole; reason_whole: why no part can be given. never_exempt_checked:
    code of Pasal 18 (1) to whether the information is of that kind; an absent code is unanswered.
    consent, public_office: Pasal 18 (2), for huruf g and h. memo_harms: for huruf i.
    """

    document: str = ""
    information: str = ""
    ground: str = ""
    statutes: tuple[str, ...] = ()
    consequence_if_open: str = ""
    consequence_if_closed: str = ""
    public_interest: str = ""
    part: Part | None = None
    parts: str = ""
    reason_whole: str = ""
    term: Term | None = None
    moment: Moment | None = None
    place: str = ""
    tested_on: date | None = None
    participants: tuple[Participant, ...] = ()
    never_exempt_checked: Mapping[str, bool] = field(default_factory=dict, hash=False)
    consent: bool | None = None
    public_office: bool | None = None
    memo_harms: tuple[MemoHarm, ...] = ()

    def __post_init__(self) -> None:
        answers = MappingProxyType(dict(self.never_exempt_checked))
        object.__setattr__(self, "never_exempt_checked", answers)


def as_dict(sheet: ConsequenceTest) -> dict[str, Any]:
    """Return the sheet as plain data, for JSON; empty fields are present."""
    plain = {name: getattr(sheet, name) for name in _READERS}
    people = [{"name": each.name, "position": each.position} for each in sheet.participants]
    return plain | {
        "statutes": list(sheet.statutes),
        "part": sheet.part and sheet.part.value,
        "term": sheet.term and term_kinds.as_dict(sheet.term),
        "moment": sheet.moment and sheet.moment.value,
        "tested_on": sheet.tested_on and sheet.tested_on.isoformat(),
        "participants": people,
        "never_exempt_checked": dict(sheet.never_exempt_checked),
        "memo_harms": [each.value for each in sheet.memo_harms],
    }


def from_dict(data: Mapping[str, Any]) -> ConsequenceTest:
    """Return the sheet that plain data describes; an absent key is an empty field.

    Raises BadInput with every mistake, each with its key as place: key_unknown, text_invalid,
    list_invalid, choice_unknown, answer_invalid, date_invalid, and a term's own ("term.ends_on").
    """
    problems = [_key_unknown(key) for key in data if key not in _READERS]
    values: dict[str, Any] = {}
    for name in data.keys() & _READERS.keys():
        try:
            values[name] = _READERS[name](data[name], name)
        except BadInput as error:
            problems.extend(error.findings)
    if problems:
        raise BadInput(*sorted(problems, key=lambda each: each.place))
    return ConsequenceTest(**values)


_Choice = TypeVar("_Choice", bound=StrEnum)


def renewed(sheet: ConsequenceTest) -> ConsequenceTest:
    """Return what a new test takes over from an old one: the words, not the answers and days.

    When and by whom it is tested, what Pasal 18 asks, and the term are asked anew.
    Source: PP 61/2010 ps. 10 (2).
    """
    return replace(
        sheet,
        term=None,
        moment=None,
        tested_on=None,
        participants=(),
        never_exempt_checked={},
        consent=None,
        public_office=None,
    )


def _text(value: object, place: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput(_wrong("text_invalid", f"“{value}” bukan teks.", place))
    return value.strip()


def _texts(value: object, place: str) -> tuple[str, ...]:
    texts = (_text(each, place) for each in _list(value, place))
    return tuple(text for text in texts if text)


def _list(value: object, place: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise BadInput(_wrong("list_invalid", f"“{value}” bukan daftar.", place))
    return list(value)


def _choice(kind: type[_Choice]) -> Callable[[object, str], _Choice]:
    def read(value: object, place: str) -> _Choice:
        try:
            return kind(str(value))
        except ValueError as error:
            known = ", ".join(kind)
            sentence = f"“{value}” bukan pilihan di sini. Pilihannya: {known}."
            raise BadInput(_wrong("choice_unknown", sentence, place)) from error

    return read


def _optional(kind: type[_Choice]) -> Callable[[object, str], _Choice | None]:
    read = _choice(kind)
    return lambda value, place: None if value is None or value == "" else read(value, place)


def _harms(value: object, place: str) -> tuple[MemoHarm, ...]:
    read = _choice(MemoHarm)
    return tuple(read(each, place) for each in _list(value, place))


def _yes_no(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise BadInput(_wrong("answer_invalid", f"“{value}” bukan jawaban ya atau tidak.", place))
    return value


def _maybe(value: object, place: str) -> bool | None:
    return None if value is None else _yes_no(value, place)


def _answers(value: object, place: str) -> dict[str, bool]:
    if not isinstance(value, Mapping):
        raise BadInput(_wrong("list_invalid", f"“{value}” bukan daftar jawaban.", place))
    return {str(code): _yes_no(answer, f"{place}.{code}") for code, answer in value.items()}


def _term(value: object, place: str) -> Term | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadInput(_wrong("list_invalid", f"“{value}” bukan jangka waktu.", place))
    try:
        return term_kinds.from_dict(value)
    except BadInput as error:
        raise BadInput(
            *(replace(each, place=f"{place}.{each.place}") for each in error.findings)
        ) from error


def _participants(value: object, place: str) -> tuple[Participant, ...]:
    return tuple(_participant(each, place) for each in _list(value, place))


def _participant(value: object, place: str) -> Participant:
    if not isinstance(value, Mapping):
        raise BadInput(_wrong("list_invalid", f"“{value}” bukan data peserta.", place))
    return Participant(
        name=_text(value.get("name"), f"{place}.name"),
        position=_text(value.get("position"), f"{place}.position"),
    )


_READERS: dict[str, Callable[[object, str], object]] = {
    "document": _text,
    "information": _text,
    "ground": _text,
    "statutes": _texts,
    "consequence_if_open": _text,
    "consequence_if_closed": _text,
    "public_interest": _text,
    "part": _optional(Part),
    "parts": _text,
    "reason_whole": _text,
    "term": _term,
    "moment": _optional(Moment),
    "place": _text,
    "tested_on": read_optional_date,
    "participants": _participants,
    "never_exempt_checked": _answers,
    "consent": _maybe,
    "public_office": _maybe,
    "memo_harms": _harms,
}


def _key_unknown(key: str) -> Finding:
    return Finding("key_unknown", f"Isian “{key}” tidak dikenal.", key, "Hapus isian itu.")


def _wrong(code: str, sentence: str, place: str) -> Finding:
    return Finding(code, sentence, place, "Perbaiki isian ini.")
