"""What is worth knowing of an applicant's background, for staff. It rejects nobody."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from applications.models import Application, ApplicationQuerySet
from applications.states import MOST_COMMITTED, SENIOR_YEARS, Education, Flag, Prerequisite
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import MilestoneKind


def _day_of(kind: MilestoneKind) -> Subquery:
    days = Milestone.objects.filter(cohort=OuterRef("cohort"), kind=kind)
    return Subquery(days.annotate(day=TruncDate("at")).values("day"))


def _is_away() -> Q:
    late = Q(available_from__gt=_day_of(MilestoneKind.IN_PERSON_STARTS))
    return late | Q(available_until__lt=_day_of(MilestoneKind.IN_PERSON_ENDS))


def _condition(flag: Flag) -> Q:
    match flag:
        case Flag.SENIOR:
            return Q(education__gte=Education.POSTDOC) | Q(years__gte=SENIOR_YEARS)
        case Flag.ALREADY:
            return Q(is_already_in_field=True)
        case Flag.NO_PREREQUISITE:
            return Q(prerequisite=Prerequisite.NO)
        case Flag.COMMITTED:
            return Q(commitments__gt=MOST_COMMITTED)
        case Flag.AWAY:
            return _is_away()


def flagged(applications: ApplicationQuerySet, flags: list[str]) -> ApplicationQuerySet:
    """The applications to which one of the flags applies, by what was last submitted."""
    wanted = Q()
    for flag in flags:
        wanted |= _condition(Flag(flag))
    return applications.filter(wanted)


def flags_of(application: Application) -> list[Flag]:
    """The flags that apply to one application, in one query. Postdoc, professor and ten years make a senior."""
    asked: QuerySet[Application] = Application.objects.filter(pk=application.pk)
    true = [
        Coalesce(ExpressionWrapper(_condition(flag), output_field=BooleanField()), False)  # unknown is no flag
        for flag in Flag
    ]
    return [flag for flag, applies in zip(Flag, asked.values_list(*true).get(), strict=True) if applies]
