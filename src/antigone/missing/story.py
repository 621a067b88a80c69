"""What happened to the record of a missing person, in order; who looked at it stands in the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from antigone.access.models import Operator
from antigone.missing import queries
from antigone.missing.models import Person, Statement, TakenUp
from antigone.missing.sharing import shown_to, sources_shown


class Event(StrEnum):
    """What can happen to a record."""

    RECORDED = "recorded"
    REPORTED = "reported"
    TAKEN_UP = "taken-up"
    PORTRAIT = "portrait"
    WITHHELD = "withheld"
    STATED = "stated"
    MERGED = "merged"
    TAKEN_APART = "taken-apart"
    IDENTITY_CHECK = "identity-check"
    CLOSED = "closed"


@dataclass(frozen=True)
class Happening:
    """One event; `what` is a reference, a name or a number, `why` a reason, `merge` a merge that can be undone."""

    event: Event
    at: datetime
    actor: str = ""
    what: str = ""
    why: str = ""
    merge: int | None = None


def story(person: Person, who: Operator) -> list[Happening]:
    """The events of a record, the latest first; five queries. Another agency reads of no enquirer and no reason."""
    report, named = person.report, sources_shown(person, who)
    told = [Happening(Event.REPORTED, report.reported_at, what=report.given_by if named else "")]
    if person.recorded_at is not None:
        told.append(Happening(Event.RECORDED, person.recorded_at))
    if report.closed_at is not None:
        told.append(Happening(Event.CLOSED, report.closed_at, what=report.state))
    if person.identity_check_at is not None:
        told.append(Happening(Event.IDENTITY_CHECK, person.identity_check_at))
    for taken in TakenUp.objects.filter(person=person).select_related("enquiry") if named else ():
        told.append(Happening(Event.TAKEN_UP, taken.taken_at, taken.taken_by, taken.enquiry.reference))
    told += _of_portraits(person, who)
    told += _of_merges(person, named)
    last = Statement.objects.filter(person=person).order_by("-recorded_at").first()
    if last is not None:
        told.append(Happening(Event.STATED, last.recorded_at, last.recorded_by))
    return sorted(told, key=lambda each: each.at, reverse=True)


def _of_portraits(person: Person, who: Operator) -> list[Happening]:
    told: dict[tuple[Event, datetime], int] = {}
    rows = shown_to(who).filter(person=person).order_by("added_at")
    for added, withheld in rows.values_list("added_at", "withheld_at"):
        told[Event.PORTRAIT, _minute(added)] = told.get((Event.PORTRAIT, _minute(added)), 0) + 1
        if withheld is not None:
            told[Event.WITHHELD, _minute(withheld)] = told.get((Event.WITHHELD, _minute(withheld)), 0) + 1
    return [Happening(event, at, what=str(number)) for (event, at), number in told.items()]


def _minute(at: datetime) -> datetime:
    """Portraits that came together are one event."""
    return at.replace(second=0, microsecond=0)


def _of_merges(person: Person, named: bool) -> list[Happening]:
    told: list[Happening] = []
    for each in queries.merges(person):
        other = each.absorbed if each.kept_id == person.pk else each.kept
        can_undo = each.pk if each.undone_at is None and each.kept_id == person.pk else None
        why, since = (each.reason, each.undo_reason) if named else ("", "")
        told.append(Happening(Event.MERGED, each.merged_at, each.merged_by, other.ref, why, can_undo))
        if each.undone_at is not None:
            told.append(Happening(Event.TAKEN_APART, each.undone_at, each.undone_by, other.ref, since))
    return told
