import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_practice_room"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPrior",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("missing", models.BigIntegerField()),
                ("without_portrait", models.BigIntegerField()),
                ("unreported", models.FloatField(default=0.0)),
                ("population", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=400)),
                ("kept_by", models.CharField(max_length=64)),
                ("kept_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="priors", to="casework.case"
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="priors", to="casework.search"
                    ),
                ),
            ],
        ),
    ]
