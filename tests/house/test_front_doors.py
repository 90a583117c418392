"""The contract on front doors sees a trespass, and lets a visitor in."""

import pytest
from django.apps import apps

from tests.house.front_doors import APPS, is_trespass


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("mentors.services.offers", "applications.views.staff"),
        ("scholars.support.views", "scholars.views"),
        ("scholars.views", "mentors.tasks"),
        ("mats_portal.web.home", "mats_portal.people.admin"),
    ],
)
def test_back_room_of_another_app_is_a_trespass(importer: str, imported: str) -> None:
    assert is_trespass(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("mentors.services.offers", "applications.models"),
        ("applications.views.staff", "applications.forms"),
        ("applications.urls", "applications.views.staff"),
        ("mentors.views", "mats_portal.web.pages"),
    ],
)
def test_front_door_and_own_rooms_are_open(importer: str, imported: str) -> None:
    assert not is_trespass(importer, imported)


@pytest.mark.parametrize("name", APPS)
def test_app_is_installed_with_its_own_config(name: str) -> None:
    """With two configs in `apps.py` Django silently takes a plain one, and the app furnishes nothing."""
    config = next(config for config in apps.get_app_configs() if config.name == name)
    assert type(config).__module__ == f"{name}.apps"
    assert type(config).__name__ != "Furnished"
