"""Profiles, and roles that hold everywhere."""

import pytest
from django.core.exceptions import ValidationError

from mats_portal.journal.selectors import entries_about
from mats_portal.people.models import GlobalRole, Person
from mats_portal.people.selectors import global_roles, has_global_role, own_data
from mats_portal.people.services import (
    LastAdministrator,
    RoleHeldAlready,
    RoleNotHeld,
    change_profile,
    close_global_role,
    grant_global_role,
)
from mats_portal.people.states import Role
from tests import make

pytestmark = pytest.mark.django_db


def afresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_profile_keeps_a_clean_name_and_the_zone() -> None:
    ada = make.make_person("Ada")
    change_profile(by=ada, name="  Ada\u00a0 Love\x00lace ", time_zone="Europe/London")
    assert (afresh(ada).name, afresh(ada).time_zone) == ("Ada Lovelace", "Europe/London")
    assert entries_about(ada).get().verb == "change profile"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Europe/London\x00"])
def test_profile_refuses_what_is_no_zone(zone: str) -> None:
    ada = make.make_person("Ada")
    with pytest.raises(ValidationError):
        change_profile(by=ada, name="Ada", time_zone=zone)
    assert afresh(ada).time_zone == "UTC"


def test_role_is_opened_and_closed_and_stays_in_the_books() -> None:
    adm, rui = make.make_person("Adm"), make.make_person("Rui")
    grant_global_role(person=rui, role=Role.COORDINATOR, by=adm)
    assert has_global_role(afresh(rui), Role.COORDINATOR)
    close_global_role(person=rui, role=Role.COORDINATOR, by=adm)
    assert global_roles(afresh(rui)) == frozenset()
    assert GlobalRole.objects.get(person=rui).until is not None
    assert [entry.verb for entry in entries_about(rui)] == ["close role", "grant role"]


def test_role_is_held_once() -> None:
    adm = make.make_person("Adm")
    grant_global_role(person=adm, role=Role.ADMIN, by=adm)
    with pytest.raises(RoleHeldAlready):
        grant_global_role(person=adm, role=Role.ADMIN, by=adm)


def test_role_that_is_not_held_cannot_be_closed() -> None:
    adm = make.make_person("Adm")
    with pytest.raises(RoleNotHeld):
        close_global_role(person=adm, role=Role.COORDINATOR, by=adm)


def test_last_administrator_stays() -> None:
    adm, second = make.make_person("Adm"), make.make_person("Sec")
    make.make_global_role(adm)
    make.make_global_role(second)
    close_global_role(person=second, role=Role.ADMIN, by=adm)
    with pytest.raises(LastAdministrator):
        close_global_role(person=adm, role=Role.ADMIN, by=adm)


def test_address_is_one_address_however_it_is_capitalised() -> None:
    ada = Person.objects.create_user("Ada@Example.ORG", name="Ada")
    assert ada.email == "ada@example.org"
    assert Person.objects.get_by_natural_key("ADA@example.org") == ada


def test_own_data_has_the_account() -> None:
    ada = make.make_person("Ada")
    assert own_data(ada)["account"]["email"] == ada.email
