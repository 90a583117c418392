"""Is this process fit to serve? Its databases answer and have the tables that the code expects."""

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor


def database_answers(alias: str) -> bool:
    """Whether a statement can be run on the database."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated(alias: str) -> bool:
    """Whether every migration of the code is applied in the database; it must answer."""
    executor = MigrationExecutor(connections[alias])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_ready() -> bool:
    """Whether all databases of this process answer and are migrated."""
    aliases = list(connections)
    return all(database_answers(alias) for alias in aliases) and all(is_migrated(alias) for alias in aliases)
