"""Calibrating on a folder of pictures: which pictures are compared, what the calibration says of itself, refusals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from antigone.evaluation import calibrate_images, lir_fits
from antigone.evaluation.calibrate_images import Sides, Wanted, calibrate, pairs_of
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.probes import Probes
from antigone.evaluation.templates import Templates
from antigone.evidence import SourceKind, Span
from antigone.faces import EmbeddingContract

CONTRACT = EmbeddingContract("tests", "0" * 64, 16, "five points", "tests")
PEOPLE = 120


def unit(*seed: int) -> Any:
    drawn = np.random.default_rng(list(seed)).normal(size=16)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def likeness(person: int, picture: int, noise: float = 0.5) -> Any:
    drawn = unit(person) + noise * unit(person, picture)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def sides(pictures: int = 3, lost: tuple[int, ...] = ()) -> Sides:
    people = tuple(f"P{person}" for person in range(PEOPLE) for _ in range(pictures))
    rows = [(person, picture) for person in range(PEOPLE) for picture in range(pictures)]
    usable = np.ones(len(rows), dtype=np.bool_)
    usable[list(lost)] = False
    portraits = np.stack([likeness(person, picture) for person, picture in rows])
    photos = np.stack([likeness(person, 100 + picture) for person, picture in rows])
    return Sides(portraits, photos, usable, people, np.full(len(rows), 80.0))


def test_each_half_is_scored_by_itself_and_mates_score_higher() -> None:
    fitted, judged = (pairs_of(sides(), which, Wanted("x")) for which in ("calibration", "test"))
    assert {half(name) for name in fitted.names} == {"calibration"}
    assert not set(fitted.names) & set(judged.names)
    assert fitted.mated == len(fitted.names)
    assert fitted.non_mated == len(fitted.names) * (len(fitted.names) - 1)
    assert fitted.scores[fitted.same].mean() > fitted.scores[~fitted.same].mean() + 0.3


def test_a_photograph_is_taken_from_the_side_of_searches() -> None:
    # Were portraits compared with portraits, the photographs' noise would not show.
    given = sides()
    far = replace(given, photos=-given.photos)
    assert pairs_of(far, "test", Wanted("x")).scores[pairs_of(far, "test", Wanted("x")).same].mean() < 0


def test_a_range_of_counts_compares_each_of_them() -> None:
    one = pairs_of(sides(), "test", Wanted("x"))
    several = pairs_of(sides(), "test", Wanted("x", photos=(1, 2), portraits=(1, 1)))
    assert several.mated == 2 * one.mated
    with pytest.raises(EvaluationError, match="Nobody here has 5 pictures"):
        pairs_of(sides(), "test", Wanted("x", photos=(3, 3), portraits=(2, 2)))


def test_a_picture_without_a_template_is_on_neither_side() -> None:
    lost = tuple(range(0, 3 * PEOPLE, 3)) + tuple(range(1, 3 * PEOPLE, 3))
    with pytest.raises(EvaluationError):
        pairs_of(sides(lost=lost), "test", Wanted("x"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """People of three pictures each, whose templates come from their names."""
    for person in range(PEOPLE):
        (tmp_path / "set" / f"P{person}").mkdir(parents=True)
        for picture in range(3):
            (tmp_path / "set" / f"P{person}" / f"{picture}.jpg").touch()

    def vectors(photos: Any, away: int) -> Any:
        # The second name of a person is the person too.
        return np.stack([likeness(int(photo.path.parent.name[1:]), int(photo.path.stem) + away) for photo in photos])

    def encode(_: Any, photos: Any, progress: Any, role: str) -> Templates:
        return Templates(tuple(photos), vectors(photos, 0), np.ones(len(photos), np.bool_), (), 0, "7" * 64, CONTRACT)

    def read_probes(_: Any, engines: Any, photos: Any, ladder: str, progress: Any) -> list[Probes]:
        acquired = np.array([photo.key != "P3/0.jpg" for photo in photos])
        return [Probes(vectors(photos, 100), acquired, ({},) * len(photos))]

    engine = SimpleNamespace(contract=CONTRACT, pipeline="plain", threads=1)
    monkeypatch.setattr(calibrate_images, "encode", encode)
    monkeypatch.setattr(calibrate_images, "read_probes", read_probes)
    monkeypatch.setattr(calibrate_images, "FaceEngine", lambda **_: engine)
    return tmp_path / "set"


@pytest.mark.slow
def test_the_calibration_names_its_data_and_its_limits(folder: Path) -> None:
    wanted = Wanted("a set", photos=(1, 2), ages=Span(20, 60), gap_years=3.0)
    found = calibrate(folder, wanted, "tests", 1)
    made = found.fitted.calibration
    assert (made.data_name, made.source, made.contract) == ("a set", SourceKind.LIVING, CONTRACT.digest)
    assert (made.photos, made.portraits, made.ages, made.gap_years) == (Span(1, 2), Span(1, 1), Span(20, 60), 3.0)
    assert made.held_out.cllr < 1
    assert made.people + made.held_out.people == PEOPLE
    assert found.as_json()["calibration"]["digest"] == made.digest
    assert found.as_json()["without_template"] == {"portraits": {}, "photographs": 1}
    assert calibrate(folder, wanted, "tests", 1).fitted.calibration == made


def test_people_under_two_names_are_one(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aliases.txt").write_text("P0 P1  # a reason\n", encoding="utf-8")
    assert calibrate(folder, Wanted("a set"), "tests", 1, aliases=tmp_path / "aliases.txt").people == PEOPLE - 1


def test_an_unknown_ladder_and_a_missing_lir_are_sentences(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EvaluationError, match="choose among clean"):
        calibrate(folder, Wanted("a set", ladder="ten-years"), "tests", 1)

    def without() -> None:
        raise EvaluationError("Fitting a calibration needs lir, which is not installed.")

    monkeypatch.setattr(lir_fits, "lir", without)
    with pytest.raises(EvaluationError, match="needs lir"):
        calibrate(folder, Wanted("a set"), "tests", 1)
