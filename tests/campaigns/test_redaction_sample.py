"""A sample of the blackening campaign, and the proof that it finds what it looks for."""

from campaigns.both import campaign

COPIES = 3


def test_nothing_of_what_is_black_is_found_in_random_copies():
    found = campaign("redaction", COPIES)
    assert (found["documents"], found["damaged"]) == (COPIES, COPIES)
    assert found["marks"] >= COPIES
    assert (found["leaks"], found["dug_out"], found["missed"], found["code"]) == (0, 0, 0, 0)


def test_boxes_that_are_drawn_over_the_text_are_found_in_each():
    found = campaign("redaction", COPIES, "--boxes-only")
    assert (found["leaks"], found["dug_out"], found["code"]) == (COPIES, COPIES, 1)
