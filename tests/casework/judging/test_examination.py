"""Examinations: the analysis before the portrait, a conclusion that is borne out, and a seal that holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.errors import AccessError, Refused
from antigone.access.models import Agency, Operator
from antigone.access.rules import Role
from antigone.access.scope import Scope
from antigone.casework import services
from antigone.casework.errors import CaseRefused, ExaminationRefused, NotHere
from antigone.casework.judging import desk, examination, findings, proficiency, scale
from antigone.casework.judging.drawing import Drawing, drawing_fault
from antigone.casework.judging.examination import Observed
from antigone.casework.judging.scale import CONCLUSIONS, Direction
from antigone.casework.judging.sealing import unaltered
from antigone.casework.models import Comparison, ComponentNote, Examination, Filler, FreeMark, RankedView, Stage
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure
from antigone.missing.models import Person, Portrait
from tests import factories
from tests.casework.blind_world import NAME, World, examine, examiner, sort, world

ALIKE = Observed(seen_b=True, comparable=True, finding="alike", weight="great", note="the same notch")
STRUCTURAL = Observed(True, True, "different", "unexplained", structural=True, weight="great")


@pytest.fixture
def here(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two candidates and no stranger, both kept by both."""
    made = world(monkeypatch, count=2, later=0)
    for who in made.people[:2]:
        sort(made, who)
    return made


def key_for(here: World, place: int = 0) -> UUID:
    return list(Comparison.objects.filter(lineup=here.lineup).order_by("pk").values_list("pk", flat=True))[place]


def in_comparison(here: World) -> UUID:
    who = here.people[0]
    key = examination.begin(key_for(here), who)
    examination.assess(key, True, "", who)
    examination.note_subject(key, 10, True, "attached lobe", who)
    examination.close_analysis(key, who)
    examination.portrait(key, who)
    return key


def test_the_portrait_is_shown_once_the_analysis_is_closed_and_that_stays_as_it_was(here: World) -> None:
    who = here.people[0]
    key = examination.begin(key_for(here), who)
    assert examination.begin(key_for(here), who) == key
    early: list[Callable[[], object]] = [
        lambda: examination.portrait(key, who),
        lambda: examination.note_pair(key, 10, ALIKE, who),
        lambda: examination.conclude(key, "0", "why", who),
        lambda: examination.seal(key, who),
        lambda: examination.draw(key, Drawing("b", "polyline", ((0, 0), (1, 1))), who),
    ]
    for step in early:
        with pytest.raises(ExaminationRefused):
            step()
    examination.assess(key, True, "", who)
    for step in early:
        with pytest.raises(ExaminationRefused):
            step()
    with pytest.raises(ExaminationRefused, match="at least one component"):
        examination.close_analysis(key, who)
    examination.note_subject(key, 10, True, "attached lobe", who)
    picture = examination.view(key, who).photographs[0]
    mark = examination.draw(key, Drawing("a", "ellipse", ((0.5, 0.5), (0.6, 0.5), (0.5, 0.7)), picture), who)
    examination.close_analysis(key, who)
    with pytest.raises(ExaminationRefused, match="this stage"):
        examination.note_subject(key, 10, False, "", who)
    with pytest.raises(NotHere):
        examination.rub_out(key, mark, who)
    with pytest.raises(ExaminationRefused, match="Look at the portrait first"):
        examination.note_pair(key, 10, ALIKE, who)
    shown = examination.portrait(key, who)
    assert NAME not in shown
    late = examination.draw(key, Drawing("b", "polyline", ((0.1, 0.1), (0.2, 0.3)), note="notch"), who)
    examination.note_pair(key, 10, ALIKE, who)
    # What was not noted of the first picture is not there to be compared.
    with pytest.raises(ExaminationRefused, match="not visible in both"):
        examination.note_pair(key, 11, ALIKE, who)
    examination.rub_out(key, late, who)
    assert [number for number, _ in examination.view(key, who).marks] == [mark]


