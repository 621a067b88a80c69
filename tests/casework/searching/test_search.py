"""Steps 1 to 8: who may search, what the answer says, which way a match points, what is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from antigone import evidence
from antigone.access import services as access
from antigone.access.errors import Refused
from antigone.access.models import Mandate, RoleGrant
from antigone.casework import services, tasks
from antigone.casework.errors import CaseExists, CaseRefused
from antigone.casework.models import Case, RankedView, Search
from antigone.casework.searching import search
from antigone.casework.searching.answer import Answer, digest_of
from antigone.casework.searching.reading import Clock, Reading
from antigone.instance import Instance
from antigone.ledger.models import Entry
from antigone.missing import erasure
from antigone.missing import services as missing
from antigone.missing.models import Person, Portrait
from antigone.remains.models import Photograph
from antigone.remains.services import Particulars
from tests import factories

POINT = evidence.OperatingPoint(0.5, 0.01, "set by the test")


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operating point for the short templates of these tests, which no tail was measured for."""
    monkeypatch.setattr(search.evidence, "threshold", lambda *_, **__: POINT)


def open_case(code: str = "LIMEN-A-001") -> Case:
    return services.open_case(code, "deceased", Particulars(), factories.operator())


def reading(vector: NDArray[np.float32], name: str = "photo.jpg") -> Reading:
    sha256 = digest_of({"vector": vector.tolist()})
    face = {"box": [0.0, 0.0, 1.0, 1.0], "landmarks": []}
    return Reading(name, b"photograph " + vector.tobytes(), sha256, [face], 0, False, vector)


def answer(case: Case, *vectors: NDArray[np.float32], top: int = 50) -> Answer:
    return search.answer_for(case, [reading(v) for v in vectors], factories.contract(), top, Clock())


def keep(case: Case, *vectors: NDArray[np.float32]) -> Search:
    who = factories.operator()
    allowed, _ = services.authorise_search(case.code, who)
    readings = [reading(vector) for vector in vectors]
    found = search.answer_for(allowed, readings, factories.contract(), 50, Clock())
    return services.keep_answer(allowed, readings, found, who)[1]


def test_the_mate_comes_first_and_strangers_after(instance: Instance, point: None) -> None:
    mate = factories.unit(1)
    factories.enrol({"mate": mate, **{f"stranger-{n}": factories.unit(n) for n in range(2, 40)}})
    found = answer(open_case(), factories.unit(99, near=mate))
    assert found.candidates[0].person_ref == "mate"
    assert found.candidates[0].score > 0.9
    assert [each.score for each in found.candidates] == sorted((each.score for each in found.candidates), reverse=True)
    assert found.proven_exact
    assert not found.none_of_these


def test_the_opposite_of_the_mate_comes_last(instance: Instance, point: None) -> None:
    # The direction of a match: were a distance taken for a likeness, the worst would come first.
    probe = factories.unit(1)
    factories.enrol({"mate": probe, "opposite": -probe, "other": factories.unit(2)})
    assert [each.person_ref for each in answer(open_case(), probe).candidates] == ["mate", "other", "opposite"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), noise=st.floats(0.01, 0.3))
def test_no_stranger_outranks_a_mate_that_is_closer(instance: Instance, seed: int, noise: float) -> None:
    if not Portrait.objects.exists():
        factories.enrol({f"M-{n}": factories.unit(n) for n in range(30)})
    case = Case.objects.first() or open_case()
    probe = factories.unit(seed, near=factories.unit(seed % 30), noise=noise)
    cosines = {f"M-{n}": float(probe.astype(float) @ factories.unit(n).astype(float)) for n in range(30)}
    listed = answer(case, probe).candidates
    assert [each.person_ref for each in listed] == sorted(cosines, key=lambda ref: -cosines[ref])
    assert all(abs(each.score - cosines[each.person_ref]) < 1e-6 for each in listed)


