"""What reviewing and selecting furnish to the frame: menu, home, tabs and queues of staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import ResolverMatch, reverse

from applications.models import Application
from applications.selectors import applications_visible_to, own_applications
from mats_portal.cohorts.models import Cohort, Stream
from mats_portal.cohorts.policies import can_run_cohort
from mats_portal.cohorts.selectors import dates_of, effective_deadline, has_role, milestone, open_roles, streams_led_by
from mats_portal.cohorts.states import OWN_STREAM, CohortRole, MilestoneKind
from mats_portal.web.components.moments import say
from mats_portal.web.home import Queue, Section
from mats_portal.web.menu import MenuItem
from mats_portal.web.text import counted
from mentors.models import Assignment, Conflict, Mark, Marking, Offer, Release
from mentors.selectors import review_queue, streams_status
from mentors.selectors.ranking import StreamStatus
from mentors.selectors.releases import gaps_in_words, said_in
from mentors.selectors.reviewing import standing_assignments
from mentors.selectors.told import decisions_told_to
from mentors.states import DecisionKind, OfferState, ReleaseState

SELECTION = "Selection"  # The group of the menu.
READERS = (CohortRole.REVIEWER, CohortRole.MENTOR)
SOON_DAYS = 3
REVIEWS = ("mentors:review", "mentors:markings")
SHOWN_AS = ("mentors:review", "mentors:own_ranking", "mentors:ranking")


def cohort_menu(person: Any, cohort: Cohort) -> list[MenuItem]:
    """The queue of those who review, a mentor's own stream, and selection for staff."""
    slug = [cohort.slug]
    items = []
    if has_role(person, cohort, *READERS):
        names = ("applications:application", "mentors:mark", "mentors:mark_conflict")
        items.append(MenuItem("Review", reverse("mentors:review", args=slug), 12, names=names))
    if has_role(person, cohort, CohortRole.MENTOR):
        url = reverse("mentors:own_ranking", args=slug)
        items.append(MenuItem("Ranking", url, 36, OWN_STREAM, ("mentors:ranking",)))
    if can_run_cohort(person, cohort).allowed:
        items += [
            MenuItem("Reviews", reverse("mentors:assignments", args=slug), 30, SELECTION, REVIEWS),
            MenuItem("Scores", reverse("mentors:scores", args=slug), 31, SELECTION),
            MenuItem("Matching", reverse("mentors:selection", args=slug), 32, SELECTION, ("mentors:ranking",)),
            MenuItem("Offers", reverse("mentors:offers", args=slug), 34, SELECTION, ("mentors:reserve",)),
            MenuItem("Releases", reverse("mentors:releases", args=slug), 35, SELECTION),
        ]
    return items


def sections(person: Any, now: datetime) -> list[Section]:
    """What the person was told of their application; what is left to review and mark; rankings that are not in."""
    return [*_told(person), *_reviews(person, now), *_markings(person), *_rankings(person, now)]


def _told(person: Any) -> list[Section]:
    if not own_applications(person):
        return []
    found = []
    for decision in decisions_told_to(person)[:1]:
        is_reserve = decision.kind == DecisionKind.RESERVE
        heading = "You are on the reserve" if is_reserve else "Our answer to your application is there"
        cohort = decision.application.cohort
        url = reverse("mentors:own_decision", args=[cohort.slug])
        context = {"is_reserve": is_reserve}
        found.append(Section(heading, "mentors/home_decision.html", context, cohort.name, "Read it", url, 10))
    return found


def _reviews(person: Any, now: datetime) -> list[Section]:
    if not any(held.role in (*READERS, CohortRole.STAFF) for held in open_roles(person)):
        return []
    left = standing_assignments(person).unfinished().order_by().values_list("application__cohort", flat=True)
    found = []
    for cohort in Cohort.objects.filter(pk__in=left.distinct()):
        queue = review_queue(person, cohort)
        count = len(queue.remaining)
        due = effective_deadline(cohort, MilestoneKind.REVIEWS_DUE, person)
        heading = "One application left to review" if count == 1 else f"{count} applications left to review"
        url = reverse("mentors:desk", args=[cohort.slug, queue.remaining[0].code])
        context = {"queue": queue, "due": due, "cohort": cohort}
        found.append(
            Section(
                heading, "mentors/home_reviews.html", context, action="Continue", url=url, order=_order(due, now, 30)
            )
        )
    return found


