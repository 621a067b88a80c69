"""Whose record it is, and whether this person may do this to it: asked first by every service of this room."""

from __future__ import annotations

from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing.errors import NotHere
from antigone.missing.models import Holding, Person, Portrait, Relative


def not_here() -> NotHere:
    """The one answer for what does not exist and for what is not this person's to know."""
    return NotHere(_("There is no such record here. Nothing was changed."))


def person_for(person: Person | int, who: Operator, permission: Permission) -> Person:
    """A person as they stand now, for someone who may do this to them; the record that counts where it was merged.

    Raises NotHere for a record that is gone or another agency's, or Refused with its entry.
    """
    pk = person if isinstance(person, int) else person.pk
    found = Person.objects.select_related("holding", "report").filter(pk=pk, holding__agency=who.agency_id).first()
    if found is None:
        raise not_here()
    access.require(who, permission, object=f"person:{pk}")
    return counting(found)


def counting(person: Person) -> Person:
    """The record that counts for a person: the one that theirs was merged into, or else their own."""
    while person.merged_into_id is not None:
        person = Person.objects.select_related("holding", "report").get(pk=person.merged_into_id)
    return person


def relative_for(relative: Relative | int, who: Operator, permission: Permission) -> Relative:
    """A relative as recorded now, for someone who may do this; raises NotHere or Refused."""
    pk = relative if isinstance(relative, int) else relative.pk
    rows = Relative.objects.select_related("person__holding").filter(pk=pk, person__holding__agency=who.agency_id)
    found = rows.first()
    if found is None:
        raise not_here()
    access.require(who, permission, object=f"relative:{pk}")
    return found


def portrait_for(portrait: Portrait, who: Operator, permission: Permission) -> Portrait:
    """A portrait as it stands now, for someone who may do this; raises NotHere or Refused."""
    rows = Portrait.objects.select_related("person__holding", "person__report", "giver")
    found = rows.filter(pk=portrait.pk, person__holding__agency=who.agency_id).first()
    if found is None:
        raise not_here()
    access.require(who, permission, object=f"portrait:{portrait.pk}")
    return found


def holding_for(holding: Holding, who: Operator, permission: Permission) -> Holding:
    """A holding as it stands now, for someone who may do this; raises NotHere or Refused."""
    found = Holding.objects.filter(pk=holding.pk, agency=who.agency_id).first()
    if found is None:
        raise not_here()
    access.require(who, permission, object=f"holding:{holding.pk}")
    return found
