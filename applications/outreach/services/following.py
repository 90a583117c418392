"""Recommend somebody, write to who was recommended, log what was done, make and count links."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from applications.models import Application
from applications.outreach.defaults import RECOMMENDATION
from applications.outreach.errors import AlreadyContacted, HasApplied, InterestNotOpen
from applications.outreach.letters import RECOMMENDED, recommended_facts
from applications.outreach.models import Action, Channel, Link, Recommendation
from applications.outreach.selectors import is_open
from applications.outreach.specs import Deed, Named
from applications.outreach.states import Target
from mats_portal.cohorts.models import Cohort
from mats_portal.journal.services import record
from mats_portal.outbox.services import post_letter


@transaction.atomic
def recommend(*, cohort: Cohort, named: Named) -> Recommendation:
    """Keep a recommendation. Sent again by the same person, the newer words count, until staff have written.

    Raises `InterestNotOpen` before the interest form opens, by the database's clock.
    """
    if not is_open(cohort):
        raise InterestNotOpen
    email, by_email = named.email.lower(), named.by_email.lower()
    words = {"name": named.name, "why": named.why, "by_name": named.by_name}
    key = {"cohort": cohort, "email": email, "by_email": by_email}
    found, is_new = Recommendation.objects.get_or_create(**key, defaults=words)
    if not is_new:
        Recommendation.objects.filter(pk=found.pk, contacted_at=None).update(**words)
        found.refresh_from_db()
    return found


@transaction.atomic
def contact_recommended(*, recommendation: Recommendation, by: Any) -> Link:
    """Write to who was recommended, once for an address and cohort, with a link of their own.

    Everybody who recommended the same address is answered by the one letter. Effects: a link of the channel
    "Recommendation", the letter, a journal entry without names. Raises `AlreadyContacted`, `HasApplied`.
    """
    cohort = recommendation.cohort
    same = Recommendation.objects.select_for_update().filter(cohort=cohort, email=recommendation.email).order_by("pk")
    found = list(same)
    if any(one.contacted_at for one in found):
        raise AlreadyContacted
    if Application.objects.in_cohort(cohort).filter(person__email__iexact=recommendation.email).exists():
        raise HasApplied
    channel, _ = Channel.objects.get_or_create(name=RECOMMENDATION, defaults={"is_community": True, "position": 1_000})
    link = Link.objects.create(cohort=cohort, channel=channel, target=Target.COHORT, made_by=by)
    same.update(contacted_at=Now(), contacted_by=by, link=link)
    post_letter(
        kind=RECOMMENDED,
        key=f"recommended:{recommendation.code}",
        address=recommendation.email,
        name=recommendation.name,
        facts=recommended_facts(recommendation, link),
        cohort=cohort,
        about=f"outreach.recommendation:{recommendation.code}",
    )
    record(by=by, verb="contact recommended", subject=recommendation, cohort=cohort)
    return link


@transaction.atomic
def make_link(*, cohort: Cohort, channel: Channel, target: Target, label: str, by: Any) -> Link:
    """A new tracked link of a channel."""
    link = Link.objects.create(cohort=cohort, channel=channel, target=target, label=label, made_by=by)
    record(by=by, verb="make link", subject=link, cohort=cohort, facts={"channel": channel.name, "label": label})
    return link


def count_visit(*, link: Link) -> None:
    """One more visit; who came is not kept."""
    Link.objects.filter(pk=link.pk).update(visits=F("visits") + 1)


@transaction.atomic
def log_action(*, cohort: Cohort, deed: Deed, by: Any) -> Action:
    """Keep an action in the log."""
    action = Action.objects.create(
        cohort=cohort,
        on=deed.on,
        channel=deed.channel,
        audience=deed.audience,
        note=deed.note,
        link=deed.link,
        by=by,
    )
    facts = {"on": f"{deed.on:%Y-%m-%d}", "channel": deed.channel.name, "audience": deed.audience}
    record(by=by, verb="log outreach", subject=action, cohort=cohort, facts=facts)
    return action


@transaction.atomic
def remove_action(*, action: Action, by: Any) -> None:
    """Take an action out of the log that was never done so; the journal keeps that it stood there."""
    facts = {"on": f"{action.on:%Y-%m-%d}", "channel": action.channel.name, "audience": action.audience}
    record(by=by, verb="remove outreach", subject=action, cohort=action.cohort, facts=facts)
    action.delete()
