"""The portal's settings, with what makes a test run quick."""

import tempfile
from pathlib import Path

from mats_portal.settings import *  # noqa: F403
from mats_portal.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(tempfile.gettempdir()) / "mats-portal-test-static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = Path(tempfile.gettempdir()) / "mats-portal-test-files"
