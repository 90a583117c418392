"""Demo cohorts: invented people, real services."""
