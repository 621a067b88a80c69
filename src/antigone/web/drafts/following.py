"""Drafts follow their record: what was typed about somebody is forgotten when their record is erased or ends."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from antigone.casework.models import Comparison, Examination
from antigone.missing.events import PersonErased, PortraitErased
from antigone.missing.events import erased as record_erased
from antigone.remains.events import SubjectSpoke, spoke
from antigone.web.drafts import keeping


def follow_erasure(event: PersonErased | PortraitErased, **_: Any) -> None:
    """Forget what anybody typed about an erased person and did not send."""
    if isinstance(event, PersonErased):
        keeping.forget(f"missing:person:{event.person}:")
    about = Q(person=event.person) if isinstance(event, PersonErased) else Q(portrait__in=event.portraits)
    _forget_examinations(Comparison.objects.filter(about))


def follow_speech(event: SubjectSpoke, **_: Any) -> None:
    """The same of a living person who can state their identity."""
    keeping.forget(f"remains:subject:{event.subject}:")
    _forget_examinations(Comparison.objects.filter(lineup__search__case__subject=event.subject))


def _forget_examinations(comparisons: QuerySet[Comparison]) -> None:
    """What was typed at the desk about a face, and never noted.

    Casework may have forgotten before whom a comparison is of: examinations that ended have no drafts either way.
    """
    ended = Q(comparison__portrait=None) | Q(comparison__in=comparisons.values("pk"))
    for key in Examination.objects.filter(ended).values_list("pk", flat=True):
        keeping.forget(f"examining:{key}:")


record_erased.connect(follow_erasure, dispatch_uid="drafts follow erasures")
spoke.connect(follow_speech, dispatch_uid="drafts follow speech")
