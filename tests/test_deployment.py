"""A deployment's settings, asked of a process that is started the way an operator starts it."""

import functools
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from mats_portal.devstack.places import CHECKOUT

DEPLOYED = {
    "PATH": os.environ["PATH"],
    "DATABASE_URL": "postgres://portal_app:secret@db.example.org/portal?sslmode=require",
    "REDIS_URL": "redis://redis.example.org/0",
    "SECRET_KEY": "kfwq3RZDf7TqLx2bPnYc8VhGm5JsUa9EtXo4WdKi6HBrMvzNyQ",
    "SITE_URL": "https://portal.example.org",
    "SUPPORT_SITE_URL": "https://support.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "TRUSTED_PROXIES": "1",
    "SERVICE": "portal",
}
SHOWN = (
    "DATABASES",
    "ALLOWED_HOSTS",
    "SECURE_HSTS_SECONDS",
    "DEBUG",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
)


def _manage(*words: str, **changes: str | None) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in (DEPLOYED | changes).items() if value is not None}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=180)


@functools.cache
def _settings(**changes: str | None) -> dict[str, Any]:
    """The settings that such a process has; each kind of process is started once."""
    program = (
        f"import json; from django.conf import settings; print(json.dumps([getattr(settings, n) for n in {SHOWN}]))"
    )
    result = _manage("shell", "--no-imports", "--command", program, **changes)
    assert result.returncode == 0, result.stderr
    return dict(zip(SHOWN, json.loads(result.stdout.splitlines()[-1]), strict=True))


def test_deployment_passes_djangos_checks() -> None:
    result = _manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_deployment_without_a_key_does_not_start() -> None:
    result = _manage("check", SECRET_KEY=None)
    assert result.returncode != 0
    assert "SECRET_KEY must be set too" in result.stderr


def test_deployment_is_closed_to_plain_requests_and_scripts() -> None:
    settings = _settings()
    assert settings["DEBUG"] is False
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert (settings["SESSION_COOKIE_NAME"], settings["CSRF_COOKIE_NAME"]) == ("__Host-session", "__Host-csrf")
    assert settings["SESSION_COOKIE_SECURE"] is settings["SESSION_COOKIE_HTTPONLY"] is True


def test_hosts_are_those_that_were_named() -> None:
    assert _settings()["ALLOWED_HOSTS"] == ["portal.example.org"]


@pytest.mark.parametrize("service", ["portal", "support"])
def test_support_database_is_known_only_where_its_address_was_given(service: str) -> None:
    assert set(_settings(SERVICE=service)["DATABASES"]) == {"default"}
    address = "postgres://support_app:secret@db.example.org/support"
    databases = _settings(SERVICE=service, SUPPORT_DATABASE_URL=address)["DATABASES"]
    assert databases["support"]["USER"] == "support_app"


def test_statements_and_locks_have_limits_beside_the_operators_options() -> None:
    databases = _settings(STATEMENT_TIMEOUT="7")["DATABASES"]
    options = databases["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    for limit in ("statement_timeout=7s", "lock_timeout=5s", "idle_in_transaction_session_timeout=60s"):
        assert limit in options["options"]


def test_owner_migrates_without_limits_but_with_the_operators_options() -> None:
    owner = "postgres://portal_owner:secret@db.example.org/portal?sslmode=require"
    databases = _settings(DATABASE_OWNER_URL=owner, DATABASE_ROLE="owner")["DATABASES"]
    assert databases["default"]["USER"] == "portal_owner"
    assert databases["default"]["OPTIONS"] == {"sslmode": "require"}