def test_photographs_of_one_body_count_together(instance: Instance, point: None) -> None:
    a, b = factories.unit(1), factories.unit(2)
    both = (a + b) / np.linalg.norm(a + b)
    factories.enrol({"like-a": a, "like-both": both.astype(np.float32)})
    assert answer(open_case(), a, b).candidates[0].person_ref == "like-both"


def test_none_of_these_when_nothing_passes(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    found = answer(open_case(), -factories.unit(1))
    assert found.none_of_these
    assert len(found.candidates) == 1


def test_one_photograph_has_no_scores_of_its_own_beside_the_lead(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    (only,) = answer(open_case(), factories.unit(2)).candidates
    assert (only.by_photo, only.apart) == ((), None)
    assert only.as_json()["by_photo"] == []


def test_the_score_is_the_mean_of_what_each_photograph_scores(instance: Instance, point: None) -> None:
    factories.enrol({f"M-{n}": factories.unit(n) for n in range(1, 6)})
    for each in answer(open_case(), factories.unit(11), factories.unit(12)).candidates:
        assert len(each.by_photo) == 2
        assert each.score == pytest.approx(np.mean(each.by_photo))
        assert each.apart is None  # of two that disagree, nothing says which is the odd one


MATE, OTHER = np.eye(factories.DIMENSION, dtype=np.float32)[:2]


def two_good_and_one_of_somebody_else() -> list[Reading]:
    good = [reading(factories.unit(n, near=MATE, noise=0.1), f"good-{n}.jpg") for n in (21, 22)]
    return [*good, reading(OTHER, "group.jpg")]


def test_golden_a_photograph_of_somebody_else_is_named_and_the_mate_stays(instance: Instance, point: None) -> None:
    factories.enrol({"mate": MATE, **{f"stranger-{n}": factories.unit(n) for n in range(2, 30)}})
    given = two_good_and_one_of_somebody_else()
    found = search.answer_for(open_case(), given, factories.contract(), 50, Clock())
    first = found.candidates[0]
    assert first.person_ref == "mate"
    assert first.score == pytest.approx(np.mean([MATE @ each.vector for each in given]), abs=1e-6)
    assert first.as_json()["apart"] == {
        "photo": "group.jpg",
        "score": 0.0,
        "without": pytest.approx(np.mean([MATE @ each.vector for each in given[:2]]), abs=2e-6),
    }
    assert [each.score for each in found.candidates] == sorted((each.score for each in found.candidates), reverse=True)


def test_where_two_files_have_one_name_the_digest_says_which(instance: Instance, point: None) -> None:
    factories.enrol({"mate": MATE})
    given = [reading(each.vector, "front.jpg") for each in two_good_and_one_of_somebody_else()]
    (first,) = search.answer_for(open_case(), given, factories.contract(), 50, Clock()).candidates
    assert first.apart is not None
    assert first.apart["photo"] == given[-1].sha256


def kept_with_one_apart() -> tuple[Case, Search, list[Reading]]:
    factories.enrol({"mate": MATE})
    case, given = open_case(), two_good_and_one_of_somebody_else()
    found = search.answer_for(case, given, factories.contract(), 50, Clock())
    return case, services.keep_answer(case, given, found, factories.operator())[1], given


def test_an_erased_photograph_leaves_no_score_of_its_own(instance: Instance, point: None) -> None:
    case, kept, given = kept_with_one_apart()
    assert kept.answer["candidates"][0]["apart"]["photo"] == "group.jpg"
    tasks.erase_photograph(case.code, given[-1].sha256[:12], factories.operator(), "somebody else")
    kept.refresh_from_db()
    (lead,) = kept.answer["candidates"]
    # Of the others too: from the mean and what they score, the erased one's score would be arithmetic.
    assert (lead["apart"], lead["by_photo"]) == (None, [])
    assert "group.jpg" not in str(kept.answer)


def test_an_erased_person_leaves_no_scores_by_photograph(instance: Instance, point: None) -> None:
    _, kept, _ = kept_with_one_apart()
    erasure.erase_person(Person.objects.get(ref="mate"), factories.operator(), "withdrawn")
    kept.refresh_from_db()
    (lead,) = kept.answer["candidates"]
    assert (lead["by_photo"], lead["apart"]) == ([], None)


def test_portraits_that_wait_to_be_encoded_are_told(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    case, another = open_case(), factories.contract(dimension=8)
    found = search.answer_for(case, [reading(factories.unit(1)[:8])], another, 50, Clock())
    assert found.candidates == ()
    (note,) = [note for note in found.notes if "antigone reencode" in note]
    assert note.startswith("1 portrait has no template")
    assert not any("reencode" in note for note in answer(case, factories.unit(1)).notes)


def test_none_of_these_for_an_empty_gallery(instance: Instance, point: None) -> None:
    found = answer(open_case(), factories.unit(1))
    assert (found.none_of_these, found.searched, found.candidates) == (True, 0, ())


def test_without_a_measured_operating_point_nothing_passes(instance: Instance) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    found = answer(open_case(), factories.unit(1))
    assert found.none_of_these
    assert found.operating_point is None
    assert any("No operating point" in note for note in found.notes)


def test_those_without_a_portrait_are_counted(instance: Instance, point: None) -> None:
    into = factories.enrol({"M-1": factories.unit(1)})
    missing.report_missing(into, [missing.PersonRecord(ref="M-2")], missing.Giving("family-consent"), "operator:1")
    found = answer(open_case(), factories.unit(1))
    assert (found.searched, found.searched_persons, found.without_portrait) == (1, 1, 1)


def test_a_closed_report_an_end_that_passed_and_an_erasure_are_not_found(instance: Instance, point: None) -> None:
    into = factories.enrol({"closed": factories.unit(1), "erased": factories.unit(2), "there": factories.unit(3)})
    ended = missing.Giving("family-consent", until=datetime.now(UTC).date() - timedelta(days=1))
    missing.add_portraits(
        into, factories.contract(), [factories.portrait("ended", factories.unit(4))], ended, "operator:1"
    )
    case = open_case()
    assert {each.person_ref for each in answer(case, factories.unit(1)).candidates} == {"closed", "erased", "there"}
    missing.close_report(Person.objects.get(ref="closed"), "found", "operator:1")
    erasure.erase_person(Person.objects.get(ref="erased"), factories.operator(), "withdrawn")
    found = answer(case, factories.unit(1))
    assert [each.person_ref for each in found.candidates] == ["there"]
    assert found.searched == 1


def test_an_enrolment_shows_in_the_next_search(instance: Instance, point: None) -> None:
    case = open_case()
    factories.enrol({"M-1": factories.unit(1)})
    first = answer(case, factories.unit(2))
    factories.enrol({"M-2": factories.unit(2)})
    second = answer(case, factories.unit(2))
    assert [each.person_ref for each in first.candidates] == ["M-1"]
    assert second.candidates[0].person_ref == "M-2"
    assert second.generation > first.generation


def test_a_holding_of_another_agency_is_not_searched(instance: Instance, point: None) -> None:
    other = access.add_operator("other", access.found_agency("Another agency", "operator:1"), "operator:1")
    access.grant_role(other, "tracing-officer", "operator:1")
    theirs = missing.open_holding("theirs", other)
    factories.enrol({"theirs": factories.unit(1)}, into=theirs)
    assert answer(open_case(), factories.unit(1)).candidates == ()


def test_an_answer_is_kept_whole_and_who_saw_it(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    kept = keep(open_case(), factories.unit(1))
    assert kept.answer["candidates"][0]["person_ref"] == "M-1"
    assert kept.answer_sha256 == digest_of(kept.answer)
    assert kept.photographs.count() == 1
    assert RankedView.objects.get().actor == factories.operator().actor
    entry = Entry.objects.get(action="casework:search:run")
    assert entry.details is not None
    assert entry.details["answer_sha256"] == kept.answer_sha256
    assert entry.index is not None


def test_a_kept_answer_forgets_who_was_erased(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    kept = keep(open_case(), factories.unit(1))
    sha256 = Portrait.objects.get(person__ref="M-1").sha256
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    kept.refresh_from_db()
    assert "M-1" not in str(kept.answer)
    assert sha256 not in str(kept.answer)
    assert "M-2" in str(kept.answer)


def test_no_search_without_a_case(instance: Instance) -> None:
    with pytest.raises(CaseRefused, match="no case"):
        services.authorise_search("NOWHERE-1", factories.operator())
    assert Entry.objects.filter(action="casework:search:refuse").count() == 1


def test_no_search_without_a_mandate_and_the_refusal_is_logged(instance: Instance) -> None:
    case = open_case()
    Mandate.objects.update(valid_until=datetime.now(UTC).date() - timedelta(days=1))
    with pytest.raises(Refused, match="no mandate in force"):
        services.authorise_search(case.code, factories.operator())
    assert Entry.objects.filter(action="access:mandate:refuse").count() == 1


def test_no_search_without_the_role_and_the_refusal_is_logged(instance: Instance) -> None:
    case = open_case()
    RoleGrant.objects.all().delete()
    with pytest.raises(Refused, match="comes with the role"):
        services.authorise_search(case.code, factories.operator())
    assert Entry.objects.filter(action="access:permission:refuse").count() == 1


def test_no_search_in_a_closed_case(instance: Instance) -> None:
    case = open_case()
    services.close_case(case.code, factories.operator(), "identified by prints")
    with pytest.raises(CaseRefused, match="closed"):
        services.authorise_search(case.code, factories.operator())


def test_a_code_is_never_used_twice(instance: Instance) -> None:
    open_case()
    with pytest.raises(CaseExists):
        open_case()


def test_a_living_subject_without_attestation_is_refused_and_logged(instance: Instance) -> None:
    with pytest.raises(CaseRefused):
        services.open_case("WARD-1", "unable-to-state-identity", Particulars(), factories.operator())
    assert not Case.objects.exists()
    assert Entry.objects.filter(action="casework:case:refuse").count() == 1


def test_a_draft_says_what_its_record_lacks(instance: Instance, point: None) -> None:
    assert any("place of recovery" in note for note in answer(open_case(), factories.unit(1)).notes)


def living_case() -> Case:
    given = Particulars(attested_by="Dr A", attested_at=datetime.now(UTC) - timedelta(hours=1))
    return services.open_case("WARD-1", "unable-to-state-identity", given, factories.operator())


def test_a_search_that_the_person_speaks_into_is_not_kept(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    case = living_case()
    found = answer(case, factories.unit(1))
    tasks.person_spoke(case.code, factories.operator())
    with pytest.raises(CaseRefused):
        services.keep_answer(case, [reading(factories.unit(1))], found, factories.operator())
    assert not Photograph.objects.exists()
    assert not Search.objects.exists()
    assert Entry.objects.filter(action="casework:search:refuse").count() == 1


def test_a_search_that_outlives_its_mandate_is_not_kept(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    case = open_case()
    found = answer(case, factories.unit(1))
    Mandate.objects.update(valid_until=datetime.now(UTC).date() - timedelta(days=1))
    with pytest.raises(Refused):
        services.keep_answer(case, [reading(factories.unit(1))], found, factories.operator())
    assert not Search.objects.exists()


def test_who_is_erased_while_a_search_runs_is_not_in_its_answer(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": factories.unit(2)})
    case = open_case()
    found = answer(case, factories.unit(1))
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    given, kept = services.keep_answer(case, [reading(factories.unit(1))], found, factories.operator())
    assert [each.person_ref for each in given.candidates] == ["M-2"]
    assert "M-1" not in str(kept.answer)


def test_an_answer_whose_only_lead_is_erased_says_none_of_these(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1), "M-2": -factories.unit(1)})
    case = open_case()
    found = answer(case, factories.unit(1))
    assert not found.none_of_these
    erasure.erase_person(Person.objects.get(ref="M-1"), factories.operator(), "withdrawn")
    given, kept = services.keep_answer(case, [reading(factories.unit(1))], found, factories.operator())
    assert [(each.rank, each.person_ref) for each in given.candidates] == [(1, "M-2")]
    assert given.none_of_these
    assert kept.none_of_these


def test_who_may_erase_photographs_need_not_open_cases(instance: Instance, point: None) -> None:
    case = open_case()
    keep(case, factories.unit(1))
    reviewer = access.add_operator("reviewer", factories.operator().agency, "operator:1")
    access.grant_role(reviewer, "data-protection-reviewer", "operator:1")
    sha256 = reading(factories.unit(1)).sha256
    assert tasks.erase_photograph(case.code, sha256[:12], reviewer, "wrong case") == 1


def test_when_the_person_speaks_kept_answers_are_emptied_and_the_case_closes(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    case = living_case()
    kept = keep(case, factories.unit(1))
    tasks.person_spoke(case.code, factories.operator())
    kept.refresh_from_db()
    case.refresh_from_db()
    assert (kept.answer["photos"], kept.answer["candidates"]) == ([], [])
    assert case.closed_at is not None
    assert Entry.objects.filter(action="casework:case:close").count() == 1


def test_an_erased_photograph_is_in_no_kept_answer(instance: Instance, point: None) -> None:
    factories.enrol({"M-1": factories.unit(1)})
    case = open_case()
    kept = keep(case, factories.unit(1))
    sha256 = reading(factories.unit(1)).sha256
    assert tasks.erase_photograph(case.code, sha256[:12], factories.operator(), "wrong case") == 1
    kept.refresh_from_db()
    assert sha256 not in str(kept.answer)
    assert "photo.jpg" not in str(kept.answer)


def test_a_case_that_is_not_there_is_refused_and_logged(instance: Instance) -> None:
    with pytest.raises(CaseRefused):
        services.close_case("NOWHERE-1", factories.operator(), "")
    assert Entry.objects.filter(action="casework:case:refuse").count() == 1


def test_closing_a_case_twice_adds_nothing(instance: Instance) -> None:
    case = open_case()
    for _ in range(2):
        services.close_case(case.code, factories.operator(), "identified by prints")
    assert Entry.objects.filter(action="casework:case:close").count() == 1


def test_an_old_attestation_is_refused_and_logged(instance: Instance) -> None:
    case = living_case()
    with pytest.raises(CaseRefused):
        services.renew_attestation(case.code, "Dr B", datetime.now(UTC) - timedelta(hours=80), factories.operator())
    assert Entry.objects.filter(action="casework:attestation:refuse").count() == 1


def test_a_ranked_view_that_was_lost_is_put_back_once(instance: Instance) -> None:
    case = open_case()
    for _ in range(2):
        services.remember_ranked_view(case.pk, "operator:7", datetime.now(UTC))
    assert RankedView.objects.get().actor == "operator:7"


def test_a_code_is_the_same_in_small_letters(instance: Instance) -> None:
    case = open_case("LIMEN-A-001")
    assert services.authorise_search("limen-a-001", factories.operator())[0].pk == case.pk
    with pytest.raises(CaseExists):
        open_case("Limen-A-001")


def test_a_draft_is_completed_and_what_it_says_stays(instance: Instance) -> None:
    case = services.open_case("LIMEN-A-001", "deceased", Particulars(place="quay"), factories.operator())
    lacking = services.complete_case(
        case.code, Particulars(place="elsewhere", attested_by="A. R."), factories.operator()
    )
    assert lacking == ("date of recovery",)
    case.subject.refresh_from_db()
    assert (case.subject.place, case.subject.attested_by) == ("quay", "A. R.")


def test_a_closed_case_is_opened_again_but_not_over_the_word_of_the_living(instance: Instance) -> None:
    case = open_case()
    services.close_case(case.code, factories.operator(), "by mistake")
    services.reopen_case(case.code, factories.operator(), "it was a mistake")
    services.authorise_search(case.code, factories.operator())
    living = living_case()
    tasks.person_spoke(living.code, factories.operator())
    with pytest.raises(CaseRefused):
        services.reopen_case(living.code, factories.operator(), "anyway")
