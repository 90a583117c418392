"""Who can be referred, to whom, and what was shared."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from applications.models import Application
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import open_roles
from mats_portal.cohorts.states import CohortRole
from mentors.models import Decision, Offer
from mentors.referrals.models import Consent, Organisation, Referral
from mentors.selectors import conflicted_applications
from mentors.states import DecisionKind, FeedbackGroup

STRONGEST_FIRST = [FeedbackGroup.RESERVE, FeedbackGroup.RANKED, FeedbackGroup.READ, FeedbackGroup.UNREAD]


def organisations_of(cohort: Cohort) -> QuerySet[Organisation]:
    """Those on the cohort's list now."""
    return Organisation.objects.filter(cohort=cohort, ended_at=None)


def organisations_to_choose(application: Application) -> QuerySet[Organisation]:
    """Those on the list, and those off it to which the applicant's consent still stands: it can be taken back."""
    given = Consent.objects.given().filter(application=application)
    return Organisation.objects.filter(
        Q(cohort=application.cohort_id, ended_at=None) | Q(pk__in=given.values("organisation"))
    )


def rejected_applications(cohort: Cohort) -> QuerySet[Application]:
    """Submitted applications whose last answer was no, and that were never offered a seat; annotated with `group`."""
    told = Decision.objects.told().filter(application=OuterRef("pk"), offer=None).order_by("-release__number")
    offered = Offer.objects.seen_by_applicant().filter(application__cohort=cohort)
    found = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=offered.values("application"))
    answered = found.annotate(answer=Subquery(told.values("kind")[:1]), group=Subquery(told.values("words__group")[:1]))
    return answered.filter(answer=DecisionKind.REJECTION)


def people_to_refer(person: Any, cohort: Cohort) -> list[Application]:
    """The rejected who agreed to an organisation and whom the reader may see, who came furthest first.

    Each has `open_consents`: the consents that hold, with organisation and referral. Nobody's consent shows before
    they were told that there is no seat for them.
    """
    given = Consent.objects.given().filter(organisation__ended_at=None).select_related("organisation", "referral")
    agreed = rejected_applications(cohort).filter(pk__in=given.values("application"))
    agreed = agreed.exclude(pk__in=conflicted_applications(person)).exclude(person_id=person.pk)
    consents = Prefetch("referral_consents", queryset=given.order_by("organisation__name"), to_attr="open_consents")
    found = list(agreed.select_related("person", "cohort").defer("search").prefetch_related(consents))
    return sorted(found, key=lambda one: (STRONGEST_FIRST.index(one.group), one.person.name, one.pk))  # type: ignore[attr-defined]


def referrals_visible_to(person: Any) -> QuerySet[Referral]:
    """One's own; those of cohorts one runs, but for people with whom one has a tie."""
    run = [held.cohort_id for held in open_roles(person) if held.role == CohortRole.STAFF]
    others = Referral.objects.filter(consent__application__cohort__in=run)
    others = others.exclude(consent__application__in=conflicted_applications(person))
    return (others | Referral.objects.of(person)).select_related(
        "consent__application__person", "consent__application__cohort", "consent__organisation", "written_by"
    )


def own_application(person: Any, slug: str) -> Application | None:
    """The reader's submitted application of a cohort."""
    found = Application.objects.submitted().filter(person_id=person.pk, cohort__slug=slug)
    return found.select_related("cohort", "person").first()
