"""The secret of a referee's link.

It is made from the reference and the portal's own key, so that a reminder can carry
the same link as the first letter although only a hash is kept. The purpose in front
makes it useless as a token of any other kind.
"""

import base64
import hashlib

from django.utils.crypto import salted_hmac

PURPOSE = "applications.reference"


def token_of(code: str) -> str:
    """The token of the reference of that code: 256 bits, 43 characters."""
    return base64.urlsafe_b64encode(salted_hmac(PURPOSE, code, algorithm="sha256").digest()).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(f"{PURPOSE}\0{token}".encode()).hexdigest()
