"""What the law demands of an SOP on exempt information, and where the SOP leaves it out.

The demands hold whichever steps an SOP names; the program supplies them and the SOP is not edited.
So each gap is a warning with its article, never an error; what the law leaves open is a note.
"""

import re
from collections.abc import Iterator

from ppid.errors import Finding
from ppid.sop.definition import Action, Definition, Step, Trigger
from ppid.sop.flow import can_bypass

TEST_LAW = "UU 14/2008 ps. 19; PP 61/2010 ps. 3 (1)"
APPROVAL_LAW = "PP 61/2010 ps. 3 (2)"
DETERMINATION_LAW = "PP 61/2010 ps. 4"
ARCHIVE_LAW = "UU 14/2008 ps. 8"
OPENING_LAW = "PP 61/2010 ps. 11"
SECRECY_LAW = "UU 14/2008 ps. 54; UU 43/2009 ps. 85"

_OF_EXEMPTION = {
    Action.COLLECT,
    Action.TEST,
    Action.DETERMINE,
    Action.CLASSIFY,
    Action.ARCHIVE,
    Action.OPEN,
    Action.PUBLISH,
}
_WHOLE = "berkas"
_HEAD = "pimpinan_badan_publik"
_MAYBE_HEAD = "atasan_ppid"
_PUBLISHING = re.compile(
    r"\b(?:mengunggah|mengupload|mempublikasi|mempublish|mengumumkan|memuat|menayangkan|menyiarkan"
    r"|menyebarluaskan|menerbitkan|menampilkan)",
    re.IGNORECASE,
)
_EXEMPT_INFORMATION = re.compile(r"\binformasi\b.*\bdikecualikan\b", re.IGNORECASE | re.DOTALL)
_PUBLISHED = re.compile(r"\b(?:terpublikasi|dipublikasikan|terunggah|diunggah)", re.IGNORECASE)
_LIST = re.compile(r"\b(?:daftar|DIK)\b", re.IGNORECASE)


def is_about_exempt_information(sop: Definition) -> bool:
    """Return whether the SOP deals with exempt information (informasi yang dikecualikan)."""
    named = "dikecualikan" in sop.name.casefold()
    return named or any(step.action in _OF_EXEMPTION for step in sop.steps)


def gaps(sop: Definition) -> Iterator[Finding]:
    """Yield what the law demands and the SOP leaves out, or does otherwise.

    The flow must be sound. Source: UU 14/2008 ps. 19.
    """
    yield from _test_gaps(sop)
    yield from _approval_gaps(sop)
    if not _steps(sop, Action.DETERMINE):
        message = "SOP ini tidak mempunyai langkah penetapan (tetapkan)."
        hint = "Informasi hanya dikecualikan dengan surat penetapan klasifikasi."
        yield Finding("no_determination", message, _WHOLE, hint, DETERMINATION_LAW)
    if not _steps(sop, Action.ARCHIVE):
        message = "SOP ini tidak mempunyai langkah pengarsipan (arsipkan)."
        yield Finding("no_archive", message, place=_WHOLE, source=ARCHIVE_LAW)
    if not _steps(sop, Action.OPEN):
        message = "SOP ini tidak mengatur informasi yang masa pengecualiannya berakhir (buka)."
        hint = (
            "Informasi itu menjadi terbuka pada hari berakhirnya, walau tidak ada yang bertindak."
        )
        yield Finding("no_opening", message, _WHOLE, hint, OPENING_LAW)
    for step in _steps(sop, Action.PUBLISH):
        yield from _published_content(step)


def doubts(sop: Definition) -> Iterator[Finding]:
    """Yield what may be in order, and should be looked at."""
    if not _steps(sop, Action.PUBLISH):
        message = "SOP ini tidak mempunyai langkah mengumumkan daftar (umumkan)."
        yield Finding("no_publication", message, place=_WHOLE)
    for step in _steps(sop, Action.OPEN):
        if step.trigger is not Trigger.TERM_ENDS:
            message = "Pengawas masa berakhir tidak dapat membuka berkas pada langkah ini."
            hint = f'Tambahkan pemicu = "{Trigger.TERM_ENDS}".'
            yield Finding("opening_without_trigger", message, _place(step), hint, OPENING_LAW)
    yield from _doubtful_approval(sop)
    for step in sop.steps:
        if step.action is not Action.PUBLISH and _published_outputs(step):
            message = (
                "Hasil langkah ini menyebut informasi terpublikasi; hanya daftarnya yang boleh."
            )
            place = f"{_place(step)}: output"
            yield Finding("published_output", message, place, source=SECRECY_LAW)


