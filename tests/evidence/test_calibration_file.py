"""Calibrations on file: they come back equal, and an altered one is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence import calibration_file
from antigone.evidence.calibration import Calibration, SourceKind
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Knots, Logistic
from antigone.evidence.spans import Span, Stratum
from tests.evidence.calibrations import a_calibration

finite = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    "calibration",
    [
        a_calibration(),
        a_calibration(mapping=Knots((-0.5, 0.1, 0.7), (-2.0, -2.0, 3.0)), source=SourceKind.OWN_CASES),
        a_calibration(stratum=Stratum("dim", "Brightness", None, 30.0), data_name="случаи · دفتر"),
    ],
)
def test_round_trip(calibration: Calibration) -> None:
    back = calibration_file.read(calibration_file.write(calibration))
    assert back == calibration
    assert back.digest == calibration.digest


@given(finite, st.floats(1e-6, 1e6), st.floats(-9, 0), st.floats(0, 9))
def test_round_trip_of_any_numbers(intercept: float, slope: float, low: float, high: float) -> None:
    calibration = a_calibration(mapping=Logistic(intercept, slope), low=low, high=high)
    assert calibration_file.read(calibration_file.write(calibration)) == calibration


def test_whole_numbers_are_read_as_the_fractions_they_stand_for() -> None:
    given_back = json.loads(calibration_file.write(a_calibration(photos=Span(1.0, 1.0), gap_years=5.0)))
    given_back["gap_years"] = 5
    assert calibration_file.from_json(given_back) == a_calibration()


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    return [path]


def altered(value: Any) -> Any:
    if value is None:
        return 3.0
    if isinstance(value, str):
        return {"living": "own-cases", "logistic": "kde"}.get(value, value[:-1] + ("a" if value[-1] != "a" else "b"))
    return value + 1


@pytest.mark.parametrize("leaf", leaves(a_calibration().as_json()), ids=lambda leaf: ".".join(map(str, leaf)))
def test_every_field_that_is_altered_is_found_out(leaf: tuple[str, ...]) -> None:
    given_back = a_calibration().as_json()
    holder = given_back
    for key in leaf[:-1]:
        holder = holder[key]
    holder[leaf[-1]] = altered(holder[leaf[-1]])
    with pytest.raises(CalibrationRefused):
        calibration_file.from_json(given_back)


@pytest.mark.parametrize("leaf", leaves(a_calibration().as_json()), ids=lambda leaf: ".".join(map(str, leaf)))
def test_every_field_that_lacks_is_missed(leaf: tuple[str, ...]) -> None:
    given_back = a_calibration().as_json()
    holder = given_back
    for key in leaf[:-1]:
        holder = holder[key]
    del holder[leaf[-1]]
    with pytest.raises(CalibrationRefused):
        calibration_file.from_json(given_back)


@pytest.mark.parametrize("value", [None, True, "text", [], {}, -1, 1e400, float("nan"), [1], {"low": None}])
@pytest.mark.parametrize("key", list(a_calibration().as_json()))
def test_any_field_of_a_wrong_kind_is_a_sentence_and_not_a_crash(key: str, value: Any) -> None:
    with pytest.raises(CalibrationRefused):
        calibration_file.from_json(a_calibration().as_json() | {key: value})


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "nonsense", '{"format": 1, "format": 1}', "[" * 100_000, "9" * 5000, "\ud800"],
)
def test_what_is_no_calibration_is_refused(text: str) -> None:
    with pytest.raises(CalibrationRefused):
        calibration_file.read(text)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(CalibrationRefused):
        calibration_file.read(b"\xff\xfe\x00")


def test_a_field_too_many_is_refused() -> None:
    with pytest.raises(CalibrationRefused):
        calibration_file.from_json(a_calibration().as_json() | {"verbal": "extremely strong"})


@pytest.mark.parametrize("text", ["set\x1b[2J", "set\nCalibration 0: own cases", "\x9b2J", "\ud800"])
@pytest.mark.parametrize("place", [("data", "name"), ("model",), ("stratum", "name"), ("software", "lir")])
def test_a_text_that_would_take_over_a_terminal_is_refused(place: tuple[str, ...], text: str) -> None:
    given_back = a_calibration().as_json()
    holder = given_back
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = text
    with pytest.raises(CalibrationRefused, match="control character"):
        calibration_file.read(json.dumps(given_back))


def test_a_name_of_software_that_would_take_over_a_terminal_is_refused() -> None:
    with pytest.raises(CalibrationRefused, match="control character"):
        calibration_file.from_json(a_calibration().as_json() | {"software": {"\x1b[2J": "1"}})


def test_a_name_that_stands_twice_is_refused() -> None:
    text = calibration_file.write(a_calibration()).replace('"format": 1,', '"format": 1, "format": 1,')
    with pytest.raises(CalibrationRefused):
        calibration_file.read(text)
