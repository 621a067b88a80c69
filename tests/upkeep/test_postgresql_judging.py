"""Two at once on PostgreSQL, in judgement: who finish triage, who seal, and who give the last vote."""

from __future__ import annotations

from uuid import UUID

import pytest

from antigone.instance import Instance
from tests.upkeep.test_postgresql import at_once, on_server, server

__all__ = ["on_server", "server"]

pytestmark = pytest.mark.slow


def test_two_at_once_sort_seal_and_decide_once(on_server: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.casework.deciding import filing, voting
    from antigone.casework.deciding.voting import Cast
    from antigone.casework.errors import DecisionRefused
    from antigone.casework.judging import examination, triage
    from antigone.casework.models import Comparison, Decision, Vote
    from antigone.ledger.models import Entry
    from antigone.ledger.services import verify
    from antigone.missing.models import Person
    from tests.casework import blind_world
    from tests.casework.deciding import board_world

    def entered(action: str) -> int:
        return Entry.objects.filter(action=action).count()

    here = blind_world.world(monkeypatch, count=2, later=0)
    with monkeypatch.context() as patch:
        patch.setattr(triage, "finish", lambda *_: None)
        sorted_by = [(blind_world.sort(here, who), who) for who in here.people[:2]]
    said = at_once(*(lambda key=key, who=who: triage.finish(key, who) for key, who in sorted_by))
    assert said == [None, None]
    assert (entered("casework:triage:finish"), entered("casework:lineup:ready")) == (2, 1)

    begun: list[tuple[UUID, object]] = []
    with monkeypatch.context() as patch:
        patch.setattr(examination, "seal", lambda *_: None)
        for comparison in Comparison.objects.order_by("pk"):
            begun += [(blind_world.examine(comparison.pk, who, "+1a"), who) for who in here.people[:2]]
    said = at_once(*(lambda key=key, who=who: examination.seal(key, who) for key, who in begun))
    assert [each for each in said if isinstance(each, Exception)] == []
    assert (entered("casework:examination:seal"), entered("casework:comparison:settle")) == (4, 2)
    assert (entered("casework:lineup:settle"), here.lineup.settled_at is not None) == (1, True)

    recorder, board = board_world.people()
    persons = {each.ref: each for each in Person.objects.all()}
    bench = board_world.Bench(here.case, persons["ref-000"], persons["ref-001"], recorder, board, here)
    bench.line(board_world.DNA)
    # The other face, which examiners found alike as well, is a rival that has to be read.
    proposal = bench.propose(read=[f"person:{persons['ref-001'].pk}"])
    for who in board[:2]:
        bench.vote(proposal, who)
    basis = {who: filing.before_the_board(proposal.pk, who).digest for who in board[2:]}
    said = at_once(*(lambda who=who: voting.vote(proposal.pk, "yes", "I read it.", basis[who], who) for who in basis))
    assert sorted(type(each).__name__ for each in said) == [Cast.__name__, DecisionRefused.__name__]
    assert (Decision.objects.count(), Vote.objects.count(), entered("casework:decision:make")) == (1, 3, 1)
    assert verify().ok
