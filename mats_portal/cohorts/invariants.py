"""What must hold of cohorts and who belongs to them."""

from mats_portal.web.invariants import sql

INVARIANTS = (
    sql("No stream is oversold", "SELECT code FROM cohorts_stream WHERE seats_taken > seats"),
    sql(
        "No cohort is oversold",
        "SELECT cohort.slug FROM cohorts_cohort cohort JOIN cohorts_stream stream ON stream.cohort_id = cohort.id"
        " GROUP BY cohort.id HAVING sum(stream.seats_taken) > cohort.seats",
    ),
    sql(
        "Nobody supports and evaluates in one cohort",
        "SELECT min(id) FROM cohorts_membership WHERE side <> 'neither'"
        " GROUP BY cohort_id, person_id HAVING count(DISTINCT side) > 1",
    ),
    sql("No membership ends before it begins", "SELECT id FROM cohorts_membership WHERE until < since"),
    sql(
        "A membership's stream is one of its cohort",
        "SELECT membership.id FROM cohorts_membership membership JOIN cohorts_stream stream"
        " ON stream.id = membership.stream_id WHERE stream.cohort_id <> membership.cohort_id",
    ),
    sql(
        "An extension is for one person or one stream",
        "SELECT id FROM cohorts_extension WHERE (person_id IS NULL) = (stream_id IS NULL)",
    ),
)
