"""Those who were chosen: answering an offer, enrolling, finishing."""
