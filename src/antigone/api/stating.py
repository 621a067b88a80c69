"""Statements as programs send and see them: the same on both sides of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from antigone.api.operation import etag
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


class Statements(Shown):
    statements: list[StatementShown | StatementWithheld]


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


def all_stated(found: Iterable[StatementBase], *, sensitive: bool) -> Statements:
    """Several of them; `sensitive` says whether those of health, religion and the like are shown to who asks."""
    shown: list[StatementShown | StatementWithheld] = []
    withheld = set[str]()
    for each in found:
        if sensitive or each.key not in FIELDS or not FIELDS[each.key].sensitive:
            shown.append(stated(each))
        elif each.key not in withheld:
            withheld.add(each.key)
            shown.append(StatementWithheld(key=each.key))
    return Statements(statements=shown)
