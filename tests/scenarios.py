"""One cohort with everybody in it: the world that the access matrix walks through.

Each owner of a thing adds it here as a cached property: `world.application`, `world.offer`.
They are made when first asked for, so that a test pays only for what it looks at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F
from django.db.models.functions import Now

from applications.models import (
    Application,
    Concern,
    Document,
    EligibilityCheck,
    ImportFile,
    Reference,
    SavedView,
)
from applications.outreach.models import Action, Channel, Link, Recommendation
from applications.outreach.services import log_action, make_link, recommend
from applications.outreach.specs import Deed, Named
from applications.outreach.states import Target
from applications.services import attach_answer_file, attach_document, raise_concern, save_view, submit_application
from applications.services.eligibility import answer_eligibility
from applications.services.files import keep_file
from applications.states import ImportKind
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.jobs.models import Job
from mats_portal.outbox.models import Letter
from mats_portal.outbox.states import LetterState
from mats_portal.people.models import Person
from mats_portal.people.states import Role
from mats_portal.questionnaires.models import AnswerFile
from mats_portal.reports.models import Snapshot
from mats_portal.reports.wire import digest_of
from mentors.models import Offer
from mentors.states import OfferState
from research_plans.models import ResearchPlan
from scholars.models import Scholar
from scholars.states import ScholarState
from scholars.support.models import BreakGlass, SupportRequest
from scholars.support.services.glass import break_glass
from scholars.support.services.requests import ask_support
from scholars.support.states import RequestKind
from tests import make
from tests.applications import pdfs
from tests.research_plans import world as plans
from tests.scholars import world as scholars

# Who asks, in the order of the matrix's columns.
ROLES = (
    "anonymous",
    "nobody",
    "applicant",
    "reviewer",
    "mentor",
    "grader",
    "support",
    "scholar",
    "alumnus",
    "staff",
    "admin",
    "staff_without_2fa",
)
NAMES = {
    "nobody": "Nobody",
    "applicant": "Ada",
    "reviewer": "Rea",
    "mentor": "Mira",
    "grader": "Gil",
    "support": "Sol",
    "scholar": "Sam",
    "alumnus": "Alma",
    "staff": "Rui",
    "admin": "Adm",
    "staff_without_2fa": "Rob",
}


@dataclass
class World:
    """A cohort, one stream, and one person of each role."""

    cohort: Cohort = field(default_factory=lambda: make.make_cohort("Winter"))
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """The person of that role, with what makes them one."""
        if role not in self.people:
            self.people[role] = make.make_person(NAMES[role])
            self._give(role, self.people[role])
        return self.people[role]

    def _give(self, role: str, person: Person) -> None:
        if role == "admin":
            make.make_global_role(person, Role.ADMIN)
        elif role == "staff_without_2fa":
            make.make_membership(person, self.cohort, CohortRole.STAFF)
        elif role not in ("nobody", "applicant"):
            stream = self.stream if role in ("mentor", "scholar") else None
            make.make_membership(person, self.cohort, CohortRole(role), stream)

    @cached_property
    def stream(self) -> Stream:
        """The stream of the mentor and the scholar."""
        return make.make_stream(self.cohort, "Oversight")

    @cached_property
    def letter(self) -> Letter:
        """A letter of the cohort about which staff must decide."""
        return make.make_letter(self.cohort, state=LetterState.UNKNOWN)

    @cached_property
    def offer(self) -> Offer:
        """The offer of the mentor's stream to Ada, waiting for her answer."""
        return scholars.release(self.application, self.stream)

    @cached_property
    def scholarship(self) -> Scholar:
        """What Sam is: a scholar of the mentor's stream."""
        person, stream = self.person("scholar"), self.stream
        offer = scholars.make_released(stream, person=person)
        Offer.objects.filter(pk=offer.pk).update(state=OfferState.ACCEPTED, answered_at=offer.released_at)
        Stream.objects.filter(pk=stream.pk).update(seats_taken=F("seats_taken") + 1)
        return Scholar.objects.create(person=person, cohort=self.cohort, stream=stream, offer=offer)

    @cached_property
    def alumna(self) -> Scholar:
        """What Alma was: a scholar who finished."""
        scholar = scholars.make_scholar(self.stream, person=self.person("alumnus"))
        Scholar.objects.filter(pk=scholar.pk).update(state=ScholarState.FINISHED, ended_at=Now())
        Membership.objects.filter(person=scholar.person, role=CohortRole.SCHOLAR).update(until=Now())
        return scholar

    @cached_property
    def plan(self) -> ResearchPlan:
        """Sam's plan, submitted twice."""
        return plans.make_submitted_plan(self.scholarship, times=2)

    @cached_property
    def support_request(self) -> SupportRequest:
        """What Sam asked support; nobody has taken it."""
        by = self.scholarship.person
        return ask_support(by=by, cohort=self.cohort, kind=RequestKind.PLANNING, text="What now?", form_key="world")

    @cached_property
    def glass(self) -> BreakGlass:
        """An emergency opening that Rui is asked to confirm."""
        code, sue = self.support_request.scholar_code, make.make_person("Sue")
        make.make_membership(sue, self.cohort, CohortRole.SUPPORT)
        rui = self.person("staff")
        return break_glass(by=sue, cohort=self.cohort, scholar_code=code, second=rui, reason="In danger.")

    @cached_property
    def snapshot(self) -> Snapshot:
        """The cohort's statistics, with one report."""
        report = {"name": "channels", "question": "How?", "report": {"answer": "So.", "figures": [], "tables": []}}
        content = {"cohort": {"slug": self.cohort.slug, "name": self.cohort.name}, "reports": [report]}
        return Snapshot.objects.create(cohort=self.cohort, content=content, digest=digest_of(content))

    @cached_property
    def job(self) -> Job:
        """Long work that the portal itself asked for."""
        return Job.objects.create(kind="nobody's")

    @cached_property
    def hidden_cohort(self) -> Cohort:
        """A cohort of other people, not public."""
        return make.make_cohort("Hidden", is_public=False)

    @cached_property
    def other_cohort(self) -> Cohort:
        """A public cohort of other people."""
        return make.make_cohort("Other")

    @cached_property
    def membership(self) -> Membership:
        """A reviewer's membership, that staff may end."""
        return make.make_membership(make.make_person("Ben"), self.cohort, CohortRole.REVIEWER)

    @cached_property
    def asking_stream(self) -> Stream:
        """The mentor's stream, with two questions of its own, of which one takes a file."""
        make.make_questions(self.cohort, self.stream, [make.QUESTION, make.FILE_QUESTION])
        return self.stream

    @cached_property
    def other_stream(self) -> Stream:
        """A stream that somebody else leads, with a question."""
        stream = make.make_stream(self.cohort, "Elsewhere")
        make.make_questions(self.cohort, stream)
        return stream

    @cached_property
    def application(self) -> Application:
        """Ada's submitted application to the mentor's stream."""
        return make.make_application(self.cohort, self.person("applicant"), [self.asking_stream])

    @cached_property
    def reference(self) -> Reference:
        """A reference that Ada has asked for."""
        return make.make_reference(self.application)

    @cached_property
    def document(self) -> Document:
        """Ada's CV, submitted."""
        cv = attach_document(
            application=self.application, name="cv.pdf", content=pdfs.plain(), by=self.person("applicant")
        )
        submit_application(application=self.application, by=self.person("applicant"))
        return cv

    @cached_property
    def answer_file(self) -> AnswerFile:
        """The file with which Ada answers a question of the mentor's stream, submitted."""
        ada, choice = self.person("applicant"), self.application.choices.get(stream=self.stream)
        file = attach_answer_file(
            application=self.application,
            choice=choice,
            key=make.FILE_QUESTION.key,
            name="work.pdf",
            content=pdfs.plain(),
            by=ada,
        )
        submit_application(application=self.application, by=ada)
        return file

    @cached_property
    def channel(self) -> Channel:
        """A channel that nobody has named."""
        return Channel.objects.create(name="A newsletter")

    @cached_property
    def outreach_link(self) -> Link:
        """A tracked link of a radio show."""
        radio = Channel.objects.create(code="radio", name="A radio show")
        sue = make.make_person("Sue")
        return make_link(cohort=self.cohort, channel=radio, target=Target.INTEREST, label="In the notes", by=sue)

    @cached_property
    def outreach_action(self) -> Action:
        """The radio show, in the log."""
        link = self.outreach_link
        deed = Deed(on=date(2026, 5, 3), channel=link.channel, audience="Students", link=link)
        return log_action(cohort=self.cohort, deed=deed, by=link.made_by)

    @cached_property
    def recommendation(self) -> Recommendation:
        """Bea, whom Alma thinks of; nobody has written to her."""
        named = Named("Bea", "bea@example.org", "She asks good questions.", "Alma", "alma@example.org")
        return recommend(cohort=self.cohort, named=named)

    @cached_property
    def saved_view(self) -> SavedView:
        """A view of the applications table that staff have saved."""
        rui = self.person("staff")
        return save_view(cohort=self.cohort, name="Drafts", address="state=draft", is_shared=True, by=rui)

    @cached_property
    def gated_cohort(self) -> Cohort:
        """The cohort, with eligibility questions before its form, which came after Ada began hers."""
        assert self.application
        make.make_gate(self.cohort)
        return self.cohort

    @cached_property
    def stopped(self) -> EligibilityCheck:
        """Somebody whose answer stopped them."""
        return answer_eligibility(cohort=self.gated_cohort, values={"adult": "No"}, by=make.make_person("Bea"))

    @cached_property
    def double(self) -> Application:
        """A draft of somebody with the applicant's name."""
        return make.make_application(self.cohort, make.make_person(self.application.person.name), submitted=False)

    @cached_property
    def concern(self) -> Concern:
        """A doubt that the mentor has raised and nobody has decided on."""
        return raise_concern(application=self.application, reason="Copied, I think.", by=self.person("mentor"))

    @cached_property
    def import_file(self) -> ImportFile:
        """A file of streams that staff have uploaded."""
        content = b"Stream,Mentors,Seats\nNew,Mio <mio@example.org>,3\n"
        return keep_file(
            cohort=self.cohort,
            kind=ImportKind.STREAMS,
            name="streams.csv",
            content=content,
            zone="UTC",
            by=self.person("staff"),
        )