def test_a_photograph_that_is_not_suitable_is_a_proper_end_without_the_portrait(here: World) -> None:
    who = here.people[0]
    key = examination.begin(key_for(here), who)
    with pytest.raises(ExaminationRefused, match="reasons"):
        examination.assess(key, False, " ", who)
    examination.assess(key, False, "advanced decomposition", who)
    for step in (
        lambda: examination.portrait(key, who),
        lambda: examination.conclude(key, "+1a", "why", who),
        lambda: examination.note_pair(key, 10, ALIKE, who),
    ):
        with pytest.raises(ExaminationRefused, match="this stage"):
            step()
    examination.seal(key, who)
    assert Examination.objects.get(pk=key).level == scale.NOT_SUITABLE
    assert Entry.objects.filter(action="missing:portrait:look", actor=who.actor).count() == 2, "those of triage alone"


def test_a_conclusion_is_borne_out_by_notes_and_by_what_validation_supports(here: World) -> None:
    who = here.people[0]
    key = in_comparison(here)
    with pytest.raises(ExaminationRefused, match="No component is noted as comparable"):
        examination.conclude(key, "+1a", "why", who)
    examination.note_pair(key, 10, ALIKE, who)
    with pytest.raises(ExaminationRefused, match="nothing stronger"):
        examination.conclude(key, "+1b", "why", who)
    with pytest.raises(ExaminationRefused, match="printed scale"):
        examination.conclude(key, "it is him", "why", who)
    with pytest.raises(ExaminationRefused, match="reasons"):
        examination.conclude(key, "+1a", "", who)
    with pytest.raises(ExaminationRefused, match="none is noted"):
        examination.conclude(key, "exclusion", "why", who)
    assert not examination.view(key, who).may_exclude
    examination.note_pair(key, 10, STRUCTURAL, who)
    # Available, and never by itself: any other conclusion is open as before.
    assert examination.view(key, who).may_exclude
    examination.conclude(key, "0", "taken together", who)
    examination.conclude(key, "exclusion", "the ears", who)
    examination.note_pair(key, 10, ALIKE, who)
    with pytest.raises(ExaminationRefused, match="none is noted"):
        examination.seal(key, who)


def test_what_is_sealed_is_signed_and_an_alteration_is_found(here: World) -> None:
    key = examine(key_for(here), here.people[0], "+1a")
    sealed = Examination.objects.get(pk=key)
    (entry,) = Entry.objects.filter(action="casework:examination:seal", object=f"examination:{key}")
    assert entry.details == {"content_sha256": sealed.digest}
    assert unaltered(sealed)
    assert sealed.content is not None
    assert sealed.content["words"] == scale.words("+1a")
    ComponentNote.objects.filter(examination=key).update(note="another")
    assert not unaltered(sealed)
    ComponentNote.objects.filter(examination=key).update(note="")
    assert unaltered(Examination.objects.get(pk=key))
    Examination.objects.filter(pk=key).update(level="-1a")
    assert not unaltered(Examination.objects.get(pk=key))


def test_the_second_sees_no_trace_of_the_first(here: World) -> None:
    one, other, _third = here.people
    untouched = here.lineup.comparisons.order_by("pk")[1].pk

    def seen(comparison: UUID, who: Operator) -> str:
        """Everything that services return before a seal, with one's own keys and the comparison's left out."""
        key = examination.begin(comparison, who)
        said = str(examination.view(key, who))
        return said.replace(str(key), "").replace(str(comparison), "")

    examine(key_for(here), one, "exclusion")
    assert seen(key_for(here), other) == seen(untouched, other)
    with pytest.raises(ExaminationRefused) as refused:
        findings.read(here.search.pk, one)
    assert "Not everything" in str(refused.value)
    with pytest.raises(Refused):
        findings.read(here.search.pk, other)
    key = Examination.objects.get(comparison=key_for(here), actor=one.actor).pk
    for step in (
        lambda: examination.view(key, other),
        lambda: examination.photograph(key, uuid4(), other),
        lambda: examination.portrait(key, other),
        lambda: examination.seal(key, other),
        lambda: examination.abandon(key, "why", other),
    ):
        with pytest.raises(NotHere, match="no such work"):
            step()


