"""Strata by template strength: who belongs where, and tails of strangers from known scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from antigone.evaluation import calibrate_strata
from antigone.evaluation.calibrate_strata import STRATA, fits, label, stranger_tails, strata
from antigone.evaluation.halves import half
from antigone.evaluation.non_mated import RATES, as_entry
from antigone.evaluation.probes import Probes
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.templates import Templates
from antigone.faces import EmbeddingContract
from antigone.faces.strength import NAME

PEOPLE, PICTURES, DIMENSION = 220, 3, 32


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def photos() -> list[Photograph]:
    names = [name for name in (f"P{number}" for number in range(3 * PEOPLE)) if half(name) == "test"][:PEOPLE]
    return [Photograph(f"{name}/{at}.jpg", name, Path(f"{at}.jpg")) for name in names for at in range(PICTURES)]


def templates() -> Templates:
    random = np.random.default_rng(3)
    own = np.repeat(random.normal(size=(PEOPLE, DIMENSION)), PICTURES, axis=0)
    vectors = unit(own + 0.6 * random.normal(size=own.shape))
    contract = EmbeddingContract("known", "0" * 64, DIMENSION, "a", "p")
    return Templates(tuple(photos()), vectors, np.ones(len(vectors), np.bool_), (), 0, "1" * 64, contract)


def probes(strength: int, noise: float, seed: int) -> Probes:
    random = np.random.default_rng(seed)
    vectors = unit(templates().vectors + noise * random.normal(size=(PEOPLE * PICTURES, DIMENSION)) / DIMENSION**0.5)
    return Probes(vectors, np.ones(len(vectors), np.bool_), ({NAME: strength},) * len(vectors))


def test_every_strength_down_to_the_lowest_has_one_stratum() -> None:
    assert [label(value) for value in (100, 72, 71, 45, 44, 22, 21, None)] == [
        "clear",
        "clear",
        "impaired",
        "impaired",
        "poor",
        "poor",
        "",
        "",
    ]
    assert [stratum.figure for stratum in STRATA] == [NAME] * 3


def test_who_fits_and_who_judges_is_settled_by_the_name() -> None:
    names = [f"P{number}" for number in range(2000)]
    assert 0.45 < np.mean([fits(name) for name in names]) < 0.55
    test = [name for name in names if half(name) == "test"]
    assert 0.4 < np.mean([fits(name) for name in test]) < 0.6


def test_an_entry_holds_the_rates_that_its_comparisons_bear() -> None:
    scores = np.sort(np.random.default_rng(5).normal(0, 0.1, 100_000))[::-1]
    entry = as_entry(scores[:20_000], 100_000)
    assert entry["rates"] == [rate for rate in RATES if rate >= 1e-4]
    for rate, score in zip(entry["rates"], entry["scores"], strict=True):
        assert (scores > score).mean() == pytest.approx(rate, rel=0.1)


def test_strangers_tails_leave_out_the_person_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate_strata, "LEAST_COMPARISONS", 1000)
    monkeypatch.setattr(calibrate_strata, "FLOOR", -1.0)
    (clear,) = stranger_tails(templates(), [probes(90, 0.1, 1)])
    assert (clear["name"], clear["figure"], clear["low"], clear["high"]) == ("clear", NAME, 72.0, None)
    assert clear["comparisons"] == (PEOPLE * PICTURES) * (PEOPLE - 1) * PICTURES
    # The mates score about 0.7 here; strangers never do.
    assert max(clear["scores"]) < 0.75


@pytest.mark.slow
def test_each_stratum_with_people_enough_is_calibrated(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lir")
    given = {"clean": probes(90, 0.2, 1), "fresh": probes(60, 1.0, 2)}

    class Known:
        contract = templates().contract
        pipeline = "known"

        def __init__(self, **_: object) -> None: ...

    def read(finder: object, engines: Sequence[object], photos: Sequence[Photograph], ladder: str, progress: object):
        return [given[ladder]]

    monkeypatch.setattr(calibrate_strata, "FaceEngine", Known)
    monkeypatch.setattr(calibrate_strata, "photographs", lambda images: photos())
    monkeypatch.setattr(calibrate_strata, "encode", lambda engine, pictures, progress: templates())
    monkeypatch.setattr(calibrate_strata, "read_probes", read)
    fitted, refused, _ = strata(Path("none"), "known", "people of numbers", 1, ladders=("clean", "fresh"))
    assert [each.calibration.stratum.name for each in fitted] == ["clear", "impaired"]
    assert len(refused) == 1
    assert "poor" in refused[0]
    for each in fitted:
        calibration = each.calibration
        assert calibration.held_out.cllr < 0.6
        assert calibration.photos.holds(2)
        # Golden: what a mate scores speaks for one person, what a stranger scores against.
        assert calibration.likelihood_ratio(0.8).log10 > 0 > calibration.likelihood_ratio(0.0).log10
