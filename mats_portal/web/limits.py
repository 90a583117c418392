"""How often something may be done from one place."""

from django.core.cache import cache


def is_within(key: str, *, most: int, seconds: int) -> bool:
    """Count one more use of the key; whether it is among the first `most` since the count began `seconds` ago."""
    name = f"limit:{key}"
    if cache.add(name, 1, seconds):
        return most >= 1
    try:
        return cache.incr(name) <= most
    except ValueError:  # it ran out between the two
        return cache.add(name, 1, seconds) and most >= 1
