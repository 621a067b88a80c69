"""Statements as plain values for programs: out as JSON, and in again, checked; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from antigone.description import texts
from antigone.description.checking import checked
from antigone.description.errors import BadStatement
from antigone.description.fields import Field
from antigone.description.given import Given
from antigone.description.statement import StatementBase

_TEXTS = ("certainty", "how", "source", "said_on", "basis", "citation")


def to_json(statement: StatementBase) -> dict[str, Any]:
    """A statement as values fit for JSON, with who wrote it and since when it no longer stands."""
    return {
        "id": statement.pk,
        "key": statement.key,
        "item": None if statement.item is None else str(statement.item),
        "value": statement.value,
        **{name: getattr(statement, name) for name in _TEXTS},
        "interpol_ref": statement.interpol_ref,
        "recorded_by": statement.recorded_by,
        "recorded_at": statement.recorded_at.isoformat(),
        "replaces": statement.serializable_value("replaces"),
        "ended_at": None if statement.ended_at is None else statement.ended_at.isoformat(),
        "ended_by": statement.ended_by,
        "end_reason": statement.end_reason,
    }


def from_json(field: Field, data: Mapping[str, Any]) -> Given:
    """What a program states under a field: `value` and the texts of a Given; raises BadStatement for anything else."""
    faults = {texts.shown(name): _("There is no such part.") for name in data if name not in (*_TEXTS, "value")}
    for name in _TEXTS:
        if name in data and not isinstance(data[name], str):
            faults[name] = _("A text is needed.")
    if faults:
        raise BadStatement(" ".join(f"{name}: {why}" for name, why in faults.items()), faults)
    rest = {name: data[name] for name in _TEXTS if name in data}
    return checked(field, Given(data.get("value"), **{"basis": "", **rest}))
