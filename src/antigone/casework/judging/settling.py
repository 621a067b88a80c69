"""When blind work is enough: after two triages, two sealed examinations, or three where two conflict.

Nothing here answers a door. What it decides shows in what is left to do, and in results once a whole lineup came to
its end.
"""

from __future__ import annotations

from django.utils import timezone

from antigone.casework.judging import scale
from antigone.casework.judging.lining_up import SYSTEM
from antigone.casework.judging.scale import Outcome
from antigone.casework.models import Comparison, Examination, Judgement, Lineup, Stage, Triage, TriageItem
from antigone.ledger.services import record

TRIAGES = 2


def after_triage(lineup: Lineup) -> None:
    """Open to examination what either of the first two kept, in the caller's transaction; fillers go with them.

    A filler is examined whether it was kept or not, so that one who finds on the desk what they set aside does not
    know that the other kept it. Where nobody kept anything there is no desk, and all comes to its end.
    """
    lineup.refresh_from_db()
    first = list(
        Triage.objects.filter(lineup=lineup, finished_at__isnull=False).order_by("finished_at", "pk")[:TRIAGES]
    )
    if lineup.ready_at is not None or len(first) < TRIAGES:
        return
    kept = set(
        TriageItem.objects.filter(triage__in=first, judgement=Judgement.KEEP).values_list("comparison", flat=True)
    )
    if kept:
        kept |= set(lineup.comparisons.filter(filler__isnull=False).values_list("pk", flat=True))
    now = timezone.now()
    Lineup.objects.filter(pk=lineup.pk).update(ready_at=now)
    lineup.comparisons.filter(settled_at=None).exclude(pk__in=kept).update(outcome=Outcome.NOT_KEPT, settled_at=now)
    record("casework:lineup:ready", actor=SYSTEM, object=f"lineup:{lineup.pk}")
    close_if_done(lineup)


def counted(comparison: Comparison) -> list[Examination]:
    """The sealed examinations that count, in the order of their seals: two, or three where the two conflict."""
    sealed = list(Examination.objects.filter(comparison=comparison, stage=Stage.SEALED).order_by("ended_at", "pk")[:3])
    if len(sealed) == 3 and not scale.conflict(sealed[0].level, sealed[1].level):
        return sealed[:2]
    return sealed


def after_seal(comparison: Comparison) -> None:
    """Settle a comparison once its examinations agree or three are sealed, in the caller's transaction."""
    comparison = Comparison.objects.select_for_update().select_related("lineup").get(pk=comparison.pk)
    if comparison.settled_at is not None:
        return
    codes = [each.level for each in counted(comparison)]
    come_to = scale.together(codes)
    if come_to is None:
        if len(codes) == 2 and comparison.third_called_at is None:
            Comparison.objects.filter(pk=comparison.pk).update(third_called_at=timezone.now())
            record("casework:comparison:third", actor=SYSTEM, object=f"comparison:{comparison.pk}")
        return
    Comparison.objects.filter(pk=comparison.pk).update(
        outcome=come_to.outcome, outcome_level=come_to.level, settled_at=timezone.now()
    )
    record("casework:comparison:settle", actor=SYSTEM, object=f"comparison:{comparison.pk}")
    close_if_done(comparison.lineup)


def close_if_done(lineup: Lineup) -> None:
    """Say that a lineup is settled once all of its comparisons are, in the caller's transaction."""
    if lineup.comparisons.filter(settled_at=None).exists():
        return
    if Lineup.objects.filter(pk=lineup.pk, settled_at=None).update(settled_at=timezone.now()):
        record("casework:lineup:settle", actor=SYSTEM, object=f"lineup:{lineup.pk}")
