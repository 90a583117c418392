"""Queries that are put together once and asked often."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class Statement(Generic[M]):
    """A query for one row that every request asks: putting it together anew takes longer than asking it.

    compose: the query, made from values by name; related rows come as annotations, since they are not followed.
    marks: what stands in the query for these values: the same type, and unlike any other value in it.
    """

    def __init__(self, compose: Callable[..., QuerySet[M]], **marks: int | str) -> None:
        self.compose, self.marks = compose, marks

    @cached_property
    def _made(self) -> tuple[type[M], str, tuple[Any, ...]]:
        rows = self.compose(**self.marks)
        sql, parameters = rows.query.sql_with_params()
        return rows.model, sql, parameters

    def first(self, **values: int | str) -> Any:
        """The first row with these values in the place of the marks, or None. One statement."""
        model, sql, parameters = self._made
        places = {mark: values[name] for name, mark in self.marks.items()}
        rows = model._default_manager.raw(sql, [places.get(value, value) for value in parameters])
        return next(iter(rows), None)
