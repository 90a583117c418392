"""The first storey: a person applies to a cohort."""
