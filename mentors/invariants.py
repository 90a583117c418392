"""What must hold of reviewing, matching and offers."""

from mats_portal.web.invariants import sql

INVARIANTS = (
    sql(
        "Nobody has accepted two seats of one cohort",
        "SELECT min(application.code) FROM mentors_offer offer JOIN applications_application application"
        " ON application.id = offer.application_id WHERE offer.state = 'accepted'"
        " GROUP BY application.cohort_id, application.person_id HAVING count(*) > 1",
    ),
    sql(
        "No offer waits for more than ten minutes after it has lapsed",
        "SELECT code FROM mentors_offer WHERE state = 'released' AND expires_at < now() - interval '10 minutes'",
    ),
    sql(
        "Seats are not promised beyond what a stream has",
        "SELECT stream.code FROM cohorts_stream stream JOIN mentors_offer offer ON offer.stream_id = stream.id"
        " AND offer.state IN ('pending', 'released') GROUP BY stream.id"
        " HAVING stream.seats_taken + count(offer.id) > stream.seats",
    ),
    sql(
        "Nobody with a declared tie is asked to review",
        "SELECT assignment.id FROM mentors_assignment assignment JOIN mentors_conflict conflict"
        " ON conflict.application_id = assignment.application_id AND conflict.person_id = assignment.reviewer_id"
        " WHERE assignment.removed_at IS NULL",
    ),
    sql(
        "Nobody reviews their own application",
        "SELECT assignment.id FROM mentors_assignment assignment JOIN applications_application application"
        " ON application.id = assignment.application_id WHERE application.person_id = assignment.reviewer_id",
    ),
    sql(
        "A score is from 1 to 5",
        "SELECT id FROM rubrics_score WHERE value NOT BETWEEN 1 AND 5",
    ),
)
