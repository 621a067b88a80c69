"""What a browser shows for a part of the vocabulary: a control, with its name, its choices and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from antigone.description import teeth
from antigone.description.fields import Field, Kind, Part
from antigone.web.showing import Words


@dataclass(frozen=True)
class Control:
    """One input, or several that belong together (a range, a list to tick, a group, a chart: `inner`).

    `sort` names the template: text, words, select, ticks, range, date, group, chart.
    """

    sort: str
    name: str
    label: Words
    value: str = ""
    hint: Words = ""
    unit: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    fault: str = ""
    required: bool = False
    length: int = 200
    ticked: bool = False
    inner: tuple[Control, ...] = field(default=())

    @property
    def id(self) -> str:
        return identifier(self.name)

    @property
    def described_by(self) -> str:
        """The ids of its fault and hint, for aria-describedby."""
        said = [f"{self.id}-fault"] * bool(self.fault) + [f"{self.id}-hint"] * bool(self.hint)
        return " ".join(said)


def identifier(name: str) -> str:
    """An id for an element from the name of its input."""
    return "in-" + "".join(each if each.isalnum() else "-" for each in name)


def control(part: Part, name: str, raw: Mapping[str, str], faults: Mapping[str, str], *, bare: bool = False) -> Control:
    """The control of a part; `raw` and `faults` go by the same names as the inputs."""
    common = {
        "name": name,
        "label": part.label,
        "hint": "" if bare else part.help,
        "unit": part.unit,
        "fault": faults.get(name, ""),
        "required": part.required,
        "length": part.length,
    }
    if part.kind is Kind.GROUP and isinstance(part, Field):
        inner = tuple(control(each, f"{name}-{each.key}", raw, faults) for each in part.parts)
        return Control("group", inner=inner, **common)  # type: ignore[arg-type]
    if part.kind is Kind.CHART:
        return Control("chart", inner=_jaws(name, raw, faults), **common)  # type: ignore[arg-type]
    if part.kind is Kind.CHOICES:
        inner = tuple(
            Control("tick", f"{name}-{value}", label, ticked=bool(raw.get(f"{name}-{value}", "").strip()))
            for value, label in part.choices
        )
        return Control("ticks", inner=inner, **common)  # type: ignore[arg-type]
    if part.kind is Kind.RANGE:
        ends = tuple(
            Control("text", f"{name}-{end}", "", raw.get(f"{name}-{end}", ""), fault=faults.get(f"{name}-{end}", ""))
            for end in ("low", "high")
        )
        return Control("range", inner=ends, **common)  # type: ignore[arg-type]
    if part.kind is Kind.CHOICE:
        return Control("select", value=raw.get(name, ""), choices=part.choices, **common)  # type: ignore[arg-type]
    if part.kind is Kind.YES_NO:
        choices = (("yes", _("yes")), ("no", _("no")))
        return Control("select", value=raw.get(name, ""), choices=choices, **common)  # type: ignore[arg-type]
    sort = {Kind.WORDS: "words", Kind.DATE: "date", Kind.NUMBER: "number"}.get(part.kind, "text")
    return Control(sort, value=raw.get(name, ""), **common)  # type: ignore[arg-type]


ALSO = "also"
"""A tooth bears two selects: its state, and what else is stated of it."""

_QUADRANTS = (
    (teeth.PERMANENT[:16], "upper"),
    (teeth.PERMANENT[16:], "lower"),
    (teeth.DECIDUOUS, "milk"),
)


def _jaws(name: str, raw: Mapping[str, str], faults: Mapping[str, str]) -> tuple[Control, ...]:
    """Three groups of teeth, each a row of a table: upper, lower, milk teeth."""
    return tuple(
        Control("jaw", f"{name}-{jaw}", jaw, inner=tuple(_tooth(name, number, raw, faults) for number in numbers))
        for numbers, jaw in _QUADRANTS
    )


def _tooth(name: str, number: str, raw: Mapping[str, str], faults: Mapping[str, str]) -> Control:
    at = f"{name}-{number}"
    states = [state for state in raw.get(at, "").split(",") if state]
    also = raw.get(f"{at}-{ALSO}", "") or ",".join(states[1:])
    known = {value for value, _label in teeth.STATES}
    # More than two states were charted elsewhere: the rest stays together as one choice.
    further = teeth.STATES if also in known or not also else (*teeth.STATES, (also, also.replace(",", ", ")))
    return Control(
        "tooth",
        at,
        number,
        fault=faults.get(at, ""),
        inner=(
            Control("select", at, "", states[0] if states else "", choices=teeth.STATES),
            Control("select", f"{at}-{ALSO}", "", also, choices=further),
            Control("text", f"{at}-surfaces", "", raw.get(f"{at}-surfaces", ""), length=5),
            Control("select", f"{at}-material", "", raw.get(f"{at}-material", ""), choices=teeth.MATERIALS),
            Control("text", f"{at}-words", "", raw.get(f"{at}-words", ""), length=teeth.WORDS),
        ),
    )


def teeth_joined(raw: Mapping[str, str]) -> dict[str, str]:
    """What was posted, with the two states of each tooth in one text as `description.raw` reads them."""
    joined = {name: text for name, text in raw.items() if not name.endswith(f"-{ALSO}")}
    for name, text in raw.items():
        if name.endswith(f"-{ALSO}") and text:
            tooth = name.removesuffix(f"-{ALSO}")
            joined[tooth] = ",".join(each for each in (joined.get(tooth, ""), text) if each)
    return joined
