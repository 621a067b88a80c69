"""Indexes by which an auditor finds entries: by what was done, and by who did it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_initial"),)

    operations = (
        migrations.AddIndex("entry", models.Index(fields=["action", "id"], name="ledger_entry_action")),
        migrations.AddIndex("entry", models.Index(fields=["actor", "id"], name="ledger_entry_actor")),
    )
