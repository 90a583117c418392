"""A cohort with everybody in it, and the support site."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.people.states import Role
from scholars.support.models import SupportRequest
from scholars.support.services.requests import ask_support, take_request, write_note
from scholars.support.states import RequestKind
from tests import make

SECRET = "CNRY-S0-heliotrope"
NOTE = "CNRY-S0-ammonite"
ALSO_HERE = {
    "rui": CohortRole.STAFF,
    "mira": CohortRole.MENTOR,
    "rosa": CohortRole.REVIEWER,
    "gil": CohortRole.GRADER,
    "alma": CohortRole.ALUMNUS,
    "sid": CohortRole.SCHOLAR,
}


@dataclass
class World:
    """Sam has asked; Sol has taken it and written a note; Sue supports, too."""

    cohort: Cohort
    people: dict[str, Person] = field(default_factory=dict)
    request: SupportRequest = field(default_factory=SupportRequest)

    def __getitem__(self, name: str) -> Person:
        """The person as freshly read, so that roles are asked anew."""
        return Person.objects.get(pk=self.people[name].pk)

    @property
    def outsiders(self) -> list[str]:
        """Everybody who has no business behind the door."""
        return [name for name in self.people if name not in ("sam", "sol", "sue", "sid")]


@pytest.fixture
def world() -> World:
    """The cohort with its people and one request with a note."""
    cohort = make.make_cohort()
    stream = make.make_stream(cohort)
    found = World(cohort)
    roles = {"sam": CohortRole.SCHOLAR, "sol": CohortRole.SUPPORT, "sue": CohortRole.SUPPORT} | ALSO_HERE
    for name, role in roles.items():
        found.people[name] = make.make_person(name.title())
        is_in_stream = role in (CohortRole.MENTOR, CohortRole.SCHOLAR)
        make.make_membership(found.people[name], cohort, role, stream if is_in_stream else None)
    for name, global_role in (("adam", Role.ADMIN), ("cora", Role.COORDINATOR)):
        found.people[name] = make.make_person(name.title())
        make.make_global_role(found.people[name], global_role)
    found.people["nobody"] = make.make_person("Nobody")
    found.request = ask(found["sam"], cohort)
    take_request(by=found["sol"], request=found.request)
    write_note(by=found["sol"], request=found.request, text=NOTE, form_key="first")
    return found


def ask(person: Person, cohort: Cohort, text: str = SECRET, key: str = "key") -> SupportRequest:
    """The person asks support."""
    return ask_support(by=person, cohort=cohort, kind=RequestKind.UNBLOCKING, text=text, form_key=key)
