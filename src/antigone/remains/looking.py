"""Looks at records and photographs: each look is in the ledger before anything is shown."""

from __future__ import annotations

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.models import Photograph, Subject
from antigone.vault import store


def looked(subject: Subject, who: Operator) -> None:
    """Enter that somebody opened the record of a subject; raises NotHere or Refused."""
    own.may_read(who, subject)
    with recorded():
        record("remains:subject:look", actor=who.actor, object=f"subject:{subject.pk}", agency=who.agency_id)


def lifted(photograph: Photograph, who: Operator) -> bytes:
    """The photograph behind its veil, as it was taken in, for somebody who lifted it by a deliberate act.

    The look is in the ledger before the picture is opened. Raises NotHere, Refused, or the vault's errors.
    """
    own.may_read(
        who,
        photograph.subject,
        permission=Permission.PHOTOGRAPH_LOOK,
        scope=Scope.PHOTOGRAPHS,
        thing=f"photograph:{photograph.pk}",
    )
    with recorded():
        record(
            "remains:photograph:look",
            actor=who.actor,
            object=f"photograph:{photograph.pk}",
            subject=photograph.subject_id,
            agency=who.agency_id,
        )
    return store.open(str(photograph.pk))
