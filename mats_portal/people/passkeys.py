"""The answer of a security key, taken from strangers: whatever it is not, it is a wrong code and never a crash."""

from __future__ import annotations

import json
import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError

from mats_portal.web.forms import CleanCharField

LONGEST_ANSWER = 20_000
LONGEST_NAME = 100
# What the packages raise for answers that no key gives.
MALFORMED = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class CredentialField(forms.JSONField):
    """An answer of a key: a JSON object of a key's size."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The object. Raises ValidationError for everything else."""
        if len(str(value or "")) > LONGEST_ANSWER:
            raise get_adapter().validation_error("incorrect_code")
        try:
            found = super().to_python(value)
            # A NUL or half a surrogate pair inside would be refused by the database.
            json.dumps(found, ensure_ascii=False).encode()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if found is not None and (not isinstance(found, dict) or "\\u0000" in json.dumps(found)):
            raise get_adapter().validation_error("incorrect_code")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing is shown again: an answer is good for one question."""
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """An answer is always new."""
        return True


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A new key, with a name of one line."""

    credential = CredentialField()
    name = CleanCharField(required=False, max_length=LONGEST_NAME)

    def clean(self) -> dict[str, Any]:
        """The answer, checked. Raises ValidationError if it is not one to our question."""
        try:
            return dict(super().clean())
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class EditKeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    name = CleanCharField(max_length=LONGEST_NAME)


class _AnswerForm:
    """What signing in with a key and confirming with one have in common."""

    def clean_credential(self) -> Any:
        """The key that answered. Raises ValidationError if none of ours did."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginKeyForm(_AnswerForm, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey."""

    credential = CredentialField()


class AuthenticateKeyForm(_AnswerForm, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""

    credential = CredentialField()


class ReauthenticateKeyForm(_AnswerForm, webauthn.ReauthenticateWebAuthnForm):
    """Confirming that it is still the same person."""

    credential = CredentialField()
