"""The operators' guide names what an operator can turn; a decision record is found by its number."""

import re

import pytest

from mats_portal.devstack.places import CHECKOUT

GUIDE = (CHECKOUT / "docs" / "guides" / "operators.md").read_text(encoding="utf-8")


def _settings_read() -> set[str]:
    """The names that the settings and the embedded servers look for in the environment."""
    settings = (CHECKOUT / "mats_portal" / "settings.py").read_text(encoding="utf-8")
    found = set(re.findall(r'(?:env\.\w+|_address)\(\s*"([A-Z_]+)"', settings))
    for path in (CHECKOUT / "mats_portal" / "devstack").glob("*.py"):
        found |= set(re.findall(r'(?:configured|is_on|environ\.get)\("([A-Z_]+)"', path.read_text(encoding="utf-8")))
    return found - {"CI", "PATH"}


@pytest.mark.parametrize("name", sorted(_settings_read()))
def test_setting_is_in_the_guide(name: str) -> None:
    assert f"`{name}`" in GUIDE


def test_compose_asks_for_nothing_that_the_guide_does_not_name() -> None:
    compose = (CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8")
    assert {name for name in re.findall(r"\$\{([A-Z_]+)", compose) if f"`{name}`" not in GUIDE} == set()


@pytest.mark.parametrize(
    "name",
    sorted(
        path.stem
        for pattern in ("*/management/commands", "*/*/management/commands")
        for path in CHECKOUT.glob(f"{pattern}/[a-z]*.py")
        if ".venv" not in path.parts
    ),
)
def test_command_is_in_the_guide(name: str) -> None:
    assert re.search(rf"`{name}\b", GUIDE)


def test_decision_record_has_a_number_of_its_own() -> None:
    records = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]
    assert sorted(set(numbers)) == numbers
    titles = [path.read_text(encoding="utf-8").split(maxsplit=2)[:2] for path in records]
    assert titles == [["#", number] for number in numbers]
