import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_signing_in_and_tokens"),
        ("casework", "0007_standing_and_bulk_searches"),
        ("remains", "0005_what_is_stated_and_found_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="SamplingOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "identifier",
                    models.CharField(
                        choices=[
                            ("dna", "DNA"),
                            ("dental", "teeth"),
                            ("prints", "friction ridges"),
                            ("implant", "implant with a serial number"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(max_length=400)),
                ("ordered_by", models.CharField(max_length=64)),
                ("ordered_at", models.DateTimeField()),
                ("done_by", models.CharField(blank=True, max_length=64)),
                ("done_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, max_length=64)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.CharField(blank=True, max_length=400)),
                (
                    "sample",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="remains.sample",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampling_orders",
                        to="remains.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("done_at__isnull", True)),
                        fields=("subject", "identifier"),
                        name="one_open_order_for_an_identifier",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=400)),
                ("declared_by", models.CharField(max_length=64)),
                ("declared_at", models.DateTimeField()),
                ("ended_by", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=400)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="access.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("agency",),
                        name="one_incident_at_a_time",
                    )
                ],
            },
        ),
    ]
