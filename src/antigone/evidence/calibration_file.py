"""Calibrations as JSON, read strictly: a file that was altered, or lacks or adds anything, is refused."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from antigone.evidence.calibration import FORMAT, Calibration, HeldOut, Method, SourceKind
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Knots, Logistic
from antigone.evidence.spans import Span, Stratum

Kind = TypeVar("Kind", SourceKind, Method)

LARGEST = 1 << 20
"""Bytes of a file at most: the longest table of knots fits many times over."""

_REFUSED = "This is not a calibration that Antigone wrote, or it was altered: {}. Nothing was put in force."


def write(calibration: Calibration) -> str:
    """The calibration as text for a file; `read` gives it back equal."""
    return json.dumps(calibration.as_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read(text: str | bytes) -> Calibration:
    """The calibration in a file. Raises CalibrationRefused with a sentence."""
    if len(text) > LARGEST:
        raise _refusal("it is larger than any calibration")
    try:
        given = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refusal("it is not JSON") from error
    return from_json(given)


def from_json(given: Any) -> Calibration:
    """The calibration of a JSON object such as `Calibration.as_json` gives. Raises CalibrationRefused."""
    top = _object(
        given,
        "the file",
        "format data counts contract model pipeline stratum photos portraits ages gap_years method parameters "
        "bounds held_out date software digest",
    )
    if top["format"] != FORMAT or isinstance(top["format"], bool):
        raise _refusal("its format is of another version")
    data = _object(top["data"], "data", "name digest source")
    counts = _object(top["counts"], "counts", "people mated non_mated")
    stratum = _object(top["stratum"], "stratum", "name figure low high")
    bounds = _object(top["bounds"], "bounds", "low high")
    software = top["software"]
    if not isinstance(software, dict):
        raise _refusal("software is not a list of names and versions")
    calibration = Calibration(
        data_name=_text(data["name"], "data name"),
        data_digest=_text(data["digest"], "data digest"),
        source=_choice(SourceKind, data["source"], "source"),
        people=_count(counts["people"], "people"),
        mated=_count(counts["mated"], "mated"),
        non_mated=_count(counts["non_mated"], "non_mated"),
        contract=_text(top["contract"], "contract"),
        model=_text(top["model"], "model"),
        pipeline=_text(top["pipeline"], "pipeline"),
        stratum=Stratum(
            _text(stratum["name"], "stratum name"),
            None if stratum["figure"] is None else _text(stratum["figure"], "stratum figure"),
            _number_or_none(stratum["low"], "stratum"),
            _number_or_none(stratum["high"], "stratum"),
        ),
        photos=_span(top["photos"], "photos"),
        portraits=_span(top["portraits"], "portraits"),
        ages=_span(top["ages"], "ages"),
        gap_years=_number(top["gap_years"], "gap_years"),
        mapping=_mapping(_choice(Method, top["method"], "method"), top["parameters"]),
        low=_number(bounds["low"], "bounds"),
        high=_number(bounds["high"], "bounds"),
        held_out=_held_out(top["held_out"]),
        date=_text(top["date"], "date"),
        software=tuple(
            sorted(
                (_text(name, "a name of software"), _text(version, "a version")) for name, version in software.items()
            )
        ),
    )
    if calibration.digest != top["digest"]:
        raise _refusal("its digest is not that of its content")
    return calibration


def _mapping(method: Method, given: Any) -> Logistic | Knots:
    if method is Method.LOGISTIC:
        line = _object(given, "parameters", "intercept slope")
        return Logistic(_number(line["intercept"], "intercept"), _number(line["slope"], "slope"))
    table = _object(given, "parameters", "scores ratios")
    columns = []
    for name in ("scores", "ratios"):
        if not isinstance(table[name], list):
            raise _refusal(f"its {name} are not a list")
        columns.append(tuple(_number(value, name) for value in table[name]))
    return Knots(*columns)


def _held_out(given: Any) -> HeldOut:
    held = _object(given, "held_out", "cllr cllr_min low high people mated non_mated")
    figures = {name: _number(held[name], name) for name in ("cllr", "cllr_min", "low", "high")}
    counts = {name: _count(held[name], name) for name in ("people", "mated", "non_mated")}
    return HeldOut(**figures, **counts)  # type: ignore[arg-type]


def _span(given: Any, name: str) -> Span:
    ends = _object(given, name, "low high")
    return Span(_number_or_none(ends["low"], name), _number_or_none(ends["high"], name))


def _object(given: Any, name: str, keys: str) -> Mapping[str, Any]:
    if not isinstance(given, dict) or set(given) != set(keys.split()):
        raise _refusal(f"{name} does not have the fields that belong there")
    return given


def _text(given: Any, name: str) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > 1000:
        raise _refusal(f"{name} is not a text")
    # Calibrations come from other laboratories, and are shown on terminals, which obey control characters.
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in given):
        raise _refusal(f"{name} holds a control character, or is not in UTF-8")
    return given


def _count(given: Any, name: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise _refusal(f"{name} is not a count")
    return given


def _number(given: Any, name: str) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise _refusal(f"{name} is not a number")
    try:
        number = float(given)
    except OverflowError as error:
        raise _refusal(f"{name} is not a number") from error
    if not math.isfinite(number):
        raise _refusal(f"{name} is not a finite number")
    return number


def _number_or_none(given: Any, name: str) -> float | None:
    return None if given is None else _number(given, name)


def _choice(kinds: type[Kind], given: Any, name: str) -> Kind:
    try:
        return kinds(given)
    except ValueError as error:
        raise _refusal(f"its {name} is none that is known") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of JSON")


def _refusal(why: str) -> CalibrationRefused:
    return CalibrationRefused(_REFUSED.format(why))
