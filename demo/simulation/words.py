"""Invented sentences, so that pages of a demo can be read and not only looked at."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

REVIEW_REMARKS: Mapping[str, list[str]] = {
    "high": [
        "Names the weakest step of the argument before I could.",
        "The experiment is small, cheap and would settle something.",
        "Own view, argued well, with a clear idea of what would change it.",
        "Strong evidence of finishing things.",
        "Engages with the hard part instead of restating the paper.",
    ],
    "middle": [
        "Solid background; the answer stays close to the paper.",
        "A good first half; the plan is less sharp than the summary.",
        "Would like to see one more step between the scenario and the experiment.",
        "Careful, a little cautious.",
        "Good question at the end, not followed up.",
    ],
    "low": [
        "Restates the prompt; I could not find the argument.",
        "Many claims, no example.",
        "Seems to want another kind of programme.",
        "The method would not answer the question asked.",
    ],
}

COMMENTS = (
    "The threat model is much sharper than in our last call. Which of the two assumptions would you drop first?",
    "Please put a date on the second output, even a wrong one.",
    "I disagree with the last paragraph, and I am glad that you wrote it. Let us talk on Thursday.",
    "What would make you stop this project after three weeks?",
    "The causal story needs one actor with a motive. Otherwise I like where this goes.",
    "Cut the third experiment. The first two carry the claim.",
)

SUPPORT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "debugging": (
        (
            "My training runs diverge after the tokenizer change and I have lost two days.",
            "Halved the problem.",
        ),
        ("I keep rewriting the same evaluation script.", "Wrote down what the script has to decide, then stopped."),
    ),
    "planning": (
        ("I have three possible projects and four weeks.", "Ranked them by what could be known by Friday."),
        (
            "The outputs in my plan will not fit before the end.",
            "Cut one output, moved one, kept the last date.",
        ),
        ("I would like to plan the week in which my mentor is away.", "Agreed on two checkpoints with a peer."),
    ),
    "unblocking": (
        ("I do not know how to say that I disagree with the direction.", "Rehearsed the first two sentences."),
        ("I am stuck and have stopped asking.", "One question to one person, today. Follow up on Monday."),
        ("I cannot get time on the cluster.", "Found out who decides; sent the request together."),
    ),
}

ORGANISATIONS: Mapping[str, tuple[str, ...]] = {
    "safety_staff": ("Lantern Lab", "Harbour Research", "Institute for Careful Systems", "Plumb Line"),
    "safety_founder": ("Tidewater Evals", "Second Look"),
    "academia_safety": ("University of Westmere", "Northfield Institute of Technology"),
    "industry_safety": ("Larch Computing", "Meridian Models"),
    "skill_building": ("Ostrich Robotics", "Larch Computing"),
    "policy": ("Office for Emerging Technology",),
    "capabilities": ("Meridian Models", "Big Oak"),
    "studying": ("University of Westmere",),
    "other": ("Saltmarsh Energy", "Finch & Daughters"),
}

_ACTORS = ("a lab under time pressure", "a well-meaning deployer", "a team that trusts its benchmark")
_FAILURES = (
    "a model that behaves well only while it is tested",
    "a capability that appears between two checkpoints and is found after release",
    "an oversight process that is cheaper to satisfy than to serve",
)
_STEPS = ("a replication", "a counter-example", "a cheap test that others can run", "a negative result with its data")
_OUTPUTS = (
    "Replication of the baseline, with code",
    "Dataset with documentation",
    "Draft shared with three outside readers",
    "Post on what did not work",
    "Evaluation that others can run",
    "Talk at the symposium",
    "Pre-print",
)


@dataclass(frozen=True, slots=True)
class PlanText:
    """The parts of a research plan."""

    threat_model: str
    theory_of_change: str
    plan_of_action: str
    disagreement: str
    outputs: tuple[str, ...]


def fill_plan(chance: random.Random, agenda: str) -> PlanText:
    """A plausible plan on the agenda."""
    topic = agenda[:1].lower() + agenda[1:] if agenda[:2] != agenda[:2].upper() else agenda
    actor, failure, step = chance.choice(_ACTORS), chance.choice(_FAILURES), chance.choice(_STEPS)
    outputs = chance.sample(_OUTPUTS, chance.choice((2, 3, 3, 4)))
    threat = (
        f"I worry about {failure}. The path I have in mind needs {actor}, two quarters of pressure and one missing "
        f"measurement in {topic}.\n\nTwo assumptions carry it: that the failure is rare enough not to be seen in the "
        "usual tests, and that those who could stop it learn of it last. If either is wrong I would drop the project."
    )
    theory = (
        f"If {step} in {topic} exists by the end of the summer, the two teams who decide on releases can use it "
        "without new staff. The weakest link is whether they will. I weighed writing a position paper "
        "instead; it would reach more readers and change fewer decisions."
    )
    action = (
        "Weeks 1 and 2: reproduce the baseline on a small model. Weeks 3 to 5: vary one thing at a time. Week 6: "
        "decide by a rule written down beforehand, whether to go on.\n\n"
        f"Fall-back: if the baseline does not hold, {step} is the result, and I write that up."
    )
    disagreement = ""
    if chance.random() < 0.45:
        disagreement = (
            f"My mentor expects {topic} to matter mostly for the next generation of systems. I think the present one "
            "is already a case, and that waiting costs us the easy measurements."
        )
    return PlanText(threat, theory, action, disagreement, tuple(outputs))
