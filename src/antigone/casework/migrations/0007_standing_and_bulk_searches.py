"""Standing searches and searches in bulk, with what came of each."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_signing_in_and_tokens"),
        ("casework", "0006_priors_kept"),
        ("remains", "0005_what_is_stated_and_found_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_by", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("top", models.PositiveIntegerField(default=50)),
                ("job", models.BigIntegerField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_searches", to="access.agency"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_searches",
                        to="remains.recoveryevent",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_searches", to="remains.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StandingSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("set_by", models.CharField(max_length=64)),
                ("set_at", models.DateTimeField()),
                ("top", models.PositiveIntegerField(default=50)),
                ("sides", models.JSONField(default=dict)),
                ("looked_at", models.DateTimeField(null=True)),
                ("held_up", models.CharField(blank=True, max_length=400)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=64)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "it was ended by hand"),
                            ("case-closed", "the case was closed"),
                            ("no-mandate", "no mandate for such a search is in force any more"),
                            ("person-left", "whoever answered for it may not search any more"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_searches",
                        to="casework.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StandingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("changes", models.JSONField(default=list)),
                ("change_set", models.CharField(max_length=64)),
                ("found_new", models.PositiveIntegerField(null=True)),
                ("unusable", models.CharField(blank=True, max_length=400)),
                ("read_at", models.DateTimeField(null=True)),
                ("read_by", models.CharField(blank=True, max_length=64)),
                (
                    "before",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.search"
                    ),
                ),
                (
                    "search",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_run",
                        to="casework.search",
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="casework.standingsearch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("searched", "searched"),
                            ("answered", "has an answer that stands; left as it is"),
                            ("refused", "refused"),
                            ("unusable", "no photograph could be read"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_items", to="casework.case"
                    ),
                ),
                (
                    "search",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_item",
                        to="casework.search",
                    ),
                ),
                (
                    "bulk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="casework.bulksearch"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("bulk", "case"), name="a_case_once_in_a_bulk_search")],
            },
        ),
        migrations.AddConstraint(
            model_name="standingsearch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("case",), name="one_standing_search_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingrun",
            constraint=models.UniqueConstraint(fields=("standing", "change_set"), name="a_change_set_searched_once"),
        ),
    ]