def _markings(person: Any) -> list[Section]:
    if not any(held.role in (*READERS, CohortRole.STAFF) for held in open_roles(person)):
        return []
    owed = Mark.objects.of(person).owed().order_by().values_list("marking").annotate(left=Count("pk"))
    left = dict(owed)
    return [
        Section(
            f"{counted(left[one.pk], 'answer', 'answers')} to mark",
            "mentors/home_marking.html",
            {"marking": one},
            action="Mark",
            url=one.get_absolute_url(),
            order=31,
        )
        for one in Marking.objects.filter(pk__in=left).select_related("cohort", "criterion")
    ]


def _order(due: datetime | None, now: datetime, usual: int) -> int:
    """Urgent matters stand first on the page."""
    return 5 if due is not None and (due - now).days < SOON_DAYS else usual


def _rankings(person: Any, now: datetime) -> list[Section]:
    led = streams_led_by(person)
    if not led:
        return []
    return [
        _ranking(status, effective_deadline(status.stream.cohort, MilestoneKind.RANKINGS_DUE, person), now)
        for status in streams_status(None, Stream.objects.filter(pk__in=led))
        if status.applicants and not _is_over(status.stream.cohort, now)
    ]


def _ranking(status: StreamStatus, due: datetime | None, now: datetime) -> Section:
    stream = status.stream
    url = reverse("mentors:ranking", args=[stream.cohort.slug, stream.code])
    context = {"status": status, "due": due, "cohort": stream.cohort}
    if status.is_in:
        heading, action, order = f"{stream}: the ranking is in", "Look at it", 92
    else:
        noun = "applicant" if status.applicants == 1 else "applicants"
        heading, action = f"Rank the {status.applicants} {noun} of {stream}", "Rank"
        order = _order(due, now, 31)
    return Section(heading, "mentors/home_ranking.html", context, action=action, url=url, order=order)


def _is_over(cohort: Cohort, now: datetime) -> bool:
    """Whether selection lies behind: answers were due."""
    due = milestone(cohort, MilestoneKind.ANSWERS_DUE)
    return due is not None and due <= now


def cohort_queues(person: Any, cohort: Cohort, now: datetime) -> list[Queue]:
    """What waits between the close of applications and the answers; later only what still needs somebody's word."""
    dates = dates_of(cohort)
    if not can_run_cohort(person, cohort).allowed:
        return []
    asked = _needing_a_word(person, cohort)
    if _has_come(dates.get(MilestoneKind.ANSWERS_DUE), now):
        return asked
    queues = [*asked, _waiting_offers(cohort)]
    if _has_come(dates.get(MilestoneKind.APPLICATIONS_CLOSE), now):
        reviews_late = _has_come(dates.get(MilestoneKind.REVIEWS_DUE), now)
        rankings_late = _has_come(dates.get(MilestoneKind.RANKINGS_DUE), now)
        queues += [_unassigned(cohort), _unreviewed(cohort, reviews_late), _unranked(cohort, rankings_late)]
    return queues