def _place(step: Step) -> str:
    return f"langkah {step.number}"


def _steps(sop: Definition, action: Action) -> list[Step]:
    return [step for step in sop.steps if step.action is action]


def _roles(sop: Definition, step: Step) -> set[str]:
    """Return the roles of everybody who acts or confirms in the step."""
    return {role for code in step.performers for role in sop.performer(code).roles}


def _gate(sop: Definition, action: Action) -> set[int]:
    return {step.number for step in _steps(sop, action)}


def _test_gaps(sop: Definition) -> Iterator[Finding]:
    tests = _gate(sop, Action.TEST)
    if not tests:
        message = "SOP ini tidak mempunyai langkah uji konsekuensi (uji)."
        hint = "Tiap informasi tetap harus punya lembar uji yang lengkap sebelum ditetapkan."
        yield Finding("no_test", message, _WHOLE, hint, TEST_LAW)
        return
    for step in _steps(sop, Action.DETERMINE):
        if can_bypass(sop, step.number, gates=tests):
            message = "Penetapan ini dapat dicapai tanpa melewati uji konsekuensi."
            yield Finding("test_bypassed", message, place=_place(step), source=TEST_LAW)


def _approvals(sop: Definition) -> list[Step]:
    """Return the steps in which the head, or whoever may stand for the head, says yes.

    The head's signature or confirmation on the determination itself is an approval too.
    """
    determined = [
        step for step in _steps(sop, Action.DETERMINE) if _roles(sop, step) & {_HEAD, _MAYBE_HEAD}
    ]
    return _steps(sop, Action.APPROVE) + determined


def _approval_gaps(sop: Definition) -> Iterator[Finding]:
    approvals = _approvals(sop)
    if not approvals:
        message = "SOP ini tidak mempunyai persetujuan pimpinan badan publik (setujui)."
        hint = "Penetapan tetap harus disetujui pimpinan atau yang ditunjuknya."
        yield Finding("no_approval", message, _WHOLE, hint, APPROVAL_LAW)
        return
    gates = {step.number for step in approvals}
    for step in _steps(sop, Action.DETERMINE):
        if step.number not in gates and can_bypass(sop, step.number, gates=gates):
            message = "Penetapan ini dapat dicapai tanpa melewati persetujuan."
            yield Finding("approval_bypassed", message, place=_place(step), source=APPROVAL_LAW)
    yield from _own_approvals(sop)


def _own_approvals(sop: Definition) -> Iterator[Finding]:
    for step in _steps(sop, Action.APPROVE):
        for other in _steps(sop, Action.DETERMINE):
            other_eyes = {*step.not_performed_by, *other.not_performed_by}
            same = step.performers[0] == other.performers[0]
            if same and not other_eyes & {step.number, other.number}:
                message = f"Yang menyetujui juga yang menetapkan (langkah {other.number})."
                hint = 'Tambahkan "bukan_pelaku", agar orangnya berbeda.'
                yield Finding("approves_own_act", message, _place(step), hint, APPROVAL_LAW)


def _doubtful_approval(sop: Definition) -> Iterator[Finding]:
    approvals = _approvals(sop)
    roles = {role for step in approvals for role in _roles(sop, step)}
    if not approvals or _HEAD in roles:
        return
    if _MAYBE_HEAD in roles:
        message = "Persetujuan oleh Atasan PPID: pastikan pimpinan badan publik telah menunjuknya."
        place = next(_place(step) for step in approvals if _MAYBE_HEAD in _roles(sop, step))
        yield Finding("approval_by_superior", message, place, source=APPROVAL_LAW)
    else:
        message = "Persetujuan di SOP ini bukan oleh pimpinan badan publik."
        hint = "Sah hanya bila pimpinan telah menunjuk pelaksana ini."
        place = _place(approvals[0])
        yield Finding("approval_not_by_head", message, place, hint, APPROVAL_LAW)


def _published_outputs(step: Step) -> bool:
    return any(_PUBLISHED.search(text) and not _LIST.search(text) for text in step.outputs)


def _published_content(step: Step) -> Iterator[Finding]:
    content = (
        _PUBLISHING.search(step.activity)
        and _EXEMPT_INFORMATION.search(step.activity)
        and not _LIST.search(step.activity)
    )
    if content or _published_outputs(step):
        message = "Menurut kata-katanya langkah ini mengumumkan informasi yang dikecualikan itu."
        hint = "Hanya daftarnya yang boleh diumumkan; program ini mengumumkan daftarnya saja."
        yield Finding("publishes_content", message, _place(step), hint, SECRECY_LAW)
