"""A set of embedded servers for tests that start and stop them, apart from the servers of the test run."""

import os
from collections.abc import Iterator

import pytest

from mats_portal.devstack import places, servers
from mats_portal.devstack.places import Cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """Servers that do not run yet; each worker of the test run has its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    run = os.environ.get(places.CLUSTER_VARIABLE, "main")
    cluster = Cluster(f"test-drill-{run}-{worker}")
    yield cluster
    assert servers.stop(cluster), "A test left somebody behind who uses the servers."
