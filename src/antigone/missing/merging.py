"""Making two records of one person into one, and taking them apart again exactly as they were.

What moves, moves by reference: the rows stay and name the other record. A template stays bound to its portrait, and
the gallery counts it as the kept person's. What the kept record says already, in another way, stays with the absorbed
one, whose report no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.enrolment import services as enrolment
from antigone.ledger.services import record, recorded
from antigone.missing import rules
from antigone.missing.errors import MergeRefused
from antigone.missing.events import PersonsMerged, PersonsTakenApart, merged
from antigone.missing.models import (
    Kinship,
    Merge,
    Person,
    PersonName,
    Portrait,
    RegisterFact,
    Relative,
    Report,
    ReportState,
    Statement,
    TakenUp,
)
from antigone.missing.own import not_here, person_for
from antigone.missing.projecting import COLUMNS, bounds, project
from antigone.missing.rewording import reword

REASON_LENGTH = 400
# Rows that follow a person by reference, and could be twice without harm.
FOLLOWING: tuple[Any, ...] = (Relative, RegisterFact, TakenUp)


@dataclass(frozen=True)
class Preview:
    """What a merge would move to the kept record and what would stay with the other; `fault` says why it cannot be."""

    moving: tuple[Statement, ...]
    staying: tuple[Statement, ...]
    portraits: int
    portraits_twice: int
    relatives: int
    fault: str


def preview(kept: Person, absorbed: Person, who: Operator) -> Preview:
    """What `merge` would do, without doing it; raises Refused or NotHere."""
    kept = person_for(kept, who, Permission.PERSON_MERGE)
    absorbed = person_for(absorbed, who, Permission.PERSON_MERGE)
    fault = ""
    try:
        _check(kept, absorbed)
    except MergeRefused as refused:
        fault = refused.sentence
    moving = {row.pk for row in _movable(kept, absorbed)}
    standing = list(Statement.objects.filter(person=absorbed, ended_at=None).order_by("pk"))
    theirs = list(Portrait.objects.filter(person=absorbed).values_list("sha256", flat=True))
    twice = set(Portrait.objects.filter(person=kept, sha256__in=theirs).values_list("sha256", flat=True))
    return Preview(
        moving=tuple(row for row in standing if row.pk in moving),
        staying=tuple(row for row in standing if row.pk not in moving),
        portraits=len(theirs) - len(twice),
        portraits_twice=len(twice),
        relatives=absorbed.relatives.count(),
        fault=fault,
    )


def merge(kept: Person, absorbed: Person, who: Operator, *, reason: str) -> Merge:
    """Make two records one: `absorbed` redirects to `kept`, which has what both had. `undo_merge` takes it back.

    Raises Refused, NotHere, or MergeRefused for records that would make one search more than either did alone.
    """
    with recorded():
        # Both rows are held, in one order, so that two merges of them do not cross.
        list(Person.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk"))
        kept = person_for(kept, who, Permission.PERSON_MERGE)
        absorbed = person_for(absorbed, who, Permission.PERSON_MERGE)
        why = _reason(reason)
        _check(kept, absorbed)
        statements = _movable(kept, absorbed)
        keys = {row.key for row in statements}
        moved: dict[str, Any] = {"report": absorbed.report.state, "columns": _columns(kept, keys)}
        moved["portraits"] = _move_portraits(kept, absorbed)
        moved["statements"] = _move(Statement, statements, kept)
        moved["names"] = _move_names(kept, absorbed, statements)
        for model in FOLLOWING:
            moved[model.__name__] = _move(model, model.objects.filter(person=absorbed), kept)
        moved["kin"] = _move_kin(kept, absorbed)
        Report.objects.filter(person=absorbed).update(state=ReportState.MERGED)
        Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        _follow_reports(kept, absorbed)
        project(kept, keys - {"name"})
        done = Merge.objects.create(
            kept=kept, absorbed=absorbed, reason=why, moved=moved, merged_by=who.actor, merged_at=timezone.now()
        )
        record(
            "missing:person:merge",
            actor=who.actor,
            object=f"person:{kept.pk}",
            absorbed=absorbed.pk,
            merge=done.pk,
            portraits=len(moved["portraits"]),
            reason=why,
        )
        _reworded(kept, absorbed)
        merged.send(sender=Merge, event=PersonsMerged(kept.pk, absorbed.pk, who.actor))
    return done


def undo_merge(done: Merge, who: Operator, *, reason: str) -> None:
    """Take two records apart: everything that moved moves back; what was added to the kept one since stays with it.

    Where the kept record's report was closed since, the other's is closed as well. Raises Refused, NotHere or
    MergeRefused.
    """
    with recorded():
        kept = person_for(done.kept_id, who, Permission.PERSON_MERGE)
        why = _reason(reason)
        now = timezone.now()
        open_still = Merge.objects.filter(pk=done.pk, undone_at=None)
        if not open_still.update(undone_at=now, undone_by=who.actor, undo_reason=why):
            raise MergeRefused(_("These records were taken apart already. Nothing was changed."))
        done = Merge.objects.get(pk=done.pk)
        if kept.pk != done.kept_id:
            raise MergeRefused(
                _("The kept record was merged into another since. Take that apart first. Nothing was changed.")
            )
        kept = Person.objects.select_related("holding", "report").get(pk=done.kept_id)
        absorbed = Person.objects.select_related("holding", "report").filter(pk=done.absorbed_id).first()
        if absorbed is None:
            raise not_here()
        moved = done.moved
        Person.objects.filter(pk=absorbed.pk).update(merged_into=None)
        state = moved["report"] if kept.report.state in (moved["report"], ReportState.OPEN) else kept.report.state
        Report.objects.filter(person=absorbed).update(state=state, closed_at=_closed_at(absorbed, kept, state))
        _back(Portrait, moved["portraits"], kept, absorbed)
        enrolment.assign(
            Portrait.objects.filter(person=absorbed).values_list("pk", flat=True), absorbed.pk, absorbed.holding_id
        )
        followed = _statements_back(moved["statements"], kept, absorbed)
        _names_back(moved["names"], kept, absorbed)
        for model in FOLLOWING:
            _back(model, moved[model.__name__], kept, absorbed)
        _kin_back(moved["kin"], kept, absorbed)
        kept.refresh_from_db()
        absorbed = Person.objects.select_related("holding", "report").get(pk=absorbed.pk)
        _follow_reports(kept, absorbed)
        _columns_back(kept, moved["columns"])
        project(absorbed, followed)
        record(
            "missing:person:unmerge",
            actor=who.actor,
            object=f"person:{kept.pk}",
            absorbed=absorbed.pk,
            merge=done.pk,
            reason=why,
        )
        _reworded(kept, absorbed)
        merged.send(sender=Merge, event=PersonsTakenApart(kept.pk, absorbed.pk, who.actor))


def _reason(reason: str) -> str:
    why = reason.strip()[:REASON_LENGTH]
    if not why:
        raise MergeRefused(_("Say why. Nothing was changed."))
    return why


def _check(kept: Person, absorbed: Person) -> None:
    if kept.pk == absorbed.pk:
        raise MergeRefused(_("These are one record already. Nothing was changed."))
    if kept.report.state != absorbed.report.state:
        raise MergeRefused(
            _("One of the two is still searched for and the other is not. Close or open a report first, so that both "
              "say the same. Nothing was changed.")
        )  # fmt: skip
    if kept.report.state == ReportState.WITHDRAWN:
        raise MergeRefused(_("What was withdrawn is not merged. Nothing was changed."))
    if kept.identity_check_at is not None or absorbed.identity_check_at is not None:
        raise MergeRefused(
            _("Somebody says that they are this person, and who they are is not checked yet. Finish the check first. "
              "Nothing was changed.")
        )  # fmt: skip
    if kept.holding_id != absorbed.holding_id and not (kept.holding.approved_at and absorbed.holding.approved_at):
        raise MergeRefused(
            _("One of the two is in a holding that nobody approved yet. Have it approved first. Nothing was changed.")
        )
    between = Q(person=kept, other=absorbed) | Q(person=absorbed, other=kept)
    if Kinship.objects.filter(between, ended_at=None).exists():
        raise MergeRefused(
            _("These two are on record as kin of each other. If they are one person, take that back first. Nothing "
              "was changed.")
        )  # fmt: skip


def _columns(person: Person, keys: set[str]) -> dict[str, Any]:
    """The columns that what moves will change: how they stand, and by which statements, so that they can stand again.

    An enrolment of before wrote a column as it was told, which may not be the form in which it is stated.
    """
    return {
        name: {"was": getattr(person, name), "by": _standing(person, of)}
        for name, (of, _fill) in COLUMNS.items()
        if keys & set(of)
    }


def _columns_back(kept: Person, before: dict[str, Any]) -> None:
    """The kept record's columns as they stood; those about which something was stated since, by what stands now."""
    for name, held in before.items():
        of, _fill = COLUMNS[name]
        if _standing(kept, of) != held["by"]:
            project(kept, of)
            continue
        columns = {name: held["was"]}
        if name == "birth_date":
            columns["born_from"], columns["born_to"] = bounds(held["was"])
        Person.objects.filter(pk=kept.pk).update(**columns)


