"""Time zones to choose from, by their IANA names."""

import zoneinfo
from functools import cache

ANYWHERE_ON_EARTH = "Etc/GMT+12"  # UTC−12; the sign in the name is inverted.
_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones by region, as a select shows them."""
    groups: dict[str, list[tuple[str, str]]] = {region: [] for region in _REGIONS}
    for name in sorted(zoneinfo.available_timezones()):
        region, _, city = name.partition("/")
        if city and region in groups:
            groups[region].append((name, city.replace("_", " ").replace("/", ", ")))
    return [("Universal", [("UTC", "UTC")]), *groups.items()]


@cache
def official_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same, with "anywhere on Earth" first, for what is official."""
    return [("Fair to all", [(ANYWHERE_ON_EARTH, "Anywhere on Earth (AoE, UTC−12)")]), *zone_choices()]
