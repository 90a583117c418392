"""Each sentence that must hold over the whole database holds of a full world, and each can be broken."""

from __future__ import annotations

import contextlib

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from applications.models import Application, Submission
from applications.services import answer_reference
from applications.snapshot import digest_of
from mats_portal.cohorts.models import Milestone, Stream
from mats_portal.cohorts.states import MilestoneKind
from mats_portal.jobs.models import Job
from mats_portal.keeping.models import ErasureRequest
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind
from mats_portal.web.invariants import all_invariants
from mentors.models import Assignment, Conflict
from mentors.states import ConflictKind
from tests import make
from tests.mentors.world import make_assessment
from tests.scenarios import World
from tests.scholars import world as scholars

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """As it should be: the sentence noticed, and everything is undone."""


DROP = "ALTER TABLE {} DROP CONSTRAINT {}"
UNIQUE = "DROP INDEX {}"
OFF = "ALTER TABLE {} DISABLE TRIGGER {}"
BREAKS: dict[str, list[str]] = {
    "The database itself keeps journal_entry final": [OFF.format("journal_entry", "entries_are_final")],
    "No two people share an address, in whatever capitals": [
        DROP.format("people_person", "email_is_lower_case"),
        "UPDATE people_person SET email = upper((SELECT min(email) FROM people_person WHERE name = 'Ada'))"
        " WHERE id = (SELECT min(id) FROM people_person WHERE name = 'Mira')",
    ],
    "An address is kept in lower case": [
        DROP.format("people_person", "email_is_lower_case"),
        "UPDATE people_person SET email = upper(email)",
    ],
    "Nobody holds a role of the whole portal twice": [
        UNIQUE.format("one_open_role_of_a_kind_per_person"),
        "INSERT INTO people_globalrole (person_id, role, since) SELECT person_id, role, since FROM people_globalrole",
    ],
    "Each letter's key is its own": [
        DROP.format("outbox_letter", "outbox_letter_key_key"),
        "UPDATE outbox_letter SET key = 'one'",
    ],
    "No letter is being sent for longer than its lease and five minutes": [
        "UPDATE outbox_letter SET state = 'leased', lease_until = now() - interval '6 minutes'"
    ],
    "Each letter that was sent says when": ["UPDATE outbox_letter SET state = 'sent', sent_at = NULL"],
    "No sealed letter is kept once it is sent": [
        "UPDATE outbox_letter SET kind = 'erasure done', state = 'sent', sent_at = now()"
    ],
    "No two jobs of a kind do the same thing at once": [
        UNIQUE.format("one_job_of_a_kind_at_a_time"),
        "UPDATE jobs_job SET kind = 'same', state = 'waiting', subject = ''",
    ],
    "No stream is oversold": [
        DROP.format("cohorts_stream", "no_stream_oversold"),
        "UPDATE cohorts_stream SET seats_taken = seats + 1",
    ],
    "No cohort is oversold": ["UPDATE cohorts_cohort SET seats = 0"],
    "Nobody supports and evaluates in one cohort": [
        DROP.format("cohorts_membership", "nobody_both_supports_and_evaluates"),
        "INSERT INTO cohorts_membership (cohort_id, person_id, role, side, since, reason)"
        " SELECT cohort_id, person_id, 'support', 'support', since, '' FROM cohorts_membership WHERE role = 'mentor'",
    ],
    "No membership ends before it begins": ["UPDATE cohorts_membership SET until = since - interval '1 day'"],
    "A membership's stream is one of its cohort": [
        "UPDATE cohorts_membership SET cohort_id = (SELECT id FROM cohorts_cohort WHERE name = 'Other')"
        " WHERE stream_id IS NOT NULL"
    ],
    "An extension is for one person or one stream": [
        DROP.format("cohorts_extension", "extension_of_a_person_or_a_stream"),
        "INSERT INTO cohorts_extension (cohort_id, kind, at, reason, given_by_id, given_at)"
        " SELECT cohort_id, 'plans_due', now(), '', person_id, now() FROM cohorts_membership LIMIT 1",
    ],
    "No sensitive answer is kept beyond its day": [
        "UPDATE cohorts_milestone SET at = now() - interval '3 days' WHERE kind = 'sensitive_removed'"
    ],
    "Whoever was erased has neither name nor address": [
        "UPDATE keeping_erasurerequest SET state = 'done', decided_at = now(), done_at = now(),"
        " decided_by_id = (SELECT min(id) FROM people_person WHERE name = 'Adm')"
    ],
    "The database itself keeps questionnaires_question final": [
        OFF.format("questionnaires_question", "asked_questions_are_final")
    ],
    "Each answer is to a question of its sheet's version": [
        "UPDATE questionnaires_answer SET question_id = (SELECT question.id FROM questionnaires_question question"
        " JOIN questionnaires_version version ON version.id = question.version_id"
        " JOIN questionnaires_questionnaire form ON form.id = version.questionnaire_id"
        " WHERE form.stream_id IS NOT NULL LIMIT 1) WHERE id = (SELECT max(answer.id) FROM questionnaires_answer answer"
        " JOIN applications_application application ON application.sheet_id = answer.sheet_id)"
    ],
    "Each file of an answer is stored": ["UPDATE questionnaires_answerfile SET file = 'answers/xx/gone.pdf'"],
    "Each file is given by an answer or held by what was submitted": [
        "UPDATE questionnaires_answer SET file_id = NULL",
        "UPDATE questionnaires_answerfile SET is_held = false",
    ],
    "No answer is newer than its sheet": ["UPDATE questionnaires_answersheet SET revision = 0"],
    "Kept statistics are what was compiled": ["UPDATE reports_snapshot SET digest = repeat('0', 64)"],
    "The database itself keeps applications_submission final": [
        OFF.format("applications_submission", "submissions_are_final")
    ],
    "The database itself keeps applications_referenceletter final": [
        OFF.format("applications_referenceletter", "reference_letters_are_final")
    ],
    "What was submitted is what its digest says": [
        OFF.format("applications_submission", "submissions_are_final"),
        """UPDATE applications_submission SET content = jsonb_set(content, '{streams}', '[]')""",
    ],
    "Each CV has its file": ["UPDATE applications_document SET file = 'cv/xx/gone.pdf'"],
    "Nobody has two applications to one cohort": [
        DROP.format("applications_application", "one_application_per_person_and_cohort"),
        "UPDATE applications_application SET person_id = (SELECT min(id) FROM people_person WHERE name = 'Ada')",
    ],
    "Submissions are numbered without a gap, and counted": [
        "UPDATE applications_application SET submission_count = submission_count + 1"
    ],
    "A submitted application has a submission and a moment": [
        "UPDATE applications_application SET submission_count = 0"
    ],
    "Nothing came after its deadline without a mark": [
        OFF.format("applications_submission", "submissions_are_final"),
        "UPDATE applications_submission SET closes_at = at, timing = 'in_time'",
    ],
    "Ranked streams are ranked 1, 2, 3 without a gap": ["UPDATE applications_preference SET rank = rank + 1"],
    "A chosen stream is one of the cohort": [
        "UPDATE applications_preference SET stream_id = (SELECT id FROM cohorts_stream WHERE name = 'Foreign')"
    ],
    "A reference is answered if and only if there is a letter": [
        "UPDATE applications_reference SET state = 'declined'"
    ],
    "Nobody has accepted two seats of one cohort": [
        UNIQUE.format("one_accepted_offer_per_application"),
        UNIQUE.format("one_live_offer_per_application_and_stream"),
        "UPDATE mentors_offer SET state = 'accepted', answered_at = now(), application_id ="
        " (SELECT min(application_id) FROM mentors_offer)",
    ],
    "No offer waits for more than ten minutes after it has lapsed": [
        "UPDATE mentors_offer SET released_at = now() - interval '9 days', expires_at = now() - interval '11 minutes'"
        " WHERE state = 'released'"
    ],
    "Seats are not promised beyond what a stream has": ["UPDATE cohorts_stream SET seats = seats_taken"],
    "Nobody with a declared tie is asked to review": [
        "UPDATE mentors_assignment SET removed_at = NULL",
    ],
    "Nobody reviews their own application": [
        "UPDATE mentors_assignment SET reviewer_id = (SELECT person_id FROM applications_application application"
        " WHERE application.id = application_id)"
    ],
    "A score is from 1 to 5": [
        DROP.format("rubrics_score", "score_is_one_to_five"),
        "UPDATE rubrics_score SET value = 6",
    ],
    "Each scholar has an accepted offer of the same person and cohort": [
        "UPDATE scholars_scholar SET person_id = (SELECT min(id) FROM people_person WHERE name = 'Mira')"
    ],
    "Nobody is a scholar of one cohort twice": [
        DROP.format("scholars_scholar", "one_scholar_per_person_and_cohort"),
        "UPDATE scholars_scholar SET person_id = (SELECT min(person_id) FROM scholars_scholar), state = 'active',"
        " ended_at = NULL, cohort_id = (SELECT min(cohort_id) FROM scholars_scholar)",
    ],
    "Taken seats are as many as scholars hold": ["UPDATE cohorts_stream SET seats_taken = 0"],
    "Each scholar who takes part belongs to the cohort": [
        "UPDATE cohorts_membership SET until = now() WHERE role = 'scholar'"
    ],
    "The database itself keeps research_plans_planrevision final": [
        OFF.format("research_plans_planrevision", "plan_revisions_are_final")
    ],
    "Revisions of a plan are numbered without a gap, and counted": [
        "UPDATE research_plans_researchplan SET submission_count = submission_count + 1"
    ],
}


