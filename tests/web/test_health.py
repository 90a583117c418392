"""Alive is not ready; the public is told no more than that."""

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db(databases="__all__")


def test_live_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/health/live/").content == b"alive\n"


def test_ready_when_the_databases_answer_and_are_migrated(client: Client) -> None:
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