def _has_come(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def _needing_a_word(person: Any, cohort: Cohort) -> list[Queue]:
    """A release to confirm, and seats that were not offered on. One query while there is neither."""
    waits = Q(streams__held_calls__ended_at=None)
    draft = Release.objects.filter(cohort=OuterRef("pk"), state=ReleaseState.DRAFT).values("pk")[:1]
    found = Cohort.objects.filter(pk=cohort.pk).annotate(
        draft=Subquery(draft),
        held=Count("streams__held_calls", filter=waits),
        oldest=Min("streams__held_calls__held_at", filter=waits),
    )
    (key, count, oldest), queues = found.values_list("draft", "held", "oldest").get(), []
    if key is not None:
        queues += _unconfirmed(Release.objects.get(pk=key), person, cohort)
    if count:
        headline = counted(count, "seat waits for your word", "seats wait for your word")
        url = reverse("mentors:reserve", args=[cohort.slug])
        queues.append(Queue("Seats the reserve waits with", count, url, oldest, headline, urgency=6))
    return queues


def _unconfirmed(draft: Release, person: Any, cohort: Cohort) -> list[Queue]:
    """A draft that says everything it needs to: stuck for those who can confirm it, not for whoever prepared it."""
    if gaps_in_words(said_in(draft)):
        return []
    is_own = draft.prepared_by_id == person.pk
    label = "Releases that wait for a second person" if is_own else "Releases that wait for you"
    url = reverse("mentors:release", args=[cohort.slug, draft.code])
    headline = "A release waits for your confirmation"
    return [Queue(label, 1, url, draft.prepared_at, headline, urgency=5, is_stuck=not is_own)]


def _waiting_offers(cohort: Cohort) -> Queue:
    found = Offer.objects.open().in_cohort(cohort).order_by().aggregate(n=Count("pk"), oldest=Min("released_at"))
    url = reverse("mentors:offers", args=[cohort.slug]) + f"?state={OfferState.RELEASED}"
    return Queue("Offers waiting for an answer", found["n"], url, found["oldest"], is_stuck=False)


def _unassigned(cohort: Cohort) -> Queue:
    assigned = Assignment.objects.standing().in_cohort(cohort).values("application")
    waiting = Application.objects.submitted().in_cohort(cohort).exclude(pk__in=assigned)
    found = waiting.order_by().aggregate(n=Count("pk"), oldest=Min("submitted_at"))
    url = reverse("mentors:assignments", args=[cohort.slug])
    headline = counted(found["n"], "application has no reviewer", "applications have no reviewer")
    return Queue("Applications without a reviewer", found["n"], url, found["oldest"], headline, urgency=20)


def _unreviewed(cohort: Cohort, is_late: bool) -> Queue:
    left = Assignment.objects.standing().in_cohort(cohort).unfinished()
    found = left.order_by().aggregate(n=Count("pk"), oldest=Min("assigned_at"))
    url = reverse("mentors:assignments", args=[cohort.slug])
    headline = counted(found["n"], "review is late", "reviews are late")
    label = "Reviews late" if is_late else "Reviews to come"
    return Queue(label, found["n"], url, found["oldest"], headline, urgency=25, is_stuck=is_late)


def _unranked(cohort: Cohort, is_late: bool) -> Queue:
    waiting = Stream.objects.filter(cohort=cohort, preferences__application__state="submitted")
    waiting = waiting.filter(Q(shortlist=None) | Q(shortlist__finished_at=None))
    count, url = waiting.distinct().count(), reverse("mentors:selection", args=[cohort.slug])
    headline = counted(count, "ranking is late", "rankings are late")
    label = "Rankings late" if is_late else "Rankings to come"
    return Queue(label, count, url, headline=headline, urgency=30, is_stuck=is_late)


def why_seen(person: Any, cohort: Cohort, match: ResolverMatch, by: Any) -> list[str]:
    """Ties and assignments between the person and the application on the page."""
    code = match.kwargs.get("application") or match.kwargs.get("code")
    one = applications_visible_to(by).in_cohort(cohort).filter(code=code).first() if code else None
    if one is None or one.person_id == person.pk:
        return []
    tie = Conflict.objects.filter(person_id=person.pk, application=one).first()
    if tie is not None:
        return [
            f"A tie was declared on {say(tie.at, 'date')} ({tie.get_kind_display().lower()}), so it is gone for them."
        ]
    asked = Assignment.objects.filter(reviewer_id=person.pk, application=one).exists()
    return ["They were asked to review it." if asked else "They were not asked to review it."]
