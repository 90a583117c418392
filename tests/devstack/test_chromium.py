"""The browser of the journeys is found, or its absence is said in one line."""

from pathlib import Path

import pytest

from mats_portal.devstack import chromium


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without programs: no Chromium, and no apt-get to install one with."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "ON_A_MAC", tmp_path / "none")
    return tmp_path


def test_chromium_is_found_on_the_path(nothing_installed: Path) -> None:
    assert chromium.find() == ""
    program = nothing_installed / "chromium"
    program.touch(mode=0o755)
    assert chromium.find() == str(program)


def test_named_chromium_comes_first(nothing_installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nothing_installed / "chromium").touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", "/opt/ours/chrome")
    assert chromium.find() == "/opt/ours/chrome"


def test_missing_chromium_is_said_and_forgiven(nothing_installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chromium.ensure() == 0
    assert capsys.readouterr().out == f"The browser journeys will be left out: {chromium.LEFT_OUT}.\n"


def test_missing_chromium_fails_in_ci(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert chromium.ensure() == 1
    assert "cannot run" in capsys.readouterr().err
