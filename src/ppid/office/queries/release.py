"""What stands against making the texts of an item public: the last look before the door.

A personal number, or a reasoning that its officers did not release, stops the release. What may be
innocent (the inside title used as the public one, eight words of another sheet) is shown to the
officer, who says why it may be public (docs/decisions/0150).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ppid.errors import Finding, Refused
from ppid.law.consequence_test import ConsequenceTest as Sheet
from ppid.law.consequence_test import from_dict
from ppid.office.confidential_words import RUN, Words, holds, runs, words_of
from ppid.office.models import ConsequenceTest, Item
from ppid.public.intake import EditionIn, plain_content
from ppid.sop.definition import Definition
from ppid.sop.public_text import LEGAL_BASIS, public_texts
from ppid.vault.personal_numbers import PersonalNumber, excerpt, personal_numbers

Findings = tuple[Finding, ...]
Content = Mapping[str, Any] | None

HARD = frozenset({"personal_number", "unreleased_text"})
UNSURE = frozenset({"inside_title", "close_to_confidential"})
LABELS = {
    "title": "Judul umum",
    "reason": "Pertimbangan kepentingan publik",
    "consequence_if_open": "Konsekuensi bila dibuka",
    "consequence_if_closed": "Konsekuensi bila ditutup",
    "legal_basis": "Dasar hukum",
    "event": "Peristiwa yang mengakhiri",
    "decree_number": "Nomor surat penetapan",
    "opened_reason": "Alasan dibuka",
    "history": "Riwayat",
    "agency": "Perangkat daerah",
}
REASONING = {
    "information": "uraian informasi",
    "consequence_if_open": "konsekuensi bila dibuka",
    "consequence_if_closed": "konsekuensi bila ditutup",
    "public_interest": "pertimbangan kepentingan publik",
    "parts": "bagian yang ditutup",
    "reason_whole": "alasan menutup seluruhnya",
}
INSIDE = {"reason": "public_interest"}
"""Names of the list whose field of the sheet is called otherwise."""
CITED = frozenset(
    {"legal_basis", "ground_label", "agency", "decree_number", "term_text", "history"}
)
"""Fields whose words are those of the law, of the calendar, or of the letter."""
FEWEST_OF_REASONING = 4
""""Tidak ada" is no reasoning that could leak."""


def hard(findings: Iterable[Finding]) -> Findings:
    """Return those that no reason of an officer lifts."""
    return tuple(one for one in findings if one.code in HARD)


def item_release(item: Item, test: ConsequenceTest | None) -> Findings:
    """Return what stands against releasing an item's texts, by itself and by its newest sheet.

    Whether they repeat what other items keep inside is asked when an edition is made.
    """
    sheet = from_dict(test.sheet) if test else Sheet()
    texts = {"title": item.public_title, "legal_basis": "\n".join(sheet.statutes)}
    for name in test.publishable if test else ():
        texts[name] = getattr(sheet, INSIDE.get(name, name))
    if event := getattr(sheet.term, "event", None):
        texts["event"] = event
    return tuple(_own(texts, item, test))


def title_release(item: Item, title: str) -> Findings:
    """Return what stands against a new public title of a determined item."""
    return tuple(_own({"title": title}, item, item.determined_test))


def edition_release(edition: EditionIn, items: Iterable[Item], *, before: Content) -> Findings:
    """Return what stands against an edition, in what it says anew.

    items: the register that it was built from. before: the content of the edition before it, None
    for the first; what that one said is public already, and is not asked again.
    """
    known = {one["public_id"]: one for one in before["entries"]} if before else {}
    fresh = {
        entry.public_id: texts
        for entry in edition.entries
        if (texts := _texts(plain_content(entry))) != _texts(known.get(entry.public_id, {}))
    }
    rows = [item for item in items if item.public_id in fresh]
    own = (
        replace(finding, place=f"{item.public_id}: {finding.place}")
        for item in rows
        for finding in _own(fresh[item.public_id], item, item.determined_test)
    )
    said = [text for entry in known.values() for text in _texts(entry).values()]
    return (*own, *_repeated(fresh, rows, said=said))


def sop_numbers(sop: Definition) -> Findings:
    """Return the personal numbers that stand against showing an SOP to everybody."""
    return tuple(
        _number(one, text, place)
        for place, text in public_texts(sop).items()
        for one in personal_numbers(text)
    )


def sop_release(sop: Definition, *, body: str) -> Findings:
    """Return what stands against showing an SOP to everybody, its approver's number apart.

    An SOP is adopted and published as it stands, so that all of it counts.
    """
    said = {
        place: {hash(run) for run in runs(words_of(text))}
        for place, text in public_texts(sop).items()
        if place != LEGAL_BASIS
    }
    inside = {hash(run) for text in _kept_inside(body) for run in runs(words_of(text))}
    close = (_close(place) for place, runs_of in said.items() if runs_of & inside)
    return (*sop_numbers(sop), *close)


def cleared_words(found: Sequence[Finding], reason: str) -> dict[str, Any]:
    """Return what an event says of findings that a reason cleared; nothing where none were."""
    if not found:
        return {}
    places = [{"code": one.code, "place": one.place} for one in found]
    return {"cleared": {"reason": reason.strip(), "findings": places}}


def demand_released(found: Findings, *, cleared: str) -> None:
    """Raise Refused for what is never released, and for what no reason has cleared."""
    if hard(found) or (found and not cleared.strip()):
        raise Refused(*(hard(found) or found))


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return every text of an entry by its field, whichever fields an entry has."""
    return {name: "\n".join(_within(value)) for name, value in entry.items() if name != "public_id"}


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _within(one)


