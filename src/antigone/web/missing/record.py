"""A record as its pages open it: whose it is, by which name they are called, and what this person may do to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import looking, queries
from antigone.missing.models import Person


@dataclass(frozen=True)
class Opened:
    """A missing person whose record was opened; the look is in the ledger."""

    person: Person
    names: tuple[str, ...]
    allowed: frozenset[Permission] = field(default=frozenset())

    @property
    def title(self) -> str:
        """The name under which pages speak of them; the reference where none is known."""
        return self.names[0] if self.names else self.person.ref

    @cached_property
    def url(self) -> str:
        return reverse("web:missing:person", args=[self.person.pk])

    @property
    def may_record(self) -> bool:
        return Permission.PERSON_RECORD in self.allowed

    @property
    def may_add_portrait(self) -> bool:
        return Permission.PORTRAIT_ADD in self.allowed

    @property
    def may_look(self) -> bool:
        return Permission.PORTRAIT_LOOK in self.allowed

    @property
    def may_close(self) -> bool:
        return Permission.REPORT_CLOSE in self.allowed

    @property
    def may_merge(self) -> bool:
        return Permission.PERSON_MERGE in self.allowed

    @property
    def may_review(self) -> bool:
        return Permission.RETENTION_REVIEW in self.allowed

    @property
    def may_erase(self) -> bool:
        return Permission.PERSON_ERASE in self.allowed

    @property
    def may_audit(self) -> bool:
        return Permission.LEDGER_READ in self.allowed

    @property
    def may_erase_portrait(self) -> bool:
        return Permission.PORTRAIT_ERASE in self.allowed


def opened(who: Operator, pk: int) -> Opened:
    """Open the record of a person; raises Refused or NotHere. What may be done is empty for another agency's."""
    person = queries.person(who, pk)
    looking.looked(person, who)
    return of(person, who)


def of(person: Person, who: Operator) -> Opened:
    """The record of somebody, where the look is in the ledger already."""
    names = tuple(person.names.order_by("spelling", "pk").values_list("text", flat=True))
    allowed = services.permissions_held(who)
    if person.holding.agency_id != who.agency_id:
        # Another agency's record is read under an agreement; what may be looked at, the services decide each time.
        allowed &= {Permission.PORTRAIT_LOOK}
    return Opened(person, names, allowed)
