"""Templates: of unit length, the same alone or in a batch, nearer to their own than to another's."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

import antigone
from antigone.faces import FaceEngine, ModelError, ModelStore, Reading
from antigone.faces.runtime import Network
from antigone.imaging import load


def template(engine: FaceEngine, pixels: np.ndarray) -> np.ndarray:
    face = engine.detect(pixels)[0]
    return engine.encode([engine.align(pixels, face)])[0]


def test_shape_and_length(engine: FaceEngine) -> None:
    crops = np.random.default_rng(0).integers(0, 255, (3, 112, 112, 3), np.uint8)
    vectors = engine.encode(crops)
    assert vectors.shape == (3, 128)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert engine.encode([]).shape == (0, 128)
    with pytest.raises(ValueError, match="112"):
        engine.encode(np.zeros((1, 96, 96, 3), np.uint8))


@pytest.mark.parametrize("count", [1, 3, 4, 8, 11, 21])
def test_a_template_does_not_depend_on_its_company(engine: FaceEngine, count: int) -> None:
    crops = np.random.default_rng(1).integers(0, 255, (21, 112, 112, 3), np.uint8)[:count]
    alone = np.concatenate([engine.encode(crops[i : i + 1]) for i in range(count)])
    assert np.abs(engine.encode(crops) - alone).max() < 1e-4


def test_results_are_not_overwritten_by_the_next_call(engine: FaceEngine) -> None:
    crops = np.random.default_rng(2).integers(0, 255, (2, 112, 112, 3), np.uint8)
    first = engine.encode(crops[:1])
    kept = first.copy()
    engine.encode(crops[1:])
    assert (first == kept).all()


def test_a_drawing_in_another_light_is_nearer_than_another_drawing(
    engine: FaceEngine, drawn: Callable[..., np.ndarray]
) -> None:
    bright, dim = template(engine, drawn(0)), template(engine, drawn(0, light=0.7, noise=6))
    strangers = [template(engine, drawn(seed)) for seed in (1, 2, 3)]
    assert float(bright @ dim) > max(float(bright @ other) for other in strangers)


def test_the_size_of_the_picture_hardly_matters(engine: FaceEngine, drawn: Callable[..., np.ndarray]) -> None:
    pixels = drawn(0, noise=0)
    large = cv2.resize(pixels, None, fx=5, fy=5, interpolation=cv2.INTER_CUBIC)
    assert float(template(engine, pixels) @ template(engine, large)) > 0.9


def test_the_contract_names_the_file_that_was_loaded(engine: FaceEngine, store: ModelStore) -> None:
    assert engine.contract.model_sha256 == store.card("sface-2021dec").sha256
    assert engine.contract.dimension == 128
    assert FaceEngine(store, threads=1).contract.digest == engine.contract.digest


def test_people_who_never_lived_are_told_apart(engine: FaceEngine, portraits: list[Path]) -> None:
    pairs = [(path, path.with_name("2.jpg")) for path in portraits if path.with_name("2.jpg").exists()][:12]
    if len(pairs) < 5:
        pytest.skip("THE SYNTHETIC COHORT HAS NO SECOND PORTRAITS YET")
    first = np.stack([template(engine, load(one)[1].pixels) for one, _ in pairs])
    second = np.stack([template(engine, load(two)[1].pixels) for _, two in pairs])
    scores = second @ first.T
    mates = np.diag(scores)
    strangers = scores[~np.eye(len(pairs), dtype=bool)]
    assert np.median(mates) > np.percentile(strangers, 95)


def test_bytes_that_are_no_network_give_a_sentence() -> None:
    with pytest.raises(ModelError, match="cannot run this model") as caught:
        Network(b"not a network", (1, 112, 112), threads=1)
    assert "Traceback" not in caught.value.sentence


def test_nothing_imports_the_runtime_past_its_guard() -> None:
    package = Path(antigone.__file__).parent
    importing = re.compile(r"^\s*(import|from) openvino\b", re.MULTILINE)
    assert [path.name for path in package.rglob("*.py") if importing.search(path.read_text())] == []


def test_the_runtime_is_loaded_when_first_needed_and_its_telemetry_never(store: ModelStore) -> None:
    program = """
import socket, sys
reached = []
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        reached.append(event)
sys.addaudithook(watch)
import antigone.faces
assert "openvino" not in sys.modules and "cv2" in sys.modules
import numpy
engine = antigone.faces.FaceEngine(threads=1)
engine.detect(numpy.zeros((64, 64, 3), numpy.uint8))
engine.encode(numpy.zeros((1, 112, 112, 3), numpy.uint8))
assert "openvino" in sys.modules
assert sys.modules["openvino_telemetry"] is None
assert not [name for name in sys.modules if name.startswith("openvino_telemetry.")], "telemetry was loaded"
assert not reached, reached
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_photographs_of_the_cohort_lead_to_its_portraits(engine: FaceEngine, portraits: list[Path]) -> None:
    """Lying, leaning, dirty, partly covered: every face is found, and nearly all rank their person first."""
    cohort = portraits[0].parents[2]
    if not (cohort / "truth.csv").exists():
        pytest.skip("THE SYNTHETIC COHORT IS NOT WHOLE")
    with open(cohort / "truth.csv", encoding="utf-8", newline="") as file:
        truth = {row["code"]: row["person_ref"] for row in csv.DictReader(file)}
    enrolled: dict[str, list[np.ndarray]] = {}
    for path, reading in engine.read_many((path, path) for path in sorted(cohort.glob("portraits/*/*.jpg"))):
        assert isinstance(reading, Reading)
        assert reading.vector is not None, path.parent.name
        enrolled.setdefault(path.parent.name, []).append(reading.vector)
    ranks = []
    for path, reading in engine.read_many((path, path) for path in sorted(cohort.glob("photographs/*/*.jpg"))):
        assert isinstance(reading, Reading)
        assert reading.vector is not None, path.parent.name
        mate = truth.get(path.parent.name)
        if mate in enrolled:
            scores = {ref: max(float(v @ reading.vector) for v in vectors) for ref, vectors in enrolled.items()}
            ranks.append(sum(score > scores[mate] for score in scores.values()) + 1)
    assert ranks
    assert sum(rank == 1 for rank in ranks) >= 0.95 * len(ranks)
