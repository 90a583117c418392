"""The embedded servers start, are shared, survive rough treatment, and stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mats_portal.devstack import places, postgres, servers, valkey
from mats_portal.devstack.places import CHECKOUT, Cluster, DevstackError


def _pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def test_servers_run_for_the_block_and_stop_after_it(cluster: Cluster) -> None:
    with servers.running(cluster):
        assert postgres.is_ready(cluster)
        assert valkey.is_ready(cluster)
    assert not postgres.is_ready(cluster)
    assert not valkey.is_ready(cluster)


def test_second_user_attaches_and_first_may_leave(cluster: Cluster) -> None:
    first, second = servers.running(cluster), servers.running(cluster)
    first.__enter__()
    pid = _pid(cluster)
    second.__enter__()
    assert _pid(cluster) == pid
    first.__exit__(None, None, None)
    assert postgres.is_ready(cluster)
    assert valkey.is_ready(cluster)
    second.__exit__(None, None, None)
    assert not postgres.is_ready(cluster)


def test_stop_refuses_while_somebody_uses_them(cluster: Cluster) -> None:
    with servers.running(cluster):
        assert servers.stop(cluster) is False
        assert postgres.is_ready(cluster)


def test_killed_postgres_starts_again(cluster: Cluster) -> None:
    with servers.running(cluster):
        os.kill(_pid(cluster), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while postgres.is_ready(cluster) and time.monotonic() < deadline:
            time.sleep(0.02)
        with servers.running(cluster):
            assert postgres.is_ready(cluster)


def test_stale_pid_of_a_stranger_is_not_believed_and_not_stopped(cluster: Cluster) -> None:
    with servers.running(cluster):
        lines = (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        stale = [str(stranger.pid), *lines[1:7], "ready"]
        (cluster.data / "postmaster.pid").write_text("\n".join(stale) + "\n", encoding="utf-8")
        assert not postgres.is_ready(cluster)
        with servers.running(cluster):
            assert postgres.is_ready(cluster)
            assert _pid(cluster) != stranger.pid
        assert stranger.poll() is None
        stranger.kill()


def test_stale_sockets_are_replaced(cluster: Cluster) -> None:
    with servers.running(cluster):
        pass
    for name in (".s.PGSQL.5432", "valkey.sock"):
        (cluster.sockets / name).touch()
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text("1\n", encoding="ascii")
    with servers.running(cluster):
        assert postgres.is_ready(cluster)
        assert valkey.is_ready(cluster)


def test_killed_user_leaves_servers_that_stop_can_end(cluster: Cluster) -> None:
    program = (
        "import sys, time; from mats_portal.devstack import places, servers\n"
        f"with servers.running(places.Cluster({cluster.name!r})): print('up', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=CHECKOUT)
    with user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"up\n"
        user.kill()
    assert postgres.is_ready(cluster)
    assert servers.stop(cluster) is True
    assert not postgres.is_ready(cluster)
    assert not valkey.is_ready(cluster)


def test_data_of_another_version_is_refused_in_a_sentence(cluster: Cluster) -> None:
    with servers.running(cluster):
        pass
    version = cluster.data / "PG_VERSION"
    right = version.read_text(encoding="ascii")
    version.write_text("9\n", encoding="ascii")
    try:
        with pytest.raises(DevstackError, match=r"made by PostgreSQL 9, but \d+ is installed\. Move that folder away"):
            servers.running(cluster).__enter__()
    finally:
        version.write_text(right, encoding="ascii")


def test_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(DevstackError, match="belongs to somebody else"):
        places.make_private(tmp_path / "link")


def test_socket_path_is_short_enough(cluster: Cluster) -> None:
    assert len(str(cluster.sockets / ".s.PGSQL.5432")) < 100


def test_checkout_with_a_space_in_its_path_has_servers_of_its_own(tmp_path: Path) -> None:
    copy = tmp_path / "a checkout with spaces"
    package = copy / "mats_portal"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "devstack").symlink_to(CHECKOUT / "mats_portal" / "devstack")
    for source in (CHECKOUT / "mats_portal" / "devstack").glob("*.*"):
        (package / "copied").mkdir(exist_ok=True)
        (package / "copied" / source.name).write_bytes(source.read_bytes())
    (package / "devstack").unlink()
    (package / "copied").rename(package / "devstack")
    program = (
        "import shutil; from mats_portal import devstack; from mats_portal.devstack import places, postgres\n"
        "try:\n"
        "    with devstack.running(): print(places.home(), postgres.is_ready(places.current()))\n"
        "finally: shutil.rmtree(places.home())"
    )
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=copy, env=environment, capture_output=True, text=True, timeout=60
    )
    assert result.stderr == ""
    home, is_ready = result.stdout.split()
    assert is_ready == "True"
    assert home != str(places.home())
