"""Lists that an editor changes."""

from typing import NamedTuple

from mats_portal.web.keyed import moved, replaced, without


class Thing(NamedTuple):
    """Something with a key."""

    key: str
    words: str = ""


A, B, C = Thing("a"), Thing("b"), Thing("c")


def test_things_move_one_place_and_stay_at_the_ends() -> None:
    assert moved([A, B, C], "b", -1) == [B, A, C]
    assert moved([A, B, C], "b", 1) == [A, C, B]
    for key, step in (("a", -1), ("c", 1), ("unknown", 1), ("b", 0)):
        assert moved([A, B, C], key, step) == [A, B, C]


def test_things_are_replaced_in_their_place_and_added_at_the_end() -> None:
    new = Thing("b", "new")
    assert replaced([A, B, C], new) == [A, new, C]
    assert replaced([A], new) == [A, new]
    assert without([A, B, C], "b") == [A, C]
