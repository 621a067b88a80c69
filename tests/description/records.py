"""A record with statements, for the tests of this room alone: agencies stand in for persons and bodies."""

from __future__ import annotations

from django.db import connection, models

from antigone.access.models import Agency
from antigone.description.statements import StatementBase, one_current


class Spoken(StatementBase):
    """Its application is not installed, so nothing else in a test run sees the table."""

    RECORD = "agency"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")

    class Meta(StatementBase.Meta):
        app_label = "description_tests"
        constraints = one_current("agency")


def table() -> None:
    """Make the table in the instance of this test."""
    with connection.schema_editor() as editor:
        editor.create_model(Spoken)


def record(name: str = "a record") -> Agency:
    return Agency.objects.create(name=name)
