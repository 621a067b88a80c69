"""The board at work: who may vote on what, what one vote does, and what is signed in the end."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import connections

from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.casework.deciding import evidence, filing, following, proposing, quorum, rivals, signing, voting
from antigone.casework.errors import DecisionRefused, ExaminationRefused, NotHere, StaleBasis
from antigone.casework.judging import triage
from antigone.casework.models import Case, Decision, Proposal, ProposalState, Vote
from antigone.casework.searching.answer import digest_of
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.ledger.services import record, recorded
from antigone.missing.models import Person, Report
from tests import factories
from tests.casework.blind_world import examine, sort, world
from tests.casework.deciding.board_world import AGAINST, DNA, RING, TATTOO, Bench, bench, examined, member, people


def test_three_votes_on_a_primary_identifier_identify_and_sign(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    made = here.decided(here.propose())
    assert made.serial.startswith("ID-")
    assert made.serial.endswith("-0001")
    assert (made.kind, made.ground, made.person) == ("identify", "primary", here.person.pk)
    assert signing.unaltered(made)
    content = made.content or {}
    assert content["lines"][0]["reference"] == "2026/114"
    assert [each["name"] for each in content["votes"]] == ["Daria", "Emil", "Fatima"]
    assert content["rule"] == {"quorum": 3, "unanimous": False, "yes": 3, "no": 0, "abstain": 0}
    assert content["ledger"]["size"] > 0
    assert Case.objects.get(pk=here.case.pk).closed_at is not None
    assert Report.objects.get(person=here.person).state == "identified"
    assert Report.objects.get(person=here.other).state == "open"
    assert Proposal.objects.get().state == ProposalState.ADOPTED
    # The words are in the record and not in the ledger.
    assert not [each for each in Entry.objects.all() if "femur" in (each.payload or "")]


def test_what_is_signed_is_found_altered(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    made = here.decided(here.propose())
    Vote.objects.filter(actor=here.board[0].actor).update(choice="no")
    assert not signing.unaltered(Decision.objects.get(pk=made.pk))
    Vote.objects.filter(actor=here.board[0].actor).update(choice="yes")
    assert signing.unaltered(Decision.objects.get(pk=made.pk))
    content = dict(made.content or {}, ground="secondary")
    Decision.objects.filter(pk=made.pk).update(content=content, digest=digest_of(content), ground="secondary")
    assert not signing.unaltered(Decision.objects.get(pk=made.pk)), "the ledger has another digest"


def test_dissent_is_kept_and_a_vote_may_be_changed_until_it_is_decided(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0])
    here.vote(put, here.board[0], "no")
    assert Vote.objects.filter(replaced_at=None).count() == 1
    assert here.vote(put, here.board[1]).tally.counted == 2
    made = here.vote(put, here.board[2]).decision
    assert made is not None
    assert [each["choice"] for each in (made.content or {})["votes"]] == ["no", "yes", "yes"]
    with pytest.raises(DecisionRefused, match="no more"):
        voting.vote(put.pk, "no", "late", "", here.board[3])
    assert Vote.objects.count() == 4


def test_a_board_that_does_not_adopt_leaves_everything_as_it_was(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    for who, choice in zip(here.board[:3], ("no", "no", "yes"), strict=True):
        assert here.vote(put, who, choice).decision is None
    assert Proposal.objects.get().state == ProposalState.REJECTED
    assert not Decision.objects.exists()
    assert Case.objects.get(pk=here.case.pk).closed_at is None
    # It may be put again, on more.
    assert here.propose().pk != put.pk


def test_without_a_primary_identifier_one_abstention_stops_it(instance: Instance) -> None:
    here = bench()
    here.line(RING)
    put = here.propose()
    with pytest.raises(DecisionRefused, match="fewer than two independent"):
        here.vote(put, here.board[0])
    here.line(replace(TATTOO, origin="  The wife's   statement"))
    with pytest.raises(DecisionRefused, match="fewer than two independent"):
        here.vote(put, here.board[0])
    here.line(TATTOO)
    for who, choice in zip(here.board[:3], ("yes", "yes", "abstain"), strict=True):
        cast = here.vote(put, who, choice)
    assert cast.tally.result == "rejected"
    made = here.decided(here.propose())
    assert made.ground == "secondary"
    assert (made.content or {})["rule"]["unanimous"]


def test_evidence_that_comes_in_between_makes_votes_stale(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0])
    here.vote(put, here.board[1])
    shown = filing.file(here.case.pk, here.person.pk, here.board[2]).digest
    here.line(RING)
    with pytest.raises(StaleBasis):
        voting.vote(put.pk, "yes", "as before", shown, here.board[2])
    # The two before it were on less, and count no more until they are given again.
    cast = here.vote(put, here.board[2])
    assert (cast.tally.counted, cast.tally.uncounted, cast.decision) == (1, 2, None)
    here.vote(put, here.board[0])
    assert here.vote(put, here.board[1]).decision is not None


def test_a_contradicting_primary_identifier_stops_a_vote(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0])
    against = here.line(AGAINST)
    with pytest.raises(DecisionRefused, match="primary identifier contradicts"):
        here.vote(put, here.board[1])
    proposing.acknowledge(put.pk, [f"line:{against}"], here.board[0])
    with pytest.raises(DecisionRefused, match="primary identifier contradicts"):
        here.vote(put, here.board[1])
    evidence.withdraw_line(against, "The chart was somebody else's.", here.recorder)
    for who in here.board[:3]:
        cast = here.vote(put, who)
    assert cast.decision is not None
    assert [each["withdrawn"] for each in (cast.decision.content or {})["lines"]] == [False, True]


def test_nobody_examines_and_decides_nor_votes_on_a_result_they_recorded(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = examined(monkeypatch)
    assert here.world is not None
    examiner = here.world.people[0]
    access.grant_role(examiner, Role.BOARD_MEMBER, "system:tests")
    here.line(DNA)
    second = replace(DNA, reference="2026/115")
    here.line(second, who=here.board[3])
    put = here.propose()
    with pytest.raises(DecisionRefused, match="triaged or examined"):
        here.vote(put, examiner)
    with pytest.raises(DecisionRefused, match="recorded a primary result"):
        here.vote(put, here.board[3])
    assert Entry.objects.filter(action="casework:decision:refuse").count() == 2
    assert not Vote.objects.exists()
    assert here.decided(put).ground == "primary"


def test_whoever_voted_examines_no_more_also_where_another_told_them_the_digest(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = examined(monkeypatch, ("exclusion", "exclusion"))
    assert here.world is not None
    proposal = here.propose("exclude")
    access.grant_role(here.board[1], Role.MORTUARY_EXAMINER, "system:tests")
    basis = filing.before_the_board(proposal.pk, here.board[0]).digest
    voting.vote(proposal.pk, "yes", "As the others.", basis, here.board[1])
    with pytest.raises(ExaminationRefused, match="cannot judge blind"):
        triage.begin(here.world.search.pk, here.board[1])


def test_whoever_left_the_board_counts_no_more(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0])
    access.revoke_role(here.board[0], Role.BOARD_MEMBER, "system:tests")
    here.vote(put, here.board[1])
    assert here.vote(put, here.board[2]).tally.counted == 2
    with pytest.raises(Refused):
        voting.vote(put.pk, "yes", "again", "", here.board[0])
    assert here.vote(put, here.board[3]).decision is not None


def test_a_board_never_is_one_person(instance: Instance) -> None:
    here = bench()
    founder = factories.operator()
    for number in (0, 1, 16):
        with pytest.raises(DecisionRefused, match="from 2 to 15"):
            quorum.set_quorum(number, "we are few", founder)
    quorum.set_quorum(2, "we are few", founder)
    with pytest.raises(Refused):
        quorum.set_quorum(2, "I would rather", here.board[0])
    assert quorum.quorum_of(founder.agency_id) == 2
    here.line(DNA)
    put = here.propose()
    quorum.set_quorum(5, "we are more", founder)
    assert Proposal.objects.get(pk=put.pk).quorum == 2
    assert here.vote(put, here.board[0]).decision is None
    assert here.vote(put, here.board[1]).decision is not None


def test_a_lower_quorum_afterwards_does_not_ease_what_is_before_the_board(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    quorum.set_quorum(2, "we are few", factories.operator())
    here.vote(put, here.board[0])
    assert here.vote(put, here.board[1]).decision is None


def test_another_agency_finds_nothing_and_other_roles_are_refused(instance: Instance) -> None:
    here = bench()
    line = here.line(DNA)
    put = here.propose()
    other = Agency.objects.create(name="Another agency")
    stranger = member("Hana", Role.BOARD_MEMBER, Role.TRACING_OFFICER, agency=other)
    for deed in (
        lambda: evidence.record_line(here.case.pk, here.person.pk, DNA, stranger),
        lambda: evidence.withdraw_line(line, "no", stranger),
        lambda: proposing.propose(here.case.pk, here.person.pk, "identify", "why", (), stranger),
        lambda: proposing.acknowledge(put.pk, (), stranger),
        lambda: proposing.withdraw(put.pk, "no", stranger),
        lambda: voting.vote(put.pk, "yes", "why", "", stranger),
        lambda: filing.file(here.case.pk, here.person.pk, stranger),
        lambda: filing.persons_of(here.case.pk, stranger),
        lambda: filing.before_the_board(put.pk, stranger),
    ):
        with pytest.raises(NotHere):
            deed()
    clerk = member("Ivo", Role.FIELD_RECORDER)
    for refused in (
        lambda: evidence.record_line(here.case.pk, here.person.pk, DNA, clerk),
        lambda: proposing.propose(here.case.pk, here.person.pk, "identify", "why", (), here.recorder),
        lambda: voting.vote(put.pk, "yes", "why", "", here.recorder),
        lambda: filing.file(here.case.pk, here.person.pk, here.recorder),
    ):
        with pytest.raises(Refused):
            refused()


def test_numbers_of_a_series_have_no_gaps(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    here = bench()
    here.line(AGAINST)
    here.line(AGAINST, here.other)
    put = here.propose("exclude")
    for who in here.board[:2]:
        here.vote(put, who)

    def fails(*_: object) -> None:
        raise RuntimeError("the machine stops")

    with monkeypatch.context() as broken:
        broken.setattr(following, "carry_out", fails)
        with pytest.raises(RuntimeError):
            here.vote(put, here.board[2])
    assert not Decision.objects.exists()
    assert Vote.objects.count() == 2
    first = here.vote(put, here.board[2]).decision
    second = here.decided(here.propose("exclude", person=here.other))
    assert first is not None
    assert [first.number, second.number] == [1, 2]


def test_a_decision_whose_key_was_given_before_a_restore_is_unaltered(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    with recorded():
        # As the ledger keeps it of a decision that the backup did not have: its key is given again, its number not.
        record(
            signing.MADE, actor="operator:1", object="decision:1", case=here.case.pk, kind="exclude", ground="primary",
            serial=f"EX-{here.case.agency_id}-2026-0007", content_sha256="0" * 64,
        )  # fmt: skip
    made = here.decided(here.propose())
    assert made.pk == 1
    assert signing.unaltered(made)


def test_two_last_votes_at_once_decide_once(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0])
    here.vote(put, here.board[1])
    basis = filing.file(here.case.pk, here.person.pk, here.board[2]).digest
    together = threading.Barrier(2)
    came: list[Decision | str | None] = []

    def last(who: object) -> None:
        together.wait()
        try:
            came.append(voting.vote(put.pk, "yes", "compared", basis, who).decision)  # type: ignore[arg-type]
        except DecisionRefused:
            came.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=last, args=(who,)) for who in here.board[2:4]]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert came.count("late") == 1
    assert Decision.objects.count() == 1
    assert Vote.objects.count() == 3


def test_until_examinations_are_settled_nobody_votes_without_a_primary_identifier(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ = world(monkeypatch, count=2, later=0)
    recorder, board = people()
    here = Bench(
        open_.case, Person.objects.get(ref="ref-000"), Person.objects.get(ref="ref-001"), recorder, board, open_
    )
    for who in open_.people[:2]:
        sort(open_, who)
    here.line(RING)
    here.line(TATTOO)
    put = here.propose()
    with pytest.raises(DecisionRefused, match="Step 9 is not settled"):
        here.vote(put, here.board[0])
    for comparison in open_.lineup.comparisons.all():
        for who in open_.people[:2]:
            examine(comparison.pk, who, "+1a")
    # Examiners found for both of the missing: the other is a rival that has to be read.
    with pytest.raises(DecisionRefused, match="does not acknowledge"):
        here.vote(put, here.board[0])
    read = [each.key for each in filing.file(here.case.pk, here.person.pk, board[0]).read]
    assert read == [f"person:{here.other.pk}"]
    proposing.acknowledge(put.pk, read, board[0])
    made = here.decided(put)
    assert (made.content or {})["face"][0]["outcome"] == "support-same"
    (read_before,) = (made.content or {})["read"]
    assert read_before["by"] == ["face"]
    assert rivals.told([read_before]) == [
        "another person claimed for this subject: ref-001; examiners found support for one person"
    ]


def test_a_case_is_set_aside_as_a_whole(instance: Instance) -> None:
    here = bench()
    here.line(RING)
    put = proposing.propose(here.case.pk, None, "set-aside", "Nothing more is to be had now.", (), here.board[0])
    with pytest.raises(DecisionRefused, match="already"):
        proposing.propose(here.case.pk, None, "set-aside", "again", (), here.board[1])
    with pytest.raises(DecisionRefused, match="Name the missing person"):
        proposing.propose(here.case.pk, None, "identify", "whom", (), here.board[1])
    made = here.decided(put)
    assert made.serial.startswith("US-")
    assert (made.person, (made.content or {})["person"]) == (None, None)
    assert signing.unaltered(made)
    assert Case.objects.get(pk=here.case.pk).closed_at is None


def test_a_proposal_that_is_withdrawn_is_voted_on_no_more(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    shown = filing.before_the_board(put.pk, here.board[1]).digest
    proposing.withdraw(put.pk, "put too early", here.board[0])
    for deed in (
        lambda: voting.vote(put.pk, "yes", "compared", shown, here.board[1]),
        lambda: proposing.withdraw(put.pk, "again", here.board[0]),
        lambda: proposing.acknowledge(put.pk, (), here.board[0]),
    ):
        with pytest.raises(DecisionRefused, match="no more"):
            deed()
    for choice, reasons in (("perhaps", "why"), ("yes", " "), ("yes", "x" * 4001)):
        with pytest.raises(DecisionRefused):
            voting.vote(here.propose().pk if choice == "perhaps" else put.pk, choice, reasons, shown, here.board[1])
