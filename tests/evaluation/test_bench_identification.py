"""The bench of identification: who is enrolled and sought, what counts as a miss, and a run on people never alive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import antigone.demo
from antigone.evaluation import probes
from antigone.evaluation.bench_identification import (
    NEVER,
    SHARES,
    Protocol,
    caution,
    figures,
    measured_from,
    protocol,
    render_text,
    run,
    search,
)
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.probes import Probes
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.ranks import Searches


def photos(person: str, count: int) -> list[Photograph]:
    return [Photograph(f"{person}/{number}.jpg", person, Path(f"{number}.jpg")) for number in range(count)]


def village(pairs: int, singles: int) -> dict[str, list[Photograph]]:
    names = [f"P{number:03d}" for number in range(pairs + singles)]
    return {name: photos(name, 2 if place < pairs else 1) for place, name in enumerate(names)}


def test_who_does_not_keep_to_the_test_half_is_told_of_those_who_taught() -> None:
    assert "too good" not in caution("test")
    assert "too good" in caution(None)
    assert "too good" in caution("calibration")


def test_a_fifth_are_strangers_and_those_with_one_picture_first() -> None:
    plan = protocol(village(60, 40), None, seed=1)
    assert len(plan.strangers) == 20
    assert len(plan.enrolled) == 80
    assert len(plan.mated) == 60
    enrolled = {photo.person for photo in plan.enrolled}
    assert not enrolled & {photo.person for photo in plan.strangers}
    assert {photo.person for photo in plan.mated} <= enrolled
    assert all(photo.path.name == "0.jpg" for photo in plan.enrolled)
    assert all(photo.path.name == "1.jpg" for photo in plan.mated)


def test_fewer_probes_leave_the_gallery_whole() -> None:
    plan = protocol(village(60, 40), 7, seed=1)
    assert (len(plan.enrolled), len(plan.mated), len(plan.strangers)) == (80, 7, 7)
    assert plan == protocol(village(60, 40), 7, seed=1)


def test_too_few_people_are_refused() -> None:
    with pytest.raises(EvaluationError, match="two pictures"):
        protocol(village(0, 30), None, seed=1)


def known(scores: list[float]) -> Searches:
    return Searches(
        np.arange(3),
        np.array([0.9, 0.4, -np.inf]),
        np.array([1, 60, NEVER]),
        np.arange(3, 3 + len(scores)),
        np.array(scores),
    )


def test_shares_are_of_the_searches_and_a_rate_needs_strangers_enough() -> None:
    few = figures(measured_from(known([0.1, 0.6]), np.full(5, 0.5)), True, seed=1, rounds=20)
    assert few["rank1_miss"] == pytest.approx(2 / 3)
    assert few["rank50_miss"] == pytest.approx(2 / 3)
    assert few["fnir_at_fpir_1pct"] is None
    assert few["none_of_these_right"] == 0.5
    assert few["mates_passing"] == pytest.approx(1 / 3)
    many = figures(measured_from(known([0.1] * 600), np.full(603, 0.5)), True, seed=1, rounds=20)
    assert many["fnir_at_fpir_1pct"] == pytest.approx(2 / 3)
    assert many["none_of_these_right"] == 1.0
    none = figures(known([0.1] * 600), False, seed=1, rounds=20)
    assert none["none_of_these_right"] is None
    assert none["none_of_these_right_interval"] is None


def test_a_search_of_a_poor_photograph_has_a_threshold_of_its_own() -> None:
    thresholds = np.full(603, 0.5)
    thresholds[1] = 0.35
    found = figures(measured_from(known([0.1] * 600), thresholds), True, seed=1, rounds=20)
    assert found["mates_passing"] == pytest.approx(2 / 3)


def test_a_mate_is_found_and_a_lost_one_is_a_miss_everywhere() -> None:
    people = {name: photos(name, 2) for name in ("a", "b", "c")}
    plan = Protocol([people[n][0] for n in "abc"], [people[n][1] for n in "abc"], photos("x", 1))
    gallery = np.eye(4, dtype=np.float32)[:3]
    sought = np.vstack([gallery, np.eye(4, dtype=np.float32)[3:]])
    seen = Probes(sought, np.array([True, True, False, True]), (None,) * 4)
    found = search(gallery, np.array([True, False, True]), list("abc"), seen, plan, {})
    assert found.mate_rank.tolist() == [1, NEVER, NEVER]
    assert found.mate_score.tolist() == [1, -np.inf, -np.inf]
    assert found.stranger_top.tolist() == [0]


def test_an_unknown_ladder_is_named_with_those_known(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="two-days"):
        run(tmp_path, "three-days")


def test_the_cost_of_one_probe_or_of_none_is_a_number_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """NaN is no JSON: a program that reads the bench would fail on it."""
    monkeypatch.setattr(probes, "degraded", lambda _, photo, __: None if photo.person == "faceless" else photo)
    monkeypatch.setattr(probes, "template", lambda *_: None)
    engine: Any = object()
    (one,) = probes.cpu_per_probe(engine, [engine], photos("seen", 1), "clean")
    assert one is not None
    assert one >= 0
    assert probes.cpu_per_probe(engine, [engine], photos("faceless", 3), "clean") == [None]


@pytest.mark.slow
def test_the_whole_bench_on_people_who_never_lived(models: Path) -> None:
    result = run(Path(antigone.demo.__file__).parent / "cohort" / "portraits", "fresh", pipeline="robust-1", rounds=50)
    assert result["enrolled"] > 0
    for way in ("plain", "improved"):
        for share in SHARES:
            value = result[way][share]
            assert value is None or 0 <= value <= 1
        assert result[way]["cpu_ms_per_probe"] > 0
    assert "fresh" in render_text(result)
