"""Who may do what behind the closed door. Whoever may do nothing here is told nothing: 404, not 403."""

from typing import Any

from django.db.models import Q, QuerySet

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.selectors import cohorts_with_role, has_role
from mats_portal.cohorts.states import CohortRole
from mats_portal.web.access import ALLOWED, Decision, decide
from scholars.support.models import BreakGlass, SupportRequest
from scholars.support.states import OPEN_STATES, RequestState


def cohorts_supported_by(person: Any) -> QuerySet[Cohort]:
    """The cohorts in which this person is scholar support now."""
    return cohorts_with_role(person, CohortRole.SUPPORT)


def supported_slugs(person: Any) -> list[str]:
    """Their slugs, asked once per person object (so once per request)."""
    found: list[str] | None = getattr(person, "_supported_slugs", None)
    if found is None:
        found = list(cohorts_supported_by(person).values_list("slug", flat=True))
        person._supported_slugs = found
    return found


def cohorts_asking_for(person: Any) -> QuerySet[Cohort]:
    """The cohorts in which this person is a scholar and may ask support."""
    return cohorts_with_role(person, CohortRole.SCHOLAR)


def requests_visible_to(person: Any) -> QuerySet[SupportRequest]:
    """Own requests; those of cohorts one supports; those under a glass that one broke with somebody."""
    opened = BreakGlass.objects.open().naming(person.code)
    under_glass = Q()
    for slug, code in opened.values_list("cohort_slug", "scholar_code"):
        under_glass |= Q(cohort_slug=slug, scholar_code=code)
    own = Q(scholar_code=person.code)
    return SupportRequest.objects.filter(own | Q(cohort_slug__in=supported_slugs(person)) | under_glass)


def glasses_visible_to(person: Any) -> QuerySet[BreakGlass]:
    """Those that name the person, those about the person once confirmed, and the register of cohorts one supports."""
    about_me = Q(scholar_code=person.code, confirmed_at__isnull=False)
    register = Q(cohort_slug__in=supported_slugs(person)) & ~Q(scholar_code=person.code)
    return BreakGlass.objects.filter(about_me | register) | BreakGlass.objects.naming(person.code)


def supports(person: Any, slug: str) -> bool:
    """Whether the person is scholar support of the cohort now."""
    return slug in supported_slugs(person)


def open_glass(person: Any, request: SupportRequest) -> BreakGlass | None:
    """The broken glass by which this person may read the scholar's requests now, if there is one."""
    glasses = BreakGlass.objects.open().naming(person.code)
    return glasses.filter(cohort_slug=request.cohort_slug, scholar_code=request.scholar_code).first()


def can_ask_support(person: Any, cohort: Cohort) -> Decision:
    """Scholars of the cohort."""
    return decide(has_role(person, cohort, CohortRole.SCHOLAR), f"Only a scholar of {cohort} can ask its support.")


def can_read_request(person: Any, request: SupportRequest) -> Decision:
    """The scholar; support while nobody else has it; whoever holds an open broken glass."""
    if request.scholar_code == person.code or open_glass(person, request):
        return ALLOWED
    free = request.state == RequestState.WAITING or request.taken_by_code == person.code
    return decide(
        supports(person, request.cohort_slug) and free,
        "A colleague has taken this request, and only they read it. Ask them, or break the glass in an emergency.",
    )


def can_take_request(person: Any, request: SupportRequest) -> Decision:
    """Support of the cohort, while it waits."""
    return decide(
        supports(person, request.cohort_slug) and request.state == RequestState.WAITING,
        "Only scholar support can take a request, and only while it waits.",
    )


def can_work_on_request(person: Any, request: SupportRequest) -> Decision:
    """Who has taken it writes notes, plans a meeting, hands it over and closes it."""
    return decide(
        supports(person, request.cohort_slug)
        and request.taken_by_code == person.code
        and request.state in (RequestState.TAKEN, RequestState.CLOSED),
        "Only the support person who has taken the request can do this.",
    )


def can_take_back_request(person: Any, request: SupportRequest) -> Decision:
    """The scholar who asked, while it is open."""
    return decide(
        request.scholar_code == person.code and request.state in OPEN_STATES,
        "Only the scholar who asked can take an open request back.",
    )


def can_break_glass(person: Any, slug: str) -> Decision:
    """Support of the cohort begins it; a second named person confirms."""
    return decide(supports(person, slug), "Only scholar support of this cohort can begin this.")


def can_confirm_glass(person: Any, glass: BreakGlass) -> Decision:
    """The second named person."""
    return decide(glass.second_code == person.code, "Only the second named person can confirm this.")
