"""Logs as one JSON object a line; control characters cannot break a line, and no path below support is kept."""

import json
import logging
from datetime import UTC, datetime

SEALED_PREFIX = "/support/"


class JsonFormatter(logging.Formatter):
    """Time in UTC, level, logger, message, and the exception's text where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON for a log record."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _sealed(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = _sealed(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True)


def _sealed(text: str) -> str:
    head, found, _ = text.partition(SEALED_PREFIX)
    return head + found + "…" if found else text
