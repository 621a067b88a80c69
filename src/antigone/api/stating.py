"""Statements as programs send and see them: the same on both sides of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from antigone.api.bearer import Call
from antigone.api.operation import etag
from antigone.api.paging import Page, Walk, keyed, page
from antigone.api.strict import Given, Line, Number, Shown, Text
from antigone.description import statements
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS
from antigone.description.given import Certainty, How
from antigone.description.statement import StatementBase


class NewStatement(Given):
    """What is stated."""

    value: Any = None
    basis: LegalBasis
    certainty: Certainty = Certainty.KNOWN
    how: How = How.REPORTED
    source: Line = ""
    said_on: Line = ""
    citation: Line = ""

    def given(self) -> statements.Given:
        """As the services take it."""
        return statements.Given(
            self.value,
            basis=self.basis.value,
            certainty=self.certainty.value,
            how=self.how.value,
            source=self.source,
            said_on=self.said_on,
            citation=self.citation,
        )


class StatementGiven(NewStatement):
    """The same, followed later; `item` says which one of a field with many is meant, and none states a new one."""

    item: UUID | None = None


class WithdrawalGiven(Given):
    statement: Number
    reason: Text


class StatementShown(Shown):
    id: int
    etag: str
    key: str
    item: UUID | None
    value: Any
    certainty: str
    how: str
    source: str
    said_on: str
    basis: str
    citation: str
    interpol_ref: str | None
    recorded_by: str
    recorded_at: datetime
    replaces: int | None
    ended_at: datetime | None
    ended_by: str | None
    end_reason: str | None


class StatementWithheld(Shown):
    """That something sensitive is stated under a key, to whoever is not shown what; nor how much, by whom, or when."""

    key: str
    withheld: Literal[True] = True


Statements = Page[StatementShown | StatementWithheld]


def stated(statement: StatementBase) -> StatementShown:
    """A statement as programs see it."""
    return StatementShown(
        id=statement.pk,
        etag=etag(statement.pk),
        key=statement.key,
        item=statement.item,
        value=statement.value,
        certainty=statement.certainty,
        how=statement.how,
        source=statement.source,
        said_on=statement.said_on,
        basis=statement.basis,
        citation=statement.citation,
        interpol_ref=statement.interpol_ref,
        recorded_by=statement.recorded_by,
        recorded_at=statement.recorded_at,
        replaces=statement.replaces.pk if statement.replaces else None,
        ended_at=statement.ended_at,
        ended_by=statement.ended_by,
        end_reason=statement.end_reason,
    )


def what_stands(
    request: Call, walk: Walk, current: Mapping[str, Iterable[StatementBase]], *, sensitive: bool
) -> dict[str, Any]:
    """A page of what stands of a record, key by key; `sensitive`: whether health and the like are shown to who asks."""
    found: dict[Any, StatementBase | str] = {}
    for key, standing in current.items():
        if _open(key, sensitive):
            found |= {(key, each.pk): each for each in standing}
        elif any(True for _each in standing):
            found[key, 0] = key
    return page(request, walk, keyed(found, _shown))


def ever_stated(
    request: Call, walk: Walk, key: str, history: Iterable[StatementBase], *, sensitive: bool
) -> dict[str, Any]:
    """A page of what was ever stated of a record under a key, the newest first; `sensitive` as above."""
    found: dict[Any, StatementBase | str] = {(-each.pk,): each for each in history}
    if found and not _open(key, sensitive):
        found = {(0,): key}
    return page(request, walk, keyed(found, _shown))


def _open(key: str, sensitive: bool) -> bool:
    return sensitive or key not in FIELDS or not FIELDS[key].sensitive


def _shown(found: StatementBase | str) -> StatementShown | StatementWithheld:
    return StatementWithheld(key=found) if isinstance(found, str) else stated(found)
