"""What two pages that say the same may differ in."""

import re

# What differs between any two requests: tokens, nonces, keys of fresh forms, and the time of day.
CHANGING = re.compile(
    rb'((?:csrfmiddlewaretoken|form_key)" value="|name="csrf-token" content="|nonce="|data-csrf="'
    rb'|"made_at": "|[?&](?:after|before)=|name="credential" |data-now="|datetime=")[^">]*'
)
# Told to the minute, and the minute may turn between two looks.
AGES = re.compile(rb"just now|\b\d+ min\b|\b\d\d:\d\d\b")


def alike(body: bytes) -> bytes:
    """A page without what may differ."""
    return AGES.sub(b"a moment", CHANGING.sub(rb"\1", body))
