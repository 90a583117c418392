"""The web fonts are made once, completely, and from the packages alone."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mats_portal.web import fonts

SMALL = fonts.Cut("small", "fontpkg_inter", "Inter[opsz,wght].ttf", "Portal Sans", 14, "U+41-5A")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and one small font to make."""
    monkeypatch.setattr(fonts, "CUTS", (SMALL,))
    return tmp_path / "fonts"


def test_font_is_cut_to_its_letters_its_size_and_its_weights(folder: Path) -> None:
    fonts.make_fonts(folder)
    font = TTFont(folder / "small.woff2")
    assert set(font.getBestCmap()) == set(range(0x41, 0x5B))
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 650)]


def test_fonts_are_current_once_made_and_no_more_when_a_file_is_gone(folder: Path) -> None:
    assert not fonts.are_current(folder)
    fonts.make_fonts(folder)
    assert fonts.are_current(folder)
    (folder / "small.woff2").unlink()
    assert not fonts.are_current(folder)


def test_fonts_are_made_again_when_the_list_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.make_fonts(folder)
    monkeypatch.setattr(fonts, "WEIGHTS", (400, 700))
    assert not fonts.are_current(folder)


def test_style_sheet_names_every_file_and_no_other_host(folder: Path) -> None:
    fonts.make_fonts(folder)
    sheet = (folder / "fonts.css").read_text()
    assert 'url("small.woff2")' in sheet
    assert "//" not in sheet
    assert sorted(path.name for path in folder.iterdir()) == ["fonts.css", "small.woff2"]
