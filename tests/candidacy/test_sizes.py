"""What the pages of candidacies ask of the database, for few rows and for many."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.candidacy import world
from tests.conftest import SignIn
from tests.mentors.test_sizes import MOST, asked
from tests.mentors.world import make_reviewer, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["candidacies", "ask", "decisions", "rate"])
def test_statements_do_not_grow_with_rows(sign_in: SignIn, name: str) -> None:
    cohort = world.make_cohort()
    rui, gil = make_staff(cohort), make_reviewer(cohort)
    client, url = sign_in(rui), reverse(f"candidacy:{name}", args=[cohort.slug])

    def grow(count: int) -> int:
        for _ in range(count):
            world.make_candidacy(cohort).__class__.objects.update(seats_given=1)
        world.ask(cohort, rui, rui, gil)
        return asked(client, url)

    few = grow(1)
    assert grow(4) == few <= MOST
