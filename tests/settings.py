"""The portal's settings, with what makes a test run quick."""

import os
import tempfile
from pathlib import Path

from mats_portal.settings import *  # noqa: F403
from mats_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A folder for this process alone, in that of its run: other workers, another checkout, another user may be testing too.
_files = Path(tempfile.mkdtemp(dir=os.environ["TEST_FILES"]))
STATIC_ROOT = _files / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = _files / "media"
ERASURE_LEDGER = _files / "erasures"
