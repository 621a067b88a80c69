"""What blind work does when records below are erased: it ends, and what was noted of a face goes; digests stay."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from antigone.casework.judging.conduct import OPEN
from antigone.casework.judging.scale import Outcome
from antigone.casework.judging.settling import close_if_done
from antigone.casework.models import Comparison, ComponentNote, Examination, FreeMark, Lineup, Stage
from antigone.ledger.services import record, recorded, redact_payloads
from antigone.missing.events import PersonErased, PortraitErased
from antigone.missing.events import erased as record_erased
from antigone.remains.events import SubjectSpoke, spoke


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Forget the person or the portraits in every comparison."""
    about = Q(person=event.person) if isinstance(event, PersonErased) else Q(portrait__in=event.portraits)
    forget(Comparison.objects.filter(about), event.actor)


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """End and empty all blind work about somebody who can state their identity."""
    forget(Comparison.objects.filter(lineup__search__case__subject=event.subject), event.actor)


def forget(comparisons: QuerySet[Comparison], actor: str) -> None:
    """End what is open of these comparisons, and empty what was sealed; whose they were is not kept."""
    with recorded():
        keys = list(comparisons.values_list("pk", flat=True))
        if not keys:
            return
        now = timezone.now()
        examinations = Examination.objects.filter(comparison__in=keys)
        ComponentNote.objects.filter(examination__in=examinations).delete()
        FreeMark.objects.filter(examination__in=examinations).delete()
        examinations.filter(stage__in=OPEN).update(stage=Stage.ABANDONED, ended_at=now, level="")
        examinations.update(content=None, reasons="", ended_why="")
        for pk in examinations.values_list("pk", flat=True):
            redact_payloads(f"examination:{pk}", actor=actor)
        Comparison.objects.filter(pk__in=keys, settled_at=None).update(outcome=Outcome.ENDED, settled_at=now)
        Comparison.objects.filter(pk__in=keys).update(person=None, portrait=None)
        for key in keys:
            record("casework:comparison:end", actor=actor, object=f"comparison:{key}")
        for lineup in Lineup.objects.filter(comparisons__in=keys).distinct():
            close_if_done(lineup)


record_erased.connect(follow_erasure, dispatch_uid="casework forgets who was erased in blind work")
spoke.connect(follow_speech, dispatch_uid="casework ends blind work as a subject speaks")
