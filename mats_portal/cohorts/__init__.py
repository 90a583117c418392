"""A cohort, its milestones, its streams, and who belongs to it in which role."""
