"""What every test may use. Factories are in `tests/make.py`."""

from typing import Any

import pytest

from mats_portal.devstack import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which speaks to nobody but us."""
    switches = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
    ]
    return {"executable_path": chromium.find(), "args": switches}