def _own(texts: Mapping[str, str], item: Item, test: ConsequenceTest | None) -> Iterator[Finding]:
    inside = [words_of(one) for one in (item.title, item.summary)]
    kept = _unreleased(test) if test else {}
    for name, text in texts.items():
        place = LABELS.get(name, name)
        yield from (_number(one, text, place) for one in personal_numbers(text))
        words = words_of(text)
        yield from (_unreleased_text(one, place) for one in kept if holds(words, kept[one]))
        if name == "title" and words in inside:
            yield _inside_title(place)


def _unreleased(test: ConsequenceTest) -> dict[str, Words]:
    """Return the words of the reasoning that a sheet's officers did not release, by its name."""
    released = _released(test.publishable)
    public = {words_of(test.sheet.get(name, "")) for name in released}
    kept = {
        label: words_of(test.sheet.get(name, ""))
        for name, label in REASONING.items()
        if name not in released
    }
    return {
        label: words
        for label, words in kept.items()
        if len(words) >= FEWEST_OF_REASONING and words not in public
    }


def _released(publishable: Iterable[str]) -> set[str]:
    """Return the fields of a sheet that its officers marked, by the sheet's own names."""
    return {INSIDE.get(name, name) for name in publishable}


def _repeated(
    fresh: Mapping[str, Mapping[str, str]], rows: Sequence[Item], *, said: Iterable[str]
) -> Iterator[Finding]:
    """Yield where an entry repeats a run of words that any item of the body keeps inside.

    One pass over what the body keeps; what is kept of a text is the hash of its runs.
    """
    if not rows:
        return
    body = rows[0].body_id
    already = {hash(run) for text in said for run in runs(words_of(text))}
    where: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for public_id, texts in fresh.items():
        for name, text in texts.items():
            for run in runs(words_of(text)) if name not in CITED else ():
                if hash(run) not in already:
                    where[hash(run)].add((public_id, name))
    close = {
        place
        for text in _kept_inside(body)
        for run in runs(words_of(text))
        for place in where.get(hash(run), ())
    }
    yield from (_close(f"{one}: {LABELS.get(name, name)}") for one, name in sorted(close))


def _kept_inside(body: str) -> Iterator[str]:
    for words in Item.objects.filter(body=body).order_by().values_list("title", "summary"):
        yield from words
    rows = ConsequenceTest.objects.filter(item__body=body).order_by()
    for sheet, publishable in rows.values_list("sheet", "publishable").iterator():
        released = _released(publishable)
        yield from (sheet.get(name, "") for name in REASONING if name not in released)


def _number(one: PersonalNumber, text: str, place: str) -> Finding:
    return Finding(
        "personal_number",
        f"Teks ini memuat {one.kind}.",
        place,
        f"Hapus nomornya: “{excerpt(text, one)}”.",
        "UU 14/2008 ps. 17 huruf h",
    )


def _unreleased_text(label: str, place: str) -> Finding:
    return Finding(
        "unreleased_text",
        f"Teks ini memuat seluruh {label}, yang tidak ditandai boleh diumumkan.",
        place,
        "Tulis ulang teksnya, atau tandai bagian itu boleh diumumkan pada lembar uji.",
        "UU 14/2008 ps. 54",
    )


def _inside_title(place: str) -> Finding:
    return Finding(
        "inside_title",
        "Judul umum sama dengan nama informasi di dalam kantor.",
        place,
        "Pastikan nama itu sendiri tidak membuka apa yang dikecualikan.",
    )


def _close(place: str) -> Finding:
    return Finding(
        "close_to_confidential",
        f"{RUN} kata berturut-turut sama dengan teks yang tidak diumumkan.",
        place,
        "Pastikan kata-kata itu tidak membuka apa yang dikecualikan.",
    )
