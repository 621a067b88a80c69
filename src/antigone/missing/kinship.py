"""Kin among the missing: recorded, taken back, and asked for by who lists leads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Kinship, KinshipKind, Person
from antigone.missing.own import not_here, person_for
from antigone.missing.records import text_fault


def record_kinship(person: Person, other: Person, kind: str, who: Operator, *, said_by: str = "") -> Kinship:
    """Record what one missing person is to another; the same said again is left as it is.

    Raises Refused, NotHere or PersonRefused.
    """
    person = person_for(person, who, Permission.PERSON_RECORD)
    other = person_for(other, who, Permission.PERSON_RECORD)
    if person.pk == other.pk:
        raise PersonRefused(_("These are one record; nobody is kin of themselves. Nothing was saved."))
    if kind not in KinshipKind.values:
        raise PersonRefused(_("What they are to each other: choose one of the list. Nothing was saved."))
    if text_fault(said_by, 200):
        raise PersonRefused(_("Who said it: one line of at most 200 characters. Nothing was saved."))
    with recorded():
        known = _between(person.pk, other.pk).filter(kind=kind).first()
        if known is not None:
            return known
        kinship = Kinship.objects.create(
            person=person,
            other=other,
            kind=kind,
            said_by=said_by.strip(),
            recorded_by=who.actor,
            recorded_at=timezone.now(),
        )
        for each, kin in ((person, other), (other, person)):
            record("missing:kinship:record", actor=who.actor, object=f"person:{each.pk}", kin=kin.pk, kind=kind)
    return kinship


def end_kinship(kinship: Kinship, who: Operator) -> None:
    """Take back what was said; it stays on record as ended. Raises Refused or NotHere."""
    person_for(kinship.person_id, who, Permission.PERSON_RECORD)
    with recorded():
        now = Kinship.objects.filter(pk=kinship.pk).first()
        if now is None:
            raise not_here()
        if Kinship.objects.filter(pk=now.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=who.actor):
            for each, kin in ((now.person_id, now.other_id), (now.other_id, now.person_id)):
                record("missing:kinship:end", actor=who.actor, object=f"person:{each}", kin=kin, kind=now.kind)


def kin_of(person: Person) -> list[Kinship]:
    """What stands on record of a person's kin among the missing, in either direction."""
    standing = Kinship.objects.filter(Q(person=person) | Q(other=person), ended_at=None)
    return list(standing.select_related("person", "other").order_by("pk"))


def relatives_of(persons: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The kin among the missing of each of these persons, by number, in either direction; one query.

    Who has none is not in the answer. It is what `evidence.withheld.families` takes as `related`.
    """
    asked = set(persons)
    pairs = Kinship.objects.filter(Q(person__in=asked) | Q(other__in=asked), ended_at=None)
    found: dict[int, set[int]] = {}
    for one, other in pairs.values_list("person", "other"):
        for each, kin in ((one, other), (other, one)):
            if each in asked:
                found.setdefault(each, set()).add(kin)
    return {each: tuple(sorted(kin)) for each, kin in found.items()}


def _between(one: int, other: int) -> QuerySet[Kinship]:
    directed = Q(person=one, other=other)
    either = directed | Q(person=other, other=one)
    # A parent of somebody is not their child: that one alone is said in one direction.
    symmetric = Kinship.objects.filter(either, ended_at=None)
    return symmetric.exclude(Q(kind__in=(KinshipKind.PARENT, KinshipKind.GRANDPARENT)) & ~directed)


def one(pk: int, who: Operator) -> Kinship:
    """What stands of two records of the operator's agency, to take it back; raises Refused or NotHere."""
    found = (
        Kinship.objects.select_related("person__holding", "person__report", "other")
        .filter(pk=pk, ended_at=None)
        .first()
    )
    if found is None:
        raise not_here()
    person_for(found.person_id, who, Permission.PERSON_RECORD)
    return found
