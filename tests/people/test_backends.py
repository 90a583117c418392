"""Who a session belongs to, and how little it costs to know."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.backends import PortalBackend
from mats_portal.people.selectors import global_roles, has_second_factor
from mats_portal.people.states import Role
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_person_comes_with_their_standing_in_one_statement(django_assert_num_queries: Any) -> None:
    adi = make.make_global_role(make.make_person("Adi")).person
    make.make_second_factor(adi)
    with django_assert_num_queries(1):
        person = PortalBackend().get_user(adi.pk)
        assert person is not None
        assert global_roles(person) == {Role.ADMIN}
        assert has_second_factor(person)


def test_a_person_without_roles_and_factor_has_neither() -> None:
    person = PortalBackend().get_user(make.make_person("Ada").pk)
    assert person is not None
    assert not global_roles(person)
    assert not has_second_factor(person)


def test_a_closed_role_no_longer_counts() -> None:
    adi = make.make_global_role(make.make_person("Adi")).person
    adi.global_roles.update(until=timezone.now())
    person = PortalBackend().get_user(adi.pk)
    assert person is not None
    assert not global_roles(person)


def test_a_closed_account_ends_its_sessions(sign_in: SignIn) -> None:
    ada = make.make_person("Ada")
    client: Client = sign_in(ada)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert "_auth_user_id" in client.session
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_nobody_has_an_unknown_key() -> None:
    assert PortalBackend().get_user(0) is None


def test_whether_a_person_belongs_to_a_cohort_comes_with_them(django_assert_num_queries: Any) -> None:
    ada, rui = make.make_person("Ada"), make.make_person("Rui")
    membership = make.make_membership(rui, make.make_cohort(), CohortRole.STAFF)
    backend = PortalBackend()
    with django_assert_num_queries(1):
        assert not open_roles(backend.get_user(ada.pk))
    assert [held.role for held in open_roles(backend.get_user(rui.pk))] == [CohortRole.STAFF]
    type(membership).objects.update(until=timezone.now())
    assert not open_roles(backend.get_user(rui.pk))
