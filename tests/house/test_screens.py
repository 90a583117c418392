"""What holds for every template, style sheet and script of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LIMITS = {"templates/**/*.html": 120, "static/css/**/*.css": 200, "static/js/*.js": 100}
FILES = [(path, limit) for pattern, limit in LIMITS.items() for path in sorted(ROOT.glob(pattern))]
MARKUP = [path for path, _ in FILES if path.suffix == ".html"]
NAMES = {path: str(path.relative_to(ROOT)) for path, _ in FILES}

TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
STYLE = re.compile(r"<style|\sstyle\s*=", re.IGNORECASE)
SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(?:src|href|action|url\(|@import|from)\s*[=(]?\s*[\"']?(?:https?:)?//", re.IGNORECASE)
BANNED = re.compile(r"successfully|please note", re.IGNORECASE)


@pytest.mark.parametrize(("path", "limit"), FILES, ids=[NAMES[path] for path, _ in FILES])
def test_file_of_a_screen_is_short(path: Path, limit: int) -> None:
    assert len(path.read_text().splitlines()) <= limit


@pytest.mark.parametrize("path", MARKUP, ids=NAMES.get)
def test_template_has_no_style_or_script_of_its_own(path: Path) -> None:
    text = TAG.sub("", path.read_text())
    assert not STYLE.search(text)
    assert not SCRIPT.search(text)


@pytest.mark.parametrize("path", [path for path, _ in FILES], ids=NAMES.get)
def test_file_of_a_screen_asks_no_other_host(path: Path) -> None:
    assert not ELSEWHERE.search(path.read_text())


@pytest.mark.parametrize("path", MARKUP, ids=NAMES.get)
def test_template_speaks_plainly(path: Path) -> None:
    assert not BANNED.search(path.read_text())


def test_every_style_sheet_is_in_a_layer() -> None:
    folder = ROOT / "static" / "css"
    imported = set(re.findall(r'@import url\("([^"]+)"\) layer\(\w+\);', (folder / "portal.css").read_text()))
    present = {str(path.relative_to(folder)) for path in folder.rglob("*.css")} - {"portal.css"}
    assert present == imported


def test_colours_are_named_in_one_place() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    sheets = [path for path in (ROOT / "static" / "css").rglob("*.css") if path.name != "colours.css"]
    assert [path.name for path in sheets if raw.search(path.read_text())] == []


def test_every_class_of_a_component_is_styled() -> None:
    styled = set(
        re.findall(r"\.([a-z][a-z0-9-]*)", "\n".join(path.read_text() for path, _ in FILES if path.suffix == ".css"))
    )
    used: dict[str, str] = {}
    for path in MARKUP:
        for names in re.findall(r'\bclass="([^"{}]*)"', path.read_text()):
            used |= dict.fromkeys(names.split(), NAMES[path])
    # Wrappers that only carry a name for what stands inside them.
    bare = {"field", "menu", "confirm-words", "bars-label"}
    assert {name: where for name, where in used.items() if name not in styled | bare} == {}


@pytest.mark.parametrize("path", MARKUP, ids=NAMES.get)
def test_every_heading_of_a_column_has_a_name(path: Path) -> None:
    assert not re.search(r"<th\b[^>]*>\s*</th>", path.read_text())


@pytest.mark.parametrize("path", MARKUP, ids=NAMES.get)
def test_address_is_used_in_the_block_that_makes_it(path: Path) -> None:
    """What a block of an extending template sets is unknown in every other block, and empty there without a word."""
    text = path.read_text()
    if "{% extends" not in text:
        return
    for block in re.split(r"{% block \w+ %}", text)[1:]:
        elsewhere = text.replace(block, "")
        for name in re.findall(r"{% (?:url|querystring)[^%]* as (\w+) %}", block):
            if not re.search(rf" as {name} %}}", elsewhere):
                assert not re.search(rf"\b{name}\b", elsewhere), name
