"""Remove what support keeps about somebody who was erased."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from scholars.support.models import BreakGlass, SupportRequest
from scholars.support.router import SUPPORT

AT_ONCE = 500


def forget(*, codes: Sequence[str]) -> None:
    """Remove requests with their notes and openings, and emergency openings, of the people with these codes.

    What an erased person once wrote as support stays with the scholar it is about; its author is a code.
    """
    for start in range(0, len(codes), AT_ONCE):
        some = codes[start : start + AT_ONCE]
        with transaction.atomic(using=SUPPORT):
            SupportRequest.objects.filter(scholar_code__in=some).delete()
            BreakGlass.objects.filter(scholar_code__in=some).delete()
