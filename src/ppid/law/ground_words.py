"""Whether the words of an exemption fit the huruf that it claims, and whether huruf j has its Act.

Knows the words that Pasal 17 itself uses for each huruf. The Act's own phrase beside another huruf
is a sure mistake; a single word of it is a note.
"""

import re

from ppid.errors import BadInput, Finding
from ppid.law.reference import Mention, find, is_act
from ppid.law.remark import Remark, note, warning

_KIP = ("UU", "14", 2008)
_LONGEST = 2000
# The phrase of the huruf, as the Act words it and as lists shorten it.
_PHRASES = {
    "a": r"menghambat\s+proses\s+penegakan\s+hukum",
    "b": r"kepentingan\s+perlindungan\s+hak\s+(?:atas\s+)?kekayaan\s+intelektual"
    r"|mengganggu\s+kepentingan\s+perlindungan\s+(?:hak\s+)?(?:atas\s+)?kekayaan",
    "c": r"membahayakan\s+pertahanan\s+dan\s+keamanan\s+negara",
    "d": r"mengungkap(?:kan)?\s+kekayaan\s+alam",
    "e": r"merugikan\s+ketahanan\s+ekonomi",
    "f": r"merugikan\s+kepentingan\s+hubungan\s+luar\s+negeri",
    "g": r"mengungkap(?:kan)?\s+isi\s+akta\s+(?:otentik|autentik)",
    "h": r"mengungkap(?:kan)?\s+rahasia\s+pribadi",
    "i": r"memorandum\s+atau\s+surat|surat-surat\s+antar\s+badan\s+publik",
    "j": r"(?:tidak\s+(?:boleh|dapat)|dilarang)\s+di(?:ungkap(?:kan)?|buka)"
    r"\s+(?:berdasarkan|menurut|oleh)\s+(?:suatu\s+)?undang",
}
# Single words that point at a huruf without proving it.
_WORDS = {
    "a": r"penegakan\s+hukum|penyelidikan|penyidikan|tindak\s+pidana|pelapor|saksi|penegak\s+hukum",
    "b": r"kekayaan\s+intelektual|persaingan\s+usaha|rahasia\s+dagang|hak\s+cipta|paten",
    "c": r"pertahanan|keamanan\s+negara|persandian|intelijen|militer",
    "d": r"kekayaan\s+alam",
    "e": r"ketahanan\s+ekonomi|suku\s+bunga|nilai\s+tukar|mata\s+uang|investasi\s+asing",
    "f": r"hubungan\s+luar\s+negeri|diplomatik|negosiasi\s+internasional",
    "g": r"akta\s+(?:otentik|autentik)|wasiat",
    "h": r"rahasia\s+pribadi|data\s+pribadi|riwayat|kesehatan|rekening|pribadi",
    "i": r"memorandum|surat-surat|antar\s+badan\s+publik|intra\s+badan\s+publik",
    "j": r"undang",
}
_SPACE = re.compile(r"\s+", re.ASCII)
_CLAIM = re.compile(
    r"\b(?:pasal|ps)\.?\s{0,5}17\s{0,5},?\s{0,5}huruf\s{0,5}([a-j])(?![a-z])",
    re.IGNORECASE | re.ASCII,
)


def lint_ground(ground_code: str, text: str, *, place: str = "") -> tuple[Remark, ...]:
    """Return the remarks on the words under a ground: its reason and its legal basis.

    ground_code: "b", "h.3". For huruf j the text must cite the Act that forbids disclosure; the
    Act on public information itself is none.
    Raises BadInput (ground_unknown) for a code outside a to j.
    Source: UU 14/2008 ps. 17.
    """
    letter = ground_code.strip().removeprefix("huruf").strip().lower()[:1]
    if letter not in _PHRASES:
        message = f"Dasar pengecualian “{ground_code[:40]}” bukan huruf a sampai j."
        hint = "Pilih salah satu huruf Pasal 17."
        raise BadInput(Finding("ground_unknown", message, place, hint, "UU 14/2008 ps. 17"))
    remarks = [*_claims(letter, text, place=place), *_misfits(letter, text, place=place)]
    if letter == "j":
        remarks += _acts(text, place=place)
    return tuple(remarks)


