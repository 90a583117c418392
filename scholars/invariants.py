"""What must hold of scholars."""

from mats_portal.web.invariants import sql

INVARIANTS = (
    sql(
        "Each scholar has an accepted offer of the same person and cohort",
        "SELECT scholar.code FROM scholars_scholar scholar JOIN mentors_offer offer ON offer.id = scholar.offer_id"
        " JOIN applications_application application ON application.id = offer.application_id"
        " WHERE offer.state <> 'accepted' OR application.person_id <> scholar.person_id"
        " OR application.cohort_id <> scholar.cohort_id",
    ),
    sql(
        "Nobody is a scholar of one cohort twice",
        "SELECT min(code) FROM scholars_scholar GROUP BY cohort_id, person_id HAVING count(*) > 1",
    ),
    sql(
        "Taken seats are as many as scholars hold",
        "SELECT stream.code FROM cohorts_stream stream LEFT JOIN scholars_scholar scholar"
        " ON scholar.stream_id = stream.id AND scholar.state IN ('active', 'finished') GROUP BY stream.id"
        " HAVING stream.seats_taken <> count(scholar.id)",
    ),
    sql(
        "Each scholar who takes part belongs to the cohort",
        "SELECT scholar.code FROM scholars_scholar scholar WHERE scholar.state = 'active' AND NOT EXISTS"
        " (SELECT FROM cohorts_membership held WHERE held.person_id = scholar.person_id"
        " AND held.cohort_id = scholar.cohort_id AND held.role = 'scholar' AND held.until IS NULL)",
    ),
)
