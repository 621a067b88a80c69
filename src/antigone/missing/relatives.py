"""Changes to the records of relatives and reporters; each one transaction, with its ledger entry."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.intake import tellers
from antigone.intake.errors import BadEnquiry
from antigone.intake.tellers import Teller
from antigone.ledger.services import record, recorded
from antigone.missing.errors import PersonRefused
from antigone.missing.models import Person, Relative, RelativeChange
from antigone.missing.own import person_for, relative_for

MOST_RELATIVES = 50
COLUMNS = ("names", "relation", "contacts", "language", "preferred", "hours", "contact_by", "adverse", "note")


class StaleRelative(PersonRefused):
    """Somebody else changed the record since the writer looked; `current` is what stands now."""

    def __init__(self, current: Relative) -> None:
        super().__init__(
            _("This record was changed since you looked. Nothing of yours was written; compare the two and decide.")
        )
        self.current = current


class BadRelative(PersonRefused):
    """What was said of a relative cannot be kept; `parts` has a sentence for each part at fault."""

    def __init__(self, fault: BadEnquiry) -> None:
        super().__init__(fault.sentence)
        self.parts = fault.parts


def record_relative(person: Person, told: Teller, who: Operator, *, reporter: bool = False) -> Relative:
    """Record someone who reported a person or is kin of them; raises Refused, NotHere or BadRelative."""
    person = person_for(person, who, Permission.PERSON_RECORD)
    kept = _checked(told)
    with recorded():
        if person.relatives.count() >= MOST_RELATIVES:
            raise PersonRefused(_("This person has as many relatives on record as it takes. Nothing was saved."))
        return add(person, kept, who.actor, reporter=reporter)


def add(person: Person, kept: Teller, actor: str, *, reporter: bool) -> Relative:
    """The rows of a relative whose record was checked, in the caller's transaction."""
    relative = Relative.objects.create(
        person=person, reporter=reporter, recorded_by=actor, recorded_at=timezone.now(), **columns(kept)
    )
    record(
        "missing:relative:record",
        actor=actor,
        object=f"relative:{relative.pk}",
        person=person.pk,
        reporter=reporter,
    )
    return relative


def change_relative(
    relative: Relative, told: Teller, who: Operator, *, reporter: bool | None = None, expects: int | None = None
) -> Relative:
    """Change the record of a relative; what it said before is kept beside it.

    `expects` is the version that the writer saw. Raises Refused, NotHere, BadRelative or StaleRelative.
    """
    kept = _checked(told)
    with recorded():
        relative = relative_for(relative, who, Permission.PERSON_RECORD)
        if expects is not None and expects != relative.version:
            raise StaleRelative(relative)
        new = {**columns(kept), "reporter": relative.reporter if reporter is None else reporter}
        before = {name: getattr(relative, name) for name in new}
        if before == new:
            return relative
        if not Relative.objects.filter(pk=relative.pk, version=relative.version).update(
            version=relative.version + 1, **new
        ):
            raise StaleRelative(Relative.objects.get(pk=relative.pk))
        RelativeChange.objects.create(relative=relative, before=before, changed_by=who.actor, changed_at=timezone.now())
        record(
            "missing:relative:change",
            actor=who.actor,
            object=f"relative:{relative.pk}",
            fields=sorted(name for name in new if new[name] != before[name]),
        )
        relative.refresh_from_db()
    return relative


def columns(kept: Teller) -> dict[str, Any]:
    """The columns of a relative that repeat what they said."""
    said = kept.as_json()
    said["contacts"] = [dict(each) for each in said["contacts"]]
    return {name: list(said[name]) if isinstance(said[name], tuple) else said[name] for name in COLUMNS}


def _checked(told: Teller) -> Teller:
    try:
        return tellers.checked(told)
    except BadEnquiry as fault:
        raise BadRelative(fault) from None
