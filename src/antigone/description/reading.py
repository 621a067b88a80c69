"""What stands of a record, and what stood before: reads statements, one query each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from antigone.description.statement import StatementBase

S = TypeVar("S", bound=StatementBase)


def current(model: type[S], record: models.Model) -> dict[str, list[S]]:
    """The statements that stand, by key, the items of a key in the order in which they were first stated."""
    return current_of(model, [record.pk])[record.pk]


def current_of(model: type[S], records: Collection[Any]) -> dict[Any, dict[str, list[S]]]:
    """The same for many records, by their primary keys; one that has no statements has an empty answer."""
    found: dict[Any, dict[str, list[S]]] = {pk: {} for pk in records}
    rows = _all(model).filter(**{f"{model.RECORD}__in": list(records)}, ended_at__isnull=True)
    for row in sorted(rows, key=lambda each: (each.key, each.pk)):
        found[row.record_id].setdefault(row.key, []).append(row)
    return found


def history(model: type[S], record: models.Model, key: str, item: UUID | None = None) -> list[S]:
    """Everything ever stated under a key, or of one of its items, the newest first."""
    of_key = _all(model).filter(**{model.RECORD: record.pk}, key=key)
    if item is not None:
        of_key = of_key.filter(item=item)
    return list(of_key.order_by("-pk"))


def _all(model: type[S]) -> models.QuerySet[S]:
    return model._default_manager.all()
