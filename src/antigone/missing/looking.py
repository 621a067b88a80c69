"""Looks at persons and portraits: each is in the ledger before anything is shown."""

from __future__ import annotations

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.ledger.services import record, recorded
from antigone.missing.models import Person, Portrait
from antigone.missing.own import not_here
from antigone.missing.sharing import persons_shown_to, shown_to
from antigone.vault import store


def looked(person: Person, who: Operator) -> None:
    """Enter that somebody opened the record of a person; raises NotHere or Refused."""
    if not persons_shown_to(who).filter(pk=person.pk).exists():
        raise not_here()
    access.require(who, Permission.PERSON_READ, object=f"person:{person.pk}")
    with recorded():
        record("missing:person:look", actor=who.actor, object=f"person:{person.pk}", agency=who.agency_id)


def looked_at_portrait(portrait: Portrait, who: Operator) -> None:
    """Enter that somebody looked at a portrait; raises NotHere, also for one not shared with them, or Refused."""
    if not shown_to(who).filter(pk=portrait.pk).exists():
        raise not_here()
    access.require(who, Permission.PORTRAIT_LOOK, object=f"portrait:{portrait.pk}")
    _enter(portrait, who)


def opened(portrait: Portrait, who: Operator) -> bytes:
    """The bytes of a portrait, after the look is in the ledger; raises as above, or the vault's errors."""
    looked_at_portrait(portrait, who)
    return store.open(str(portrait.pk))


def opened_for_comparison(portrait: Portrait, who: Operator) -> bytes:
    """The same for blind work, whose own rules let the portrait be shown; NotHere for one not shared with them."""
    if not shown_to(who).filter(pk=portrait.pk).exists():
        raise not_here()
    _enter(portrait, who)
    return store.open(str(portrait.pk))


def _enter(portrait: Portrait, who: Operator) -> None:
    with recorded():
        record(
            "missing:portrait:look",
            actor=who.actor,
            object=f"portrait:{portrait.pk}",
            person=portrait.person_id,
            agency=who.agency_id,
        )
