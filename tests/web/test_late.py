"""Large packages come when they are needed, not with every process."""

import subprocess
import sys

import pytest

from mats_portal.web.late import late

# A site with all its pages, and everything that the apps furnish.
SITE = """
import sys, django
django.setup()
from django.urls import get_resolver
from mats_portal.web.furnishing import Furnished, furnishings
assert get_resolver().url_patterns
for kind, value in vars(Furnished).items():
    if isinstance(value, tuple):
        furnishings(kind)
print(*sorted({"numpy", "scipy", "xlsxwriter"} & set(sys.modules)))
"""


def test_a_site_does_not_import_the_large_packages() -> None:
    found = subprocess.run([sys.executable, "-c", SITE], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.split() == []


def test_late_gives_what_the_module_has() -> None:
    assert late("math").hypot(3, 4) == 5


def test_late_says_when_there_is_no_such_module() -> None:
    with pytest.raises(ImportError):
        _ = late("no_such_package_at_all").anything
