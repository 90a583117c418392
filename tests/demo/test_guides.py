"""The guides show pictures that exist, and name commands that exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("guide", sorted(path.name for path in (DOCS / "guides").glob("*.md")))
def test_guide_shows_pictures_that_exist(guide: str) -> None:
    text = (DOCS / "guides" / guide).read_text(encoding="utf-8")
    missing = [name for name in re.findall(r"\]\(\.\./(screenshots/[^)]+)\)", text) if not (DOCS / name).exists()]
    assert missing == []
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def test_pictures_stay_small() -> None:
    pictures = list((DOCS / "screenshots").glob("*.png"))
    assert pictures
    assert sum(path.stat().st_size for path in pictures) < 8_000_000
