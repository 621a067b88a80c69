"""Calibrations that come with the package: all can be read, and a damaged one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from antigone.evidence import Calibration, CalibrationRefused, SourceKind
from antigone.evidence.calibration_file import write
from antigone.evidence.shipped import shipped
from antigone.faces.pipelines import PIPELINES
from antigone.faces.registry import CARDS
from antigone.faces.space import shipped as space
from tests.evidence.calibrations import a_calibration


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another folder in the place of what ships."""
    monkeypatch.setattr(import_module("antigone.evidence.shipped"), "FOLDER", str(tmp_path / "ships"))
    shipped.cache_clear()
    yield tmp_path / "ships"
    shipped.cache_clear()


def test_what_ships_can_be_read_and_unlocks_no_words() -> None:
    assert all(isinstance(each, Calibration) for each in shipped())
    assert all(each.source is not SourceKind.OWN_CASES for each in shipped())


def test_what_ships_belongs_to_a_known_pipeline_and_tells_its_strata_apart() -> None:
    cards = {card.id: card for card in CARDS}
    known = {name: pipeline.contract(cards.__getitem__, space).digest for name, pipeline in PIPELINES.items()}
    assert shipped()
    for each in shipped():
        assert each.contract == known[each.pipeline]
    for pipeline in {each.pipeline for each in shipped()}:
        strata = sorted((each.stratum for each in shipped() if each.pipeline == pipeline), key=lambda one: one.low or 0)
        for lower, higher in pairwise(strata):
            assert lower.high == higher.low


def test_a_mates_score_speaks_for_and_a_strangers_against() -> None:
    """Golden: in every stratum that ships, whatever the method."""
    assert shipped()
    for each in shipped():
        assert each.likelihood_ratio(0.7).log10 > 1
        assert each.likelihood_ratio(0.0).log10 < 0


def test_without_a_folder_nothing_ships(folder: Path) -> None:
    assert shipped() == ()


def test_files_are_read_by_name_once(folder: Path) -> None:
    folder.mkdir()
    first, second = a_calibration(data_name="first"), a_calibration(data_name="second")
    (folder / "b.json").write_text(write(second), encoding="utf-8")
    (folder / "a.json").write_text(write(first), encoding="utf-8")
    (folder / "README.md").write_text("not a calibration", encoding="utf-8")
    assert shipped() == (first, second)
    (folder / "a.json").unlink()
    assert shipped() == (first, second)


def test_a_damaged_file_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.json").write_text(write(a_calibration()).replace("3.4", "5.4"), encoding="utf-8")
    with pytest.raises(CalibrationRefused, match="altered"):
        shipped()
