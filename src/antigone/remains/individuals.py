"""Questions about individuals: which units are thought to be of one person, and how that came to be thought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope, agencies_open_to
from antigone.remains import own
from antigone.remains.models import Association, AssociationEvent, Individual, Subject

MOST = 200


@dataclass(frozen=True)
class Line:
    """An individual in one line, with the codes of its units."""

    pk: int
    opened_at: datetime
    agency: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """One decision read back: what it began and ended, and the decision that took it back, if one did."""

    event: AssociationEvent
    began: tuple[Association, ...]
    ends: tuple[Association, ...]
    undone_by: AssociationEvent | None


@dataclass(frozen=True)
class Whole:
    """An individual with its units, its associations of before and now, and the decisions that touched it."""

    individual: Individual
    units: tuple[Subject, ...]
    associations: tuple[Association, ...]
    decisions: tuple[Decision, ...]


def individual(who: Operator, pk: int) -> Individual:
    """The individual of this number; raises Refused or NotHere."""
    found = _open_to(who).select_related("merged_into").filter(pk=pk).first()
    if found is None:
        raise own.not_here()
    return found


def individuals(who: Operator, *, before: int | None = None, limit: int = 50) -> list[Line]:
    """Individuals that have units, the newest first; `before` is the last number that was seen. Two queries."""
    held = Association.objects.filter(individual=OuterRef("pk"), until=None)
    found = _open_to(who).filter(Exists(held))
    if before is not None:
        found = found.filter(pk__lt=before)
    shown = list(found.order_by("-pk")[: max(1, min(limit, MOST))])
    units = Association.objects.filter(individual__in=shown, until=None).order_by("unit__code")
    codes: dict[int, list[str]] = {}
    for pk, code in units.values_list("individual", "unit__code"):
        codes.setdefault(pk, []).append(code)
    return [Line(each.pk, each.opened_at, each.agency_id, tuple(codes.get(each.pk, ()))) for each in shown]


def of_unit(subject: Subject, who: Operator) -> Individual | None:
    """The individual that a unit is of now; raises NotHere or Refused."""
    own.may_read(who, subject)
    held = Association.objects.select_related("individual").filter(unit=subject, until=None).first()
    return held.individual if held else None


def whole(found: Individual, who: Operator) -> Whole:
    """Everything about an individual, decisions in their order: a fixed number of queries."""
    individual(who, found.pk)
    associations = list(
        Association.objects.filter(individual=found).select_related("unit", "begun", "ended").order_by("pk")
    )
    with_units = Association.objects.select_related("unit").order_by("pk")
    touched = {each.begun_id for each in associations} | {each.ended_id for each in associations if each.ended_id}
    events = (
        AssociationEvent.objects.filter(Q(pk__in=touched) | Q(merged=found))
        .select_related("undoes", "undone_by")
        .prefetch_related(Prefetch("began", with_units), Prefetch("ends", with_units))
        .order_by("pk")
    )
    return Whole(
        found,
        tuple(each.unit for each in associations if each.until is None),
        tuple(associations),
        tuple(
            Decision(event, tuple(event.began.all()), tuple(event.ends.all()), getattr(event, "undone_by", None))
            for event in events
        ),
    )


def decision(who: Operator, pk: int) -> AssociationEvent:
    """The decision of this number; raises Refused or NotHere."""
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    found = AssociationEvent.objects.filter(pk=pk, agency__in=agencies_open_to(who, Scope.REMAINS)).first()
    if found is None:
        raise own.not_here()
    return found


def _open_to(who: Operator) -> QuerySet[Individual]:
    access.require(who, Permission.SUBJECT_READ, object=f"agency:{who.agency_id}")
    return Individual.objects.filter(agency__in=agencies_open_to(who, Scope.REMAINS))
