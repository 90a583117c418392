"""Who may change questions."""

from typing import Any

from django.db.models import Q, QuerySet

from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import can_set_up_cohort
from mats_portal.cohorts.selectors import has_role, streams_led_by
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.selectors import has_global_role
from mats_portal.people.states import Role
from mats_portal.web.access import Decision, decide


def editors_of_some_questions(person: Any) -> Decision:
    """Staff, administrators, and mentors for their own streams (the door)."""
    allowed = has_global_role(person, Role.ADMIN) or has_role(person, None, CohortRole.STAFF, CohortRole.MENTOR)
    return decide(allowed, "Only programme staff change questions, and mentors those of their own streams.")


def can_edit_questions(person: Any, cohort: Cohort, stream: Stream | None) -> Decision:
    """The general questions: staff and administrators. A stream's: its mentors, too."""
    if stream is not None and stream.pk in streams_led_by(person):
        return decide(True, "")
    return can_set_up_cohort(person, cohort)


def question_streams_visible_to(person: Any, cohort: Cohort) -> QuerySet[Stream]:
    """The streams whose questions the person may change."""
    streams = Stream.objects.filter(cohort=cohort).order_by("name")
    if can_set_up_cohort(person, cohort).allowed:
        return streams
    return streams.filter(Q(pk__in=streams_led_by(person)))
