"""What stands on either side of a case, in the shapes in which `evidence.secondary` compares it; pure.

Only what is known and exact enough is handed over. A date that is approximate or open excludes nothing and goes as a
text; a stature of which nobody says how it is known is nobody's measurement; an error or a coverage without its
source is left out. Kinds, regions and things keep their keys, by which figures name them ("tattoo:forearm").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from antigone.description import dates
from antigone.description.catalogue import FIELDS
from antigone.description.fields import Field, Kind
from antigone.description.given import Certainty
from antigone.description.statement import StatementBase
from antigone.evidence.secondary import (
    AgeFound,
    DateSpan,
    Effect,
    Mark,
    Mutable,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
)

Current = Mapping[str, Sequence[StatementBase]]

# Who told a stature, as the figures on reports name it. What a document says was seldom measured for it.
_TOLD_BY = {"measured": "measured", "self": "self", "family": "family"}
# What a finding of stature is: bones and the eye estimate the living stature, a tape takes the body's length.
_FOUND_AS = {"length": "length", "bones": "estimate", "eye": "estimate", "measured": "estimate"}
# A stated range wider than this on either side of the figure allows what the comparison would call a contradiction.
_WIDEST_CM = 15


def told(current: Current) -> dict[str, Any]:
    """What is told of a missing person: the arguments of `AnteMortem` of which something is known."""
    arguments: dict[str, Any] = {}
    if (sex := _one(current, "sex")) is not None:
        arguments["sex"] = sex
    _dated(arguments, "born", _one(current, "birth.date"), _one(current, "birth.words"))
    _dated(arguments, "last_seen", _one(current, "event.date"), None)
    stature = _one(current, "desc.stature")
    if stature is not None:
        arguments["stature"] = StatureTold(stature["cm"], _TOLD_BY.get(stature.get("taken", ""), "unknown"))
    return arguments | _of_both(current) | _in_words(current)


def found(current: Current) -> dict[str, Any]:
    """What was found on a subject: the arguments of `PostMortem` of which something is known.

    The recovery, and whether the subject is alive or a part, are the caller's to add.
    """
    arguments: dict[str, Any] = {}
    sex = _one(current, "sex")
    if sex in ("female", "male"):
        arguments["sex"] = SexFound(sex, _one(current, "sex.method") or "not stated")
    if (age := _one(current, "desc.age")) is not None:
        arguments["age"] = _age(age)
    stature = _stature(_one(current, "desc.stature"))
    if stature is not None:
        arguments["stature"] = stature
    if (died := _span(_one(current, "death.date"))) is not None:
        arguments["died"] = died
    seen = tuple(
        Seen(each["region"], each.get("side", ""), each.get("loss", "")) for each in _many(current, "examined")
    )
    return arguments | ({"seen": seen} if seen else {}) | _of_both(current)


def _one(current: Current, key: str) -> Any:
    """The value of a field that has one; None where it is not known or nothing is stated."""
    return next(iter(_many(current, key)), None)


def _many(current: Current, key: str) -> list[Any]:
    return [each.value for each in current.get(key, ()) if each.certainty == Certainty.KNOWN]


def _span(text: str | None) -> DateSpan | None:
    first, last = dates.bounds(text or "")
    return None if first is None or last is None else DateSpan(first, last)


def _dated(arguments: dict[str, Any], name: str, text: str | None, words: str | None) -> None:
    span = _span(text)
    if span is not None:
        arguments[name] = span
    if text or words:
        arguments[f"{name}_text"] = text or words


def _age(value: Mapping[str, Any]) -> AgeFound:
    years, source = value["years"], value.get("source", "")
    coverage = value.get("coverage")
    stated = coverage / 100 if coverage is not None and source else None
    return AgeFound(int(years["low"]), int(years["high"]), stated, source)


def _stature(value: Mapping[str, Any] | None) -> StatureFound | None:
    if value is None:
        return None
    kind = _FOUND_AS.get(value.get("taken", ""))
    source = value.get("source", "")
    error = value.get("error") if source else None
    span = value.get("range", {"low": value["cm"], "high": value["cm"]})
    wide = max(value["cm"] - span["low"], span["high"] - value["cm"]) > _WIDEST_CM
    if kind is None or (wide and error is None):
        return None
    formula = value.get("formula", "") if kind == "estimate" else ""
    return StatureFound(value["cm"], kind, error, source, formula)


def _of_both(current: Current) -> dict[str, Any]:
    """Marks, effects and what people change, of which either side speaks in the same way."""
    marks = tuple(
        Mark(each["kind"], each["region"], each.get("side", ""), _noted(each, "words", "text"))
        for each in _many(current, "mark")
    )
    effects = (
        *(Effect(each["item"], each.get("inscription", "")) for each in _many(current, "effect")),
        *(Effect(each["kind"], each.get("number", "")) for each in _many(current, "paper")),
        *(
            Effect("identity-disc", each.get("number") or each.get("inscription", ""))
            for each in _many(current, "disc")
        ),
    )
    stated = {"marks": marks, "effects": effects, "mutable": _mutable(current)}
    return {name: each for name, each in stated.items() if each}


def _in_words(current: Current) -> dict[str, Any]:
    texts = {"marks_text": _one(current, "mark.words"), "effects_text": _one(current, "effect.words")}
    return {name: text for name, text in texts.items() if text}


def _mutable(current: Current) -> tuple[Mutable, ...]:
    """Values by their keys, so that both sides meet whatever language the reader has."""
    told_of = []
    for key, standing in current.items():
        field = FIELDS[key]
        if not field.mutable or field.many:
            continue
        for each in standing:
            if each.certainty == Certainty.KNOWN:
                told_of.append(Mutable(_plain(key), _value(field, each.value)))
            elif each.certainty == Certainty.ABSENT:
                told_of.append(Mutable(_plain(key), "none"))
    worn: dict[str, list[str]] = {}
    for each in _many(current, "clothing"):
        worn.setdefault(each["item"], []).append(_noted(each, "colour", "material", "brand", "size", "words") or "worn")
    told_of += [Mutable(f"clothing: {item}", "; ".join(words)) for item, words in worn.items()]
    return tuple(told_of)


def _plain(key: str) -> str:
    return key.rpartition(".")[2].replace("_", " ")


def _value(field: Field, value: Any) -> str:
    if field.kind is Kind.CHOICES:
        return ", ".join(value)
    if field.kind is Kind.RANGE:
        ends = dict.fromkeys((f"{value['low']:g}", f"{value['high']:g}"))
        return f"{' to '.join(ends)} {field.unit}".rstrip()
    return str(value)


def _noted(value: Mapping[str, Any], *keys: str) -> str:
    return ", ".join(str(value[key]) for key in keys if key in value)
