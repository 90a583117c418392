"""The portal's settings as they are, but for quick passwords: tests make people by the dozen."""

from mats_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
