"""Stating what is found on a subject: each statement with how it is known, kept for good, never written over."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description import noting, statements
from antigone.description.errors import BadStatement, Stale
from antigone.description.given import Given, Said
from antigone.ledger.services import recorded
from antigone.remains import finding, own
from antigone.remains.models import Statement, Subject

__all__ = ["BadStatement", "Given", "Said", "Stale", "current", "history", "state", "state_many", "withdraw_statement"]


def state(
    subject: Subject, key: str, given: Given, who: Operator, *, item: UUID | None = None, expects: int | None = None
) -> Statement:
    """State one thing of a subject; raises NotHere, Refused, BadStatement, or Stale with the statement that stands."""
    return state_many(subject, [Said(key, given, item, expects)], who)[0]


def state_many(subject: Subject, said: Iterable[Said], who: Operator) -> list[Statement]:
    """State what one form says, all of it or nothing; what stands already, word for word, is left as it is.

    Raises NotHere, Refused, BadStatement, Stale, or RecordRefused for a person who speaks for themselves now.
    """
    own.may(who, Permission.SUBJECT_RECORD, subject)
    thing = f"subject:{subject.pk}"
    with recorded():
        held = own.held(subject)
        stated, keys = noting.state(Statement, held, said, actor=who.actor, action="remains:datum:state", thing=thing)
        if keys:
            finding.index(held)
    return stated


def withdraw_statement(statement: Statement, who: Operator, *, reason: str) -> None:
    """End a statement with nothing in its place; it stays in the history with the reason.

    Raises NotHere, Refused, BadStatement without a reason, or Stale where it does not stand any more.
    """
    own.may(who, Permission.SUBJECT_RECORD, statement.subject)
    with recorded():
        now = Statement.objects.select_related("subject").filter(pk=statement.pk).first()
        if now is None:
            raise own.not_here()
        thing = f"subject:{now.subject_id}"
        noting.take_back(now, actor=who.actor, action="remains:datum:withdraw", thing=thing, reason=reason)
        finding.index(now.subject)


def current(subject: Subject, who: Operator) -> dict[str, list[Statement]]:
    """What stands of a subject, by key; raises NotHere or Refused."""
    own.may_read(who, subject)
    return statements.current(Statement, subject)


def history(subject: Subject, key: str, who: Operator, item: UUID | None = None) -> list[Statement]:
    """Everything ever stated of a subject under a key, the newest first; raises NotHere or Refused."""
    own.may_read(who, subject)
    return statements.history(Statement, subject, key, item)
