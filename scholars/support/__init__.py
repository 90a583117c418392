"""The room with the closed door: what scholars bring to support, in a database of its own.

Nobody imports this package. It asks `people` and `cohorts` who is asking, and keeps
people by their public codes, never by a key of the main database.
"""
