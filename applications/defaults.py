"""The general questions that a new cohort asks, until its staff change them. Plain data."""

from applications.states import Education, Prerequisite
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind

ABOUT, WHY, PLANS = "About you", "Why this work", "Your plans"
FIELDS = (
    "Computer science",
    "Machine learning",
    "Mathematics",
    "Physics",
    "Neuroscience",
    "Economics",
    "Philosophy",
    "Other",
)
YEARS = (*(str(number) for number in range(10)), "10+")
OTHERWISE = (
    "Independent research",
    "Upskill independently",
    "Work at a tech company",
    "Classes",
    "Research with a mentor elsewhere",
    "Something else",
)


def general_questions(channels: tuple[str, ...]) -> list[QuestionSpec]:
    """The questions, with the channels offered now for "how did you hear about us?"."""
    single = QuestionKind.SINGLE
    education = tuple(str(label) for label in Education.labels)
    return [
        QuestionSpec("education", single, "Highest education or status", "", ABOUT, education, measures="education"),
        QuestionSpec("field", single, "Field", "The one you know best.", ABOUT, FIELDS, measures="field"),
        QuestionSpec(
            "years",
            single,
            "Years of research or industry experience",
            "Leave it empty if it does not apply to you.",
            ABOUT,
            YEARS,
            is_required=False,
            measures="years",
        ),
        QuestionSpec(
            "prerequisite",
            single,
            "AGI Safety Fundamentals or equivalent?",
            "You can apply without it.",
            ABOUT,
            tuple(str(label) for label in Prerequisite.labels),
            measures="prerequisite",
        ),
        QuestionSpec(
            "evidence",
            QuestionKind.SHORT,
            "What shows it?",
            "A certificate's link, the cohort you took part in, or what you have read.",
            ABOUT,
            is_required=False,
        ),
        QuestionSpec(
            "motivation",
            QuestionKind.LONG,
            "Why do you want to reduce catastrophic risk from AI?",
            "In your own words. There is no right answer, and doubts are welcome.",
            WHY,
            max_words=1_000,
        ),
        *_plans(channels),
    ]


def _availability() -> list[QuestionSpec]:
    """When and how much: dates and other commitments only where there is something to say."""
    hours = QuestionSpec(
        "hours", QuestionKind.SINGLE, "Hours a week that you can give", "", PLANS, ("20", "30", "40"), measures="hours"
    )
    rest: list[tuple[str, QuestionKind, str, str]] = [
        ("available_from", QuestionKind.DATE, "First day on which you can be there", "Empty: from its beginning."),
        ("available_until", QuestionKind.DATE, "Last day on which you can be there", "Empty: until its end."),
        (
            "commitments",
            QuestionKind.NUMBER,
            "Hours a week that other things take at the same time",
            "A job, studies, another programme. Empty if there are none; it is no reason to reject you.",
        ),
    ]
    optional = [
        QuestionSpec(key, kind, wording, note, PLANS, is_required=False, measures=key)
        for key, kind, wording, note in rest
    ]
    return [hours, *optional]


def _plans(channels: tuple[str, ...]) -> list[QuestionSpec]:
    single, several = QuestionKind.SINGLE, QuestionKind.SEVERAL
    asked = [
        QuestionSpec(
            "otherwise",
            several,
            "What would you do this summer otherwise?",
            "Choose all that might be.",
            PLANS,
            OTHERWISE,
            measures="otherwise",
        ),
        QuestionSpec(
            "already",
            single,
            "Are you already working in AI or machine learning, or would you be without us?",
            "",
            PLANS,
            ("Yes", "No"),
            measures="already",
        ),
        *_availability(),
    ]
    if len(channels) > 1:
        asked.append(
            QuestionSpec(
                "channels",
                several,
                "How did you hear about us?",
                "Choose all that apply.",
                PLANS,
                channels,
                is_required=False,
                measures="channels",
            )
        )
    return asked
