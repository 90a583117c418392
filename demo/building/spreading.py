"""What was done so that people hear of a demo cohort: the log, a link, recommendations."""

from __future__ import annotations

from applications.outreach.models import Channel, Recommendation
from applications.outreach.services import contact_recommended, log_action, make_link, recommend
from applications.outreach.specs import Deed, Named
from applications.outreach.states import Target
from demo.building.stage import Stage
from demo.moments import OPENING, Moment
from demo.people import INES
from demo.simulation.intake import DEEDS, RECOMMENDED
from mats_portal.cohorts.states import MilestoneKind

TRACKED = "Twitter"


def spread(stage: Stage) -> None:
    """Everything up to now, as Ines logged it; whom others recommend is written to before applications close."""
    ines, channels = stage.cast[INES], {channel.name: channel for channel in Channel.objects.all()}
    for day, name, audience, note in DEEDS:
        at, channel = stage.calendar.start_of(day, hour=10), channels.get(name)
        if channel is None or at > stage.now:
            continue
        link = None
        if name == TRACKED:
            link = make_link(cohort=stage.cohort, channel=channel, target=Target.COHORT, label="In the post", by=ines)
        deed = Deed(on=at.date(), channel=channel, audience=audience, note=note, link=link)
        log_action(cohort=stage.cohort, deed=deed, by=ines)
    for number, (name, by_name, why) in enumerate(RECOMMENDED):
        email, by_email = (_address(one, stage.recipe.slug) for one in (name, by_name))
        kept = recommend(cohort=stage.cohort, named=Named(name, email, why, by_name, by_email))
        opened = stage.calendar.start_of(OPENING[MilestoneKind.APPLICATIONS_OPEN], hour=9 + number)
        Recommendation.objects.filter(pk=kept.pk).update(at=min(opened, stage.now))
        if number == 0 or stage.has_come(Moment.SELECTION_UNDERWAY):
            contact_recommended(recommendation=kept, by=ines)
            Recommendation.objects.filter(pk=kept.pk).update(contacted_at=min(opened, stage.now))


def _address(name: str, slug: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{slug}.example"
