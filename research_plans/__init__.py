"""Scholar Research Plans."""
