"""What of the ledger somebody does not read who may still judge blind: that others work, vote or record evidence."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from antigone.access import services as access
from antigone.access.hands import person_behind
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging.blind import agencies_worked_for
from antigone.casework.models import RankedView, Search
from antigone.ledger import actions
from antigone.ledger.entry import timestamp
from antigone.ledger.reading import Veil

BLIND = frozenset({Permission.TRIAGE_DO, Permission.EXAMINATION_DO})

# Of a case it is no secret that it was opened, closed or attested, nor of practice or of calibrations what they are.
OPEN = ("casework:attestation:", "casework:calibration:", "casework:case:", "casework:practice:")
# A look says at whose picture and when: whoever looks in turn is at the same work.
LOOKS = ("missing:portrait:look", "remains:photograph:look")
# What follows from the last seal, and tells what the others found, also to whoever made it.
FOLLOWS = ("casework:comparison:", "casework:lineup:")


def veil_for(who: Operator) -> Veil | None:
    """Which entries this person does not read now, or None; two queries at most.

    They are those since the oldest search in which they may still judge blind. A ledger that is read by a look at it
    alone cannot tell one case's entries from another's, so the veil lies over all of that time. It falls when the
    searches are settled, or the person forgoes examining.
    """
    person = person_behind(who)
    if not BLIND & access.permissions_held(person):
        return None
    seen = RankedView.objects.filter(actor=person.actor, case=OuterRef("case"))
    waits = Search.objects.filter(
        Q(lineup=None) | Q(lineup__settled_at=None), ~Exists(seen), recalled_at=None, case__closed_at=None,
        case__agency__in=agencies_worked_for(person),
    )  # fmt: skip
    oldest = waits.order_by(F("at").asc()).values_list("at", flat=True).first()
    if oldest is None:
        return None
    named = [each.name for each in actions.every()]
    follows = tuple(name for name in named if name.startswith(FOLLOWS))
    others = tuple(name for name in named if name in LOOKS or (name.startswith("casework:") and name not in follows))
    return Veil(
        actor=person.actor,
        # The entry of the search itself was written with it.
        since=timestamp(oldest - timedelta(seconds=5)),
        of_others=tuple(name for name in others if not name.startswith(OPEN)),
        of_anybody=follows,
    )