def _standing(person: Person, keys: Iterable[str]) -> list[int]:
    rows = Statement.objects.filter(person=person, key__in=list(keys), ended_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _move_portraits(kept: Person, absorbed: Person) -> list[str]:
    """All but those whose picture the kept record has already, which stay behind and are not searched twice."""
    there = Portrait.objects.filter(person=kept).values_list("sha256", flat=True)
    moving = list(Portrait.objects.filter(person=absorbed).exclude(sha256__in=list(there)).values_list("pk", flat=True))
    Portrait.objects.filter(pk__in=moving).update(person=kept)
    enrolment.assign(moving, kept.pk, kept.holding_id)
    return [str(pk) for pk in moving]


def _movable(kept: Person, absorbed: Person) -> list[Statement]:
    """What is said of the absorbed one under keys of which nothing stands for the kept one, and items of many.

    A key moves with its whole history. An item that says what the kept record says too stays behind, and so does a
    statement that there are none of something.
    """
    standing = Statement.objects.filter(person=kept, ended_at=None)
    taken = {row.key for row in standing if row.item is None}
    items = {row.key for row in standing if row.item is not None}
    same = {(row.key, _text(row.value)) for row in standing}
    theirs = list(Statement.objects.filter(person=absorbed).order_by("pk"))
    staying_items = {row.item for row in theirs if row.ended_at is None and (row.key, _text(row.value)) in same}
    chosen = [
        row
        for row in theirs
        if (row.item is None and row.key not in taken and row.key not in items)
        or (row.item is not None and row.item not in staying_items and row.key not in taken)
    ]
    return _whole_chains(chosen, theirs)


def _whole_chains(chosen: list[Statement], every: list[Statement]) -> list[Statement]:
    """Leave out what follows, or is followed by, a statement that stays: a history is not torn in two."""
    staying = {row.pk for row in every} - {row.pk for row in chosen}
    torn = True
    while torn:
        torn = False
        for row in every:
            if row.replaces_id is not None and (row.pk in staying) != (row.replaces_id in staying):
                staying |= {row.pk, row.replaces_id}
                torn = True
    return [row for row in every if row.pk not in staying]


def _text(value: Any) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)


