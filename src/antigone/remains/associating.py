"""Decides which remains units are of one person: associates, splits, merges, and takes a decision back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.errors import RecordRefused
from antigone.remains.events import AssociationChanged, associated
from antigone.remains.keeping import keep
from antigone.remains.models import Association, AssociationEvent, Deed, Individual, Subject, SubjectKind


def associate(units: Sequence[Subject], individual: Individual | None, reason: str, who: Operator) -> Individual:
    """Say that units are of one person: of this individual, or of a new one.

    A unit that is of another individual already is not moved: split it off there, or merge the two. Raises NotHere,
    Refused, RecordRefused or BadRecord.
    """
    _may(who, individual)
    for unit in units:
        own.may(who, Permission.ASSOCIATION_DECIDE, unit)
    if not units:
        raise RecordRefused(_("Name at least one remains unit. Nothing was saved."))
    with recorded():
        # Whoever associates one of these units at the same moment waits here, and then sees what was decided.
        list(Subject.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
        decision = _decision(Deed.ASSOCIATE, reason, who)
        into = _standing(individual) if individual else _new(who)
        taken = _current(units)
        for unit in units:
            if unit.kind == SubjectKind.UNABLE:
                raise RecordRefused(_("A living person is not associated with remains. Nothing was saved."))
            if unit.pk in taken and taken[unit.pk].individual_id != into.pk:
                raise RecordRefused(
                    _(
                        "The unit %(code)s is associated with another individual. Split it off there, or merge the "
                        "two. Nothing was saved."
                    )
                    % {"code": unit.code}
                )
        new = [unit.pk for unit in units if unit.pk not in taken]
        if not new:
            raise RecordRefused(_("These units are associated so already. Nothing was saved."))
        _begin(decision, [(pk, into.pk) for pk in new])
        _publish(decision, [into.pk])
    return into


def split(individual: Individual, units: Sequence[Subject], reason: str, who: Operator) -> Individual:
    """Say that some units of an individual are of another person, who becomes an individual of their own."""
    _may(who, individual)
    leaving = {unit.pk for unit in units}
    with recorded():
        _standing(individual)
        held = {each.unit_id: each for each in individual.associations.filter(until=None)}
        if not leaving or not leaving <= held.keys():
            raise RecordRefused(_("Name units that are of this individual now. Nothing was saved."))
        if leaving == held.keys():
            raise RecordRefused(_("All units would leave, and nothing would be split. Nothing was saved."))
        decision = _decision(Deed.SPLIT, reason, who)
        apart = _new(who)
        _end(decision, [held[pk] for pk in leaving])
        _begin(decision, [(pk, apart.pk) for pk in sorted(leaving)])
        _publish(decision, [individual.pk, apart.pk])
    return apart


def merge(kept: Individual, other: Individual, reason: str, who: Operator) -> Individual:
    """Say that two individuals are one person: the units of `other` are of `kept` from now on."""
    _may(who, kept)
    _may(who, other)
    if kept.pk == other.pk:
        raise RecordRefused(_("An individual cannot be merged with itself. Nothing was saved."))
    with recorded():
        kept, other = _standing(kept), _standing(other)
        decision = _decision(Deed.MERGE, reason, who, merged=other)
        moving = list(other.associations.filter(until=None).order_by("pk"))
        _end(decision, moving)
        _begin(decision, [(each.unit_id, kept.pk) for each in moving])
        Individual.objects.filter(pk=other.pk).update(merged_into=kept)
        _publish(decision, [kept.pk, other.pk])
    return kept


def undo(decision: AssociationEvent, reason: str, who: Operator) -> AssociationEvent:
    """Take a decision back: its units are again where they were. Both decisions stay on record.

    A decision that others have built upon is not taken back before these are (RecordRefused).
    """
    own.may_in(who, Permission.ASSOCIATION_DECIDE, decision.agency_id, f"association:{decision.pk}")
    with recorded():
        decision = AssociationEvent.objects.select_for_update().get(pk=decision.pk)
        if decision.deed == Deed.UNDO:
            raise RecordRefused(_("What was undone is decided anew, not undone again. Nothing was saved."))
        if AssociationEvent.objects.filter(undoes=decision).exists():
            raise RecordRefused(_("This decision was undone before. Nothing was saved."))
        ends = list(decision.ends.select_related("individual").order_by("pk"))
        standing = _standing_by(decision)
        # A unit comes back to its individual, unless that one was merged away since.
        gone = {each.individual_id for each in ends if each.individual.merged_into_id} - {decision.merged_id}
        if standing is None or gone:
            raise RecordRefused(
                _("A later decision rests on this one. Undo the later one first, or decide anew. Nothing was saved.")
            )
        back = _decision(Deed.UNDO, reason, who, undoes=decision)
        _end(back, standing)
        merged = {decision.merged_id} if decision.merged_id else set()
        if decision.merged_id:
            Individual.objects.filter(pk=decision.merged_id).update(merged_into=None)
        _begin(back, [(each.unit_id, each.individual_id) for each in ends])
        _publish(back, {each.individual_id for each in (*standing, *ends)} | merged)
    return back


def _standing_by(decision: AssociationEvent) -> list[Association] | None:
    """The associations that stand by this decision; None where a later one moved any of its units.

    One that was ended and then restored by an undo stands by the decision that began it at first.
    """
    units = list(decision.began.values_list("unit_id", flat=True))
    rows = list(Association.objects.filter(unit__in=units).select_related("begun").order_by("pk"))
    now = [row for row in rows if row.until is None]
    if len(now) != len(units) or any(_first_begun(row, rows) != decision.pk for row in now):
        return None
    return now


def _first_begun(row: Association, rows: list[Association]) -> int:
    """The decision by which a unit came to its individual, before that was undone and restored."""
    while row.begun.undoes_id:
        ended = row.begun.undoes_id
        row = next(each for each in rows if each.ended_id == ended and each.unit_id == row.unit_id)
    return row.begun_id


def _may(who: Operator, individual: Individual | None) -> None:
    agency = individual.agency_id if individual else who.agency_id
    thing = f"individual:{individual.pk}" if individual else f"agency:{who.agency_id}"
    own.may_in(who, Permission.ASSOCIATION_DECIDE, agency, thing)


def _standing(individual: Individual) -> Individual:
    """The individual as it is now, held still; raises RecordRefused where it was merged into another."""
    now = Individual.objects.select_for_update().get(pk=individual.pk)
    if now.merged_into_id:
        raise RecordRefused(
            _("Individual %(number)d was merged into individual %(into)d; decide about that one. Nothing was saved.")
            % {"number": now.pk, "into": now.merged_into_id}
        )
    return now


def _new(who: Operator) -> Individual:
    return Individual.objects.create(agency=who.agency, opened_at=timezone.now())


def _current(units: Iterable[Subject]) -> dict[int, Association]:
    held = Association.objects.filter(unit__in=[unit.pk for unit in units], until=None)
    return {each.unit_id: each for each in held}


def _decision(
    deed: Deed,
    reason: str,
    who: Operator,
    *,
    undoes: AssociationEvent | None = None,
    merged: Individual | None = None,
) -> AssociationEvent:
    decision = AssociationEvent(
        agency=who.agency,
        deed=deed.value,
        reason=reason,
        by=who.actor,
        at=timezone.now(),
        undoes=undoes,
        merged=merged,
    )
    keep(decision)
    return decision


def _begin(decision: AssociationEvent, pairs: Iterable[tuple[int, int]]) -> None:
    Association.objects.bulk_create(
        Association(unit_id=unit, individual_id=individual, since=decision.at, begun=decision)
        for unit, individual in pairs
    )


def _end(decision: AssociationEvent, rows: Iterable[Association]) -> None:
    Association.objects.filter(pk__in=[each.pk for each in rows], until=None).update(until=decision.at, ended=decision)


def _publish(decision: AssociationEvent, individuals: Iterable[int]) -> None:
    touched = sorted(individuals)
    # As they were and as they are: whoever was of one of them, also before this decision.
    units = Association.objects.filter(individual__in=touched).values_list("unit_id", flat=True)
    subjects = tuple(sorted(set(units)))
    record(
        f"remains:individual:{decision.deed}",
        actor=decision.by,
        object=f"association:{decision.pk}",
        subjects=list(subjects),
        individuals=touched,
        undoes=decision.undoes_id,
        reason=decision.reason,
    )
    associated.send(
        sender=AssociationEvent, event=AssociationChanged(decision.pk, subjects, tuple(touched), decision.by)
    )
