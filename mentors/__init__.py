"""Second storey: assignment, assessment, ranking, matching, offers until they are released."""
