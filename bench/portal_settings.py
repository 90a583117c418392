"""The portal's settings for a measurement: as served, with the number of statements in a header."""

from mats_portal.settings import *  # noqa: F403
from mats_portal.settings import MIDDLEWARE as _MIDDLEWARE

DEBUG = False
MIDDLEWARE = ["bench.counting.CountStatements", *_MIDDLEWARE]
