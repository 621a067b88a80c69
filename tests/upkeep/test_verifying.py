"""Verifying the ledger as work: asked for once, done with an answer in words, and found again."""

from __future__ import annotations

import pytest

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.instance import Instance
from antigone.jobs import running
from antigone.jobs.models import Job, State
from antigone.ledger.services import checkpoint_text
from antigone.upkeep import verifying

pytestmark = pytest.mark.usefixtures("instance")


def _auditor() -> Operator:
    who = access.add_operator("an auditor", Agency.objects.earliest("pk"), "system:tests")
    access.grant_role(who, Role.AUDITOR, "system:tests")
    return who


def test_the_ledger_is_verified_by_a_worker(instance: Instance) -> None:
    who = _auditor()
    assert verifying.verified_at() is None
    job = verifying.ask(who)
    assert verifying.ask(who).pk == job.pk  # one is under way
    assert running.run(job.pk) == "done"
    job.refresh_from_db()
    assert job.result is not None
    assert job.result["ok"] is True
    assert job.sentence.startswith("All ")
    last = verifying.last()
    assert last is not None
    assert last.pk == job.pk
    assert verifying.verified_at() == job.finished_at


def test_a_checkpoint_that_somebody_else_kept_is_held_against_it() -> None:
    who = _auditor()
    job = verifying.ask(who, checkpoint=checkpoint_text())
    assert running.run(job.pk) == "done"
    forged = verifying.ask(who, checkpoint="no checkpoint at all")
    running.run(forged.pk)
    forged = Job.objects.get(pk=forged.pk)
    assert forged.state == State.DONE
    assert forged.result is not None
    assert forged.result["ok"] is False
    assert "checkpoint given" in forged.sentence


def test_who_may_not_verify_asks_for_no_work() -> None:
    nobody = access.add_operator("nobody", Agency.objects.earliest("pk"), "system:tests")
    with pytest.raises(Refused):
        verifying.ask(nobody)
    with pytest.raises(Refused):
        verifying.countersign(nobody, "", "")
    assert not Job.objects.filter(kind=verifying.KIND).exists()
