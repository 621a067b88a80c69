"""Statements in words for people, in their language; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from antigone.description import dates, teeth
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS
from antigone.description.errors import BadStatement
from antigone.description.fields import Field, Kind, Part
from antigone.description.given import Certainty, How
from antigone.description.statement import StatementBase


def spoken(statement: StatementBase) -> str:
    """What a statement says, without its field's name: “172 cm, as the family or friends say”."""
    if statement.certainty != Certainty.KNOWN:
        return str(Certainty(statement.certainty).label)
    return value(FIELDS[statement.key], statement.value)


def attributed(statement: StatementBase) -> str:
    """How it is known, from whom, said when, and on which ground in law it is held."""
    words = [str(How(statement.how).label)]
    if statement.source:
        words.append(_("by %(source)s") % {"source": statement.source})
    if statement.said_on:
        words.append(when(statement.said_on))
    words.append(str(LegalBasis(statement.basis).label))
    if statement.citation:
        words[-1] = f"{words[-1]} ({statement.citation})"
    return ", ".join(words)


def summary(
    current: Mapping[str, Sequence[StatementBase]], keys: Iterable[str], *, sensitive: bool = False
) -> list[tuple[str, str]]:
    """A line (label, words) for each of these keys of which something is stated; sensitive ones only when asked."""
    told = []
    for key in keys:
        field, standing = FIELDS[key], current.get(key, ())
        if standing and (sensitive or not field.sensitive):
            told.append((str(field.label), "; ".join(spoken(each) for each in standing)))
    return told


def value(part: Part, given: Any) -> str:
    """A checked value in words."""
    return _SAY[part.kind](part, given)


def when(text: str) -> str:
    """A date known in part in words; the text itself where it is none."""
    try:
        known = dates.read(text)
    except BadStatement:
        return text
    begin, slash, end = known.text.partition("/")
    if not slash:
        return _one(begin)
    if begin == "..":
        return _("%(date)s or earlier") % {"date": _one(end)}
    if end == "..":
        return _("%(date)s or later") % {"date": _one(begin)}
    return _("from %(begin)s to %(end)s") % {"begin": _one(begin, within=True), "end": _one(end, within=True)}


def _one(text: str, *, within: bool = False) -> str:
    """A year, a month or a day in words; `within` others, a month takes another form in some languages."""
    bare = text.removesuffix("~")
    about = text != bare
    numbers = [int(each) for each in bare.split("-")]
    day = date(*[*numbers, 1, 1][:3])
    # Day, month, year, as most of the world writes it; E is the form that a month takes beside other words.
    words = date_format(day, {1: "Y", 2: "E Y" if within or about else "F Y", 3: "j E Y"}[len(numbers)])
    return _("about %(date)s") % {"date": words} if about else words


def _text(_part: Part, given: Any) -> str:
    return str(given)


def _choice(part: Part, given: Any) -> str:
    return str(part.said(given))


def _choices(part: Part, given: Any) -> str:
    return ", ".join(str(part.said(each)) for each in given)


def _number(part: Part, given: Any) -> str:
    return f"{given:g} {part.unit}".rstrip()


def _range(part: Part, given: Any) -> str:
    low, high = given["low"], given["high"]
    if low == high:
        return _number(part, low)
    return _("%(low)s to %(high)s") % {"low": f"{low:g}", "high": _number(part, high)}


def _date(_part: Part, given: Any) -> str:
    return when(given)


def _yes_no(_part: Part, given: Any) -> str:
    return _("yes") if given else _("no")


def name(given: Mapping[str, Any]) -> str:
    """A name as it is written: surname, given names and patronymic, or the whole name where its parts are not known."""
    parts = [given[key] for key in ("surname", "given", "patronymic") if key in given]
    return " ".join(parts) or str(given.get("full", ""))


def _group(field: Part, given: Any) -> str:
    assert isinstance(field, Field)  # for the type checker: only a field has parts
    words = []
    if field.key == "name":
        whole = name(given)
        words = [whole] if whole else []
        given = {key: said for key, said in given.items() if key not in ("surname", "given", "patronymic", "full")}
    for part in field.parts:
        if part.key in given:
            said = value(part, given[part.key])
            words.append(said if part.plain else _("%(label)s: %(value)s") % {"label": part.label, "value": said})
    return ", ".join(words)


def _chart(_field: Part, given: Any) -> str:
    # In the order of the chart: PostgreSQL keeps the keys of a value in an order of its own.
    return "; ".join(f"{number} {tooth(given[number])}" for number in teeth.TEETH if number in given)


def tooth(said_of: Mapping[str, Any]) -> str:
    """What is stated of one tooth in words."""
    states, surfaces = dict(teeth.STATES), dict(teeth.SURFACES)
    words = [", ".join(str(states.get(state, state)) for state in said_of["states"])]
    if "surfaces" in said_of:
        words.append(", ".join(str(surfaces[letter]) for letter in said_of["surfaces"]))
    if "material" in said_of:
        words.append(str(dict(teeth.MATERIALS).get(said_of["material"], said_of["material"])))
    if "words" in said_of:
        words.append(said_of["words"])
    return " · ".join(words)


_SAY: dict[Kind, Callable[[Part, Any], str]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.RANGE: _range,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.GROUP: _group,
    Kind.CHART: _chart,
}
