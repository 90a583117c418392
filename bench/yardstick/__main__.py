"""Make the yardstick's tables and one session; prints the session's cookie."""

import os
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.yardstick.settings"


def main() -> None:
    """Begin from nothing each time: it takes a second."""
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 - models need the set-up above
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bench.yardstick.models import Row  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS yardstick CASCADE; CREATE SCHEMA yardstick")
        cursor.execute("GRANT USAGE ON SCHEMA yardstick TO PUBLIC")
    call_command("migrate", run_syncdb=True, verbosity=0)
    words = [f"word {number}" for number in range(200)]
    Row.objects.bulk_create(
        Row(name=f"Person {n}", place=f"Place {n}", word=word, number=n, score=n / 7) for n, word in enumerate(words)
    )
    client: Any = Client()
    client.force_login(User.objects.create_user("reader"))
    print(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main()
