"""How people hear of a cohort: channels, and the interest form."""
