"""What referrals furnish to the frame: the entry of the menu for staff, the applicant's choice on their home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.selectors import own_applications
from applications.states import ApplicationState
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.web.home import Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from mentors.models import Offer
from mentors.referrals.models import Consent, Organisation, Referral
from mentors.referrals.states import ReferralState

SELECTION = "Selection"  # The group of the menu.


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """Referrals, for staff."""
    if not can_run_cohort(person, cohort).allowed:
        return []
    url = reverse("referrals:referrals", args=[cohort.slug])
    return [MenuItem("Referrals", url, 36, SELECTION, ("referrals:refer",))]


def sections(person: Any, now: datetime) -> list[Section]:
    """For whoever submitted an application and was offered nothing: may they be named to somebody else?

    The same for everybody until offers are out.
    """
    if not own_applications(person):
        return []
    offered = Offer.objects.seen_by_applicant().of(person).values("application")
    listed = Organisation.objects.filter(
        ended_at=None,
        cohort__applications__in=person.applications.filter(state=ApplicationState.SUBMITTED).exclude(pk__in=offered),
    )
    cohorts = {one.cohort_id: one.cohort for one in listed.select_related("cohort")}
    return [_section(person, cohort) for cohort in list(cohorts.values())[:1]]


def _section(person: Any, cohort: Cohort) -> Section:
    given = Consent.objects.given().of(person).filter(application__cohort=cohort).count()
    waiting = Referral.objects.of(person).filter(state=ReferralState.ANNOUNCED, consent__application__cohort=cohort)
    soon = waiting.count()
    heading = "Read what we would say of you" if soon else "May we name you to others?"
    context = {"given": counted(given, "organisation", "organisations") if given else "", "soon": soon}
    url = reverse("referrals:own", args=[cohort.slug])
    return Section(heading, "referrals/home_own.html", context, cohort.name, "Read and choose", url, 9 if soon else 20)
