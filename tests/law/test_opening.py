"""Reasons that open information: which fit a ground, and how the public list words them."""

from datetime import date

import pytest

from ppid.law.grounds import ground
from ppid.law.opening import DISPUTE_REASONS, OpeningReason, reasons_for

ALWAYS = {OpeningReason.TERM_ENDS, *DISPUTE_REASONS}


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("a.1", {OpeningReason.HEARING}),
        ("b", set()),
        ("g", {OpeningReason.CONSENT, OpeningReason.PUBLIC_OFFICE}),
        ("h.2", {OpeningReason.CONSENT, OpeningReason.PUBLIC_OFFICE}),
        ("j", set()),
    ],
)
def test_a_ground_is_opened_by_its_own_reasons_and_by_every_dispute(code, more):
    assert set(reasons_for(ground(code, on=date(2026, 1, 15)))) == ALWAYS | more


def test_every_reason_has_words_of_its_own():
    assert len({one.label for one in OpeningReason}) == len(OpeningReason)


def test_only_the_end_of_a_term_needs_no_document():
    assert [one for one in OpeningReason if not one.needs_document] == [OpeningReason.TERM_ENDS]
