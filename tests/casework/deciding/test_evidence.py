"""Lines of evidence: what is taken as one, what withdraws it, and what whoever records it may do no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from antigone.access import services as access
from antigone.access.rules import Role
from antigone.casework.deciding import evidence, filing, proposing, queries, voting
from antigone.casework.errors import DecisionRefused, ExaminationRefused, NotHere
from antigone.casework.judging import triage
from antigone.casework.models import Comparison, EvidenceLine
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing.models import Person
from antigone.remains import claims
from antigone.remains.claims import NewClaim
from tests import factories
from tests.casework.blind_world import sort, world
from tests.casework.deciding.board_world import DNA, RING, TATTOO, bench, examined, people

TOMORROW = timezone.now().date() + timedelta(days=2)


WRONG = (
    replace(DNA, kind="face"),
    replace(DNA, kind="iris"),
    replace(DNA, finding="proves"),
    replace(DNA, laboratory=""),
    replace(DNA, reference=" "),
    replace(DNA, dated=None),
    replace(DNA, dated=TOMORROW),
    replace(DNA, log10_lr=-2.0),
    replace(DNA, log10_lr=float("nan")),
    replace(DNA, log10_lr=float("inf")),
    replace(DNA, log10_lr=7.2e9),
    replace(DNA, words=""),
    replace(DNA, words="x" * 4001),
    replace(DNA, origin=""),
    replace(DNA, origin="a\x00b"),
    replace(DNA, depends_on=(12345,)),
    replace(DNA, claim=1),
    replace(RING, log10_lr=2.0),
    replace(RING, kind="recognition"),
    replace(RING, kind="confirmation"),
)


def test_what_is_no_line_is_not_taken(instance: Instance) -> None:
    here = bench()
    for wrong in WRONG:
        with pytest.raises(DecisionRefused, match="Nothing was saved"):
            here.line(wrong)
    assert not EvidenceLine.objects.exists()


def test_a_line_is_withdrawn_once_and_stays_readable(instance: Instance) -> None:
    here = bench()
    line = here.line(DNA)
    with pytest.raises(DecisionRefused, match="reasons"):
        evidence.withdraw_line(line, " ", here.recorder)
    evidence.withdraw_line(line, "another body's sample", here.recorder)
    evidence.withdraw_line(line, "again", here.board[0])
    stored = EvidenceLine.objects.get(pk=line)
    assert (stored.withdraw_reason, stored.words) == ("another body's sample", DNA.words)
    assert Entry.objects.filter(action="casework:evidence:withdraw").count() == 1
    found = filing.file(here.case.pk, here.person.pk, here.board[0])
    assert [each.pk for each in found.primary] == [line]
    assert found.by_finding == {"supports": 0, "contradicts": 0, "inconclusive": 0}
    with pytest.raises(NotHere):
        evidence.withdraw_line(99999, "why", here.recorder)


def test_a_recognition_is_of_a_recorded_claim_and_one_of_the_visual_lines(instance: Instance) -> None:
    here = bench()
    claim = claims.add(
        here.case.subject,
        NewClaim("A. S.", "her brother", "body", date(2026, 3, 21), "Sgt K."),
        here.recorder,
    )
    seen = replace(RING, kind="recognition", claim=claim.pk, origin="the sister")
    here.line(seen)
    here.line(replace(RING, origin="The sister"))
    here.line(TATTOO)
    found = filing.file(here.case.pk, here.person.pk, here.board[0])
    assert [each.kind for each in found.visual] == ["recognition"]
    assert found.independent == 1, "what the sister says of the ring is not independent of whom she recognised"
    assert [each.pk for each in found.claims] == [claim.pk]
    assert f"claim:{claim.pk}" in {each.key for each in found.read}
    claims.withdraw(claim, "mistaken", here.recorder)
    with pytest.raises(DecisionRefused, match="withdrawn"):
        here.line(seen)


def test_who_knows_of_evidence_examines_no_more_and_who_examines_does_not_come_to_know(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch, count=2, later=0)
    recorder, board = people()
    for who in (recorder, board[0], *here.people[:1]):
        access.grant_role(who, Role.MORTUARY_EXAMINER, "system:tests")
    access.grant_role(here.people[0], Role.BOARD_MEMBER, "system:tests")
    person = Person.objects.get(ref="ref-000")
    evidence.record_line(here.case.pk, person.pk, RING, recorder)
    assert filing.will_end_blindness(here.case.pk, board[0])
    filing.file(here.case.pk, person.pk, board[0])
    assert not filing.will_end_blindness(here.case.pk, board[0])
    for who in (recorder, board[0]):
        with pytest.raises(ExaminationRefused, match="cannot judge blind"):
            triage.begin(here.search.pk, who)
    # Whoever has begun reads nothing of it until they have ended it.
    triage.begin(here.search.pk, here.people[0])
    for deed in (
        lambda: filing.file(here.case.pk, person.pk, here.people[0]),
        lambda: filing.persons_of(here.case.pk, here.people[0]),
        lambda: evidence.record_line(here.case.pk, person.pk, RING, here.people[0]),
    ):
        with pytest.raises(DecisionRefused, match="blind work"):
            deed()
    assert EvidenceLine.objects.count() == 1


def test_the_file_tells_nothing_of_examinations_until_all_are_settled(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch, count=2, later=0)
    _recorder, board = people()
    person = Person.objects.get(ref="ref-000")
    for who in here.people[:2]:
        sort(here, who)
    found = filing.file(here.case.pk, person.pk, board[0])
    assert (found.step9, found.settled, found.face) == ("open", None, ())
    assert Comparison.objects.filter(person=person.pk).exists()
    assert found.searched is not None
    assert found.searched["person_ref"] == "ref-000"


def test_the_file_shows_contradictions_beside_agreements(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    here = examined(monkeypatch, ("exclusion", "exclusion"))
    here.line(DNA)
    contradicting = here.line(replace(TATTOO, finding="contradicts", words="No tattoo where one is described."))
    found = filing.file(here.case.pk, here.person.pk, here.board[0])
    assert found.by_finding == {"supports": 1, "contradicts": 1, "inconclusive": 0}
    (face,) = found.face
    assert (face.outcome, face.level, len(face.sealed)) == ("set-aside", "exclusion", 2)
    assert {each.key for each in found.read} == {f"line:{contradicting}", f"face:{face.comparison}"}
    assert not found.asks["identify"].wants[:-1], "but for what is to be read, nothing is wanting"
    (named,) = [each for each in filing.persons_of(here.case.pk, here.board[0]) if each.person == here.person.pk]
    assert (named.primary, named.secondary, named.contradicting, named.face) == (1, 1, 1, "set-aside")


def test_votes_of_others_are_hidden_from_who_has_still_to_vote(instance: Instance) -> None:
    here = bench()
    here.line(DNA)
    put = here.propose()
    here.vote(put, here.board[0], "no")
    before_mine = filing.before_the_board(put.pk, here.board[1])
    assert [(each.name, each.choice, each.reasons) for each in before_mine.votes] == [("Daria", "", "")]
    assert before_mine.tally is None
    here.vote(put, here.board[1])
    shown = filing.before_the_board(put.pk, here.board[1])
    assert [each.choice for each in shown.votes] == ["no", "yes"]
    assert shown.mine == "yes"
    assert shown.short == ""


def test_a_house_of_one_is_told_that_it_decides_nothing(instance: Instance) -> None:
    founder = factories.operator()
    here = bench()
    for who in here.board:
        access.revoke_role(who, Role.BOARD_MEMBER, "system:tests")
    assert "Nobody decides alone" in queries.docket(founder).short
    here.line(DNA)
    put = proposing.propose(here.case.pk, here.person.pk, "identify", "why", (), founder)
    shown = filing.before_the_board(put.pk, founder)
    assert "Nobody decides alone" in shown.short
    assert voting.vote(put.pk, "yes", "compared", shown.digest, founder).decision is None
