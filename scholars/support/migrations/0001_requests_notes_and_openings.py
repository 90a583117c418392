import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import mats_portal.web.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("cohort_slug", models.SlugField(db_index=False, max_length=60)),
                ("scholar_code", models.CharField(max_length=16)),
                ("asked_by_code", models.CharField(max_length=16)),
                ("second_code", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "break glasses",
                "ordering": ("-asked_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by_code", models.F("second_code")), _negated=True),
                        name="glass_needs_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scholar_code", models.F("asked_by_code")), _negated=True),
                            models.Q(("scholar_code", models.F("second_code")), _negated=True),
                        ),
                        name="glass_is_about_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("expires_at", None)),
                            ("expires_at__gt", models.F("confirmed_at")),
                            _connector="OR",
                        ),
                        name="confirmed_glass_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="glass_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("cohort_slug", models.SlugField(db_index=False, max_length=60)),
                ("scholar_code", models.CharField(max_length=16)),
                ("form_key", models.CharField(default=mats_portal.web.codes.new_code, max_length=16)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("debugging", "Debugging: something does not work"),
                            ("planning", "Planning: what to do next"),
                            ("unblocking", "Unblocking: something or somebody is in the way"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("taken", "with support"),
                            ("closed", "closed"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("taken_by_code", models.CharField(blank=True, max_length=16)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("meet_at", models.DateTimeField(blank=True, null=True)),
                ("follow_up_on", models.DateField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "Solved"),
                            ("partly", "Partly solved"),
                            ("passed_on", "Passed on, as the scholar wished"),
                            ("not_solved", "Not solved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("hours_saved", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "indexes": [
                    models.Index(fields=["cohort_slug", "state", "asked_at"], name="requests_of_a_cohort"),
                    models.Index(fields=["scholar_code", "asked_at"], name="requests_of_a_scholar"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("scholar_code", "form_key"), name="one_request_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["taken", "closed"]), _negated=True),
                            models.Q(models.Q(("taken_by_code", ""), _negated=True), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="taken_request_has_a_taker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closed_at__isnull", False), models.Q(("closing", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_request_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_saved", None), ("hours_saved__gte", 0), _connector="OR"),
                        name="hours_saved_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=mats_portal.web.codes.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("author_code", models.CharField(max_length=16)),
                ("form_key", models.CharField(default=mats_portal.web.codes.new_code, max_length=16)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="support.supportrequest"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [models.UniqueConstraint(fields=("request", "form_key"), name="one_note_per_form")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reader_code", models.CharField(max_length=16)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "glass",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="support.breakglass",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="support.supportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "reader_code", "glass", "on"),
                        name="one_opening_a_day_per_reader",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
