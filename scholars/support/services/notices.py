"""Tell people that there is something in support, in a letter that says nothing more."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from mats_portal.outbox.services import post_letter
from mats_portal.web.codes import new_code
from scholars.support.letters import NOTICE
from scholars.support.router import SUPPORT

logger = logging.getLogger(__name__)


def notify(people: Iterable[Any]) -> None:
    """Post the notice to each person once the transaction on support's database is committed.

    The letter names no cohort, request, scholar or sender, and its key is random: the
    main database, where letters live, learns that somebody got a notice and no more.
    """
    for person in people:
        transaction.on_commit(partial(_post, person), using=SUPPORT)


def _post(person: Any) -> None:
    url = settings.SUPPORT_SITE_URL.rstrip("/") + "/support/"
    try:
        post_letter(kind=NOTICE, to=person, key=f"support notice:{new_code()}", facts={"url": url})
    except DatabaseError:  # What was asked is kept; the queue shows it even if the notice could not be posted.
        logger.warning("A support notice could not be posted.")
