"""Operating points of one half of the people, who are divided by the one name that aliases leave them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from antigone.evaluation import operating_points
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.halves import half
from antigone.evaluation.protocols import Photograph
from antigone.evaluation.templates import Templates
from antigone.faces import EmbeddingContract

CONTRACT = EmbeddingContract("sface-2021dec", "0" * 64, 32, "five points", "tests")


def drawn(_: object, photos: Sequence[Photograph], *__: object) -> Templates:
    """Templates in the place of an engine's: a person's pictures lie about one direction."""
    rows = []
    for photo in photos:
        person, picture = (np.random.default_rng(zlib.crc32(text.encode())) for text in (photo.person, photo.key))
        row = person.normal(size=32) + picture.normal(size=32)
        rows.append(row / np.linalg.norm(row))
    vectors = np.array(rows, np.float32)
    return Templates(tuple(photos), vectors, np.ones(len(rows), np.bool_), (), 0, "0" * 64, CONTRACT)


PEOPLE = [f"Person_{number:03}" for number in range(900)]


PEOPLE = [f"Person_{number:03}" for number in range(900)]
LISTED = [
    Photograph(f"{person}/{picture}.jpg", person, Path(person) / f"{picture}.jpg")
    for number, person in enumerate(PEOPLE)
    for picture in range(number % 6 + 1)
]
OURS = next(person for person in PEOPLE if half(person) == "test")
THEIRS = next(person for person in PEOPLE if half(person) == "calibration")


def names(found: Sequence[Photograph]) -> set[str]:
    return {photo.person for photo in found}


def test_the_halves_are_of_people_and_leave_nobody_out() -> None:
    test, calibration = (operating_points.of_half(LISTED, part, {}) for part in ("test", "calibration"))
    assert len(test) + len(calibration) == len(LISTED)
    assert names(test).isdisjoint(names(calibration))
    assert names(test) == {person for person in PEOPLE if half(person) == "test"}


def test_who_is_filed_under_two_names_is_in_the_half_of_the_one_that_stays() -> None:
    alone = names(operating_points.of_half(LISTED, "test", {}))
    assert names(operating_points.of_half(LISTED, "test", {THEIRS: OURS})) == alone | {THEIRS}
    assert names(operating_points.of_half(LISTED, "test", {OURS: THEIRS})) == alone - {OURS}


def test_a_half_of_nobody_is_refused() -> None:
    with pytest.raises(EvaluationError, match="Nobody of the calibration half"):
        operating_points.of_half([photo for photo in LISTED if photo.person == OURS], "calibration", {})


def test_a_half_is_measured_on_its_people_at_the_sizes_that_they_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operating_points, "photographs", lambda _: LISTED)
    monkeypatch.setattr(operating_points, "FaceEngine", lambda **_: SimpleNamespace(contract=CONTRACT))
    monkeypatch.setattr(operating_points, "encode", drawn)
    report = operating_points.measure(Path(), None, ["a"], "a test", draws=1, part="test", galleries=(20, 40, 5000))
    assert report["half"] == "test"
    assert report["tails"][0]["people"] == sum(half(person) == "test" for person in PEOPLE)
    checks = [each["check"] for each in report["results"][0]["checks"]]
    assert "20 people, strangers of the same set" in checks
    assert "40 people, strangers of the same set; photographs of each: 2" in checks
    assert not any(check.startswith("5,000 people") for check in checks)
