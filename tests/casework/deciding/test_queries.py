"""What awaits the board, the list of decisions, and the overview: bounded, in order, and veiled where it must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.casework import services
from antigone.casework.deciding import evidence, filing, overview, proposing, queries
from antigone.casework.deciding.overview import Stage
from antigone.casework.deciding.queries import Filters
from antigone.casework.errors import NotHere
from antigone.casework.models import Case, Decision
from antigone.instance import Instance
from antigone.remains.services import Particulars
from tests import factories
from tests.casework.deciding.board_world import AGAINST, DNA, RING, Bench, bench, examined, member


def more_cases(count: int, begin: int = 100) -> list[Case]:
    founder = factories.operator()
    return [
        services.open_case(f"QUAY-{begin + each}", "deceased", Particulars("quay", date(2026, 3, 20), "A. R."), founder)
        for each in range(count)
    ]


def stages(here: Bench, who: object = None) -> dict[Stage, int]:
    found = overview.overview(who or here.board[0])  # type: ignore[arg-type]
    return {line.stage: line.number for line in found.lines if line.number}


def test_the_docket_puts_first_what_awaits_me(instance: Instance) -> None:
    here = bench()
    other = member("Hana", agency=Agency.objects.create(name="Another agency"))
    with pytest.raises(Refused):
        queries.docket(here.recorder)
    assert not queries.docket(here.board[0]).ready
    here.line(DNA)
    found = queries.docket(here.board[0])
    assert [(each.code, each.since) for each in found.ready] == [(here.case.code, here.case.opened_at)]
    put = here.propose()
    found = queries.docket(here.board[0])
    assert not found.ready
    assert [(each.proposal, each.ref, each.kind, each.votes) for each in found.mine] == [
        (put.pk, "ref-000", "identify", 0)
    ]
    here.vote(put, here.board[0])
    found = queries.docket(here.board[0])
    assert not found.mine
    assert [(each.votes, each.voted) for each in found.others] == [(1, True)]
    assert (found.quorum, found.members, found.short) == (3, 5, "")
    empty = queries.docket(other)
    assert not (empty.mine)
    assert not (empty.others)
    assert not (empty.ready)
    assert not (empty.reviews)
    assert empty.short


def test_what_was_decided_awaits_nobody_until_something_new_comes(instance: Instance) -> None:
    here = bench()
    here.line(AGAINST)
    here.decided(here.propose("exclude"))
    assert not queries.docket(here.board[0]).ready
    here.line(RING, here.other)
    assert queries.docket(here.board[0]).ready
    here.decided(here.propose("set-aside", person=here.other))
    assert not queries.docket(here.board[0]).ready


def test_decisions_are_listed_by_keyset_and_narrowed(instance: Instance) -> None:
    here = bench()
    here.line(AGAINST)
    here.line(DNA, here.other)
    first = here.decided(here.propose("exclude"))
    second = here.decided(here.propose(person=here.other))
    page = queries.identifications(here.board[0], limit=1)
    assert [each.serial for each in page.lines] == [second.serial]
    rest = queries.identifications(here.board[0], after=page.after, limit=1)
    assert [(each.serial, each.ref) for each in rest.lines] == [(first.serial, "ref-000")]
    assert rest.after is None
    for filters, wanted in (
        (Filters(kind="identify"), [second.serial]),
        (Filters(standing=False), []),
        (Filters(serial="ex-"), [first.serial]),
        (Filters(case=here.case.pk, standing=True), [second.serial, first.serial]),
        (Filters(decided_from=timezone.now().date() + timedelta(days=1)), []),
        (Filters(review=True), []),
    ):
        assert [each.serial for each in queries.identifications(here.board[0], filters).lines] == wanted
    with pytest.raises(NotHere):
        queries.identifications(here.board[0], after="no cursor")
    with pytest.raises(Refused):
        queries.identifications(here.recorder)
    stranger = member("Hana", agency=Agency.objects.create(name="Another agency"))
    assert not queries.identifications(stranger).lines
    with pytest.raises(NotHere):
        queries.decision(first.serial, stranger)
    assert queries.decision(first.serial, here.board[3]).unaltered


def test_the_overview_counts_each_open_case_once_by_stage_and_age(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = examined(monkeypatch)
    assert stages(here) == {Stage.READY: 1}
    old, older, *_ = more_cases(3)
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=20))
    Case.objects.filter(pk=older.pk).update(opened_at=timezone.now() - timedelta(days=400))
    found = overview.overview(here.board[0])
    line = next(each for each in found.lines if each.stage is Stage.PHOTOGRAPHS)
    assert (line.number, line.ages) == (3, (1, 1, 0, 1))
    assert [each.code for each in line.oldest][:2] == [older.code, old.code]
    assert (found.open, found.closed) == (4, 0)
    here.line(DNA)
    put = here.propose(read=[f"person:{here.other.pk}"])
    assert stages(here)[Stage.BEFORE_THE_BOARD] == 1
    # An examiner reads that the case was searched, and nothing of what came of it.
    examiner = member("Ivo", Role.MORTUARY_EXAMINER)
    assert stages(here, examiner) == {Stage.ANSWERED: 1, Stage.PHOTOGRAPHS: 3}
    here.decided(put)
    assert overview.overview(here.board[0]).closed == 1


def test_evidence_about_a_case_without_a_photograph_shows_to_the_board_alone(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    assert stages(here) == {Stage.READY: 1}
    assert stages(here, member("Ivo", Role.MORTUARY_EXAMINER)) == {Stage.PHOTOGRAPHS: 1}


def test_lists_cost_the_same_however_long_they_are(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    here.propose()

    def cost(ask: object) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            ask(here.board[1])  # type: ignore[operator]
        return len(caught)

    asks = (queries.docket, queries.identifications, overview.overview)
    few = [cost(ask) for ask in asks]
    for number, case in enumerate(more_cases(12)):
        Bench(case, here.person, here.other, here.recorder, here.board).line(AGAINST)
        if number % 2:
            put = Bench(case, here.person, here.other, here.recorder, here.board)
            put.decided(put.propose("exclude"))
    many = [cost(ask) for ask in asks]
    assert all(late <= early + 1 for late, early in zip(many, few, strict=True)), (few, many)
    assert Decision.objects.count() == 6
    assert max(few) <= 16


def test_a_member_who_examines_too_reads_no_name_in_a_list_and_nothing_of_their_own_blind_work(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = examined(monkeypatch)
    assert here.world is not None
    both = member("Ivo", Role.BOARD_MEMBER, Role.MORTUARY_EXAMINER)
    examiner = here.world.people[0]
    access.grant_role(examiner, Role.BOARD_MEMBER, "system:tests")
    assert not queries.docket(both).ready
    here.line(AGAINST)
    put = here.propose("exclude", read=[])
    assert [(each.proposal, each.person, each.ref) for each in queries.docket(both).mine] == [(put.pk, None, "")]
    found = queries.docket(examiner)
    assert not found.mine
    assert not found.others
    read = [each.key for each in filing.before_the_board(put.pk, here.board[0]).read]
    proposing.acknowledge(put.pk, read, here.board[0])
    here.decided(put)
    assert [(each.person, each.ref) for each in queries.identifications(both).lines] == [(None, "")]
    assert not queries.identifications(examiner).lines
    filing.file(here.case.pk, here.person.pk, both)
    assert [each.ref for each in queries.identifications(both).lines] == ["ref-000"]


def test_a_file_costs_the_same_however_much_is_in_it(instance: Instance) -> None:
    here = bench()
    here.line(DNA)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            filing.file(here.case.pk, here.person.pk, here.board[0])
        return len(caught)

    filing.file(here.case.pk, here.person.pk, here.board[0])
    few = cost()
    for number in range(12):
        here.line(replace(RING, origin=f"origin {number}"))
        here.line(RING, here.other)
    assert cost() <= few + 1
    assert few <= 75


def test_the_board_reads_every_line_of_a_case_and_whoever_examines_none(instance: Instance) -> None:
    here = bench()
    line = here.line(DNA)
    found = evidence.lines_read(here.case.pk, here.board[0])
    assert [(each.pk, ref) for each, ref in found] == [(line, "ref-000")]
    with pytest.raises(Refused):
        evidence.lines_read(here.case.pk, member("Ivo", Role.MORTUARY_EXAMINER))
