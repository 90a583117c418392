"""The ground floor: people, time, questions and letters. It knows no programme."""

from mats_portal.celery import app as celery_app

__all__ = ["celery_app"]
