"""The applicant's choice, and the pages of staff."""
