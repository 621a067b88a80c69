"""`antigone practice report`: times under numbers, for the board alone."""

from __future__ import annotations

import json
from datetime import timedelta

from click.testing import CliRunner
from django.db.models import F

from antigone.access import services as access
from antigone.access.rules import Role
from antigone.casework.models import PracticePair
from antigone.casework.practice import exercises
from antigone.cli.main import main
from antigone.instance import Instance
from tests.casework.blind_world import examiner
from tests.casework.practice.test_exercises import sort_all


def told(instance: Instance, *args: str) -> str:
    result = CliRunner().invoke(main, ["-i", str(instance.root), "practice", "report", *args])
    assert result.exit_code == 0, result.output
    return result.output


def test_two_examiners_times_are_told_under_numbers(instance: Instance) -> None:
    assert "Nobody has practised" in told(instance)
    for name, seconds in (("Ada", 12), ("Bohdan", 20)):
        who = examiner(name)
        sort_all(exercises.begin("sorting", who), who)
        rows = PracticePair.objects.filter(exercise__actor=who.actor)
        rows.update(judged_at=F("shown_at") + timedelta(seconds=seconds))
    words = told(instance)
    assert "Ada" not in words
    assert "Bohdan" not in words
    assert "12.0" in words
    assert "20.0" in words
    found = json.loads(told(instance, "--json"))
    assert set(found) == {"E1", "E2", "all"}
    assert found["all"]["sorting"] == {"candidates": 16, "median_s": 16.0, "mean_s": 16.0}
    assert found["all"]["examining"] == {"candidates": 0, "median_s": None, "mean_s": None}


def test_an_examiner_is_refused_the_report(instance: Instance) -> None:
    from tests import factories

    founder = factories.operator()
    access.revoke_role(founder, Role.BOARD_MEMBER, "system:tests")
    result = CliRunner().invoke(main, ["-i", str(instance.root), "practice", "report"])
    assert result.exit_code == 5
    assert "may not" in result.output or "not allowed" in result.output
