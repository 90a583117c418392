"""The steps in which a demo cohort comes about, in the order of the programme."""
