"""What two pages that say the same may differ in."""

import re

# What differs between any two requests: tokens, nonces, keys of fresh forms, ages and the clock's own seconds.
CHANGING = re.compile(
    rb'((?:csrfmiddlewaretoken|form_key)" value="|name="csrf-token" content="|nonce="|data-csrf="'
    rb'|"made_at": "|[?&](?:after|before)=|name="credential" |data-now="|datetime=")[^">]*'
)
