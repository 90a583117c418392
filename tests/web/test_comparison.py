"""What changed between two texts, and that no text makes the telling slow."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mats_portal.web.comparison import Change, compare

words = st.text(alphabet="ab \n.é", max_size=60)
LETTERS = [random.Random(seed).choices("ab", k=25_000) for seed in (1, 2)]


@given(words, words)
def test_comparison_keeps_every_character_of_both(before: str, after: str) -> None:
    found = compare(before, after)
    assert "".join(one.text for one in found if one.change != Change.ADDED) == before
    assert "".join(one.text for one in found if one.change != Change.REMOVED) == after
    assert all(one.text for one in found)
    if before == after:
        assert {one.change for one in found} <= {Change.SAME}


def test_comparison_is_word_by_word_and_sets_aside_what_both_begin_and_end_with() -> None:
    found = [(one.change, one.text) for one in compare("a risky path", "a short path")]
    assert found == [("same", "a "), ("removed", "risky"), ("added", "short"), ("same", " path")]
    long = "word " * 20_000
    assert [one.text for one in compare(long, long + "end")] == [long, "end"]
    assert [one.text for one in compare(f"{long}x {long}", f"{long}y {long}")] == [long, "x", "y", f" {long}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(LETTERS[0]), " ".join(LETTERS[1])),
        ("\n".join(LETTERS[0]), "\n".join(LETTERS[1])),
        (" ".join(LETTERS[0][:990]), " ".join(LETTERS[1][:990])),
        ("x" + "a " * 12_000, "a " * 12_000 + "y"),
    ],
    ids=["two words at random", "lines of one letter", "as long as is compared", "one word again and again"],
)
def test_no_text_makes_the_comparison_slow(before: str, after: str) -> None:
    start = time.process_time()
    compare(before, after)
    assert time.process_time() - start < 5
