"""From here on no subject is without the agency that answers for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("remains", "0003_agency_and_code_of_each_subject"),
    ]

    operations = [
        migrations.AlterField(
            model_name="subject",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="access.agency"
            ),
        ),
    ]
