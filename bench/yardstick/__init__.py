"""The yardstick: a bare Django project with one view. Session and person (two statements), one statement, 50 rows of
seven cells through a template."""
