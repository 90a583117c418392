"""Who may connect to what. Asked of the server itself, with real connections."""

from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest

from mats_portal.devstack import places, postgres, servers
from mats_portal.devstack.places import Cluster, DevstackError


@pytest.fixture(scope="module")
def served() -> Iterator[Cluster]:
    """Servers with the roles of a real installation, not of a test run."""
    cluster = Cluster("test-roles")
    with servers.running(cluster, with_valkey=False):
        yield cluster


def _connect(cluster: Cluster, role: str, database: str) -> "psycopg2.extensions.connection":
    return psycopg2.connect(host=str(cluster.sockets), user=role, password=places.password(role), dbname=database)


@pytest.mark.parametrize(
    ("role", "database"), [("portal_app", "portal"), ("portal_owner", "portal"), ("support_app", "support")]
)
def test_role_connects_to_its_own_database(served: Cluster, role: str, database: str) -> None:
    with closing(_connect(served, role, database)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == (role, database)


@pytest.mark.parametrize(
    ("role", "database"), [("portal_app", "support"), ("portal_owner", "support"), ("support_app", "portal")]
)
def test_role_is_refused_by_the_other_database(served: Cluster, role: str, database: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="User does not have CONNECT privilege"):
        _connect(served, role, database)


@pytest.mark.parametrize("role", ["portal_app", "portal_owner", "support_app", "postgres"])
def test_nobody_connects_without_the_password(served: Cluster, role: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(host=str(served.sockets), user=role, password="guess", dbname="portal")


def test_portal_writes_rows_but_alters_nothing(served: Cluster) -> None:
    with closing(_connect(served, "portal_owner", "portal")) as owner, owner, owner.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS drill; CREATE TABLE drill (id serial, word citext)")
    with closing(_connect(served, "portal_app", "portal")) as portal:
        with portal, portal.cursor() as cursor:
            cursor.execute("INSERT INTO drill (word) VALUES ('Émile')")
            cursor.execute("SELECT unaccent(word::text) FROM drill WHERE word = 'émile'")
            assert cursor.fetchone() == ("Emile",)
        for statement in ("TRUNCATE drill", "DROP TABLE drill", "ALTER TABLE drill ADD extra int", "CREATE TABLE t ()"):
            with portal, portal.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)


def test_roles_hold_no_rights_over_the_server(served: Cluster) -> None:
    with closing(_connect(served, "portal_app", "portal")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('portal_owner', 'portal_app', 'support_app')"
            " AND (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls)"
        )
        assert cursor.fetchone() == (0,)


def test_server_is_asked_without_a_driver(served: Cluster) -> None:
    assert postgres.ask(served, "portal_app", "portal", "SELECT current_user") == "portal_app"
    with pytest.raises(DevstackError, match="CONNECT privilege"):
        postgres.ask(served, "portal_app", "support", "SELECT 1")
