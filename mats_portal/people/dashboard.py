"""What people furnish to the frame."""

from typing import Any

from django.urls import reverse

from mats_portal.people.policies import administrators
from mats_portal.web.menu import MenuItem


def menu(person: Any) -> list[MenuItem]:
    """The list of people, for administrators."""
    return [MenuItem("Accounts", reverse("people:people"), order=210)] if administrators(person).allowed else []
