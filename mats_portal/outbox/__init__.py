"""Letters: rows written with the act they tell of, delivered one by one by the worker."""
