"""Public codes: short, random, easy to read out; they tell nothing of number or order."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o 1 i l


def new_code() -> str:
    """Ten characters of 31, about 50 bits: a name, not a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def new_token() -> str:
    """A secret for a link: 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)
