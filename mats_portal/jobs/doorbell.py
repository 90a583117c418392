"""The doorbell: tell the worker that there is something to do, and depend on nobody hearing it.

The row is the truth. A worker that hears nothing finds it at its next scan, so a
broker that is down costs at most one period of the schedule.
"""

import functools
import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)
PATIENCE = 0.3  # seconds a request may wait for the broker


def ring(task_name: str) -> None:
    """Once the transaction has committed, ask a worker to run the task; once per task and transaction."""
    bell = functools.partial(_press, task_name)
    waiting = transaction.get_connection().run_on_commit
    if any(getattr(entry[1], "args", None) == bell.args and _is_bell(entry[1]) for entry in waiting):
        return
    transaction.on_commit(bell)


def _is_bell(function: object) -> bool:
    return isinstance(function, functools.partial) and function.func is _press


def _press(task_name: str) -> None:
    """Send the task's name to the broker; a broker that cannot be reached is logged and forgotten."""
    if current_app.conf.task_always_eager:
        return
    options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0}
    try:
        with current_app.connection_for_write(transport_options=options, connect_timeout=PATIENCE) as connection:
            current_app.send_task(task_name, connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # the act has committed: nothing may fail it now
        logger.warning("The doorbell for %s was not heard: %s", task_name, type(error).__name__)
