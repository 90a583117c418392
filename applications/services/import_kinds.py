"""What every kind of import can do."""

from __future__ import annotations

import zoneinfo
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from django.contrib.auth.hashers import make_password

from applications.imports.cells import RowError
from applications.imports.mapping import Target
from mats_portal.cohorts.models import Cohort
from mats_portal.people.models import Person


class Fate(Enum):
    """What becomes of a row that can be taken."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Importer(ABC):
    """Takes the rows of one file. It is made for one run and remembers the keys that it has seen."""

    def __init__(self, cohort: Cohort, zone: zoneinfo.ZoneInfo, by: Any) -> None:
        self.cohort = cohort
        self.zone = zone
        self.by = by
        self._seen: dict[str, int] = {}

    @classmethod
    @abstractmethod
    def targets(cls, cohort: Cohort) -> Sequence[Target]:
        """What a column can be."""

    @abstractmethod
    def parse(self, line: int, row: Mapping[str, str]) -> Any:
        """The row as data with a `line`; raises `RowError`."""

    @abstractmethod
    def compare(self, rows: list[Any]) -> list[tuple[Any, Fate | str]]:
        """Each row's fate, or the reason why it cannot be taken. Asks the database, writes nothing."""

    @abstractmethod
    def write(self, rows: list[Any]) -> None:
        """Write new and changed rows."""

    def once(self, key: str, line: int) -> None:
        """Raise `RowError` if the key was in an earlier row."""
        if (earlier := self._seen.setdefault(key.casefold(), line)) != line:
            raise RowError(f"“{key[:60]}” stands in line {earlier} already.")


def people_by_address(wanted: Iterable[tuple[str, str, str]], *, is_synthetic: bool) -> dict[str, Person]:
    """The people of these addresses, made where there are none; given as address, name, time zone.

    New people have no password: they sign in by a code sent to their address. What people
    who have an account say of themselves is left as it is.
    """
    by_address = {address: (name, zone) for address, name, zone in wanted}
    found = {person.email: person for person in Person.objects.filter(email__in=list(by_address))}
    made = [
        Person(
            email=address,
            name=name,
            time_zone=zone or "UTC",
            password=make_password(None),
            is_synthetic=is_synthetic,
        )
        for address, (name, zone) in by_address.items()
        if address not in found
    ]
    return found | {person.email: person for person in Person.objects.bulk_create(made)}
