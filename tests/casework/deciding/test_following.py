"""What a decision does elsewhere, how it is taken back, and what it becomes when records below change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from antigone.access.models import Agency, Agreement
from antigone.access.rules import Role
from antigone.casework import events, services
from antigone.casework.deciding import evidence, filing, proposing, queries, reviewing, signing
from antigone.casework.errors import CaseRefused, DecisionRefused, NotHere
from antigone.casework.judging import lining_up
from antigone.casework.models import Case, Decision, EvidenceLine, Proposal, ProposalState, Search, Vote
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure, kinship, merging
from antigone.missing import services as missing
from antigone.missing.models import Person, Report
from antigone.remains import associating
from antigone.remains.events import AssociationChanged, associated
from antigone.remains.models import Subject
from antigone.remains.services import Particulars, person_spoke
from tests import factories
from tests.casework.deciding.board_world import AGAINST, DNA, RING, TATTOO, Bench, bench, examined, member


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """The events that rooms above are told."""
    heard: list[Any] = []

    def hear(event: object, **_: object) -> None:
        heard.append(event)

    events.identified.connect(hear)
    events.revoked.connect(hear)
    yield heard
    events.identified.disconnect(hear)
    events.revoked.disconnect(hear)


def another_case(here: Bench, code: str = "LIMEN-A-002") -> Case:
    return services.open_case(code, "deceased", Particulars("quay", date(2026, 3, 21), "A. R."), factories.operator())


def searched(case: Case, *persons: Person) -> Search:
    """A kept search that lists these persons."""
    listed = [{"rank": rank, "person_ref": each.ref} for rank, each in enumerate(persons, start=1)]
    kept = Search.objects.create(
        case=case, actor="operator:1", at=timezone.now(), contract="c", generation=1, none_of_these=False,
        answer={"candidates": listed, "photos": []}, answer_sha256="0" * 64,
    )  # fmt: skip
    for rank, each in enumerate(persons, start=1):
        kept.named.create(rank=rank, person=each.pk, portrait=each.portraits.get().pk)
    return kept


def test_an_identification_is_told_and_other_cases_that_list_the_person_search_again(
    instance: Instance, told: list[Any]
) -> None:
    here = bench()
    lists, closed, other = another_case(here), another_case(here, "LIMEN-A-003"), another_case(here, "LIMEN-A-004")
    naming, of_closed, of_other = (
        searched(lists, here.person),
        searched(closed, here.person),
        searched(other, here.other),
    )
    services.close_again(closed.pk, "system:tests", "buried")
    here.line(DNA)
    made = here.decided(here.propose())
    (event,) = told
    assert (event.serial, event.case, event.person, event.report_closed) == (
        made.serial, here.case.pk, here.person.pk, True,
    )  # fmt: skip
    recalled = {each.pk for each in Search.objects.filter(recalled_at__isnull=False)}
    assert recalled == {naming.pk}
    assert of_closed.pk not in recalled
    assert of_other.pk not in recalled
    # An examiner of the other case may read this; it says nothing of whom.
    assert here.person.ref not in Search.objects.get(pk=naming.pk).recalled_why


def test_a_search_that_puts_the_person_before_nobody_stands(instance: Instance) -> None:
    here = bench()
    factories.enrol({f"ref-{number:03d}": factories.unit(number) for number in range(2, 12)})
    others = list(Person.objects.exclude(pk=here.person.pk).order_by("ref")[:8])
    sorted_, unsorted = another_case(here), another_case(here, "LIMEN-A-003")
    passing, lined_up = another_case(here, "LIMEN-A-004"), another_case(here, "LIMEN-A-005")
    # No operating point was measured: the first eight of a list go to triage.
    below = searched(sorted_, *others, here.person), searched(unsorted, *others, here.person)
    lining_up.lineup_of(below[0])
    passes, stands = searched(passing, *others, here.person), searched(lined_up, here.person, *others)
    for each in passes.answer["candidates"]:
        each["passes"] = True
    passes.save()
    lining_up.lineup_of(stands)
    here.line(DNA)
    here.decided(here.propose())
    assert set(Search.objects.filter(recalled_at__isnull=False)) == {passes, stands}
    assert set(Search.objects.filter(recalled_at=None)) == set(below)


def test_a_revocation_needs_the_same_board_and_undoes_what_followed(instance: Instance, told: list[Any]) -> None:
    here = bench()
    mine = searched(here.case, here.person)
    here.line(DNA)
    made = here.decided(here.propose(read=()))
    put = proposing.propose_revocation(made.serial, "The laboratory mixed two samples up.", here.board[0])
    with pytest.raises(DecisionRefused, match="already"):
        proposing.propose_revocation(made.serial, "again", here.board[1])
    assert put.quorum == 3
    assert here.vote(put, here.board[0]).decision is None
    assert here.vote(put, here.board[1]).decision is None
    back = here.vote(put, here.board[2]).decision
    assert back is not None
    assert back.serial.startswith("RV-")
    assert (back.content or {})["revokes"] == {"serial": made.serial, "digest": made.digest}
    stored = Decision.objects.get(pk=made.pk)
    assert stored.revoked_by == back
    assert signing.unaltered(stored), "what was signed stays as it was signed"
    assert signing.unaltered(back)
    assert Case.objects.get(pk=here.case.pk).closed_at is None
    assert Report.objects.get(person=here.person).state == "open"
    assert Search.objects.get(pk=mine.pk).recalled_at is not None
    assert [type(each).__name__ for each in told] == ["IdentificationMade", "IdentificationRevoked"]
    assert told[1].revocation == back.serial
    with pytest.raises(DecisionRefused, match="that stands"):
        proposing.propose_revocation(made.serial, "again", here.board[0])
    with pytest.raises(DecisionRefused, match="that stands"):
        proposing.propose_revocation(back.serial, "again", here.board[0])
    # The question may be put anew, and has the next number.
    assert here.decided(here.propose()).number == 2


def test_an_exclusion_by_the_face_alone_is_taken_back_and_searches_go_on(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = examined(monkeypatch, ("exclusion", "exclusion"))
    made = here.decided(here.propose("exclude"))
    assert (made.kind, made.ground) == ("exclude", "face")
    assert Case.objects.get(pk=here.case.pk).closed_at is None
    assert Report.objects.get(person=here.person).state == "open"
    assert not Search.objects.filter(recalled_at__isnull=False).exists()
    # A primary identifier that says otherwise is heard all the same; what examiners found is to be read.
    here.line(DNA)
    assert Decision.objects.get(pk=made.pk).review_why == reviewing.CONTRADICTED
    put = here.propose()
    (face,) = [each.key for each in filing.before_the_board(put.pk, here.board[1]).read if each.key.startswith("face:")]
    with pytest.raises(DecisionRefused, match="acknowledge"):
        here.vote(put, here.board[0])
    proposing.acknowledge(put.pk, [face], here.board[0])
    assert here.decided(put).ground == "primary"
    back = proposing.propose_revocation(made.serial, "A print says otherwise.", here.board[0])
    assert here.decided(back).kind == "revoke"


def test_an_exclusion_by_a_primary_identifier_stands_in_the_way_of_a_name(instance: Instance) -> None:
    here = bench()
    line = here.line(AGAINST)
    made = here.decided(here.propose("exclude"))
    evidence.withdraw_line(line, "another chart", here.recorder)
    assert Decision.objects.get(pk=made.pk).review_why == reviewing.WITHDRAWN
    here.line(DNA)
    put = here.propose()
    with pytest.raises(DecisionRefused, match=made.serial):
        here.vote(put, here.board[0])


def test_one_body_is_one_person_and_one_person_one_body(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    made = here.decided(here.propose())
    second = another_case(here)
    evidence.record_line(second.pk, here.person.pk, DNA, here.recorder)
    put = proposing.propose(second.pk, here.person.pk, "identify", "why", [f"body:{here.case.pk}"], here.board[0])
    basis = filing.file(second.pk, here.person.pk, here.board[0])
    assert f"body:{here.case.pk}" in {each.key for each in basis.read}
    with pytest.raises(DecisionRefused, match=made.serial):
        here.vote(put, here.board[0])
    evidence.record_line(here.case.pk, here.other.pk, DNA, here.recorder)
    for_another = here.propose(person=here.other, read=[f"person:{here.person.pk}"])
    with pytest.raises(DecisionRefused, match="has to be revoked first"):
        here.vote(for_another, here.board[0])


def test_a_twin_among_the_missing_takes_dna_away(instance: Instance) -> None:
    here = bench()
    kinship.record_kinship(here.person, here.other, "twin", factories.operator())
    here.line(DNA)
    put = here.propose()
    (kin,) = filing.file(here.case.pk, here.person.pk, here.board[0]).kin
    assert (kin.person, kin.kind, kin.missing) == (here.other.pk, "twin", True)
    with pytest.raises(DecisionRefused, match="DNA alone cannot part"):
        here.vote(put, here.board[0])
    missing.close_report(here.other, "found", "system:tests")
    assert here.decided(put).ground == "primary"


def test_what_comes_afterwards_has_the_board_look_again(instance: Instance) -> None:
    here = bench()
    line = here.line(DNA)
    made = here.decided(here.propose())
    here.line(AGAINST)
    found = queries.docket(here.board[0]).reviews
    assert [(each.serial, each.note) for each in found] == [(made.serial, reviewing.CONTRADICTED)]
    reviewing.uphold(made.serial, "The chart is of a namesake.", here.board[0])
    assert not queries.docket(here.board[0]).reviews
    evidence.withdraw_line(line, "mixed up", here.recorder)
    assert Decision.objects.get(pk=made.pk).review_why == reviewing.WITHDRAWN
    reviewing.uphold(made.serial, "as before", here.board[0])
    missing.close_report(here.other, "identified", "system:tests")
    merging.merge(here.other, here.person, factories.operator(), reason="one man, two enquiries")
    assert Decision.objects.get(pk=made.pk).review_why == reviewing.MERGED
    reviewing.uphold(made.serial, "as before", here.board[0])
    subjects = tuple(Subject.objects.values_list("pk", flat=True))
    associated.send(sender=Subject, event=AssociationChanged(1, subjects, (1,), "system:tests"))
    assert not Decision.objects.get(pk=made.pk).review_why, "one unit by itself is what it was"
    associated.send(sender=Subject, event=AssociationChanged(1, (*subjects, 999), (1,), "system:tests"))
    assert Decision.objects.get(pk=made.pk).review_why == reviewing.ASSOCIATION


def test_a_record_that_was_merged_is_not_named(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    merging.merge(here.other, here.person, factories.operator(), reason="one man, two enquiries")
    with pytest.raises(DecisionRefused, match="merged into another"):
        here.vote(put, here.board[0])
    # What was recorded about the one is known of the other.
    made = here.decided(here.propose(person=here.other))
    assert [each["reference"] for each in (made.content or {})["lines"]] == ["2026/114"]
    assert Report.objects.get(person=here.other).state == "identified"


def test_an_erasure_empties_what_was_said_and_leaves_the_number_and_the_digest(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    here.line(RING)
    made = here.decided(here.propose())
    open_ = here.propose("set-aside")
    erasure.erase_person(here.person, factories.operator(), "asked for")
    stored = Decision.objects.get(pk=made.pk)
    assert (stored.content, stored.person) == (None, None)
    assert (stored.serial, stored.digest) == (made.serial, made.digest)
    assert stored.review_why == reviewing.ERASED
    assert not signing.unaltered(stored)
    for line in EvidenceLine.objects.all():
        assert (line.person, line.words, line.origin, line.laboratory, line.reference, line.log10_lr) == (
            None, "", "", "", "", None,
        )  # fmt: skip
    assert set(Vote.objects.values_list("reasons", flat=True)) == {""}
    assert Proposal.objects.get(pk=open_.pk).state == ProposalState.ENDED
    said = [each.payload or "" for each in Entry.objects.exclude(object__startswith="person:")]
    assert not [each for each in said if "2026/114" in each or "engraving" in each]
    shown = queries.decision(made.serial, here.board[0])
    assert (shown.unaltered, shown.decision.content) == (False, None)
    # It can be revoked still, by what is known of it.
    put = proposing.propose_revocation(made.serial, "nothing is left to show it", here.board[0])
    assert queries.docket(here.board[1]).mine[0].proposal == put.pk


def test_a_living_persons_word_ends_and_empties_it(instance: Instance) -> None:
    factories.enrol({"ref-000": factories.unit(0), "ref-001": factories.unit(1)})
    founder = factories.operator()
    case = services.open_case(
        "WARD-A-001", "unable-to-state-identity", Particulars("", None, "Dr Marchenko", timezone.now()), founder
    )
    both = (Role.BOARD_MEMBER, Role.TRACING_OFFICER)
    board = tuple(member(name, *both) for name in ("Daria", "Emil", "Fatima"))
    recorder = member("Taras", Role.TRACING_OFFICER)
    person, other = Person.objects.get(ref="ref-000"), Person.objects.get(ref="ref-001")
    here = Bench(case, person, other, recorder, board)
    alone = member("Olena")
    assert not queries.docket(alone).ready
    here.line(DNA)
    put = here.propose()
    assert not queries.docket(alone).mine, "the living are for care and tracing"
    assert queries.docket(board[1]).mine
    person_spoke(case.subject, founder.actor)
    assert Proposal.objects.get(pk=put.pk).state == ProposalState.ENDED
    assert EvidenceLine.objects.get().words == ""
    with pytest.raises(DecisionRefused):
        here.line(TATTOO)


def test_two_parts_of_one_body_may_have_one_name_once_they_are_associated(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    here.decided(here.propose())
    part = services.open_case(
        "LIMEN-A-007", "body-part", Particulars("quay", date(2026, 3, 22), "A. R."), factories.operator()
    )
    evidence.record_line(part.pk, here.person.pk, DNA, here.recorder)
    put = proposing.propose(part.pk, here.person.pk, "identify", "why", [f"body:{here.case.pk}"], here.board[0])

    with pytest.raises(DecisionRefused, match="remains are of one person"):
        here.vote(put, here.board[0])
    associating.associate([here.case.subject, part.subject], None, "the femur fits", factories.operator())
    assert here.decided(put).subject == part.subject_id


def test_a_case_that_is_identified_is_opened_again_by_a_revocation_alone(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    made = here.decided(here.propose())
    with pytest.raises(CaseRefused, match=made.serial):
        services.reopen_case(here.case.code, factories.operator(), "more photographs came")
    assert Case.objects.get(pk=here.case.pk).closed_at is not None


def test_after_a_restore_no_number_is_given_twice_and_a_lost_revocation_is_marked(instance: Instance) -> None:
    here = bench()
    here.line(AGAINST)
    first = here.decided(here.propose("exclude"))
    # As a backup from before it leaves the records, with the ledger as it is now.
    proposal = first.proposal
    Decision.objects.filter(pk=first.pk).delete()
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.WITHDRAWN)
    second = here.decided(here.propose("exclude"))
    assert (first.number, second.number) == (1, 2)
    assert reviewing.revoked_before(second.pk, "system:restore")
    assert Decision.objects.get(pk=second.pk).review_why == reviewing.RESTORED
    Decision.objects.filter(pk=second.pk).update(revoked_at=timezone.now())
    assert not reviewing.revoked_before(second.pk, "system:restore")


def test_a_person_of_another_agency_is_identified_and_their_report_is_left_to_it(
    instance: Instance, told: list[Any]
) -> None:
    here = bench()
    partner = Agency.objects.create(name="Partner")
    theirs = member("Hana", Role.TRACING_OFFICER, agency=partner)
    holding = missing.open_holding("theirs", theirs)
    person = Person.objects.create(ref="foreign-1", holding=holding)
    Report.objects.create(person=person, reported_at=timezone.now())
    with pytest.raises(NotHere):
        here.line(DNA, person)
    Agreement.objects.create(
        discloses=partner, receives=factories.operator().agency, scopes=["persons"], proposing=partner,
        valid_from=date(2020, 1, 1), valid_until=date(2099, 1, 1), proposed_by="x", proposed_at=timezone.now(),
        accepted_by="y", accepted_at=timezone.now(),
    )  # fmt: skip
    here.line(DNA, person)
    here.decided(here.propose(person=person))
    assert (told[0].person_agency, told[0].report_closed) == (partner.pk, False)
    assert Report.objects.get(person=person).state == "open"
