"""What of the planted office may be public, place by place: everything else is confidential."""

from collections.abc import Iterable, Mapping

from leaks.planting import Canary

SLUG = "kenari"
WITH_AN_ITEM = frozenset(
    {
        "add_item.public_title",
        "correct_public_title.public_title",
        "write_test.sheet.public_interest",
        "write_test.sheet.consequence_if_open",
        "write_test.sheet.term.event",
    }
)
"""Public once the item is in an edition: its public title, and what its officers marked."""
WITH_THE_BODY = frozenset(
    {
        "create_body.name",
        "add_agency.name",
        "settings.site_text",
        "declare_open.document",
        "determine.letter.number",
    }
)
"""Public with the first edition: of the body, and the letters behind its entries."""
WITH_A_PAPER = frozenset({"prepare.number"})
"""Public on the page of a paper's code; who signs a paper for everybody is too (0116)."""


def released(planted: Mapping[str, list], *, later: bool = False) -> dict[str, Canary]:
    """Return exactly the canaries that everybody may see, by text.

    later: after one more edition, with what was determined and waits for it.
    """
    items = [*planted["released"], *(planted["waiting"] if later else ())]
    canaries = [Canary(**one) for one in planted["canaries"] if one["body"] == SLUG]
    newest = {(one.place, one.item): one for one in canaries if one.item in items}
    with_items = (one for (place, _), one in newest.items() if place in WITH_AN_ITEM)
    with_body = (
        one
        for one in canaries
        if one.place in WITH_THE_BODY and one.text not in unused(canaries, later=later)
    )
    with_papers = (
        one
        for one in canaries
        if one.place in WITH_A_PAPER
        or (one.place == "add_person.name" and any(one.text in name for name in planted["signers"]))
    )
    shown = (*with_items, *with_body, *with_papers)
    return {one.text: one for one in shown}


def unused(canaries: Iterable[Canary], *, later: bool) -> set[str]:
    """Return those of the body that stand behind no entry: another agency, a later letter."""
    found = set()
    for place in ("add_agency.name", *(() if later else ("determine.letter.number",))):
        first, *others = (one.text for one in canaries if one.place == place)
        found.update(others)
    return found
