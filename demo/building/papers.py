"""CVs and references of a few applicants."""

from __future__ import annotations

from datetime import timedelta

from applications.models import Application, Document, Reference
from applications.services import answer_reference, ask_reference, attach_document
from applications.services.documents import submit_document
from applications.states import ReferenceKind
from demo.building.stage import Stage
from demo.people import ADA
from demo.simulation.intake import LETTERS, curriculum_vitae
from demo.simulation.names import new_name
from mats_portal.cohorts.models import Milestone
from mats_portal.cohorts.states import MilestoneKind

WITH_PAPERS = 2  # applicants, beside Ada; the first has a CV, too, which a process of its own looks into


def hand_in(stage: Stage) -> None:
    """A CV and referees of the last who submitted, and of Ada; some letters are here, some are not."""
    rows = Application.objects.in_cohort(stage.cohort).select_related("person", "cohort")
    others = rows.submitted().exclude(person__email=ADA.email)
    chosen = list(others.order_by("-submitted_at", "pk")[:WITH_PAPERS])
    chosen += rows.filter(person__email=ADA.email)
    closes = Milestone.objects.filter(cohort=stage.cohort, kind=MilestoneKind.APPLICATIONS_CLOSE)
    planned = closes.get().at
    closes.update(at=stage.now + timedelta(days=1))  # papers are judged by the database's clock
    for number, application in enumerate(chosen):
        if number == 0 or application.person.email == ADA.email:
            _attach(application)
        for place in (0, 1) if number % 2 == 0 else (0,):
            _refer(stage, application, LETTERS[(2 * number + place) % len(LETTERS)])
    closes.update(at=planned)


def _attach(application: Application) -> None:
    """A CV, of the time when the applicant last wrote: attaching it is no change of now."""
    person, at = application.person, application.changed_at
    facts = {"Background": application.background or "not given", "Time zone": application.time_zone or "not given"}
    content = curriculum_vitae(person.name, facts)
    document = attach_document(application=application, name=f"CV {person.name}.pdf", content=content, by=person)
    if application.submitted_at is not None:
        submit_document(application)
    Document.objects.filter(pk=document.pk).update(uploaded_at=at)
    Application.objects.filter(pk=application.pk).update(changed_at=at)
    application.changed_at = at


def _refer(stage: Stage, application: Application, letter: tuple[str, str, str | None]) -> None:
    kind, relationship, text = letter
    name = new_name(stage.recipe.seed, f"{kind} of {application.person.email}")
    email = f"{name.lower().replace(' ', '.')}@{kind.replace('_', '-')}.example"
    reference = ask_reference(
        application=application, name=name, email=email, kind=ReferenceKind(kind), by=application.person
    )
    if text is not None:
        answer_reference(reference=reference, relationship=relationship, text=text)
    asked = min(application.changed_at, stage.now - timedelta(hours=30))
    kept = Reference.objects.filter(pk=reference.pk)
    kept.update(asked_at=asked, sent_at=asked)
    kept.filter(closed_at__isnull=False).update(closed_at=asked + timedelta(hours=20))
