import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_what_a_board_decides_on_and_by"),
        ("remains", "0005_what_is_stated_and_found_by"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacesSought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("faces", models.JSONField(default=list)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("fault", models.CharField(blank=True, max_length=400)),
                ("sought_by", models.CharField(max_length=64)),
                ("sought_at", models.DateTimeField()),
                (
                    "photograph",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sought", to="remains.photograph"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotSuitable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hindrance",
                    models.CharField(
                        choices=[
                            ("no-face", "it shows no face"),
                            ("turned-away", "the face is turned too far away"),
                            ("too-small", "the face is too small or too blurred"),
                            ("covered", "the face is covered"),
                            ("injured", "injury has changed the face too much"),
                            ("changed", "changes after death have gone too far"),
                            ("light", "too dark, or too bright, to see the face"),
                            ("another-person", "it shows another person"),
                            ("other", "something else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
                ("said_by", models.CharField(max_length=64)),
                ("said_at", models.DateTimeField()),
                (
                    "photograph",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_suitable",
                        to="remains.photograph",
                    ),
                ),
            ],
        ),
    ]
