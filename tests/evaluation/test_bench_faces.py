"""The bench of reading faces counts what it says, measures what it prints, and can find a bar not met."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import antigone
from antigone.evaluation import bench_faces
from antigone.evaluation.bench_faces_bound import Peak, multiply_adds
from antigone.faces import ModelError, ModelStore, models

COHORT = Path(antigone.__file__).parent / "demo" / "cohort" / "portraits"


@pytest.fixture(scope="module")
def store() -> ModelStore:
    try:
        models.install()
    except ModelError as error:
        pytest.skip(f"THE MODELS ARE ABSENT AND CANNOT BE FETCHED: {error}")
    return ModelStore.default()


def test_pictures_are_taken_evenly() -> None:
    files = [Path(f"{number:03}.jpg") for number in range(100)]
    assert bench_faces._spread(files, None) == files
    assert [path.stem for path in bench_faces._spread(files, 4)] == ["000", "025", "050", "075"]
    assert bench_faces._spread(files[:3], 4) == files[:3]


def test_a_folder_without_pictures_is_said(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no picture")
    with pytest.raises(ValueError, match="no picture"):
        bench_faces.run(tmp_path)


def test_multiply_adds_are_counted_in_the_graph(store: ModelStore) -> None:
    # SFace is a MobileNet of 0.574 G; its last layer alone is 1024 x 7 x 7 x 128.
    assert multiply_adds(store, "sface-2021dec") == 574_138_880


def test_the_peak_is_the_best_seen(store: ModelStore) -> None:
    peak = Peak()
    peak.measure(2)
    first = peak.best
    peak.measure(2)
    assert 0 < first <= peak.best
    assert peak.best == max(peak.by_kernel.values())


def result(ours: float, over: float) -> dict[str, Any]:
    return {
        "encoder": {"over_bound": over},
        "times_face_recognition": {"as_shipped": ours, "turns_always": ours},
    }


def test_bars_can_be_met_and_missed() -> None:
    assert [bar["met"] for bar in bench_faces._bars(result(9.0, 1.2))] == [True, True, True]
    assert [bar["met"] for bar in bench_faces._bars(result(5.0, 1.6))] == [False, False, True]
    assert [bar["met"] for bar in bench_faces._bars({"encoder": {"over_bound": 1.5}})] == [True]


@pytest.mark.slow
def test_a_run_from_pictures_to_text(store: ModelStore) -> None:
    if not list(COHORT.glob("*/1.jpg")):
        pytest.skip("THE SYNTHETIC COHORT IS NOT IN THE PACKAGE")
    lines: list[str] = []
    measured = bench_faces.run(COHORT, threads=1, limit=8, passes=1, progress=lines.append)
    assert json.loads(json.dumps(measured)) == measured
    assert (measured["images"], measured["faces_found"]) == (8, 8)
    assert set(measured["stages"]) == {"decode", "detect", "detect_turns_always", "align", "quality", "encode"}
    assert all(row["cpu_ms"] > 0 and row["images_per_s"] > 0 for row in measured["stages"].values())
    assert measured["encoder"]["over_bound"] > 1  # below the bound the peak or the count would be wrong
    assert "peers" not in measured
    text = bench_faces.render_text(measured)
    assert "bound" in text
    assert "nothing here speaks of the dead" in text
    assert lines[-1] == "pass 1 of 1"
