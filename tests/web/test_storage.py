"""Collected files: hashed names, one style sheet, modules that find each other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from mats_portal.settings import STORAGES
from mats_portal.web.storage import HashedStaticFiles


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of our own files, collected twice: the second time must change nothing."""
    folder = tmp_path_factory.mktemp("static")
    ours: dict[str, Any] = {
        "STATIC_ROOT": str(folder),
        "STORAGES": STORAGES,
        "STATICFILES_DIRS": [settings.BASE_DIR / "static"],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
    }
    with override_settings(**ours):
        call_command("collectstatic", interactive=False, verbosity=0)
        before = sorted(path.name for path in folder.rglob("*"))
        call_command("collectstatic", interactive=False, verbosity=0)
        assert sorted(path.name for path in folder.rglob("*")) == before
        yield folder


def test_style_sheet_is_one_file_with_every_layer(collected: Path) -> None:
    (sheet,) = collected.glob("css/portal.*.css")
    text = sheet.read_text()
    assert "@import" not in text
    assert text.index("@layer tokens, reset, base") < text.index("@layer components {")
    assert "--paper: light-dark(" in text
    assert sheet.with_name(f"{sheet.name}.br").is_file()


def test_modules_import_each_other_by_their_hashed_names(collected: Path) -> None:
    (entry,) = collected.glob("js/portal.*.js")
    names = re.findall(r'from "\./([^"]+)"', entry.read_text())
    assert len(names) > 10
    assert [name for name in names if not (collected / "js" / name).is_file()] == []


def test_name_that_was_not_collected_is_an_error(collected: Path) -> None:
    storage = HashedStaticFiles()
    assert re.search(r"portal\.[0-9a-f]{12}\.css$", storage.url("css/portal.css"))
    with pytest.raises(ValueError, match=r"css/stray\.css"):
        storage.url("css/stray.css")


def test_names_are_plain_before_anything_was_collected(tmp_path: Path) -> None:
    assert HashedStaticFiles(location=str(tmp_path)).url("css/portal.css") == "/static/css/portal.css"
