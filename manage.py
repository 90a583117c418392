#!/usr/bin/env python3
"""Runs the portal's commands, on the embedded servers unless DATABASE_URL names others."""

import os
import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command that the words after `manage.py` name."""
    if find_spec("django") is None:
        sys.exit("The packages are not installed here. Run `make setup`, then `.venv/bin/python manage.py …`.")
    from mats_portal import devstack

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mats_portal.settings")
    try:
        with devstack.running():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except devstack.DevstackError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
