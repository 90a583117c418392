"""The one letter to somebody who was recommended."""

from typing import Any

from applications.outreach.models import Link, Recommendation
from mats_portal.outbox.kinds import LetterKind
from mats_portal.web.links import absolute

RECOMMENDED = LetterKind(
    name="you were recommended",
    subject_template="{by_name} thinks of you for {cohort}",
    template="outreach/letters/recommended.txt",
    because="somebody recommended you; we write about this once, and keep your address for nothing else",
)


def recommended_facts(recommendation: Recommendation, link: Link) -> dict[str, Any]:
    """Who recommended, for what, and the person's own link; never what was written about them."""
    return {
        "by_name": recommendation.by_name,
        "cohort": recommendation.cohort.name,
        "url": absolute(link.get_absolute_url()),
    }
