"""Stating things of missing persons: each statement with who says it, kept for good, and its columns brought up."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description import noting, statements
from antigone.description.errors import BadStatement, Stale
from antigone.description.given import Given, Said
from antigone.ledger.services import recorded
from antigone.missing import queries
from antigone.missing.models import Person, Statement
from antigone.missing.own import not_here, person_for
from antigone.missing.projecting import project
from antigone.missing.rewording import reword

__all__ = ["BadStatement", "Given", "Said", "Stale", "current", "history", "state", "state_many", "withdraw_statement"]


def state(
    person: Person, key: str, given: Given, who: Operator, *, item: UUID | None = None, expects: int | None = None
) -> Statement:
    """State one thing of a person; raises Refused, NotHere, BadStatement, or Stale with the statement that stands."""
    return state_many(person, [Said(key, given, item, expects)], who)[0]


def state_many(person: Person, said: Iterable[Said], who: Operator) -> list[Statement]:
    """State what one form says, all of it or nothing; what stands already, word for word, is left as it is.

    Raises Refused, NotHere, BadStatement or Stale.
    """
    person = person_for(person, who, Permission.PERSON_RECORD)
    with recorded():
        return state_in(person, said, who.actor)


def current(person: Person, who: Operator) -> dict[str, list[Statement]]:
    """What stands of a person, by key; raises Refused or NotHere."""
    return statements.current(Statement, queries.person(who, person.pk))


def history(person: Person, key: str, who: Operator, item: UUID | None = None) -> list[Statement]:
    """Everything ever stated of a person under a key, the newest first; raises Refused or NotHere."""
    return statements.history(Statement, queries.person(who, person.pk), key, item)


def state_in(person: Person, said: Iterable[Said], actor: str) -> list[Statement]:
    """The same in the caller's transaction, for an operator who was let do it."""
    thing = f"person:{person.pk}"
    stated, keys = noting.state(Statement, person, said, actor=actor, action="missing:datum:state", thing=thing)
    if keys:
        follow(person, keys)
    return stated


def withdraw_statement(statement: Statement, who: Operator, *, reason: str) -> None:
    """End a statement with nothing in its place; it stays in the history with the reason.

    Raises Refused, NotHere, BadStatement without a reason, or Stale where it does not stand any more.
    """
    person = person_for(statement.person_id, who, Permission.PERSON_RECORD)
    with recorded():
        now = Statement.objects.filter(pk=statement.pk).first()
        if now is None:
            raise not_here()
        thing = f"person:{person.pk}"
        noting.take_back(now, actor=who.actor, action="missing:datum:withdraw", thing=thing, reason=reason)
        follow(Person.objects.get(pk=now.person_id), {now.key})


def follow(person: Person, keys: set[str]) -> None:
    """Bring up what repeats a person's statements: columns, names, and the words by which they are found."""
    project(person, keys)
    reword([person])
