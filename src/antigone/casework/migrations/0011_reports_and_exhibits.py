"""Reports that were made, kept as they were made, and the sealed exhibits given out with them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_signing_in_and_tokens"),
        ("casework", "0010_faces_sought_and_not_suitable"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same-person", "comparison of two records of missing persons"),
                            ("same-body", "comparison of two remains"),
                            ("body-person", "comparison of remains with a missing person"),
                            ("exclusion", "exclusion report"),
                            ("identification", "identification report"),
                        ],
                        max_length=16,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("serial", models.CharField(max_length=40, unique=True)),
                ("person", models.BigIntegerField(db_index=True, null=True)),
                ("other_person", models.BigIntegerField(db_index=True, null=True)),
                ("subject", models.BigIntegerField(db_index=True, null=True)),
                ("other_subject", models.BigIntegerField(db_index=True, null=True)),
                ("language", models.CharField(max_length=12)),
                ("discloses", models.JSONField(default=list)),
                ("content", models.JSONField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="access.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="casework.case",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="casework.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("serial", models.CharField(max_length=48, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("court", "court"),
                            ("prosecutor", "prosecutor or investigating judge"),
                            ("laboratory", "forensic laboratory"),
                            ("pathologist", "forensic pathologist, odontologist or anthropologist"),
                            ("examiner", "examiner of another agency under an agreement"),
                        ],
                        max_length=16,
                    ),
                ),
                ("recipient", models.CharField(max_length=200)),
                ("organisation", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=400)),
                ("pictures", models.JSONField()),
                ("file_sha256", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "partner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="casework.report"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["agency", "-id"], name="reports_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "number"), name="a_report_number_once_in_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="an_exhibit_number_once"),
        ),
    ]
