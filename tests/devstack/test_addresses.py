"""What the settings are told: addresses, the key, the role."""

import sys
from collections.abc import Iterator
from pathlib import Path

import environ
import pytest

from mats_portal import devstack
from mats_portal.devstack import places


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An environment that names no servers, and a checkout without an `.env`."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SUPPORT_DATABASE_URL", "REDIS_URL", "DATABASE_ROLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(places, "CHECKOUT", tmp_path)
    yield
    for path in sorted(places.home().glob("*")):
        path.unlink()
    if places.home().exists():
        places.home().rmdir()


def test_addresses_are_the_same_every_time_and_differ_by_role() -> None:
    addresses = devstack.addresses(with_support=True)
    assert addresses == devstack.addresses(with_support=True)
    assert set(addresses) == {"DATABASE_URL", "DATABASE_OWNER_URL", "SUPPORT_DATABASE_URL", "REDIS_URL"}
    parsed = {name: environ.Env.db_url_config(url) for name, url in addresses.items() if name != "REDIS_URL"}
    assert {name: (config["USER"], config["NAME"]) for name, config in parsed.items()} == {
        "DATABASE_URL": ("portal_app", "portal"),
        "DATABASE_OWNER_URL": ("portal_owner", "portal"),
        "SUPPORT_DATABASE_URL": ("support_app", "support"),
    }
    assert {config["HOST"] for config in parsed.values()} == {str(places.current().sockets)}
    assert len({config["PASSWORD"] for config in parsed.values()}) == 3


def test_support_address_is_given_only_when_asked_for() -> None:
    assert "SUPPORT_DATABASE_URL" not in devstack.addresses(with_support=False)


def test_own_servers_leave_nothing_to_stand_in_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    assert devstack.addresses(with_support=True) == {}
    assert devstack.secret_key() == ""
    assert devstack.email_url() == "smtp://localhost:25"
    with devstack.running():
        assert not places.home().exists()


def test_own_servers_may_be_named_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nexport DATABASE_URL='postgres://here/portal'\nREDIS_URL=redis://here\n")
    assert places.configured("DATABASE_URL") == "postgres://here/portal"
    assert devstack.addresses(with_support=True) == {}


def test_key_is_random_kept_and_private() -> None:
    key = devstack.secret_key()
    assert len(key) >= 50
    assert key == devstack.secret_key()
    assert (places.storage() / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("redis_url", "broker_url"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/0"),
        ("unix:///var/tmp/x/valkey.sock?db=0", "redis+socket:///var/tmp/x/valkey.sock?virtual_host=0"),
        ("unix:///var/tmp/x/valkey.sock", "redis+socket:///var/tmp/x/valkey.sock?virtual_host=0"),
        ("unix:///var/tmp/x/valkey.sock?db=3", "redis+socket:///var/tmp/x/valkey.sock?virtual_host=3"),
    ],
)
def test_broker_url_speaks_of_sockets_in_celerys_way(redis_url: str, broker_url: str) -> None:
    assert devstack.broker_url(redis_url) == broker_url


@pytest.mark.parametrize(
    ("words", "is_owner"),
    [
        (["manage.py", "migrate"], True),
        (["./manage.py", "prepare", "--no-static"], True),
        (["manage.py", "shell"], False),
        (["manage.py"], False),
        (["gunicorn", "migrate"], False),
    ],
)
def test_owner_runs_only_the_commands_made_for_it(
    monkeypatch: pytest.MonkeyPatch, words: list[str], is_owner: bool
) -> None:
    monkeypatch.setattr(sys, "argv", words)
    assert devstack.runs_as_owner() is is_owner


def test_environment_may_ask_for_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["manage.py", "dbshell"])
    monkeypatch.setenv("DATABASE_ROLE", "owner")
    assert devstack.runs_as_owner() is True
    monkeypatch.setenv("DATABASE_ROLE", "app")
    assert devstack.runs_as_owner() is False


def test_letters_go_to_a_folder_even_with_a_space_in_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "VAR", tmp_path / "a b" / "var")
    path = environ.Env.email_url_config(devstack.email_url())["EMAIL_FILE_PATH"]
    assert path == str(tmp_path / "a b" / "var" / "mail")
