"""The rubric that a new cohort starts with. Every part can be changed; changing makes a new version."""

from mats_portal.rubrics.specs import CriterionSpec
from mats_portal.rubrics.states import Dimension

APPLICATION_CRITERIA = (
    CriterionSpec(
        key="technical-ability",
        label="Technical ability",
        help="Can do the research this stream needs.",
        anchors=(
            "no sign of the skills the work needs",
            "has the basics; would need months before starting",
            "could start with close guidance",
            "has carried a comparable piece of work to the end alone",
            "has done work at this level that others build on",
        ),
        weight=2,
    ),
    CriterionSpec(
        key="hard-question",
        label="Engagement with the hard question",
        help="Examines the argument, does not decorate it.",
        anchors=(
            "does not answer the question",
            "repeats what has been said, in other words",
            "sees the difficulty, and stops there",
            "takes the difficulty apart and gets somewhere",
            "names what would prove them wrong and how to find out",
        ),
        weight=2,
    ),
    CriterionSpec(
        key="research-judgement",
        label="Research judgement",
        help="Chooses problems and next steps well, on their own reasons.",
        anchors=(
            "no reasons given for what they would do",
            "follows others without saying why",
            "sensible choices, thinly argued",
            "weighs alternatives and says what they would drop",
            "sees what matters, argues it, and knows when to stop",
        ),
        weight=1,
    ),
    CriterionSpec(
        key="motivation",
        label="Motivation",
        help="Wants to reduce the risk, not only do the work.",
        anchors=(
            "no interest in the risk",
            "mentions it in passing",
            "cares, without having thought it through",
            "has a considered view and has acted on it",
            "has arranged their work or studies around it",
        ),
        weight=1,
        dimension=Dimension.MOTIVATION,
    ),
)
