"""The vocabulary: under which keys something can be stated, and what a value of each looks like."""

from __future__ import annotations

import functools
from typing import Any

from django.utils.translation import get_language
from ninja import Query, Router

from antigone.api.bearer import Call
from antigone.api.operation import operation
from antigone.api.strict import Given, Shown
from antigone.description.catalogue import blocks
from antigone.description.fields import Part, Side

router = Router()


class PartShown(Shown):
    key: str
    label: str
    kind: str
    choices: list[str]
    unit: str
    low: float | None
    high: float | None
    required: bool


class FieldShown(PartShown):
    block: str
    many: bool
    mutable: bool
    sensitive: bool
    absence: bool
    interpol_ref: str | None
    parts: list[PartShown]


class Fields(Shown):
    fields: list[FieldShown]


class OfSide(Given):
    side: Side


def _part(part: Part) -> dict[str, Any]:
    return {
        "key": part.key,
        "label": str(part.label),
        "kind": str(part.kind),
        "choices": list(part.values),
        "unit": str(part.unit),
        "low": part.low,
        "high": part.high,
        "required": part.required,
    }


@operation(router, "GET", "/fields", needs=None, shows=Fields)
def fields(request: Call, of: Query[OfSide]) -> Fields:
    """What can be stated of a missing person (ante-mortem) or of remains (post-mortem)."""
    return _of(of.side, get_language())


@functools.cache
def _of(side: Side, _language: str | None) -> Fields:
    """The vocabulary in a language: it does not change while the process lives."""
    return Fields(
        fields=[
            FieldShown(
                **_part(field),
                block=block.key,
                many=field.many,
                mutable=field.mutable,
                sensitive=field.sensitive,
                absence=field.absence,
                interpol_ref=field.interpol_ref,
                parts=[PartShown(**_part(part)) for part in field.parts],
            )
            for block in blocks(side)
            for field in block.fields
        ]
    )