@pytest.fixture
def world() -> World:
    """Something of everything that a sentence speaks of."""
    found = World()
    for role in ("mentor", "reviewer", "admin"):
        found.person(role)
    assert found.plan.submission_count
    assert found.offer.state == "released"
    Stream.objects.update(seats=F("seats_taken") + 2)
    make_assessment(found.application, found.person("reviewer"), technical=4)
    Assignment.objects.update(removed_at=Now())
    Conflict.objects.create(
        person=found.person("reviewer"),
        application=found.application,
        kind=ConflictKind.FRIEND,
        declared_by=found.person("reviewer"),
    )
    answer_reference(reference=make.make_reference(found.application), relationship="Teacher", text="Careful.")
    assert found.document.pages
    assert found.answer_file.pages
    assert found.snapshot.digest
    make.make_letter(found.cohort)
    Job.objects.bulk_create([Job(kind="one"), Job(kind="two")])
    ErasureRequest.objects.create(person=found.person("nobody"))
    other = make.make_stream(found.other_cohort, "Foreign")
    scholars.make_scholar(other, person=make.make_person("Sid"))
    _sensitive(found)
    _true_digests()
    return found


def _true_digests() -> None:
    """The small worlds write submissions with a made-up digest."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE applications_submission DISABLE TRIGGER submissions_are_final")
        for submission in Submission.objects.all():
            Submission.objects.filter(pk=submission.pk).update(digest=digest_of(submission.content))
        cursor.execute("ALTER TABLE applications_submission ENABLE TRIGGER submissions_are_final")


def _sensitive(found: World) -> None:
    cohort = found.hidden_cohort
    question = QuestionSpec("health", QuestionKind.LONG, "What do you need?", is_sensitive=True)
    make.make_questions(cohort, questions=[question])
    make.make_application(cohort, make.make_person("Ben"))
    Milestone.objects.create(cohort=cohort, kind=MilestoneKind.SENSITIVE_REMOVED, at="2060-01-01T00:00Z")


def test_every_sentence_holds_and_can_be_broken(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_invariants")
    assert "0 broken" in capsys.readouterr().out
    asked = {one.name: one for one in all_invariants()}
    assert set(asked) == set(BREAKS), "each sentence has its break here"
    assert Application.objects.count() > 3
    unbroken = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, statements in BREAKS.items():
            with contextlib.suppress(Broken), transaction.atomic():
                for statement in statements:
                    cursor.execute(statement)
                if list(asked[name].find()):
                    raise Broken
                unbroken.append(name)
    assert unbroken == []


def test_command_ends_with_one_and_says_which(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    Stream.objects.filter(pk=world.stream.pk).update(seats_taken=0)
    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants")
    assert ended.value.code == 1
    assert f"NO   Taken seats are as many as scholars hold  BROKEN by 1: {world.stream.code}" in capsys.readouterr().out