@pytest.mark.parametrize("second", ["+1a", "-1a"])
def test_a_seal_answers_alike_whether_the_two_agree_or_not(here: World, second: str) -> None:
    one, other, third = here.people
    examine(key_for(here), one, "+1a")
    key = examine(key_for(here), other, second)
    said = str(examination.view(key, other)).replace(second, "").replace(scale.words(second), "")
    assert "third" not in said
    assert "conflict" not in said
    on_desk = key_for(here) in {each.comparison for each in desk.to_examine(third)}
    assert on_desk == (second == "-1a")
    for who in (one, other):
        assert key_for(here) not in {each.comparison for each in desk.to_examine(who)}


def test_a_conflict_calls_a_third_who_sees_a_task_like_any_other_and_then_all_is_told(here: World) -> None:
    one, other, third = here.people
    first, second = key_for(here), key_for(here, 1)
    examine(first, one, "exclusion")
    examine(first, other, "+1a")
    for who in (one, other):
        examine(second, who, "+1a")
    with pytest.raises(ExaminationRefused, match="Not everything"):
        findings.read(here.search.pk, one)
    (task,) = desk.to_examine(third)
    assert vars(task) == {"comparison": first, "case": here.case.code, "examination": None}
    examine(first, third, "exclusion")
    told = {each.comparison: each for each in findings.read(here.search.pk, one)}
    assert (told[first].outcome, told[first].third, len(told[first].sealed)) == ("set-aside", True, 3)
    assert (told[second].outcome, told[second].level, told[second].third) == ("support-same", "+1a", False)
    assert all(each.unaltered for found in told.values() for each in found.sealed)
    # Whoever has read it is no longer blind in this case.
    assert RankedView.objects.filter(actor=one.actor, case=here.case).exists()
    clerk = access.add_operator("clerk", factories.operator().agency, "system:tests")
    access.grant_role(clerk, Role.TRACING_OFFICER, "system:tests")
    with pytest.raises(Refused):
        findings.read(here.search.pk, clerk)
    assert findings.read(here.search.pk, factories.operator())


def test_whoever_saw_ranked_output_examines_no_further_and_seals_nothing(here: World) -> None:
    who = here.people[0]
    key = in_comparison(here)
    examination.note_pair(key, 10, ALIKE, who)
    examination.conclude(key, "+1a", "why", who)
    services.look_at_answer(here.search.pk, who)
    for step in (
        lambda: examination.seal(key, who),
        lambda: examination.portrait(key, who),
        lambda: examination.conclude(key, "0", "why", who),
        lambda: examination.begin(key_for(here, 1), who),
    ):
        with pytest.raises(ExaminationRefused, match="cannot judge blind"):
            step()
    assert desk.to_examine(who) == []
    examination.abandon(key, "saw the answer", who)
    assert Examination.objects.get(pk=key).stage == Stage.ABANDONED


def test_what_is_given_up_is_offered_to_others_and_old_work_holds_no_place(here: World) -> None:
    one, other, third = here.people
    keys = [examination.begin(key_for(here), who) for who in (one, other)]
    assert key_for(here) not in {each.comparison for each in desk.to_examine(third)}
    with pytest.raises(ExaminationRefused, match="reasons"):
        examination.abandon(keys[0], " ", one)
    examination.abandon(keys[0], "ill", one)
    assert key_for(here) in {each.comparison for each in desk.to_examine(third)}
    assert key_for(here) not in {each.comparison for each in desk.to_examine(one)}
    with pytest.raises(ExaminationRefused, match="this stage"):
        examination.assess(keys[0], True, "", one)
    third_key = examination.begin(key_for(here), third)
    assert third_key
    Examination.objects.filter(pk=third_key).update(begun_at=here.search.at - timedelta(days=8))
    fourth = examiner("Dina")
    assert key_for(here) in {each.comparison for each in desk.to_examine(fourth)}


