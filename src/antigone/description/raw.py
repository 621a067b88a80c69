"""Statements as the flat texts of a form: read from what was posted, and filled in again; pure.

Names: `certainty`, `how`, `source`, `said_on`, `basis`, `citation`, and for the value

    one value           value
    several of a list   value-<choice>, any text where it is ticked
    range               value-low, value-high
    group               value-<part>, and below that as above (value-range-low)
    dental chart        value-<tooth>, its states with commas between; value-<tooth>-surfaces, -material, -words

A form with several fields hands over the names of one field, without what it put before them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from antigone.description import teeth
from antigone.description.checking import checked
from antigone.description.errors import BadStatement
from antigone.description.fields import Field, Kind, Part
from antigone.description.given import Certainty, Given
from antigone.description.statement import StatementBase

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_TICKED = "on"
_NAMES = ("certainty", "how", "source", "said_on", "basis", "citation")


def parse(field: Field, raw: Mapping[str, str]) -> Given:
    """What a form states under a field; raises BadStatement with a sentence for each name at fault."""
    certainty = raw.get("certainty", "").strip() or Certainty.KNOWN.value
    faults: dict[str, str] = {}
    value = _READ[field.kind](field, raw, "value", faults) if certainty == Certainty.KNOWN else None
    rest = {name: raw[name] for name in _NAMES[1:] if raw.get(name, "").strip()}
    given = Given(value, **{"basis": "", **rest, "certainty": certainty})
    try:
        kept = checked(field, given)
    except BadStatement as refused:
        # What could not be read at all goes before what was read and does not fit.
        at_fault = {name: why for name, why in refused.parts.items() if not _covered(name, faults)} | faults
        raise BadStatement(" ".join(dict.fromkeys(at_fault.values())), at_fault) from None
    if faults:
        raise BadStatement(" ".join(dict.fromkeys(faults.values())), faults)
    return kept


def given_of(statement: StatementBase) -> Given:
    """What a statement says, without who wrote it and when."""
    return Given(
        statement.value,
        basis=statement.basis,
        certainty=statement.certainty,
        how=statement.how,
        source=statement.source,
        said_on=statement.said_on,
        citation=statement.citation,
    )


def flat(field: Field, given: Given) -> dict[str, str]:
    """The texts of a form that say the same; `parse` reads them back."""
    texts = {name: str(getattr(given, name)) for name in _NAMES}
    if given.value is not None:
        _WRITE[field.kind](field, given.value, "value", texts)
    return texts


def _covered(name: str, faults: Mapping[str, str]) -> bool:
    """Whether a fault that was found while reading stands at this name or below it."""
    return any(fault == name or fault.startswith(f"{name}-") for fault in faults)


def _tooth_names(at: str) -> list[str]:
    return [at, f"{at}-surfaces", f"{at}-material", f"{at}-words"]


Faults = dict[str, str]


def _read_text(_part: Part, raw: Mapping[str, str], at: str, _faults: Faults) -> Any:
    return raw.get(at, "").strip() or None


def _read_number(part: Part, raw: Mapping[str, str], at: str, faults: Faults) -> Any:
    text = "".join(raw.get(at, "").split())
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        faults[at] = _("%(label)s: a number is needed.") % {"label": part.label}
        return None
    number = float(text.replace(",", "."))
    return int(number) if number == int(number) else number


def _read_yes_no(_part: Part, raw: Mapping[str, str], at: str, _faults: Faults) -> Any:
    text = raw.get(at, "").strip()
    return {"yes": True, "no": False, "": None}.get(text, text)


def _read_choices(part: Part, raw: Mapping[str, str], at: str, _faults: Faults) -> Any:
    return [choice for choice in part.values if raw.get(f"{at}-{choice}", "").strip()] or None


def _read_range(part: Part, raw: Mapping[str, str], at: str, faults: Faults) -> Any:
    before = len(faults)
    low = _read_number(part, raw, f"{at}-low", faults)
    high = _read_number(part, raw, f"{at}-high", faults)
    if (low is None) != (high is None) and len(faults) == before:
        faults[f"{at}-high" if high is None else f"{at}-low"] = _(
            "%(label)s: a lower and an upper end are needed; for one number write it twice."
        ) % {"label": part.label}
    return None if low is None or high is None else {"low": low, "high": high}


def _read_group(field: Part, raw: Mapping[str, str], at: str, faults: Faults) -> Any:
    assert isinstance(field, Field)  # for the type checker: only a field has parts
    read = {part.key: _READ[part.kind](part, raw, f"{at}-{part.key}", faults) for part in field.parts}
    return {key: value for key, value in read.items() if value is not None}


def _read_chart(_part: Part, raw: Mapping[str, str], at: str, _faults: Faults) -> Any:
    chart: dict[str, Any] = {}
    for tooth in teeth.TEETH:
        texts = [raw.get(name, "").strip() for name in _tooth_names(f"{at}-{tooth}")]
        if any(texts):
            states = [state for state in (each.strip() for each in texts[0].split(",")) if state]
            chart[tooth] = {"states": states, "surfaces": texts[1], "material": texts[2], "words": texts[3]}
    return chart or None


_READ: dict[Kind, Callable[[Part, Mapping[str, str], str, Faults], Any]] = {
    Kind.TEXT: _read_text,
    Kind.WORDS: _read_text,
    Kind.CHOICE: _read_text,
    Kind.DATE: _read_text,
    Kind.NUMBER: _read_number,
    Kind.YES_NO: _read_yes_no,
    Kind.CHOICES: _read_choices,
    Kind.RANGE: _read_range,
    Kind.GROUP: _read_group,
    Kind.CHART: _read_chart,
}


def _write_text(_part: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    texts[at] = str(value)


def _write_yes_no(_part: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    texts[at] = "yes" if value else "no"


def _write_choices(_part: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    texts.update({f"{at}-{choice}": _TICKED for choice in value})


def _write_range(_part: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    texts.update({f"{at}-low": str(value["low"]), f"{at}-high": str(value["high"])})


def _write_group(field: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    assert isinstance(field, Field)  # for the type checker: only a field has parts
    for part in field.parts:
        if part.key in value:
            _WRITE[part.kind](part, value[part.key], f"{at}-{part.key}", texts)


def _write_chart(_part: Part, value: Any, at: str, texts: dict[str, str]) -> None:
    for tooth, said_of in value.items():
        texts[f"{at}-{tooth}"] = ",".join(said_of["states"])
        texts.update(
            {f"{at}-{tooth}-{name}": said_of[name] for name in ("surfaces", "material", "words") if name in said_of}
        )


_WRITE: dict[Kind, Callable[[Part, Any, str, dict[str, str]], None]] = {
    Kind.TEXT: _write_text,
    Kind.WORDS: _write_text,
    Kind.CHOICE: _write_text,
    Kind.DATE: _write_text,
    Kind.NUMBER: _write_text,
    Kind.YES_NO: _write_yes_no,
    Kind.CHOICES: _write_choices,
    Kind.RANGE: _write_range,
    Kind.GROUP: _write_group,
    Kind.CHART: _write_chart,
}
