"""The pages that are measured, and what they may cost."""

from dataclasses import dataclass

MOST_STATEMENTS = 12  # The goal of every list.
MOST_OF_A_HOME = 16  # A home asks every app what waits; it has no rows to grow by.


@dataclass(frozen=True, slots=True)
class Page:
    """One page: whose, where, and how many times the yardstick it may take."""

    name: str
    who: str
    path: str
    goal: float
    most: int = MOST_STATEMENTS
    kilobytes: int = 0  # At most; 0 for no such goal.


PAGES = (
    Page("home of staff", "staff", "/", 3.0, MOST_OF_A_HOME),
    Page("home of a mentor", "mentor", "/", 3.0, MOST_OF_A_HOME),
    Page("applications", "staff", "/cohorts/{slug}/applications/", 2.5),
    Page("applications, searched", "staff", "/cohorts/{slug}/applications/?q=person", 2.5),
    Page("one application", "staff", "/cohorts/{slug}/applications/{application}/", 2.0),
    Page("interest forms", "staff", "/cohorts/{slug}/outreach/", 2.5),
    Page("assignments", "staff", "/cohorts/{slug}/assignments/", 2.5),
    Page("review queue", "reviewer", "/cohorts/{slug}/review/", 5.0),
    Page("review desk", "reviewer", "/cohorts/{slug}/review/{application}/", 2.0),
    Page("ranking", "mentor", "/cohorts/{slug}/streams/{stream}/ranking/", 5.0),
    Page("selection", "staff", "/cohorts/{slug}/selection/", 3.0),
    Page("letters", "staff", "/cohorts/{slug}/letters/", 2.5),
    Page("letters by tomorrow", "staff", "/cohorts/{slug}/letters/tomorrow/", 2.5),
    Page("people", "staff", "/cohorts/{slug}/people/", 2.5),
    Page("scholars", "staff", "/cohorts/{slug}/scholars/", 2.5),
    Page("plans", "staff", "/cohorts/{slug}/plans/", 2.5),
    Page("reports", "staff", "/cohorts/{slug}/reports/", 3.0),
    Page("one report", "staff", "/cohorts/{slug}/reports/{report}/", 3.0),
)

TABLE = "/cohorts/{slug}/applications/"
LARGE = tuple(
    Page(name, "staff", f"{TABLE}{narrowed}", 2.5, 10, 60)
    for name, narrowed in (
        ("applications", ""),
        ("applications, page 2", "{second}"),
        ("many words found", "?q=person"),
        ("few words found", "?q=word7"),
        ("one stream", "?stream={stream}"),
        ("drafts", "?state=draft"),
    )
)
MOST_GROWTH = 1.15  # What 100,000 rows may take beside 1,000.

REVIEWS = (
    Page("scores of the round", "staff", "/cohorts/{slug}/scores/", 5.0),
    Page("reviews by reviewer", "staff", "/cohorts/{slug}/assignments/", 5.0),
    Page("review queue", "reviewer", "/cohorts/{slug}/review/", 5.0),
    Page("review desk", "reviewer", "/cohorts/{slug}/review/{application}/", 2.0),
    Page("ranking of 1,000", "mentor", "/cohorts/{slug}/streams/{stream}/ranking/", 5.0),
)
