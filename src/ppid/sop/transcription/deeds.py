"""What is done in a row, worked out from its verbs: the action, the decision, who is handed it."""

import re

from ppid.sop.definition import Action

VERBS = (
    (Action.COLLECT, r"mengumpulkan|menghimpun|meng?inventari[sz]\w*|mengajukan|mengusulkan"),
    (Action.TEST, r"menguji|melakukan (?:uji|pengujian)|melaksanakan uji"),
    (Action.CONSIDER, r"mempertimbangkan|membahas|memberi(?:kan)? pertimbangan"),
    (Action.APPROVE, r"menyetujui|memberi(?:kan)? persetujuan|mengesahkan"),
    (Action.DETERMINE, r"menetapkan"),
    (Action.CLASSIFY, r"mengklasifikasi\w*"),
    (Action.ARCHIVE, r"mengelola dan menyimpan|menyimpan|mengarsip\w*"),
    (Action.OPEN, r"mengubah .{0,160}?menjadi informasi publik|membuka informasi"),
    (Action.PUBLISH, r"mengunggah|mengumumkan|mempublikasi\w*|menayangkan"),
    (Action.FORWARD, r"meneruskan|menyerahkan|menyampaikan"),
    (Action.RECEIVE, r"menerima"),
)
TO = re.compile(r"(?:di ?)?sampai(?:kan)? kepada|(?:di)?serahkan kepada|teruskan kepada", re.I)
STARTS = re.compile(r"\b(?:Me(?:m|n|ng|ny|r|l)[a-z]{3,}|Melakukan|Memberi)\b")
TESTS = re.compile(r"\buji\b.{0,3}kon?se[kq]", re.IGNORECASE)
YES, NO = re.compile(r"\b(?:Ya|YA)\b"), re.compile(r"\b(?:Tidak|TIDAK)\b")


def action_of(text: str) -> Action:
    """Return the action of a row: that of its first known verb; plain work without one."""
    found = []
    for action, verbs in VERBS:
        at = re.search(rf"\b(?:{verbs})", text, re.IGNORECASE | re.DOTALL)
        if at:
            found.append((at.start(), action))
    first = min(found, key=lambda pair: pair[0])[1] if found else Action.WORK
    if first is Action.RECEIVE and TO.search(text):
        return Action.FORWARD
    return first


def handed_to(text: str) -> str:
    """Return what follows the last "disampaikan kepada" of a row: who has the next one."""
    last = [*TO.finditer(text)]
    return text[last[-1].end() :] if last else ""
