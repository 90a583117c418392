"""Who may review, rank, select and offer."""

from __future__ import annotations

from typing import Any

from applications.models import Application
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import has_role, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.access import Decision, decide
from mentors.models import Conflict, Offer
from mentors.selectors import assessable_by, offers_visible_to, streams_ranked_by
from mentors.selectors.discussing import discussable_by
from mentors.selectors.reviewing import can_be_taken_up, standing_assignments

__all__ = [
    "assessable_by",
    "can_declare_conflict",
    "can_discuss_application",
    "can_doubt_application",
    "can_offer",
    "can_overrule_matching",
    "can_rank_stream",
    "can_read_offer",
    "can_review_application",
    "can_review_in_cohort",
    "can_waive_scoring",
    "discussable_by",
    "offers_visible_to",
    "streams_ranked_by",
]


def can_review_in_cohort(person: Any, cohort: Cohort) -> Decision:
    """Staff, reviewers and mentors of the cohort have a queue; it may be empty."""
    allowed = has_role(person, cohort, CohortRole.STAFF, CohortRole.REVIEWER, CohortRole.MENTOR)
    return decide(allowed, f"Only reviewers and mentors of {cohort} review its applications.")


def can_review_application(person: Any, application: Application) -> Decision:
    """Whoever was asked to, and any mentor of a chosen stream; nobody with a tie, and no mentor who waived it."""
    asked = standing_assignments(person).filter(application=application).exists()
    allowed = asked or can_be_taken_up(person, application)
    return decide(allowed, "This application is not yours to score. Programme staff can assign it to somebody.")


def can_waive_scoring(person: Any, application: Application) -> Decision:
    """A mentor of a chosen stream, as long as their own scores are not in."""
    allowed = can_be_taken_up(person, application)
    return decide(allowed, "Only mentors of a chosen stream who have not scored it yet can leave it to others.")


def can_discuss_application(person: Any, application: Application) -> Decision:
    """Staff of the cohort, and whoever has scored it or left it to others; nobody while it is theirs to score."""
    allowed = discussable_by(person).filter(pk=application.pk).exists()
    return decide(allowed, "The discussion opens when your own scores are in, or when you leave the scoring to others.")


def can_doubt_application(person: Any, application: Application) -> Decision:
    """Whoever has the application on their desk; never the applicant. It takes a second person to confirm a doubt."""
    allowed = assessable_by(person).filter(pk=application.pk).exists()
    return decide(allowed, "Only whoever reviews this application raises a concern from the desk.")


def can_declare_conflict(person: Any, application: Application) -> Decision:
    """Whoever evaluates in the cohort and has not declared it yet."""
    declared = Conflict.objects.filter(person_id=person.pk, application=application).exists()
    if declared:
        return decide(False, "You have declared this tie already.")
    return can_review_in_cohort(person, application.cohort)


def can_rank_stream(person: Any, stream: Stream) -> Decision:
    """The stream's mentors; programme staff may write down what mentors told them."""
    allowed = stream.pk in streams_led_by(person) or has_role(person, stream.cohort, CohortRole.STAFF)
    return decide(allowed, f"Only the mentors of {stream} rank its applicants.")


def can_offer(person: Any, cohort: Cohort) -> Decision:
    """Programme staff run the matching, prepare, release and withdraw offers."""
    return can_run_cohort(person, cohort)


def can_overrule_matching(person: Any, cohort: Cohort) -> Decision:
    """The director: a coordinator on the staff of the cohort. Others of the staff run the matching as it is."""
    allowed = has_role(person, cohort, CohortRole.STAFF) and has_global_role(person, Role.COORDINATOR)
    return decide(allowed, f"Only a coordinator on the staff of {cohort} decides against the matching.")


def can_read_offer(person: Any, offer: Offer) -> Decision:
    """Whoever the offer is visible to."""
    return decide(offers_visible_to(person).filter(pk=offer.pk).exists(), "This offer is for somebody else.")
