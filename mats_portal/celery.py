"""The worker: what runs beside the web process, and when.

Redis is a doorbell. Every task reads its work from the database, so a lost
message costs at most one period of the schedule below.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mats_portal.settings")

app = Celery("mats_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "beat heartbeat": {"task": "mats_portal.jobs.tasks.beat", "schedule": 60.0},
    "deliver letters": {"task": "mats_portal.outbox.tasks.deliver", "schedule": 30.0},
    "plan reminders": {"task": "mats_portal.outbox.tasks.remind", "schedule": 300.0},
    "run waiting jobs": {"task": "mats_portal.jobs.tasks.run_waiting", "schedule": 30.0},
    "send releases": {"task": "mentors.tasks.release", "schedule": 20.0},
    "share referrals": {"task": "mentors.referrals.tasks.share", "schedule": 300.0},
    "lapse offers": {"task": "scholars.tasks.lapse", "schedule": 60.0},
    "remove sensitive answers": {"task": "mats_portal.keeping.tasks.purge", "schedule": crontab(minute=30, hour=3)},
    "compile statistics": {
        "task": "mats_portal.reports.tasks.compile_open_cohorts",
        "schedule": crontab(minute=0, hour=2),
    },
}