def test_nobody_examines_before_two_have_sorted_or_what_nobody_kept(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch, count=2, later=0)
    sort(here, here.people[0])
    first, second = key_for(here), key_for(here, 1)
    with pytest.raises(NotHere):
        examination.begin(first, here.people[0])
    Comparison.objects.filter(pk=first).update(settled_at=here.search.at, outcome="ended")
    sort(here, here.people[1])
    with pytest.raises(NotHere):
        examination.begin(first, here.people[0])
    assert examination.begin(second, here.people[0])


def test_the_second_may_sit_elsewhere_under_an_agreement_and_not_without(here: World) -> None:
    agency = access.found_agency("Elsewhere", "system:tests")
    outside = examiner("Dina", agency)
    with pytest.raises(NotHere, match="no such work"):
        examination.begin(key_for(here), outside)
    _agree(agency, [Scope.CASES, Scope.PHOTOGRAPHS])
    assert desk.to_examine(outside) == []
    _agree(agency, [Scope.PORTRAITS])
    # The family did not choose to share with them: the portrait is not theirs to see.
    assert desk.to_examine(outside) == []
    Portrait.objects.update(basis="partner-agreement")
    assert len(desk.to_examine(outside)) == 2
    key = examine(key_for(here), outside, "+1a")
    examine(key_for(here), here.people[0], "+1a")
    assert Comparison.objects.get(pk=key_for(here)).outcome == "support-same"
    assert Examination.objects.get(pk=key).agency_id == agency.pk


def _agree(agency: Agency, scopes: list[Scope]) -> None:
    founder = factories.operator()
    there = access.add_operator(f"head of {len(scopes)}", agency, "system:tests")
    access.grant_role(there, Role.ADMINISTRATOR, "system:tests")
    until = access.year_after(agreements.timezone.now().date())
    made = agreements.propose(founder, agency, scopes, "a treaty", until)
    agreements.accept(there, made)


