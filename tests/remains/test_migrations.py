"""Migrations of this room: an older instance's subjects get the agency of their case, and their codes stay taken."""

from __future__ import annotations

import importlib

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from antigone.instance import Instance
from antigone.remains import codes
from tests.factories import operator
from tests.remains.staff import stranger

BEFORE = [("remains", "0001_initial")]
AFTER = [("remains", "0004_a_subject_has_an_agency")]


@pytest.mark.slow
def test_an_older_instances_subjects_get_the_agency_of_their_case(instance: Instance) -> None:
    who, other = operator(), stranger()
    old = MigrationExecutor(connection)
    # Cases stand as they did then; what came after in the rooms above goes with what it rests on.
    old.migrate([*BEFORE, ("casework", "0002_calibrations_in_force")])
    apps = old.loader.project_state([*BEFORE, ("casework", "0002_calibrations_in_force")]).apps
    subject, case = apps.get_model("remains", "Subject"), apps.get_model("casework", "Case")
    mandate = apps.get_model("access", "Mandate").objects.earliest("pk")
    mine = subject.objects.create(code="KHARKIV-A-007", kind="deceased", opened_at="2026-01-01T00:00Z")
    theirs = subject.objects.create(code="2026/17", kind="deceased", opened_at="2026-01-01T00:00Z")
    alone = subject.objects.create(code="B-1", kind="deceased", opened_at="2026-01-01T00:00Z")
    for one, agency in ((mine, who.agency_id), (theirs, other.agency_id)):
        case.objects.create(
            code=one.code,
            subject=one,
            agency_id=agency,
            mandate=mandate,
            opened_by=who.actor,
            opened_at="2026-01-01T00:00Z",
        )
    new = MigrationExecutor(connection)
    new.migrate(new.loader.graph.leaf_nodes())

    from antigone.remains.models import CodeReservation, Subject

    assert dict(Subject.objects.values_list("pk", "agency")) == {
        mine.pk: who.agency_id,
        theirs.pk: other.agency_id,
        alone.pk: who.agency_id,
    }
    assert set(CodeReservation.objects.filter(used=True).values_list("folded", flat=True)) == {
        "kharkiv-a-007",
        "2026/17",
        "b-1",
    }
    assert codes.next_code("KHARKIV", "A", who) == "KHARKIV-A-008"


@pytest.mark.parametrize("code", ["KHARKIV-A-001", "Kharkiv-a-1", "2026/17", "ΣΊΣΥΦΟΣ-Α-012", "X-Y", "A-B-0001234567"])
def test_the_migration_folds_a_code_as_the_room_does(code: str) -> None:
    migration = importlib.import_module("antigone.remains.migrations.0003_agency_and_code_of_each_subject")
    assert migration.folded_form(code) == codes.fold(code)
