"""What the examinations of a search came to: told when the last of them is sealed, and then to few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.errors import ExaminationRefused
from antigone.casework.judging import blind, settling
from antigone.casework.judging.scale import words
from antigone.casework.judging.sealing import unaltered
from antigone.casework.knowing import saw
from antigone.casework.models import Case, Comparison, Examination, Filler, RankedView, Search, Stage
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.rules import FOR_CARE_AND_TRACING

MOST = 100


@dataclass(frozen=True)
class Sealed:
    """One sealed examination; `content` is what was signed, None where it was erased, `unaltered` whether it is that.

    `words` is the sentence of its level.
    """

    examiner: str
    level: str
    words: str
    digest: str
    unaltered: bool
    content: dict[str, Any] | None


@dataclass(frozen=True)
class Found:
    """What one comparison came to. `filler` says that the portrait was a known stranger's, slipped in."""

    comparison: UUID
    person: int | None
    outcome: str
    level: str
    filler: bool
    third: bool
    sealed: tuple[Sealed, ...]


@dataclass(frozen=True)
class Settled:
    """A search whose findings can be read; `known` says that this reader has seen ranked output of the case."""

    search: int
    case: str
    at: datetime
    known: bool


def readable(search: int, who: Operator) -> Search:
    """The search, where its findings can be read by this person; nothing is shown yet. Raises as `read` does."""
    found = Search.objects.select_related("case__subject", "case__agency").filter(pk=search).first()
    if found is None or not _may_read(found.case, found, who):
        raise blind.not_here()
    if not Search.objects.filter(pk=search, lineup__settled_at__isnull=False).exists():
        raise ExaminationRefused(_("Not everything of this search is examined and sealed. Nothing was shown."))
    return found


def to_read(who: Operator, most: int = MOST) -> list[Settled]:
    """The searches of which all is sealed and which this person may read, those that came to it last first.

    For whoever sealed one of the examinations, and of their own agency for the board. Three queries at most.
    """
    if who.machine or not who.active:
        return []
    sealed = Examination.objects.filter(
        comparison__lineup__search=OuterRef("pk"), actor=who.actor, stage=Stage.SEALED,
        comparison__lineup__search__case__agency__in=blind.agencies_worked_for(who),
    )  # fmt: skip
    mine = Q(Exists(sealed))
    if access.allows(who, Permission.POSTERIOR_READ):
        mine |= Q(case__agency=who.agency_id)
    rows = (
        Search.objects.filter(mine, lineup__settled_at__isnull=False)
        .select_related("case__subject", "lineup")
        .annotate(known=Exists(RankedView.objects.filter(case=OuterRef("case"), actor=who.actor)))
        .order_by("-lineup__settled_at", "-pk")[:most]
    )
    living = own.sees_the_living(who)
    return [
        Settled(each.pk, each.case.code, each.lineup.settled_at, each.known)
        for each in rows
        if each.lineup.settled_at is not None and (living or each.case.subject.kind not in FOR_CARE_AND_TRACING)
    ]


def read(search: int, who: Operator) -> list[Found]:
    """What every comparison of a search came to, once all of them did; entered in the ledger.

    For the board of the agency, and for whoever sealed one of the examinations. Whoever has read it is no longer blind
    in this case: it counts as having seen ranked output. Raises NotHere, Refused, or ExaminationRefused while one is
    still to be sealed, in the same words whatever is missing.
    """
    found = readable(search, who)
    with recorded():
        saw(who, found.case, found, timezone.now())
        record("casework:lineup:read", actor=who.actor, object=f"case:{found.case_id}", search=found.pk)
    fillers = set(Filler.objects.filter(comparison__lineup__search=found).values_list("comparison", flat=True))
    rows = Comparison.objects.filter(lineup__search=found).order_by("pk")
    return [_found(each, each.pk in fillers) for each in rows]


def _may_read(case: Case, search: Search, who: Operator) -> bool:
    """Raises Refused, in the ledger, for somebody of the agency who neither decides nor examined."""
    if who.machine or not own.may_see(case.subject, who):
        return False
    sealed = Examination.objects.filter(comparison__lineup__search=search, actor=who.actor, stage=Stage.SEALED)
    if case.agency_id in blind.agencies_worked_for(who) and sealed.exists():
        return True
    if case.agency_id != who.agency_id:
        return False
    access.require(who, Permission.POSTERIOR_READ, object=f"case:{case.pk}")
    return True


def _found(comparison: Comparison, filler: bool) -> Found:
    return Found(
        comparison=comparison.pk,
        person=comparison.person,
        outcome=comparison.outcome,
        level=comparison.outcome_level,
        filler=filler,
        third=comparison.third_called_at is not None,
        sealed=tuple(
            Sealed(each.actor, each.level, words(each.level), each.digest, unaltered(each), each.content)
            for each in settling.counted(comparison)
        ),
    )
