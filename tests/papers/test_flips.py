"""The share of `make campaign-signatures`, and its control."""

from campaigns.signatures import accepted, campaign, gap_of, signed
from papers.signed import paper


def test_no_flip_inside_the_signed_range_is_accepted_and_the_hash_tells_every_one():
    counted = campaign(40)

    assert counted["inside"] > 20
    assert (counted["accepted_inside"], counted["same_hash"]) == (0, 0)


def test_who_believes_the_name_alone_accepts_what_was_flipped():
    assert campaign(12, trusting=True)["accepted_inside"] > 0


def test_the_gap_is_where_the_signature_stands():
    whole = signed()
    start, end = gap_of(whole)

    assert (whole[start : start + 1], whole[end - 1 : end]) == (b"<", b">")
    assert start > len(paper())
    assert accepted(whole, trusting=False)
