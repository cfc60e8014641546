"""What bars an exemption whatever the test says (Pasal 18): the never-exempt list, huruf g and h.

Decides which answers in a sheet forbid a determination, and which are still to be given.
"""

from datetime import date

from ppid.errors import Finding
from ppid.law.consequence_sheet import ConsequenceTest
from ppid.law.grounds import Ground, never_exempt

_PERSONAL = ("g", "h")
_PERSONAL_ASKED = {
    "consent": (
        "apakah pihak yang rahasianya diungkap memberi persetujuan tertulis?",
        "Pihak yang rahasianya diungkap sudah memberi persetujuan tertulis.",
        "UU 14/2008 ps. 18 (2) huruf a",
    ),
    "public_office": (
        "apakah pengungkapan berkaitan dengan posisi seseorang dalam jabatan publik?",
        "Pengungkapan ini berkaitan dengan posisi seseorang dalam jabatan publik.",
        "UU 14/2008 ps. 18 (2) huruf b",
    ),
}


def bars(sheet: ConsequenceTest, ground: Ground | None, *, on: date) -> tuple[Finding, ...]:
    """Return what Pasal 18 still asks of a sheet, and what in it forbids the exemption.

    ground: the sheet's, None while it has no known one.
    Source: UU 14/2008 ps. 18 (1).
    """
    return (*_never_exempt_findings(sheet, on=on), *_personal_findings(sheet, ground))


def _never_exempt_findings(sheet: ConsequenceTest, *, on: date) -> tuple[Finding, ...]:
    kinds = never_exempt(on=on)
    answers = sheet.never_exempt_checked
    unanswered = [each.code for each in kinds if each.code not in answers]
    asked = (_never_exempt_unchecked(unanswered),) if unanswered else ()
    barred = (
        Finding(
            "never_exempt",
            f"Informasi ini tidak pernah boleh dikecualikan: {each.text}.",
            f"never_exempt_checked.{each.code}",
            "Jangan tetapkan sebagai informasi yang dikecualikan; buka informasinya.",
            each.source,
        )
        for each in kinds
        if answers.get(each.code)
    )
    return (*asked, *barred)


def _personal_findings(sheet: ConsequenceTest, found: Ground | None) -> tuple[Finding, ...]:
    if found is None or found.letter not in _PERSONAL:
        return ()
    return (
        *_personal("consent", sheet.consent, found),
        *_personal("public_office", sheet.public_office, found),
    )


def _personal(field: str, answer: bool | None, found: Ground) -> tuple[Finding, ...]:
    question, opened, source = _PERSONAL_ASKED[field]
    if answer is None:
        sentence = f"Untuk huruf {found.letter}, jawab dahulu: {question}"
        return (Finding(f"{field}_unanswered", sentence, field, "Jawab ya atau tidak.", source),)
    if answer:
        return (Finding(f"{field}_opens", opened, field, "Buka informasi ini.", source),)
    return ()


def _never_exempt_unchecked(codes: list[str]) -> Finding:
    return Finding(
        "never_exempt_unchecked",
        f"Daftar yang tidak boleh dikecualikan belum dijawab: huruf {', '.join(codes)}.",
        "never_exempt_checked",
        "Jawab ya atau tidak untuk setiap huruf Pasal 18 ayat (1).",
        "UU 14/2008 ps. 18 (1)",
    )
