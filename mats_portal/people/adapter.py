"""How sign-up and sign-in behave where the portal differs from the package's defaults."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from mats_portal.web.links import is_own_path


class AccountAdapter(DefaultAccountAdapter):
    """One address is one person, however it is capitalised."""

    def clean_email(self, email: str) -> str:
        """The address in lower case."""
        return str(super().clean_email(email)).lower()

    def is_safe_url(self, url: str | None) -> bool:
        """Whether somebody who has signed in (or out) may be led there: to paths of this site alone."""
        return is_own_path(url or "")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps are kept encrypted; labels are the person's address."""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the authenticator app shows."""
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """The text as only a process with the secret key can read it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. Raises InvalidToken if the secret key was changed."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
