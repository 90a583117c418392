"""The portal's settings, with what makes a test run quick."""

import atexit
import shutil
import tempfile
from pathlib import Path

from mats_portal.settings import *  # noqa: F403
from mats_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A folder for this run alone: another checkout, or another user of the machine, may be testing too.
_files = Path(tempfile.mkdtemp(prefix="mats-portal-test-"))
atexit.register(shutil.rmtree, _files, ignore_errors=True)
STATIC_ROOT = _files / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = _files / "media"
ERASURE_LEDGER = _files / "erasures"
