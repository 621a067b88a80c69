"""Whether a value fits its field, and the one form in which it is kept; pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from antigone.description import dates, teeth
from antigone.description.errors import BadStatement
from antigone.description.fields import Field, Kind, Part
from antigone.description.texts import line, lines, shown


def checked(part: Part, value: Any) -> Any:
    """The value as it is kept; raises BadStatement, with a sentence for each part of a group at fault."""
    return _CHECKS[part.kind](part, value)


def _text(part: Part, value: Any) -> str:
    return _written(part, line(value, part.length, part.label) if isinstance(value, str) else "")


def _words(part: Part, value: Any) -> str:
    return _written(part, lines(value, part.length, part.label) if isinstance(value, str) else "")


def _written(part: Part, text: str) -> str:
    if not text:
        raise _wanted(part, _("write something, or say that it is unknown"))
    return text


def _choice(part: Part, value: Any) -> str:
    if not isinstance(value, str) or value not in part.values:
        raise _wanted(part, _("choose one of the list"))
    return value


def _choices(part: Part, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not value or not all(each in part.values for each in value):
        raise _wanted(part, _("choose one or more of the list"))
    return [known for known in part.values if known in value]


def _number(part: Part, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wanted(part, _("a number is needed"))
    if isinstance(value, float) and not math.isfinite(value):
        raise _wanted(part, _("a number is needed"))
    if round(value, part.places) != value:
        raise _wanted(part, _("a whole number is needed") if part.places == 0 else _("there are too many decimals"))
    if (part.low is not None and value < part.low) or (part.high is not None and value > part.high):
        raise _wanted(
            part,
            _("between %(low)s and %(high)s %(unit)s")
            % {"low": _plain(part.low), "high": _plain(part.high), "unit": part.unit},
        )
    return int(value) if value == int(value) else float(value)


def _plain(number: float | None) -> str:
    return "…" if number is None else f"{number:g}"


def _range(part: Part, value: Any) -> dict[str, int | float]:
    if not isinstance(value, Mapping) or set(value) != {"low", "high"}:
        raise _wanted(part, _("a lower and an upper end are needed; for one number write it twice"))
    low, high = _number(part, value["low"]), _number(part, value["high"])
    if low > high:
        raise _wanted(part, _("the lower end is above the upper one"))
    return {"low": low, "high": high}


def _date(part: Part, value: Any) -> str:
    if not isinstance(value, str):
        raise _wanted(part, _("a date is needed"))
    try:
        known = dates.read(value)
    except BadStatement as fault:
        raise BadStatement(f"{part.label}: {fault.sentence}") from None
    # A day of grace: where the record is made it may be tomorrow already.
    if not part.ahead and dates.ahead(known, datetime.now(UTC).date() + timedelta(days=1)):
        raise _wanted(part, _("the date lies in the future"))
    return known.text


def _yes_no(part: Part, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wanted(part, _("yes or no is needed"))
    return value


def _group(field: Part, value: Any) -> dict[str, Any]:
    """Parts that are not said are left out; at least one is said."""
    assert isinstance(field, Field)  # for the type checker: only a field has parts
    if not isinstance(value, Mapping):
        raise _wanted(field, _("its parts are needed"))
    kept: dict[str, Any] = {}
    faults: dict[str, str] = {
        shown(key): _("There is no such part.") for key in value if key not in {p.key for p in field.parts}
    }
    for part in field.parts:
        given = value.get(part.key)
        if given is None or given == "":
            if part.required:
                faults[part.key] = _("%(label)s is needed.") % {"label": part.label}
            continue
        try:
            kept[part.key] = checked(part, given)
        except BadStatement as fault:
            faults[part.key] = fault.sentence
    if faults:
        raise BadStatement(" ".join(dict.fromkeys(faults.values())), faults)
    if not kept or (field.one_of and not set(field.one_of) & set(kept)):
        wanted = ", ".join(str(field.part(key).label) for key in field.one_of)
        raise _wanted(
            field,
            _("say at least one of these: %(parts)s") % {"parts": wanted}
            if wanted
            else _("write something, or say that it is unknown"),
        )
    return kept


def _chart(field: Part, value: Any) -> dict[str, Any]:
    return teeth.checked(field, value)


def _wanted(part: Part, why: str) -> BadStatement:
    return BadStatement(f"{part.label}: {why}.")


_CHECKS: dict[Kind, Callable[[Part, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _words,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.RANGE: _range,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.GROUP: _group,
    Kind.CHART: _chart,
}
