"""What must hold of people."""

from mats_portal.web.invariants import sql

INVARIANTS = (
    sql(
        "No two people share an address, in whatever capitals",
        "SELECT min(code) FROM people_person GROUP BY lower(email) HAVING count(*) > 1",
    ),
    sql("An address is kept in lower case", "SELECT code FROM people_person WHERE email <> lower(email)"),
    sql(
        "Nobody holds a role of the whole portal twice",
        "SELECT person_id FROM people_globalrole WHERE until IS NULL GROUP BY person_id, role HAVING count(*) > 1",
    ),
)
