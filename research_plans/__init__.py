"""Fourth storey: what a scholar plans to do, why, and by when."""