def quoted_grounds(text: str, mention: Mention, *, end: int, place: str) -> tuple[Remark, ...]:
    """Return the remarks on "Pasal 17 huruf x: ..." after a mention of the Act, up to `end`.

    Source: UU 14/2008 ps. 17.
    """
    if (mention.citation.kind, mention.citation.number, mention.citation.year) != _KIP:
        return ()
    quoted = text[mention.start : min(end, mention.start + _LONGEST)]
    letters = [
        found.citation.letter
        for found in find(quoted)
        if found.citation.article == "17" and found.citation.letter
    ]
    if len(letters) != 1 or letters[0] not in _PHRASES:
        return ()
    return tuple(r for r in _misfits(letters[0], quoted, place=place) if _is_sure(r))


def _is_sure(remark: Remark) -> bool:
    return remark.code == "ground_text_mismatch"


def _claims(letter: str, text: str, *, place: str) -> list[Remark]:
    claimed = {match[1].lower() for match in _CLAIM.finditer(text)}
    if not claimed or letter in claimed:
        return []
    named = ", ".join(sorted(claimed))
    return [
        warning(
            "ground_letter_differs",
            f"Teksnya menyebut Pasal 17 huruf {named}, tetapi dasar yang dipilih huruf {letter}.",
            place=place,
            hint="Samakan huruf pada teks dan dasar yang dipilih.",
            source=f"UU 14/2008 ps. 17 huruf {letter}",
        )
    ]


def _misfits(letter: str, text: str, *, place: str) -> list[Remark]:
    words = _SPACE.sub(" ", text[:_LONGEST]).lower()
    own = re.search(rf"{_PHRASES[letter]}|{_WORDS[letter]}", _without_acts(letter, words))
    if own:
        return []
    for other, phrase in _PHRASES.items():
        if other != letter and re.search(phrase, words):
            return [_misfit(letter, other, sure=True, place=place)]
    for other, phrase in _WORDS.items():
        if other not in {letter, "j"} and re.search(rf"\b(?:{phrase})\b", words):
            return [_misfit(letter, other, sure=False, place=place)]
    return []


def _without_acts(letter: str, words: str) -> str:
    """Return the words, for huruf j without the citations in them: "UU" alone proves nothing."""
    if letter != "j":
        return words
    return "undang" if any(is_act(f.citation) for f in find(words)) else words


def _misfit(letter: str, other: str, *, sure: bool, place: str) -> Remark:
    make = warning if sure else note
    verb = "adalah bunyi" if sure else "lebih dekat dengan"
    return make(
        "ground_text_mismatch" if sure else "ground_text_doubtful",
        f"Teksnya {verb} huruf {other}, bukan huruf {letter}.",
        place=place,
        hint=f"Pilih huruf {other}, atau tulis alasan yang sesuai dengan huruf {letter}.",
        source=f"UU 14/2008 ps. 17 huruf {other}",
    )


def _acts(text: str, *, place: str) -> list[Remark]:
    cited = [found.citation.whole for found in find(text) if not found.in_title]
    others = [c for c in cited if (c.kind, c.number, c.year) != _KIP and c.kind != "UUD"]
    if any(is_act(citation) for citation in others):
        return []
    source = "UU 14/2008 ps. 17 huruf j"
    hint = "Sebut Undang-Undang dan pasal yang melarang informasi itu diungkapkan."
    if others:
        named = ", ".join(dict.fromkeys(str(citation) for citation in others))
        message = f"Huruf j harus bersandar pada Undang-Undang; {named} bukan Undang-Undang."
        return [warning("ground_j_needs_act", message, place=place, hint=hint, source=source)]
    message = "Huruf j tanpa Undang-Undang yang melarang pengungkapannya."
    return [warning("ground_j_no_act", message, place=place, hint=hint, source=source)]
