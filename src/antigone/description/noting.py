"""Statements with their entries in the ledger: the keys, and a digest of each; never what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models

from antigone.description.given import Said
from antigone.description.statement import StatementBase, digest_of
from antigone.description.writing import withdraw, write_or_find
from antigone.ledger.services import record as enter

S = TypeVar("S", bound=StatementBase)


def state(
    model: type[S], record: models.Model, said: Iterable[Said], *, actor: str, action: str, thing: str
) -> tuple[list[S], set[str]]:
    """State what one form says, in the caller's transaction, and enter it in the ledger as `action` done to `thing`.

    Returns what stands now of each line, and the keys under which something was written: none where all of it stood
    already, word for word, and then nothing is entered. Raises BadStatement or Stale.
    """
    written = [write_or_find(model, record, each, actor) for each in said]
    new = [statement for statement, is_new in written if is_new]
    note(new, actor=actor, action=action, thing=thing)
    return [statement for statement, _is_new in written], {each.key for each in new}


def note(new: Sequence[StatementBase], *, actor: str, action: str, thing: str) -> None:
    """Enter what was stated of one record; without a statement there is no entry."""
    if new:
        enter(
            action,
            actor=actor,
            object=thing,
            keys=[each.key for each in new],
            statements=[each.pk for each in new],
            digests=[digest_of(each) for each in new],
        )


def take_back(statement: StatementBase, *, actor: str, action: str, thing: str, reason: str) -> None:
    """Withdraw a statement in the caller's transaction, and enter it in the ledger; raises Stale or BadStatement."""
    withdraw(statement, actor=actor, reason=reason)
    enter(
        action,
        actor=actor,
        object=thing,
        key=statement.key,
        statement=statement.pk,
        digest=digest_of(statement),
        reason=reason,
    )