def _move(model: Any, rows: Iterable[Any], kept: Person) -> list[int]:
    moving = [row.pk for row in rows]
    model.objects.filter(pk__in=moving).update(person=kept)
    return moving


def _move_names(kept: Person, absorbed: Person, statements: list[Statement]) -> list[int]:
    """The names whose statements moved, and those of older enrolments, but none that the kept one bears already."""
    items = {row.item for row in statements if row.key == "name"}
    borne = set(PersonName.objects.filter(person=kept).values_list("text", flat=True))
    names = PersonName.objects.filter(Q(item=None) | Q(item__in=items), person=absorbed).exclude(text__in=borne)
    return _move(PersonName, names, kept)


def _move_kin(kept: Person, absorbed: Person) -> dict[str, list[int]]:
    moved = {}
    for side in ("person", "other"):
        rows = Kinship.objects.filter(**{side: absorbed}).exclude(**{_across(side): kept})
        moved[side] = list(rows.values_list("pk", flat=True))
        Kinship.objects.filter(pk__in=moved[side]).update(**{side: kept})
    return moved


def _across(side: str) -> str:
    return "other" if side == "person" else "person"


def _kin_back(moved: dict[str, list[int]], kept: Person, absorbed: Person) -> None:
    for side, rows in moved.items():
        Kinship.objects.filter(pk__in=rows, **{side: kept}).update(**{side: absorbed})


def _back(model: Any, moved: list[Any], kept: Person, absorbed: Person) -> None:
    model.objects.filter(pk__in=moved, person=kept).update(person=absorbed)


def _statements_back(moved: list[int], kept: Person, absorbed: Person) -> set[str]:
    """Move back what moved and what has followed it since; returns the keys under which something followed."""
    going, followed = set(moved), set()
    for row in Statement.objects.filter(person=kept).order_by("pk"):
        if row.replaces_id in going and row.pk not in going:
            going.add(row.pk)
            followed.add(row.key)
    Statement.objects.filter(pk__in=going, person=kept).update(person=absorbed)
    return followed


def _names_back(moved: list[int], kept: Person, absorbed: Person) -> None:
    """The names that moved, and those that repeat what was stated of them since."""
    items = Statement.objects.filter(person=absorbed, key="name", item__isnull=False).values("item")
    borne = PersonName.objects.filter(person=absorbed).values("text")
    rows = PersonName.objects.filter(Q(pk__in=moved) | Q(item__in=items), person=kept).exclude(text__in=borne)
    PersonName.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(person=absorbed)


def _follow_reports(kept: Person, absorbed: Person) -> None:
    """What may be searched of either record, by the reports as they are now."""
    states = dict(Report.objects.filter(person__in=[kept, absorbed]).values_list("person", "state"))
    for portrait in Portrait.objects.filter(person__in=[kept, absorbed]):
        state, withheld = states[portrait.person_id], portrait.withheld_at is not None
        wanted = rules.searchable(state, portrait.basis, portrait.citation, withheld=withheld)
        enrolment.set_searchable([portrait.pk], wanted)


def _closed_at(absorbed: Person, kept: Person, state: str) -> Any:
    if state == ReportState.OPEN:
        return None
    return absorbed.report.closed_at or kept.report.closed_at


def _reworded(kept: Person, absorbed: Person) -> None:
    """The words by which either is found; whoever finds the absorbed one is led to the record that counts."""
    reword(Person.objects.filter(pk__in=[kept.pk, absorbed.pk]))
