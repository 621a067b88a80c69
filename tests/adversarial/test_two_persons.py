"""What needs two persons is not done by one of them and a program of theirs."""

from __future__ import annotations

import pytest
from django.utils import timezone

from antigone.access.errors import Refused
from antigone.access.rules import Role
from antigone.ledger.models import Entry
from antigone.missing import queries, services
from antigone.remains import open_source, waiting
from antigone.remains.open_source import NewItem
from tests.api.calling import issue
from tests.remains.staff import body, picture
from tests.web.people import Agencies, somebody


def test_a_holding_is_not_approved_by_whoever_opened_it_with_a_program(agencies: Agencies) -> None:
    clerk = somebody(agencies.ours, Role.BUREAU_CLERK, Role.ADMINISTRATOR, name="clerk with a program")
    other = somebody(agencies.ours, Role.BUREAU_CLERK, name="another clerk")
    program = issue(clerk)[0].operator
    holding = services.open_holding("Opened by a program", program)
    assert holding.approved_at is None
    with pytest.raises(Refused):
        services.approve_holding(holding, program)
    with pytest.raises(Refused):
        services.approve_holding(holding, clerk)
    assert Entry.objects.filter(action="missing:holding:refuse", actor=clerk.actor).exists()
    assert holding not in queries.approvals_awaited(clerk)
    assert holding in queries.approvals_awaited(other)
    services.approve_holding(holding, other)
    holding.refresh_from_db()
    assert not holding.self_approved


def test_one_person_alone_and_their_program_say_that_they_are_one(agencies: Agencies) -> None:
    alone = somebody(agencies.theirs, Role.BUREAU_CLERK, Role.ADMINISTRATOR, name="alone")
    holding = services.open_holding("Opened by a program", issue(alone)[0].operator)
    assert holding.approved_at is None
    services.approve_holding(holding, alone)
    holding.refresh_from_db()
    assert holding.self_approved


def test_a_public_item_is_not_approved_by_whoever_proposed_it_with_a_program(agencies: Agencies) -> None:
    roles = (Role.TRACING_OFFICER, Role.BOARD_MEMBER, Role.ADMINISTRATOR)
    both = somebody(agencies.ours, *roles, name="proposes and approves")
    program = issue(both)[0].operator
    new = NewItem("page.example/1", timezone.now(), "a colleague saw it", "nothing else is known", True)
    item = open_source.propose(body(who=both), new, picture(), program)
    for decide in (open_source.approve, open_source.reject):
        with pytest.raises(Refused):
            decide(item, "it is needed", both)
    assert item not in waiting.items_to_decide(both)
    item.refresh_from_db()
    assert item.state == "proposed"
    open_source.approve(item, "it is needed", somebody(agencies.ours, Role.BOARD_MEMBER, name="a second person"))
    assert item.state == "approved"
