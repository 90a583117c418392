"""Text can be read and marks can be seen, in both schemes."""

import pytest

from tests.web.colours import contrast, schemes

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-second", "ink-third") for ground in ("paper", "card")),
    *((ink, "sunk") for ink in ("ink", "ink-second")),
    *((ink, ground) for ink in ("pine", "amber", "red") for ground in ("paper", "card", "sunk")),
    *((ink, "pine-wash") for ink in ("ink", "ink-second", "pine-deep")),
    ("ink", "amber-wash"),
    ("amber", "amber-wash"),
    ("ink", "red-wash"),
    ("red-deep", "red-wash"),
    ("red-deep", "card"),
    ("pine-deep", "card"),
    ("pine-deep", "paper"),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("on-red", "red"),
    ("on-red", "red-deep"),
]
MARKS = [
    *((f"hue-{i}", ground) for i in range(6) for ground in ("paper", "card", "pine-wash")),
    ("line-control", "card"),
    ("line-control", "paper"),
    ("pine", "pine-wash"),
    ("bar", "card"),
    ("bar", "sunk"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_mark_stands_out_from_its_ground(scheme: str, mark: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[mark], colours[ground]) >= 3


def test_contrast_is_computed_as_the_standard_does() -> None:
    white, black = (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    assert contrast(white, black) == pytest.approx(21, abs=0.01)
    assert contrast((0.6279554, 0.2576833, 29.2339), white) == pytest.approx(3.998, abs=0.02)  # pure red, #f00
