"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from mats_portal.people.models import Person
from mats_portal.people.selectors import person_with_standing


class PortalBackend(AuthenticationBackend):
    """Signs in as the package does; brings the person of a session together with what every page asks about them."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person with that key, unless their account is closed. One statement."""
        person = person_with_standing(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
