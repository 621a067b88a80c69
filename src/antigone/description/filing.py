"""File records under their words: write the rows of tokens anew for some records, or for all that have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef

from antigone.description.tokens import TokenBase
from antigone.description.wording import WEIGHTS, Wording
from antigone.ledger.services import recorded

# Records that are filed together when all of them are.
TOGETHER: Final = 200


def batched(pks: Sequence[int]) -> Iterator[list[int]]:
    """Keys of records in lists that one statement of SQL takes."""
    for begin in range(0, len(pks), TOGETHER):
        yield list(pks[begin : begin + TOGETHER])


def file(model: type[TokenBase], wordings: Mapping[int, tuple[int, Wording]]) -> None:
    """Replace the tokens of these records, by their keys, each with its agency, in the caller's transaction.

    A record with an empty wording is taken out of what can be found.
    """
    name = f"{model.RECORD}_id"
    model._default_manager.filter(**{f"{model.RECORD}__in": list(wordings)}).delete()
    model._default_manager.bulk_create(
        model(**{name: record}, agency_id=agency, kind=kind.value, token=token, weight=WEIGHTS[kind])
        for record, (agency, wording) in wordings.items()
        for kind, token in wording
    )


def file_all(
    model: type[TokenBase],
    records: models.QuerySet[Any],
    index: Callable[[list[Any]], None],
    progress: Callable[[int], None] | None = None,
    *,
    again: bool = False,
) -> int:
    """File the records that are not filed yet, or all of them again; how many it were.

    Each batch is a transaction of its own, so that a stopped run goes on where it was.
    """
    waiting = (
        records if again else records.exclude(Exists(model._default_manager.filter(**{model.RECORD: OuterRef("pk")})))
    )
    done, last = 0, 0
    while batch := list(waiting.filter(pk__gt=last).order_by("pk")[:TOGETHER]):
        with recorded():
            index(batch)
        last, done = batch[-1].pk, done + len(batch)
        if progress is not None:
            progress(len(batch))
    return done
