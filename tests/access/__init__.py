"""The access matrix, one table for each app: who gets what answer from every address.

A module of this package holds

- `TABLE`: text, one line for each address and method. `METHOD url-name args` and then what
  each role gets, in the order of `scenarios.ROLES`:
  `200 302 403 404 409` a status; `in` sent to sign in; `2fa` led to the second factor.
  A line that begins with `#` is a comment.
- `ARGS` (optional): what stands for the word under `args`, from the world:
  `{"slug": lambda world: [world.cohort.slug]}`. The word `-` means none.
- `DATA` (optional): what a POST sends, by url name; nothing unless it is here.
- `URLCONF` (optional): `mats_portal.support_urls` for the support site.

An address or method that stands in no table fails `tests/test_access_matrix.py`.
"""

from typing import Any


def turn_to(site: str, settings: Any) -> None:
    """Let the addresses of a site answer from now on.

    Only where it is another one: each setting of a setting is looked through whenever any setting is asked for.
    """
    if site != settings.ROOT_URLCONF:
        settings.ROOT_URLCONF = site
