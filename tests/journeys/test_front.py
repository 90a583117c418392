"""What a stranger sees."""

import pytest

from tests import make
from tests.journeys.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "support"])


def test_stranger_finds_the_open_cohort(enter: Enter) -> None:
    cohort = make.make_cohort("Winter 2031-32")
    stranger = enter()
    page = stranger.open("/")
    stranger.look_around()
    page.goto(f"{stranger.home}/cohorts/{cohort.slug}/")
    assert page.get_by_role("heading", name="Winter 2031-32").first.is_visible()
    stranger.look_around()
