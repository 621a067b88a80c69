"""Stating things of missing persons: each statement with who says it, kept for good, and its columns brought up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.description import statements
from antigone.description.errors import BadStatement, Stale
from antigone.description.given import Given
from antigone.description.statements import digest_of
from antigone.ledger.services import record, recorded
from antigone.missing import queries
from antigone.missing.models import Person, Statement
from antigone.missing.own import not_here, person_for
from antigone.missing.projecting import project
from antigone.missing.rewording import reword

__all__ = ["BadStatement", "Given", "Said", "Stale", "current", "history", "state", "state_many", "withdraw_statement"]


@dataclass(frozen=True)
class Said:
    """One line of a form: what is stated under a key (of an item), and which statement the writer saw there."""

    key: str
    given: Given
    item: UUID | None = None
    expects: int | None = None


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
        return state_in(person, list(said), who.actor)


def current(person: Person, who: Operator) -> dict[str, list[Statement]]:
    """What stands of a person, by key; raises Refused or NotHere."""
    return statements.current(Statement, queries.person(who, person.pk))


def history(person: Person, key: str, who: Operator, item: UUID | None = None) -> list[Statement]:
    """Everything ever stated of a person under a key, the newest first; raises Refused or NotHere."""
    return statements.history(Statement, queries.person(who, person.pk), key, item)


def state_in(person: Person, said: Sequence[Said], actor: str) -> list[Statement]:
    """The same in the caller's transaction, for an operator who was let do it."""
    before = Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    written = [
        statements.write(Statement, person, each.key, each.given, actor=actor, item=each.item, expects=each.expects)
        for each in said
    ]
    new = [each for each in written if each.pk > before]
    if new:
        note(person, new, actor)
        follow(person, {each.key for each in new})
    return written


def withdraw_statement(statement: Statement, who: Operator, *, reason: str) -> None:
    """End a statement with nothing in its place; it stays in the history with the reason.

    Raises Refused, NotHere, BadStatement without a reason, or Stale where it does not stand any more.
    """
    person = person_for(statement.person_id, who, Permission.PERSON_RECORD)
    with recorded():
        now = Statement.objects.filter(pk=statement.pk).first()
        if now is None:
            raise not_here()
        statements.withdraw(now, actor=who.actor, reason=reason)
        record(
            "missing:datum:withdraw",
            actor=who.actor,
            object=f"person:{person.pk}",
            key=now.key,
            statement=now.pk,
            digest=digest_of(now),
            reason=reason,
        )
        follow(Person.objects.get(pk=now.person_id), {now.key})


def note(person: Person, new: Sequence[Statement], actor: str) -> None:
    """Enter in the ledger what was stated: the keys, and a digest of each statement; never what it says."""
    record(
        "missing:datum:state",
        actor=actor,
        object=f"person:{person.pk}",
        keys=[each.key for each in new],
        statements=[each.pk for each in new],
        digests=[digest_of(each) for each in new],
    )


def follow(person: Person, keys: set[str]) -> None:
    """Bring up what repeats a person's statements: columns, names, and the words by which they are found."""
    project(person, keys)
    reword([person])
