"""In a blind round every page of a reviewer and a mentor is the same, whatever the applicant is called."""

from __future__ import annotations

from typing import Any

import pytest

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import NamesOpen
from mats_portal.people.models import Person
from tests.hostile.pages import Visit, get
from tests.leaks.test_twin_worlds import bo, difference, photograph

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.crawl, pytest.mark.timeout(900)]
BLIND, SEES = ("reviewer", "mentor"), "staff"


def test_pages_of_readers_are_the_same_whatever_the_applicant_is_called(settings: Any) -> None:
    visit = Visit()
    Cohort.objects.filter(pk=visit.world.cohort.pk).update(names_open=NamesOpen.DECIDED)
    application = bo(visit.world)
    for role in (*BLIND, SEES):
        get(visit.clients[role], "/")
    before = {role: photograph(visit, role, settings) for role in (*BLIND, SEES)}
    Person.objects.filter(pk=application.person_id).update(name="Zebedee Xyzzy", email="zebedee@xyzzy.example")
    after = {role: photograph(visit, role, settings) for role in (*BLIND, SEES)}
    told = [difference(role, url, before, after) for role in BLIND for url in before[role]]
    assert not any(told), "\n".join(filter(None, told))
    assert before[SEES] != after[SEES]
