"""The one clock: the database's. Python's is for showing only."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The moment at which the database received the question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
