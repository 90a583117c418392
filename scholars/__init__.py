"""Third storey: those who accepted an offer, from enrolment until they are alumni."""
