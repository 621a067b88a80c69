"""The rule by which a board decides: what it takes, and what never suffices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.casework.deciding import resting, rules
from antigone.casework.deciding.rules import (
    NON_VISUAL,
    PRIMARY,
    Ballot,
    Ground,
    Line,
    Question,
    Result,
    Step9,
    basis,
    decide,
    independent_lines,
)
from antigone.casework.judging.scale import Outcome
from antigone.casework.models import Choice, Comparison, DecisionKind, LineFinding, LineKind

ALL_YES = [Ballot(name, "yes") for name in "abc"]


def line(
    number: int, kind: str, finding: str = "supports", origin: str = "", *rests: int, standing: bool = True
) -> Line:
    return Line(number, kind, finding, origin or f"origin {number}", rests, standing)


TWO = (line(1, "effects"), line(2, "marks"))
DNA = line(3, "dna")

origins = st.sampled_from(["the wife", "medical file", "passport", "unit", "The  Wife "])


@st.composite
def lines(draw: st.DrawFn, kinds: st.SearchStrategy[str] | None = None) -> tuple[Line, ...]:
    count = draw(st.integers(0, 7))
    return tuple(
        Line(
            number,
            draw(kinds or st.sampled_from(LineKind.values)),
            draw(st.sampled_from(LineFinding.values)),
            draw(origins),
            tuple(draw(st.sets(st.integers(1, 7), max_size=2))),
            draw(st.booleans()),
        )
        for number in range(1, count + 1)
    )


questions = st.builds(
    Question,
    kind=st.sampled_from(DecisionKind.values),
    lines=lines(),
    face=st.sampled_from(["", *Outcome]),
    step9=st.sampled_from(Step9),
    living=st.booleans(),
    twin=st.booleans(),
    unread=st.sampled_from([(), ("line:1",)]),
    barred=st.sampled_from([(), ("It is closed.",)]),
)
ballots = st.lists(
    st.builds(
        Ballot, st.sampled_from("abcdefg"), st.sampled_from(Choice.values), st.sampled_from(["", "examiner", "stale"])
    ),
    max_size=7,
    unique_by=lambda each: each.voter,
)


def test_a_primary_identifier_and_a_majority_identify() -> None:
    question = Question("identify", (DNA,))
    assert basis(question) == rules.Basis(Ground.PRIMARY, ())
    assert decide(question, ALL_YES, 3).result is Result.ADOPTED
    assert decide(question, [*ALL_YES[:2], Ballot("c", "no")], 3).result is Result.ADOPTED, "a no is dissent, no veto"
    assert decide(question, ALL_YES[:2], 3).result is Result.OPEN
    assert decide(question, [ALL_YES[0], Ballot("b", "no"), Ballot("c", "abstain")], 3).result is Result.REJECTED
    # Half of a board is no majority, and whoever abstains is of it.
    assert decide(question, [*ALL_YES[:2], Ballot("c", "abstain"), Ballot("d", "no")], 4).result is Result.REJECTED


def test_with_a_primary_identifier_examinations_need_not_be_settled_and_a_twin_takes_dna_away() -> None:
    assert not basis(Question("identify", (DNA,), step9=Step9.OPEN)).wants
    (twin, _lines) = basis(Question("identify", (DNA,), twin=True)).wants
    assert "twin" in twin
    assert not basis(Question("identify", (DNA, line(4, "dental")), twin=True)).wants
    # Two lines that part the twins are weighed as where there is no primary identifier.
    assert basis(Question("identify", (DNA, *TWO), twin=True)) == rules.Basis(Ground.SECONDARY, ())


def test_without_one_two_independent_lines_and_unanimity() -> None:
    question = Question("identify", TWO)
    assert basis(question) == rules.Basis(Ground.SECONDARY, ())
    assert decide(question, ALL_YES, 3).result is Result.ADOPTED
    for other in ("no", "abstain"):
        assert decide(question, [*ALL_YES[:2], Ballot("c", other)], 3).result is Result.REJECTED
    for wanting in (
        replace(question, lines=TWO[:1]),
        replace(question, step9=Step9.OPEN),
        replace(question, face=Outcome.SET_ASIDE),
        replace(question, face=Outcome.SUPPORT_DIFFERENT),
        replace(question, lines=(*TWO, line(4, "dental", "contradicts"))),
        replace(question, unread=("claim:1",)),
        replace(question, barred=("It is closed.",)),
    ):
        assert basis(wanting).wants
        assert decide(wanting, ALL_YES, 3).result is Result.OPEN


def test_lines_that_depend_on_one_another_are_one() -> None:
    assert independent_lines(TWO) == 2
    assert independent_lines((line(1, "effects", origin="The  wife"), line(2, "documents", origin="the wife"))) == 1
    assert independent_lines((line(1, "effects"), line(2, "marks", "supports", "", 1))) == 1
    # Through a third, also one that says nothing by itself or does not stand.
    third = line(3, "biology", "inconclusive")
    assert independent_lines((third, line(1, "effects", "supports", "", 3), line(2, "marks", "supports", "", 3))) == 1
    gone = line(3, "documents", standing=False)
    assert independent_lines((gone, line(1, "effects", "supports", "", 3), line(2, "marks"))) == 1
    # What somebody says who recognised the body is that recognition.
    seen = line(4, "recognition", origin="the wife")
    assert independent_lines((seen, line(1, "effects", origin="the wife"), line(2, "marks"))) == 1
    # Sex, age and stature are those of thousands; a loop is no way round.
    assert independent_lines((line(1, "biology"), line(2, "marks", "supports", "", 2))) == 1


def test_the_living_need_two_examiners_and_their_own_word_or_a_primary_identifier() -> None:
    word = line(5, "confirmation")
    question = Question("identify", (word,), face=Outcome.SUPPORT_SAME, living=True)
    assert basis(question) == rules.Basis(Ground.CONFIRMED, ())
    assert basis(replace(question, face=Outcome.INCONCLUSIVE)).wants
    assert basis(replace(question, lines=TWO)).wants, "two lines are not their word"
    assert basis(replace(question, lines=(DNA,))) == rules.Basis(Ground.PRIMARY, ())
    denied = line(6, "confirmation", "contradicts")
    assert basis(replace(question, lines=(DNA, word, denied))).wants, "their word decides against any laboratory"


def test_an_exclusion_rests_on_a_primary_identifier_or_sets_aside_on_the_face() -> None:
    against = line(1, "dental", "contradicts")
    assert basis(Question("exclude", (against,), step9=Step9.OPEN)) == rules.Basis(Ground.PRIMARY, ())
    assert basis(Question("exclude", (against, DNA))).wants
    assert basis(Question("exclude", face=Outcome.SET_ASIDE)) == rules.Basis(Ground.FACE, ())
    assert basis(Question("exclude", face=Outcome.SET_ASIDE, step9=Step9.OPEN)).wants
    assert basis(Question("exclude", (DNA,), face=Outcome.SET_ASIDE)).wants
    assert basis(Question("exclude", face=Outcome.SUPPORT_DIFFERENT)).wants
    assert basis(Question("exclude", (line(1, "effects", "contradicts"),))).wants


def test_a_case_is_set_aside_once_step_nine_is_settled() -> None:
    assert not basis(Question("set-aside")).wants
    assert basis(Question("set-aside", step9=Step9.OPEN)).wants
    assert not basis(Question("set-aside", (line(1, "dna", "inconclusive"),), step9=Step9.OPEN)).wants


@pytest.mark.parametrize(
    ("found", "together"),
    [
        ([], ""),
        (["support-same"], "support-same"),
        (["inconclusive", "support-same"], "support-same"),
        (["support-same", "inconclusive"], "inconclusive"),
        (["set-aside", "inconclusive"], "set-aside"),
        (["set-aside", "support-different"], "support-different"),
        (["set-aside", "support-same"], "unresolved"),
        (["support-same", "support-different", "inconclusive"], "unresolved"),
    ],
)
def test_what_examiners_found_in_several_searches_is_not_made_good_by_nothing(found: list[str], together: str) -> None:
    assert resting._together([Comparison(outcome=each) for each in found]) == together


@given(questions, ballots, st.integers(1, 7))
def test_face_and_recognition_never_identify(question: Question, given_: list[Ballot], quorum: int) -> None:
    visual = tuple(each for each in question.lines if each.kind not in PRIMARY | NON_VISUAL | {LineKind.CONFIRMATION})
    only = replace(question, kind="identify", lines=visual)
    assert decide(only, given_, quorum).result is not Result.ADOPTED


@given(questions, ballots, st.integers(0, 7))
def test_an_identification_has_a_primary_identifier_or_all_that_is_asked_instead(
    question: Question, given_: list[Ballot], quorum: int
) -> None:
    question = replace(question, kind="identify")
    found = decide(question, given_, quorum)
    if found.result is not Result.ADOPTED:
        return
    counted = [each for each in given_ if not each.uncounted]
    assert len(counted) >= max(quorum, rules.LEAST_QUORUM)
    assert not rules.contradicting_primary(question)
    assert not question.unread
    assert not question.barred
    assert 2 * found.yes > found.counted
    if not rules.supporting_primary(question):
        assert all(each.choice == "yes" for each in counted)
        assert question.step9 is not Step9.OPEN
        if question.living:
            assert question.face == Outcome.SUPPORT_SAME
        else:
            assert independent_lines(question.lines) >= rules.TWO


@given(questions, ballots, st.integers(0, 7), st.sampled_from(Choice.values))
def test_an_examiners_vote_never_counts(question: Question, given_: list[Ballot], quorum: int, choice: str) -> None:
    without = decide(question, given_, quorum)
    found = decide(question, [*given_, Ballot("examiner", choice, "examiner")], quorum)
    assert (found.result, found.yes, found.no, found.abstain) == (
        without.result,
        without.yes,
        without.no,
        without.abstain,
    )


@given(questions, ballots, st.integers(0, 7), st.sampled_from(sorted(PRIMARY)), origins)
def test_a_contradicting_primary_identifier_never_turns_no_into_yes(
    question: Question, given_: list[Ballot], quorum: int, kind: str, origin: str
) -> None:
    question = replace(question, kind="identify")
    against = Line(99, kind, "contradicts", origin)
    found = decide(replace(question, lines=(*question.lines, against)), given_, quorum)
    assert found.result is not Result.ADOPTED


@given(lines(), lines())
def test_no_line_by_another_name_makes_more_of_the_others(some: tuple[Line, ...], more: tuple[Line, ...]) -> None:
    found = independent_lines(some)
    assert 0 <= found <= sum(each.kind in NON_VISUAL and each.finding == "supports" and each.standing for each in some)
    twice = (*some, *(replace(each, number=each.number + 100, depends_on=()) for each in some))
    assert independent_lines(twice) <= max(found, len({rules.origin_of(each.origin) for each in some}))


@given(questions, st.permutations(ALL_YES))
def test_the_order_of_votes_does_not_count(question: Question, order: list[Ballot]) -> None:
    assert decide(question, order, 3) == decide(question, ALL_YES, 3)
