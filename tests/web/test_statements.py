"""A query put together once answers like one put together anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet, Value

from mats_portal.people.models import Person
from mats_portal.web.statements import Statement
from tests import make

pytestmark = pytest.mark.django_db


def _named(name: str, key: int) -> QuerySet[Person]:
    return Person.objects.filter(name=name, pk__gte=key).annotate(one=Value(1)).only("name")


def test_statement_asks_with_other_values_each_time(django_assert_num_queries: Any) -> None:
    ada, bea = make.make_person("Ada"), make.make_person("Bea")
    statement = Statement(_named, name="?", key=-1)
    with django_assert_num_queries(3):
        found = [statement.first(name=name, key=ada.pk) for name in ("Ada", "Bea", "Nobody; --'")]
    assert found == [ada, bea, None]
    assert (found[0].one, found[0].name) == (1, "Ada")
    assert statement.first(name="Ada", key=ada.pk + 1) is None


def test_what_was_left_out_is_asked_when_it_is_wanted() -> None:
    ada = make.make_person("Ada")
    assert Statement(_named, name="?", key=-1).first(name="Ada", key=ada.pk).email == ada.email