def test_strangers_are_told_when_all_is_sealed_and_count_in_ones_own_record(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(monkeypatch, count=1, later=1)
    one, other, _third = here.people
    real = None
    for who in (one, other):
        sort(here, who)
    filler = Filler.objects.get().comparison_id
    (real,) = Comparison.objects.exclude(pk=filler)
    examine(filler, one, "+1a")
    examine(filler, other, "0")
    assert proficiency.record_of(one).wrong.of == 0
    examine(real.pk, one, "+1a")
    examine(real.pk, other, "+1a")
    assert (proficiency.record_of(one).wrong.count, proficiency.record_of(other).inconclusive.count) == (1, 1)
    assert {each.comparison: each.filler for each in findings.read(here.search.pk, one)} == {
        filler: True, real.pk: False,
    }  # fmt: skip


def test_an_erasure_ends_open_work_and_empties_what_was_sealed(here: World) -> None:
    one, other, _third = here.people
    key = examine(key_for(here), one, "+1a")
    begun = examination.begin(key_for(here), other)
    digest = Examination.objects.get(pk=key).digest
    person = Comparison.objects.get(pk=key_for(here)).person
    assert person is not None
    erasure.erase_person(Person.objects.get(pk=person), factories.operator(), "asked for")
    sealed, opened = Examination.objects.get(pk=key), Examination.objects.get(pk=begun)
    assert (sealed.stage, sealed.content, sealed.reasons, sealed.digest) == (Stage.SEALED, None, "", digest)
    assert opened.stage == Stage.ABANDONED
    assert not ComponentNote.objects.filter(examination__comparison=key_for(here)).exists()
    assert not FreeMark.objects.filter(examination__comparison=key_for(here)).exists()
    comparison = Comparison.objects.get(pk=key_for(here))
    assert (comparison.person, comparison.portrait, comparison.outcome) == (None, None, "ended")
    with pytest.raises(ExaminationRefused):
        examination.seal(begun, other)


def test_payloads_and_texts_of_the_ledger_tell_no_level(here: World) -> None:
    one, other, third = here.people
    examine(key_for(here), one, "exclusion")
    examine(key_for(here), other, "+1a")
    examine(key_for(here), third, "not-suitable")
    rows = Entry.objects.filter(action__regex="^casework:(examination|comparison|lineup|triage):")
    assert rows.count() > 20
    for entry in rows:
        assert set(entry.details or {}) <= {
            "seed", "basis", "members_sha256", "judged_sha256", "analysis_sha256", "content_sha256",
        }  # fmt: skip
        # Nothing stands under the case, whose page tells its story.
        assert not entry.object.startswith("case:")


def test_a_mandate_that_ended_and_a_closed_case_stop_the_work(here: World) -> None:
    who = here.people[0]
    key = in_comparison(here)
    services.close_case(here.case.code, factories.operator(), "over")
    with pytest.raises(CaseRefused, match="closed"):
        examination.conclude(key, "0", "why", who)
    services.reopen_case(here.case.code, factories.operator(), "again")
    for mandate in factories.operator().agency.mandates.all():
        access.revoke_mandate(mandate, "system:tests", "over")
    with pytest.raises(AccessError):
        examination.begin(key_for(here, 1), who)


@pytest.mark.parametrize(
    "drawing",
    [
        Drawing("c", "polyline", ((0, 0), (1, 1))),
        Drawing("a", "scribble", ((0, 0), (1, 1))),
        Drawing("a", "polyline", ((0, 0),)),
        Drawing("a", "ellipse", ((0, 0), (1, 1))),
        Drawing("a", "polyline", ((0, 0), (1, float("nan")))),
        Drawing("a", "polyline", ((0, 0), (1, 1.1))),
        Drawing("a", "polyline", ((0, 0), (1, 1)), note="x" * 201),
        Drawing("a", "polyline", ((0, 0),) * 501),
        Drawing("a", "polyline", ((0, "0"), (1, 1))),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_mark_is_refused(drawing: Drawing) -> None:
    assert str(drawing_fault(drawing))


def test_the_record_of_an_examiner_has_intervals() -> None:
    found = proficiency.tally(
        [(Direction.DIFFERENT, "exclusion"), (Direction.DIFFERENT, "+1a"), (Direction.SAME, "0")] * 5
    )
    assert (found.right.count, found.wrong.count, found.inconclusive.count) == (5, 5, 5)
    assert found.right.of == 15
    assert (round(found.right.low, 4), round(found.right.high, 4)) == (0.1518, 0.5829)
    assert proficiency.wilson(0, 0) == (0.0, 1.0)
    assert proficiency.wilson(0, 10)[0] == 0.0
    assert proficiency.wilson(10, 10)[1] == 1.0
    with pytest.raises(ValueError, match="none and all"):
        proficiency.wilson(3, 2)


class _Work(RuleBasedStateMachine):
    """Any two people who take any steps in any order, and look at ranked output whenever they like."""

    here: World
    seals = 0

    def __init__(self) -> None:
        super().__init__()
        Examination.objects.all().delete()
        RankedView.objects.exclude(actor=factories.operator().actor).delete()
        Comparison.objects.update(outcome="", outcome_level="", settled_at=None, third_called_at=None)
        type(self.here.lineup).objects.update(settled_at=None)
        self.keys: dict[int, UUID] = {}
        self.sealed: dict[UUID, tuple[object, ...]] = {}
        self.seen: set[int] = set()

    def step(self, place: int, deed: Callable[[UUID, Any], object]) -> None:
        who = self.here.people[place]
        try:
            if place not in self.keys:
                self.keys[place] = examination.begin(key_for(self.here), who)
                assert place not in self.seen
            before = Examination.objects.get(pk=self.keys[place]).stage
            deed(self.keys[place], who)
            assert place not in self.seen, "whoever saw ranked output went on"
            assert before not in (Stage.SEALED, Stage.ABANDONED)
        except (ExaminationRefused, NotHere):
            pass

    @rule(place=st.integers(0, 1), level=st.sampled_from(("+1a", "-1a", "0", "exclusion")))
    def advance(self, place: int, level: str) -> None:
        """The next step of an examination that goes well, so that many come to their seal."""

        def go_on(key: UUID, who: Any) -> None:
            found = Examination.objects.get(pk=key)
            if found.stage == Stage.ASSESSMENT:
                examination.assess(key, True, "", who)
                examination.note_subject(key, 10, True, "", who)
            elif found.stage == Stage.ANALYSIS:
                examination.close_analysis(key, who)
            elif found.stage == Stage.COMPARISON:
                examination.portrait(key, who)
                examination.note_pair(key, 10, STRUCTURAL, who)
                examination.conclude(key, level, "why", who)
            else:
                examination.seal(key, who)
                type(self).seals += 1

        self.step(place, go_on)

    @rule(place=st.integers(0, 1), suitable=st.booleans())
    def assess(self, place: int, suitable: bool) -> None:
        self.step(place, lambda key, who: examination.assess(key, suitable, "why", who))

    @rule(place=st.integers(0, 1), seen=st.booleans())
    def note_subject(self, place: int, seen: bool) -> None:
        self.step(place, lambda key, who: examination.note_subject(key, 10, seen, "", who))

    @rule(place=st.integers(0, 1))
    def analyse(self, place: int) -> None:
        self.step(place, lambda key, who: examination.close_analysis(key, who))

    @rule(place=st.integers(0, 1))
    def portrait(self, place: int) -> None:
        def look(key: UUID, who: Any) -> None:
            examination.portrait(key, who)
            assert Examination.objects.get(pk=key).analysis_digest

        self.step(place, look)

    @rule(place=st.integers(0, 1), seen=st.sampled_from([ALIKE, STRUCTURAL, Observed(False, False)]))
    def note_pair(self, place: int, seen: Observed) -> None:
        self.step(place, lambda key, who: examination.note_pair(key, 10, seen, who))

    @rule(place=st.integers(0, 1), level=st.sampled_from(CONCLUSIONS))
    def conclude(self, place: int, level: str) -> None:
        self.step(place, lambda key, who: examination.conclude(key, level, "why", who))

    @rule(place=st.integers(0, 1))
    def seal(self, place: int) -> None:
        self.step(place, lambda key, who: examination.seal(key, who))

    @rule(place=st.integers(0, 1))
    def look_at_ranks(self, place: int) -> None:
        services.look_at_answer(self.here.search.pk, self.here.people[place])
        self.seen.add(place)

    @invariant()
    def what_is_sealed_stays(self) -> None:
        for row in Examination.objects.filter(stage=Stage.SEALED):
            now = (row.digest, row.level, row.reasons, row.content, row.ended_at)
            assert self.sealed.setdefault(row.pk, now) == now
            assert unaltered(row)
            assert row.level in (*CONCLUSIONS[5:8], "not-suitable", "exclusion")
        assert Examination.objects.filter(pk__in=self.sealed, stage=Stage.SEALED).count() == len(self.sealed)


def test_no_path_changes_what_is_sealed_or_lets_a_viewer_of_ranks_examine(here: World) -> None:
    _Work.here = here
    run_state_machine_as_test(
        _Work,
        settings=settings(
            # Derandomised: that something was sealed is asserted below, and must not hang on luck.
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert _Work.seals, "nothing was ever sealed"
