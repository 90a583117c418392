#!/usr/bin/env python3
"""Runs the portal's commands, on the embedded servers unless DATABASE_URL names others."""

import os
import sys

from mats_portal import devstack


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mats_portal.settings")
    with devstack.running():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
