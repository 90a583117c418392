"""Interest forms from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from applications.imports import interest
from applications.imports.interest import InterestRow
from applications.imports.mapping import Target
from applications.outreach.models import Channel, Interest, InterestChannel
from applications.services.import_kinds import Fate, Importer
from mats_portal.cohorts.models import Cohort


class InterestImport(Importer):
    """The address is the key. Channels that the portal does not know become channels that no form offers."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._channels = {channel.name: channel for channel in Channel.objects.all()}

    @classmethod
    def targets(cls, cohort: Cohort) -> Sequence[Target]:
        """What a column can be."""
        return interest.TARGETS

    def parse(self, line: int, row: Mapping[str, str]) -> InterestRow:
        """The row as data."""
        parsed = interest.parse(line, row, zone=self.zone, known=self._channels)
        self.once(parsed.email, line)
        return parsed

    def compare(self, rows: list[InterestRow]) -> list[tuple[InterestRow, Fate | str]]:
        """Each form's fate."""
        wanted = Interest.objects.filter(cohort=self.cohort, email__in=[row.email for row in rows])
        there = {found.email: found for found in wanted.prefetch_related("channels")}
        return [(row, _fate(row, there.get(row.email))) for row in rows]

    def write(self, rows: list[InterestRow]) -> None:
        """Write the forms with the channels that they name."""
        self._make_channels(rows)
        known = ["name", "other", "at", "wants_reminders"]
        wanted = Interest.objects.filter(cohort=self.cohort, email__in=[row.email for row in rows])
        there = {found.email: found for found in wanted}
        for row in rows:
            found = there.setdefault(row.email, Interest(cohort=self.cohort, email=row.email))
            for name in known:
                setattr(found, name, getattr(row, name))
        Interest.objects.bulk_update([found for found in there.values() if found.pk], known)
        Interest.objects.bulk_create([found for found in there.values() if not found.pk])
        InterestChannel.objects.filter(interest__in=there.values()).delete()
        InterestChannel.objects.bulk_create(
            InterestChannel(interest=there[row.email], channel=self._channels[name])
            for row in rows
            for name in row.channels
        )

    def _make_channels(self, rows: list[InterestRow]) -> None:
        for name in dict.fromkeys(name for row in rows for name in row.channels):
            if name not in self._channels:
                self._channels[name] = Channel.objects.create(name=name, is_listed=False, position=1_000)


def _fate(row: InterestRow, there: Interest | None) -> Fate:
    if there is None:
        return Fate.NEW
    same = (
        (row.name, row.other, row.at, row.wants_reminders) == (there.name, there.other, there.at, there.wants_reminders)
    ) and set(row.channels) == {channel.name for channel in there.channels.all()}
    return Fate.UNCHANGED if same else Fate.CHANGED
