"""Support of scholars, behind a closed door: its own database, its own site."""
